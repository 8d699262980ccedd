"""What a text says is to be run: so many days, so many batches, an amount in all.

Days and batches are the step's where there is one step that they can be of; an amount in all (总共处理 2 吨)
goes through every step. Without this a bill and an end would count the fewest days that a line is let for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from kg.transfer.quantities import Asked, Origin
from kg.transfer.requirement import Run, Step
from kg.values.numerals import number_in_words

_BATCHES = re.compile(
    r"(?:共计?|总共|总计|一共|合计|分|完成|试制|试做|做|跑|生产|连续)(?:做|需|要|试|生产|投)?\s*"
    r"(?P<count>[1-9]\d{0,3}|[一二两三四五六七八九十百]+)\s*(?:个)?批(?!准|量|发)"
)
_RUNS = re.compile(
    r"(?:运行|运转|生产|试制|试验|试生产|跑|开机|租用|占用|使用|连做|连续)(?:时间|周期)?\s*(?:为|约|大约|共|至少)?\s*$"
)
_IN_ALL = re.compile(
    r"(?:总共|总计|一共|合计|共计?|总量|累计|总产量|总处理量)(?:约|大约|需要?|要|拟|为|处理|加工|生产|试制|制备|做)*\s*$"
)
_A_TIME = re.compile(r"\s*(?:/|每|一次|以内|内)")
_DAYS = re.compile(r"[天日周]|星期|个?月|d$")
DAY = 86400.0
AMOUNTS = frozenset({"kilogram", "meter ** 3", "count"})


def with_run(
    text: str, origin: Origin, steps: Sequence[Step], numbers: Sequence[Asked]
) -> tuple[tuple[Step, ...], tuple[Asked, ...]]:
    """The steps with what the text wants to be run, and the numbers of the whole that are left."""
    runs = [(one, _run(one, text, origin, alone=len(steps) == 1)) for one in _all(steps, numbers)]
    taken = {one for one, run in runs if run is not None}
    found = [_with_batches(text, origin, step) for step in steps] if len(steps) == 1 else list(steps)
    for _, run in runs:
        found = found if run is None else [_with(step, run) for step in found]
    return (
        tuple(replace(step, quantities=_without(step.quantities, taken)) for step in found),
        _without(numbers, taken),
    )


def _all(steps: Sequence[Step], numbers: Sequence[Asked]) -> list[Asked]:
    return [*numbers, *(one for step in steps for one in step.quantities)]


def _without(numbers: Sequence[Asked], taken: Set[Asked]) -> tuple[Asked, ...]:
    return tuple(one for one in numbers if one not in taken)


def _run(one: Asked, text: str, origin: Origin, *, alone: bool) -> Run | None:
    """What a number says is to be run; None where it says another thing."""
    if _is_amount(one, text, origin):
        return Run(amount=one, origin=one.origin)
    days = _days(one, text, origin) if alone else None
    return None if days is None else Run(days=days, origin=one.origin)


def _with(step: Step, run: Run) -> Step:
    """The step with a part of its run, where nothing is stated of it yet."""
    held = step.run
    return replace(
        step,
        run=Run(
            held.days if held.days is not None else run.days,
            held.batches if held.batches is not None else run.batches,
            held.amount or run.amount,
            held.origin or run.origin,
        ),
    )


def _with_batches(text: str, origin: Origin, step: Step) -> Step:
    found = list(_BATCHES.finditer(text))
    counts = {number_in_words(one["count"]) for one in found} - {None}
    if len(counts) != 1:
        return step
    first = found[0]
    return _with(step, Run(batches=counts.pop(), origin=origin.at(text, *first.span())))


def _is_amount(asked: Asked, text: str, origin: Origin) -> bool:
    axis, start = asked.bounds.axis, asked.origin.start
    if axis is None or axis.unit not in AMOUNTS or start is None or not _of(asked, origin):
        return False
    return not asked.bounds.per_batch and _IN_ALL.search(text, 0, start) is not None


def _days(asked: Asked, text: str, origin: Origin) -> float | None:
    """Whole days for which something is to be run; hours say nothing of days."""
    axis, start, end = asked.bounds.axis, asked.origin.start, asked.origin.end
    if axis is None or axis.unit != "second" or start is None or end is None or not _of(asked, origin):
        return None
    counted = axis.high is not None and _DAYS.search(asked.bounds.unit or "") is not None
    if not counted or not _RUNS.search(text, 0, start) or _A_TIME.match(text, end):
        return None
    return (axis.high or 0.0) / DAY


def _of(asked: Asked, origin: Origin) -> bool:
    return (asked.origin.entity, asked.origin.field) == (origin.entity, origin.field)
