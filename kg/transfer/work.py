"""How long a step takes on a line, and in how many batches: what is asked against what a line states.

Working days are what is asked for, or the amount to be run at the rate that is asked for (else the line's
highest) in shifts of 8 h; never fewer than the days that a line is let for at least, and those alone where
nothing is asked. Where none of this is known, nor is the length.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kg.transfer.answering import RATES
from kg.transfer.catalogue import Offer
from kg.transfer.quantities import Bounds
from kg.transfer.requirement import Step
from kg.wording import Sentence

SHIFT = 8 * 3600.0
"""Seconds that a pilot line works on a day unless somebody says more; on the safe side."""


@dataclass(frozen=True)
class Work:
    """Working days and batches, None where not known. `estimated`: the days follow from an amount and a rate,
    so a line that runs longer hours needs fewer."""

    days: int | None = None
    batches: int | None = None
    estimated: bool = False
    note: Sentence | None = None


def work_of(step: Step, offer: Offer) -> Work:
    """The work of a step on an offer."""
    run, least = step.run, offer.terms.min_days
    batches = run.batches if run.batches is not None else _batches(step, offer)
    count = None if batches is None else math.ceil(batches)
    if run.days is None and (days := _days_of_amount(step, offer)) is not None:
        if least is None or days > least:
            note = Sentence(f"按每天 8 小时估算 {days} 天", f"{days} days, reckoned with 8 h a day")
            return Work(days, count, True, note)
    elif run.days is not None and run.days >= (least or 0):
        return Work(math.ceil(run.days), count)
    if least is None:
        return Work(None, count)
    days = math.ceil(least)
    note = Sentence(f"按最短使用 {days} 天计", f"the line is let for {days} days at least")
    return Work(days, count, False, note)


def _days_of_amount(step: Step, offer: Offer) -> int | None:
    """The shifts in which the amount is run; None where amount or rate is not stated."""
    amount = _top(step.run.amount.bounds) if step.run.amount else None
    if amount is None:
        return None
    unit = f"{amount[0]} / second"
    if unit not in RATES:
        return None
    asked = _most((one.bounds for one in step.quantities), unit)
    rate = asked or _most((limit.bounds for limit in offer.limits), unit)
    return max(math.ceil(amount[1] / rate / SHIFT - 1e-9), 1) if rate else None


def _batches(step: Step, offer: Offer) -> float | None:
    """The batches in which the amount is run; None where amount or batch size is not stated."""
    amount = _top(step.run.amount.bounds) if step.run.amount else None
    if amount is None:
        return None
    asked = (one.bounds for one in step.quantities if one.bounds.per_batch or one.measures == "批量")
    size = _most(asked, amount[0]) or _most(
        (one.bounds for one in offer.limits if one.parameter == "批量" or one.bounds.per_batch), amount[0]
    )
    return math.ceil(amount[1] / size - 1e-9) if size else None


def _top(bounds: Bounds) -> tuple[str, float] | None:
    """The dimension and the upper end (else the lower one) of a quantity, in its base unit."""
    axis = bounds.axis
    if axis is None:
        return None
    end = axis.high if axis.high is not None else axis.low
    return None if not end else (axis.unit, end)


def _most(among: Iterable[Bounds], unit: str) -> float | None:
    """The largest of the quantities in one dimension."""
    tops = [top[1] for one in among if (top := _top(one)) is not None and top[0] == unit]
    return max(tops, default=None)
