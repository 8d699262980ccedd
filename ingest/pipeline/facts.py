"""What the reader found in a record: steps, quantities, evidence of maturity, fields, terms, warnings.

`kg.reading.steps` says which quantity belongs to which operation of a text. Over several texts of a record an
operation that comes again is the same step and gains their quantities; what is not the record's own
(background, prior art, negation) is left out with its quantities.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.identity import normal_name
from kg.reading import FieldScore, MaturityMention, QuantityMention, Reading, Step, steps, suggest_trl
from kg.schema.model import KindSpec, Schema

READ_LIMIT = 10_000
"""Characters of a text that are read; no abstract has as many."""
STEP_EDGE = "HAS_STEP"
READER_SHEET = "reader"


@dataclass
class RecordStep:
    """One own operation of a record: its first mention, the field of that, and all quantities (JSON)."""

    field: str
    step: Step
    quantities: list[str]


@dataclass(frozen=True)
class RecordEvidence:
    """One piece of evidence of maturity and the field of the record where it stands."""

    field: str
    mention: MaturityMention


@dataclass
class Facts:
    """The facts of a record.

    `quantities` (JSON) are those that no step takes: said of the whole, or reached in the laboratory.
    `fields` are the scores of the likely fields by name, `flags` and `conditions` JSON with their place.
    """

    steps: list[RecordStep] = field(default_factory=list)
    quantities: list[str] = field(default_factory=list)
    evidence: list[RecordEvidence] = field(default_factory=list)
    fields: dict[str, float] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    @property
    def trl(self) -> int | None:
        """The highest level that proved evidence speaks for: a suggestion, never the record's own level."""
        return suggest_trl([one.mention for one in self.evidence]).level


COMPONENTS = ("unit_ops", "quantities", "maturity", "fields", "terms", "flags", "conditions")
"""What is counted of the facts, in the order in which it is told."""


def counted(facts: Facts) -> Counter[str]:
    """How many facts of each component a record has; a step counts once, its quantities each."""
    of_steps = sum(len(one.quantities) for one in facts.steps)
    return Counter(
        unit_ops=len(facts.steps),
        quantities=of_steps + len(facts.quantities),
        maturity=len(facts.evidence),
        fields=len(facts.fields),
        terms=len(facts.terms),
        flags=len(facts.flags),
        conditions=len(facts.conditions),
    )


def told(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts as a report holds them: every component, those without a fact too."""
    return {name: counts.get(name, 0) for name in COMPONENTS}


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


def as_one(texts: Sequence[tuple[str, str]]) -> str:
    """The texts of a record as one to classify, its name first, as the classifier's training texts were."""
    return " ".join(text for _, text in sorted(texts, key=lambda one: one[0] != "name"))


def facts_of(
    texts: Sequence[tuple[str, str]], readings: Sequence[Reading], fields: Sequence[FieldScore] = ()
) -> Facts:
    """The facts of a record's texts, which were read one by one; `fields` are those of `as_one` of them."""
    facts = Facts(fields={one.name: one.score for one in fields})
    seen: dict[str, RecordStep] = {}
    for (name, text), reading in zip(texts, readings, strict=True):
        _add_steps(facts, seen, name, reading, text)
        facts.evidence += [RecordEvidence(name, mention) for mention in reading.maturity]
        for one in reading.fields:
            facts.fields[one.name] = max(one.score, facts.fields.get(one.name, 0.0))
        facts.terms += [term for term in reading.terms if term not in facts.terms]
        facts.flags += _placed(name, ((one, {"kind": one.kind, "words": one.words}) for one in reading.flags))
        asked = ((one, {"text": one.text, "hard": one.hard}) for one in reading.conditions)
        facts.conditions += _placed(name, asked)
    return facts


def _add_steps(facts: Facts, seen: dict[str, RecordStep], name: str, reading: Reading, text: str) -> None:
    found = steps(reading, text)
    reached = [quantity for step in found.steps if step.own for quantity in step.bench]
    facts.quantities += [_quantity(quantity, name) for quantity in (*found.loose, *reached)]
    for step in found.steps:
        if step.own:
            _add_step(facts, seen, name, step)


def _add_step(facts: Facts, seen: dict[str, RecordStep], name: str, step: Step) -> None:
    quantities = [_quantity(quantity, name) for quantity in step.quantities]
    earlier = seen.get(normal_name(step.name))
    if earlier is not None:
        earlier.quantities += quantities
        return
    seen[normal_name(step.name)] = added = RecordStep(name, step, quantities)
    facts.steps.append(added)


def _quantity(mention: QuantityMention, name: str) -> str:
    """INTERFACE's quantity with what it measures, how it bounds, and where it stands."""
    said = {"measures": mention.measures, "relation": mention.relation, "stage": mention.stage}
    return _json({**mention.quantity.document(), **said}, name, mention)


def _placed(name: str, found: Iterable[tuple[Any, dict[str, Any]]]) -> list[str]:
    return [_json(said, name, mention) for mention, said in found]


def _json(said: Mapping[str, Any], name: str, mention: Any) -> str:
    place = {"field": name, "start": mention.start, "end": mention.end}
    return json.dumps({**said, **place}, ensure_ascii=False)
