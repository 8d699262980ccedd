"""What the reader found in a record's texts, as its process steps and the quantities that belong to each.

A quantity belongs to the nearest operation of its own clause, else of its sentence. Where that operation is
not the record's own (background, prior art, negation) the quantity is left out with it; where the sentence
names none, it is a requirement of the whole record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.identity import normal_name
from kg.reading import QuantityMention, Reading, UnitOpMention
from kg.schema.model import KindSpec, Schema

STEP_EDGE = "HAS_STEP"
READER_SHEET = "reader"
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_CLAUSE_END = re.compile(r"[，,、：:。；;！!？?\n]")


@dataclass(frozen=True)
class Step:
    """One own operation of a text, in its order over all texts of the record."""

    order: int
    field: str
    mention: UnitOpMention
    quantities: tuple[str, ...]


@dataclass
class Facts:
    """The steps of a record, and the quantities (JSON) that no step takes."""

    steps: list[Step] = field(default_factory=list)
    quantities: list[str] = field(default_factory=list)


def read_kinds(schema: Schema) -> frozenset[str]:
    """The kinds whose texts are read: those that may have steps."""
    edge = schema.edges.get(STEP_EDGE)
    starts = edge.starts if edge else ()
    return frozenset(kind for start in starts for kind in schema.with_children(start))


def texts_of(kind: KindSpec, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, text) to read, the name last: it only adds what the texts do not say."""
    names = [name for name, spec in kind.properties.items() if spec.type == "text" and spec.search]
    names.sort(key=lambda name: name == "name")
    return [(name, values[name]) for name in names if isinstance(values.get(name), str)]


def facts_of(texts: Sequence[tuple[str, str]], readings: Sequence[Reading]) -> Facts:
    """Steps and quantities of a record's texts, which were read one by one."""
    facts = Facts()
    for (name, text), reading in zip(texts, readings, strict=True):
        _add(facts, name, text, reading)
    return facts


def _add(facts: Facts, name: str, text: str, reading: Reading) -> None:
    taken: dict[int, list[str]] = {}
    for quantity in reading.quantities:
        owner = _owner(text, quantity, reading.unit_ops)
        if owner is None:
            facts.quantities.append(_dump(quantity))
        elif reading.unit_ops[owner].own:
            taken.setdefault(owner, []).append(_dump(quantity))
    named = {normal_name(step.mention.name) for step in facts.steps}
    for index, mention in enumerate(reading.unit_ops):
        repeated = name == "name" and normal_name(mention.name) in named
        if mention.own and not repeated:
            facts.steps.append(Step(len(facts.steps), name, mention, tuple(taken.get(index, ()))))


def _owner(text: str, quantity: QuantityMention, ops: Sequence[UnitOpMention]) -> int | None:
    """The index of the operation that a quantity belongs to."""
    for ends in (_CLAUSE_END, _SENTENCE_END):
        low, high = _span(text, quantity.start, quantity.end, ends)
        near = [
            (_gap(quantity, op), op.start, index)
            for index, op in enumerate(ops)
            if low <= op.start and op.end <= high
        ]
        if near:
            return min(near)[2]
    return None


def _span(text: str, start: int, end: int, ends: re.Pattern[str]) -> tuple[int, int]:
    before = [match.end() for match in ends.finditer(text, 0, start)]
    after = ends.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _gap(quantity: QuantityMention, op: UnitOpMention) -> int:
    return max(quantity.start - op.end, op.start - quantity.end, 0)


def _dump(mention: QuantityMention) -> str:
    document = mention.quantity.document()
    extra = {
        "measures": mention.measures,
        "relation": mention.relation,
        "start": mention.start,
        "end": mention.end,
    }
    return json.dumps({**document, **extra}, ensure_ascii=False)
