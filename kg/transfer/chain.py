"""A chain of steps as it was read, settled with what the vocabulary knows of their operations.

- A test that a description mentions (通过型式试验) is mostly evidence of what was done: it is soft unless it
  is asked for or has numbers of its own.
- A broader name beside one narrower name of the same subject (均质压力 beside 高压均质) means the same step:
  its numbers join the narrower one.
- Of several scales of one step (小试 4 L/h, 放大到 85 L/h) the largest is what a line has to run; an upper
  bound that is asked for (不高于 5 kg/h) is no scale and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.transfer.answering import parameter_name
from kg.transfer.quantities import Asked, distinct
from kg.transfer.requirement import Step, joined
from kg.transfer.scale import scale_of, size_of
from kg.vocabulary.model import Vocabulary
from kg.wording import Sentence


@dataclass(frozen=True)
class Settling:
    """Settles chains; names repeat by the thousand, so each pair is looked up once."""

    vocabulary: Vocabulary
    _broader: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)
    _tests: dict[str, bool] = field(default_factory=dict, repr=False)
    _listed: dict[str, bool] = field(default_factory=dict, repr=False)

    def settled(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """The steps (each operation once, as `merged` gives them): tests and unlisted words are no reason for
        a no, broader names are joined to narrower ones."""
        found = {step.unit_op: self._softened(step) for step in steps}
        for name in list(found):
            narrower = [one for one in found if one != name and self._above(name, one)]
            if len(narrower) == 1:
                found[narrower[0]] = _into(found[narrower[0]], found.pop(name))
        return tuple(_placed(largest_scale(one), order) for order, one in enumerate(found.values()))

    def _softened(self, step: Step) -> Step:
        if not self._is_listed(step.unit_op):
            return replace(step, role="unlisted")
        told = not step.asked and not step.quantities and step.role == "hard"
        return replace(step, role="soft") if told and self._is_test(step.unit_op) else step

    def _is_listed(self, name: str) -> bool:
        if name not in self._listed:
            known = self.vocabulary.canonical(name) or self.vocabulary.head(name)
            self._listed[name] = known is not None
        return self._listed[name]

    def _is_test(self, name: str) -> bool:
        if name not in self._tests:
            known = self.vocabulary.canonical(name)
            self._tests[name] = known is not None and known.category == "test"
        return self._tests[name]

    def _above(self, broad: str, narrow: str) -> bool:
        pair = (broad, narrow)
        if pair not in self._broader:
            ends = narrow != broad and narrow.endswith(broad)
            self._broader[pair] = ends or self.vocabulary.relation(broad, narrow) == "narrower"
        return self._broader[pair]


def _into(narrow: Step, broad: Step) -> Step:
    """The narrower step with the other's numbers; its own words and place stay."""
    both = joined(broad, narrow)
    return replace(both, order=min(narrow.order, broad.order))


def largest_scale(step: Step) -> Step:
    """The step with the largest of its numbers on each scale parameter, smaller ones set aside."""
    largest: dict[tuple[str | None, str], float] = {}
    for asked in step.quantities:
        scale = scale_of(asked)
        if scale is not None:
            largest[scale] = max(size_of(asked), largest.get(scale, 0.0))
    kept = [one for one in step.quantities if (s := scale_of(one)) is None or size_of(one) == largest[s]]
    if len(kept) == len(step.quantities):
        return step
    smaller = tuple(one for one in step.quantities if one not in kept)
    return replace(step, quantities=tuple(kept), set_aside=distinct((*step.set_aside, *smaller)))


def contradictions(step: Step) -> list[Sentence]:
    """Demands on one parameter that no number can meet together (不低于 100 kg/h, 不高于 5 kg/h)."""
    return [
        Sentence(
            f"{step.unit_op}：{one.bounds.text} 与 {other.bounds.text} 不能同时满足，以哪个为准？",
            f"{step.unit_op}: {one.bounds.text} and {other.bounds.text} exclude each other; which one holds?",
        )
        for one in step.quantities
        for other in step.quantities
        if _exclude(one, other)
    ]


def _exclude(low: Asked, high: Asked) -> bool:
    """Whether one has to be at least more than the other may be at most; of one parameter and dimension."""
    one, other = low.bounds.axis, high.bounds.axis
    if one is None or other is None or one.unit != other.unit or not (low.hard and high.hard):
        return False
    if low.relation not in (">=", ">") or high.relation not in ("<=", "<"):
        return False
    same = parameter_name(low.measures) == parameter_name(high.measures)
    return same and one.low is not None and other.high is not None and one.low > other.high


def _placed(step: Step, order: int) -> Step:
    return step if step.order == order else replace(step, order=order)
