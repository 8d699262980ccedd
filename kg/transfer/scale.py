"""The scale of a step: which of its numbers state one, and how many times the result's own is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kg.transfer.answering import RATES, SCALE, parameter_name
from kg.transfer.proof import Document, tidy
from kg.transfer.quantities import Asked
from kg.transfer.requirement import Step


@dataclass(frozen=True)
class ScaleUp:
    """From the largest scale that was reached to the one that is asked for, `ratio` times as much."""

    reached: Asked
    asked: Asked
    ratio: float

    def document(self) -> Document:
        return {"from": self.reached.bounds.text, "to": self.asked.bounds.text, "ratio": self.ratio}


def scale_up(step: Step) -> ScaleUp | None:
    """How far a step is to be scaled up; None where the result's own scale is not stated."""
    ways = [
        ScaleUp(own, asked, tidy(size_of(asked) / size_of(own)))
        for asked in step.quantities
        for own in step.set_aside
        if (scale := scale_of(asked)) and scale == scale_of(own) and 0 < size_of(own) < size_of(asked)
    ]
    return min(ways, key=lambda way: way.ratio, default=None)


def scale_of(asked: Asked) -> tuple[str | None, str] | None:
    """The scale parameter and dimension of a quantity; None where it states no scale."""
    axis, name = asked.bounds.axis, parameter_name(asked.measures)
    if asked.demanded and asked.relation in ("<=", "<"):
        return None
    if axis is None or (name not in SCALE if name else axis.unit not in RATES):
        return None
    return (None, axis.unit) if axis.unit in RATES else (name, axis.unit)


def size_of(asked: Asked) -> float:
    """The upper end of a quantity in SI."""
    axis = asked.bounds.axis
    return max((end for end in (axis.low, axis.high) if end is not None), default=0.0) if axis else 0.0
