"""The facts of the reader as nodes and properties of their records; all carry the reader's version."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.pipeline.batch import Woven
from ingest.pipeline.corrections import CORRECTIONS, apply, stored_corrections
from ingest.pipeline.fact_reading import FactReading
from ingest.pipeline.facts import (
    READER_SHEET,
    STEP_EDGE,
    Facts,
    RecordEvidence,
    RecordStep,
    counted,
    read_kinds,
    texts_of,
)
from ingest.pipeline.merge import Entry
from ingest.pipeline.parts import Parts, standard
from ingest.pipeline.stubs import UNIT_OP, Stubs
from ingest.resolve import Create
from kg.identity import child_id
from kg.schema.model import Schema
from kg.store.base import Edge, Node

STEP, EVIDENCE = "ProcessStep", "EvidenceItem"
NEEDS, ASKS = "NEEDS", "ASKS"
STANDING_EDGES = {"proved": "PROVED_BY", "claimed": "CLAIMS", "target": "AIMS_AT"}
LIKELY_FIELDS = "likely_fields"
"""What the classifier thinks of a record, as JSON with its scores; never mixed with the fields of its row."""
READER = "reader"
"""The property of a record that says which version of the reader read it last."""


@dataclass(frozen=True)
class BeingRead:
    """Records, those of them that have texts to read, and the facts of these as they come."""

    woven: Sequence[Woven]
    told: Sequence[Woven]
    facts: Iterator[Facts]
    version: str


def begin_reading(woven: Sequence[Woven], schema: Schema, reading: FactReading) -> BeingRead:
    """Have the texts of these records read, where their kind has texts to read."""
    kinds = read_kinds(schema)
    told = [item for item in woven if item.entry.kind in kinds]
    texts = [texts_of(schema.kinds[item.entry.kind], item.entry.values) for item in told]
    return BeingRead(woven, told, reading.begin(texts), reading.version if told else "")


def add_facts(begun: BeingRead, schema: Schema, stubs: Stubs) -> Counter[str]:
    """Add what the texts say to the parts of their records; returns how many facts of each component they
    have."""
    counts: Counter[str] = Counter()
    for item, facts in zip(begun.told, begun.facts, strict=True):
        apply(facts, stored_corrections(item.entry.values.get(CORRECTIONS)))
        counts += counted(facts)
        asked = {edge.end for edge in item.links.edges if edge.type == ASKS}
        _Telling(item.parts, schema, item.entry, begun.version).add(facts, stubs, asked)
    return counts


class _Telling:
    """Adds the facts of one record to its parts."""

    def __init__(self, parts: Parts, schema: Schema, entry: Entry, version: str) -> None:
        self._parts, self._schema, self._entry, self._version = parts, schema, entry, version
        self._stated = {"stated_by": entry.id, "sheet": READER_SHEET}
        self._asks = any(entry.kind in schema.with_children(kind) for kind in schema.edges[ASKS].starts)

    def add(self, facts: Facts, stubs: Stubs, asked: set[str]) -> None:
        """A need also asks for each operation not `asked` for by its row."""
        self._steps(facts.steps, stubs, asked)
        for found in facts.evidence:
            self._part(EVIDENCE, STANDING_EDGES[found.mention.kind], found.mention.item, _evidence(found))
        likely = [{"name": name, "score": round(score, 3)} for name, score in facts.fields.items()]
        self._parts.changes |= {
            "quantities": facts.quantities or None,
            LIKELY_FIELDS: [json.dumps(one, ensure_ascii=False) for one in likely] or None,
            "terms": facts.terms or None,
            "flags": facts.flags or None,
            "conditions": (facts.conditions or None) if self._asks else None,
            "trl_hint": facts.trl,
            READER: self._version,
        }

    def _steps(self, steps: Sequence[RecordStep], stubs: Stubs, asked: set[str]) -> None:
        for order, found in enumerate(steps):
            op = stubs.create(
                Create(UNIT_OP, found.step.name),
                "",
                restricted=self._entry.restricted,
                synthetic=self._entry.synthetic,
            )
            node = self._part(STEP, STEP_EDGE, found.step.name, _step(found, order))
            self._parts.edges.append(Edge(node, NEEDS, op, self._stated))
            if self._asks and op not in asked:
                asked.add(op)
                self._parts.edges.append(Edge(self._entry.id, ASKS, op, self._stated))

    def _part(self, kind: str, edge: str, name: str, values: dict[str, Any]) -> str:
        place = (values["field"], str(values["start"]), str(values["end"]), *_by_hand(values, name))
        node = child_id(kind, self._entry.id, READER_SHEET, *place)
        values |= {"component": self._version}
        values |= standard(self._entry, str(self._entry.values["source"]), kind, name, READER_SHEET)
        self._parts.nodes.append(Node(node, self._schema.labels(kind), values))
        self._parts.edges.append(Edge(self._entry.id, edge, node, self._stated))
        return node


def likely_name(text: str) -> str:
    """The name of a stored likely field."""
    return str(json.loads(text)["name"])


def _by_hand(values: dict[str, Any], name: str) -> tuple[str, ...]:
    """What a person added stands at no place of a text; its name tells it from others."""
    return () if values["field"] else (name,)


def _step(found: RecordStep, order: int) -> dict[str, Any]:
    step = found.step
    values: dict[str, Any] = {
        "order": order,
        "text": step.text,
        "start": step.start,
        "end": step.end,
        "field": found.field,
    }
    return values | ({"quantities": found.quantities} if found.quantities else {})


def _evidence(found: RecordEvidence) -> dict[str, Any]:
    mention = found.mention
    values: dict[str, Any] = {
        "text": mention.text,
        "standing": mention.kind,
        "start": mention.start,
        "end": mention.end,
        "field": found.field,
    }
    return values | ({"trl_hint": mention.trl_hint} if mention.trl_hint is not None else {})
