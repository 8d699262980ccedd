"""A required quantity and a line's limit as matching sees them: bounds in their own unit and in SI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kg.transfer.proof import Document, Source
from kg.values.parameters import same_parameter
from kg.values.units import unit_of
from kg.wording import Sentence

PER_BATCH = " / batch"


@dataclass(frozen=True)
class Origin:
    """Where an item of a requirement came from: an entity's field, a text, or an option; offsets in code
    points."""

    entity: str | None = None
    field: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None

    def at(self, text: str, start: int, end: int) -> Origin:
        """A place in the text of this field."""
        return Origin(self.entity, self.field, text[start:end], start, end)

    def document(self) -> Document:
        return {
            "entity": self.entity,
            "field": self.field,
            "text": self.text,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True)
class Axis:
    """The ends of a quantity in the base unit of its dimension."""

    unit: str
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Bounds:
    """A quantity as an interval; an open end is None, a point has both ends equal.

    `low`, `high` are in `unit`, `si_low`, `si_high` in `si_unit` (pint's name; None: no unit, or an
    unknown one).
    """

    text: str
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    si_low: float | None = None
    si_high: float | None = None
    si_unit: str | None = None

    @property
    def stated(self) -> bool:
        """Whether there is any number at all."""
        return self.low is not None or self.high is not None

    @cached_property
    def axis(self) -> Axis | None:
        """Where it lies on the axis of its dimension: SI, or the base of a unit that SI lacks (瓶/h, 目);
        None where there is no number or no known unit (a number without a unit does not exist)."""
        if not self.stated:
            return None
        if self.si_unit is not None:
            return Axis(self.si_unit, self.si_low, self.si_high)
        known = unit_of(self.unit) if self.unit else None
        if known is None:
            return None
        ends = [None if end is None else known.to_base(end) for end in (self.low, self.high)]
        return Axis(known.base.removesuffix(PER_BATCH), *ends)

    @property
    def per_batch(self) -> bool:
        """Whether it is an amount per batch (kg/批): the size of a batch, no rate."""
        known = unit_of(self.unit) if self.unit else None
        return known is not None and known.base.endswith(PER_BATCH)

    @property
    def factor(self) -> float:
        """What 1 of its unit is in the base unit; 1 where the unit is not known."""
        known = unit_of(self.unit) if self.unit else None
        return known.factor if known else 1.0

    def distance(self, length: float) -> float | None:
        """A length on the axis in this quantity's unit; a difference of ℃ has no offset."""
        per_unit = self._per_unit()
        return length / per_unit if per_unit else None

    def _per_unit(self) -> float | None:
        axis = self.axis
        ends = [] if axis is None else [(self.low, axis.low), (self.high, axis.high)]
        pairs = [(own, base) for own, base in ends if own is not None and base is not None]
        if len(pairs) == 2 and pairs[0][0] != pairs[1][0]:
            return (pairs[1][1] - pairs[0][1]) / (pairs[1][0] - pairs[0][0])
        known = unit_of(self.unit) if self.unit else None
        if known is not None:
            return known.factor
        return pairs[0][1] / pairs[0][0] if pairs and pairs[0][0] else None

    def document(self) -> Document:
        """INTERFACE's quantity: a point has `value`, anything else `low` and `high`."""
        point = self.low is not None and self.low == self.high
        if self.low is not None and self.high is not None and self.low == -self.high < 0 and "±" in self.text:
            ends: Document = {"value": self.high, "si_value": self.si_high}
            return {"text": self.text, **ends, "unit": self.unit, "si_unit": self.si_unit}
        ends = (
            {"value": self.low, "si_value": self.si_low}
            if point
            else {"low": self.low, "high": self.high, "si_low": self.si_low, "si_high": self.si_high}
        )
        return {"text": self.text, **ends, "unit": self.unit, "si_unit": self.si_unit}


