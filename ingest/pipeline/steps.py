"""What the reader found in a record's texts, as its process steps and the quantities that belong to each.

`kg.reading.steps` says which quantity belongs to which operation of a text. Over several texts of a record an
operation that comes again is the same step and gains their quantities; what is not the record's own
(background, prior art, negation) is left out with its quantities.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.identity import normal_name
from kg.reading import QuantityMention, Reading, Step, steps
from kg.schema.model import KindSpec, Schema

READ_LIMIT = 10_000
"""Characters of a text that are read for steps and quantities; no abstract has as many."""
STEP_EDGE = "HAS_STEP"
READER_SHEET = "reader"


@dataclass
class RecordStep:
    """One own operation of a record: its first mention, the field of that, and all quantities (JSON)."""

    field: str
    step: Step
    quantities: list[str]


@dataclass
class Facts:
    """The steps of a record in order, and the quantities (JSON) that no step takes: said of the whole, or
    reached in the laboratory."""

    steps: list[RecordStep] = field(default_factory=list)
    quantities: list[str] = field(default_factory=list)


def read_kinds(schema: Schema) -> frozenset[str]:
    """The kinds whose texts are read: those that may have steps."""
    edge = schema.edges.get(STEP_EDGE)
    starts = edge.starts if edge else ()
    return frozenset(kind for start in starts for kind in schema.with_children(start))


def texts_of(kind: KindSpec, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(field, text) of the searchable texts to read, the name last: it adds what the texts do not say."""
    names = [name for name, spec in kind.properties.items() if spec.type == "text" and spec.search]
    names.sort(key=lambda name: name == "name")
    return [(name, values[name][:READ_LIMIT]) for name in names if isinstance(values.get(name), str)]


def facts_of(texts: Sequence[tuple[str, str]], readings: Sequence[Reading]) -> Facts:
    """Steps and quantities of a record's texts, which were read one by one."""
    facts = Facts()
    seen: dict[str, RecordStep] = {}
    for (name, text), reading in zip(texts, readings, strict=True):
        found = steps(reading, text)
        reached = [quantity for step in found.steps if step.own for quantity in step.bench]
        facts.quantities += [_dump(quantity, name) for quantity in (*found.loose, *reached)]
        for step in found.steps:
            if step.own:
                _add(facts, seen, name, step)
    return facts


def _add(facts: Facts, seen: dict[str, RecordStep], name: str, step: Step) -> None:
    quantities = [_dump(quantity, name) for quantity in step.quantities]
    earlier = seen.get(normal_name(step.name))
    if earlier is not None:
        earlier.quantities += quantities
        return
    seen[normal_name(step.name)] = added = RecordStep(name, step, quantities)
    facts.steps.append(added)


def _dump(mention: QuantityMention, name: str) -> str:
    """INTERFACE's quantity with what it measures, how it bounds, and where it stands."""
    place = {"field": name, "start": mention.start, "end": mention.end}
    said = {"measures": mention.measures, "relation": mention.relation, "stage": mention.stage}
    return json.dumps({**mention.quantity.document(), **said, **place}, ensure_ascii=False)