@dataclass(frozen=True)
class Asked:
    """A required quantity: what it measures (None where the text does not say), how it bounds, where it
    came from.

    `relation` is the reader's (`=`, `>=`, `<=`, `>`, `<`, `~`, `range`, `±`). A soft one is never a
    reason for no; `reached` is a figure of the laboratory; `aim` is what the result is to be scaled up
    to; `demanded` is said by who asks (a need, a pilot request), not by a description.
    """

    bounds: Bounds
    measures: str | None = None
    relation: str = "="
    hard: bool = True
    reached: bool = False
    aim: bool = False
    demanded: bool = False
    origin: Origin = field(default_factory=Origin, compare=False)

    def document(self) -> Document:
        """The quantity document with `measures` and `relation`."""
        return {**self.bounds.document(), "measures": self.measures, "relation": self.relation}


def distinct(quantities: Iterable[Asked]) -> tuple[Asked, ...]:
    """Each demand once: the same amount of the same thing said twice (简介, 中试需求) is one.

    Of two the one that says what it measures is kept, else the first.
    """
    kept: list[Asked] = []
    for one in quantities:
        twin = next((i for i, other in enumerate(kept) if _same_demand(one, other)), None)
        if twin is None:
            kept.append(one)
        else:
            better = one if kept[twin].measures is None else kept[twin]
            asked = kept[twin].demanded or one.demanded
            kept[twin] = better if better.demanded == asked else replace(better, demanded=asked)
    return tuple(kept)


def _same_demand(one: Asked, other: Asked) -> bool:
    ends = [(a.bounds.si_low, a.bounds.si_high, a.bounds.si_unit, a.relation) for a in (one, other)]
    if ends[0] != ends[1] or (one.bounds.si_unit is None and one.bounds.unit != other.bounds.unit):
        return False
    if one.bounds.si_unit is None and one.bounds.text != other.bounds.text:
        return False
    return None in (one.measures, other.measures) or same_parameter(one.measures or "", other.measures or "")


@dataclass(frozen=True)
class Limit:
    """One limit of a capability: where it can run on one parameter."""

    parameter: str
    bounds: Bounds
    better: str | None = None
    source: Source = field(default_factory=Source, compare=False)

    def document(self) -> Document:
        """The quantity document; where less is better, a lower end alone is what the line gets down to."""
        return {**self.bounds.document(), **self._reach(), "measures": self.parameter}

    def _reach(self) -> Document:
        if self.better != "lower" or self.bounds.low is None or self.bounds.high is not None:
            return {}
        best = f"{self.bounds.low:,.10g} {self.bounds.unit or ''}".strip()
        return {"text": Sentence(f"可达 {best}", f"down to {best}")}


def asked_from_document(raw: Mapping[str, Any], origin: Origin, demanded: bool = False) -> Asked:
    """A required quantity from INTERFACE's quantity dict with `measures`, `relation` and `stage`."""
    relation = str(raw.get("relation") or "=")
    stage, bounds = raw.get("stage"), _bounds(raw, relation)
    stages = (stage == "now", stage == "target")
    return Asked(bounds, raw.get("measures"), relation, True, *stages, demanded, origin)


def _bounds(raw: Mapping[str, Any], relation: str) -> Bounds:
    """A single number becomes the end that its relation makes it: `>= 5` is [5, open]."""
    value, si = raw.get("value"), raw.get("si_value")
    low, high = raw.get("low", value), raw.get("high", value)
    si_low, si_high = raw.get("si_low", si), raw.get("si_high", si)
    if relation in (">=", ">") and low == high:
        high = si_high = None
    if relation in ("<=", "<") and low == high:
        low = si_low = None
    if relation == "±" and low is not None and low == high and low > 0:
        low, si_low = -low, None if si_low is None else -si_low
    return Bounds(str(raw.get("text") or ""), low, high, raw.get("unit"), si_low, si_high, raw.get("si_unit"))
