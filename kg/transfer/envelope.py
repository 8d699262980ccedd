"""A required quantity against a line's limit: fits (margin) · short by x · unknown (what to ask).

Everything is compared in SI and told in the unit of what was required. Which way is better belongs to the
parameter: ±12 μm is finer than ±18 μm, a dew point of −48 ℃ drier than −42 ℃; for a throughput, a
temperature or a volume a limit is the interval in which the line runs, so that a minimum rules out too.
Different dimensions are never compared: 300 L says nothing of 4 kg/h.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.transfer.hours import MINIMUM, paced
from kg.transfer.proof import Amount, Proof, Verdict, tidy
from kg.transfer.quantities import Asked, Axis, Bounds, Limit
from kg.wording import Sentence

TOLERANCE = 1e-9
"""Relative: two numbers this near are equal (25 bar and 2.5 MPa)."""


NO_UNIT_ASKED = Sentence("要求的数值没有可比的单位", "the required number has no unit that can be compared")
NO_UNIT_OFFERED = Sentence("登记数值的单位无法识别", "the limit's number has no known unit")
NO_NUMBER = Sentence("只列了指标，没有数值", "the limit is named without a number")
EDGE = Sentence(
    "要求的是超出该值，登记的恰好到该值为止", "more than that is asked, and the limit ends exactly there"
)
_STRICT = re.compile(r"^\s*(?:[<>＜＞](?![=])|(?<!不)(?:小于|大于|低于|高于|少于|多于))")
"""Limits that exclude their own end."""


@dataclass(frozen=True)
class Outcome:
    """A verdict with its distance (≥ 0) on the axis, or (`own`) in the unit of what was required; None where
    an end is open or nothing could be compared. `edge`: exactly at the end of what is offered."""

    verdict: Verdict
    length: float | None = None
    why: Sentence | None = None
    own: bool = False
    edge: bool = False


def compare(asked: Asked, limit: Limit) -> Outcome:
    """The verdict on one required quantity at one limit; more than x is not met by x exactly."""
    found = _compare(asked, limit)
    if (
        found.edge
        and found.verdict == "fits"
        and (asked.relation in (">", "<") or _STRICT.search(limit.bounds.text))
    ):
        return Outcome("unknown", why=EDGE)
    return found


def _compare(asked: Asked, limit: Limit) -> Outcome:
    wanted, offered = asked.bounds.axis, limit.bounds.axis
    if wanted is None:
        return Outcome("unknown", why=NO_UNIT_ASKED)
    if offered is None:
        return Outcome("unknown", why=NO_UNIT_OFFERED if limit.bounds.stated else NO_NUMBER)
    pace = paced(asked.bounds, limit.bounds)
    if pace is not None:
        just = pace.verdict == "fits" and pace.length is not None and pace.length < TOLERANCE
        return Outcome(pace.verdict, pace.length, pace.why, own=True, edge=just)
    if wanted.unit != offered.unit:
        return Outcome("unknown", why=_other_dimension(asked, limit))
    if limit.better == "lower" or (asked.relation == "±" and _symmetric(wanted)) or _tolerance(limit):
        return _finer(wanted, offered)
    promised = limit.better == "higher" and offered.unit == "dimensionless"  # 纯度 ≥ 99.9 %, 收率 ≥ 85 %
    if promised and offered.high is None and offered.low is not None:
        return _at_least(wanted, offered.low)
    return _inside(wanted, offered)


def check(asked: Asked, limit: Limit, *, asker: Sentence | None = None) -> Proof:
    """The proof entry of one required quantity at one limit; `asker` names whom an unknown is put to."""
    outcome = compare(asked, limit)
    length = (
        outcome.length if outcome.own or outcome.length is None else asked.bounds.distance(outcome.length)
    )
    amount = None if length is None else Amount(tidy(length), asked.bounds.unit)
    unknown = outcome.verdict == "unknown"
    return Proof(
        constraint=asked.measures or limit.parameter,
        required=asked.document(),
        offered=limit.document() if limit.bounds.stated else None,
        verdict=outcome.verdict,
        margin=amount if outcome.verdict == "fits" else None,
        short_by=amount if outcome.verdict == "short" else None,
        source=limit.source,
        note=outcome.why,
        share=_share(asked.bounds, length),
        ask=reaches(asker, limit.parameter, asked.bounds.text, outcome.why) if unknown else None,
    )


def reaches(asker: Sentence | None, measures: str | None, text: str, why: Sentence | None) -> Sentence:
    """The question whether somebody reaches a number, and why that is not known."""
    zh, en = (f"{asker.zh}：", f"{asker.en}: ") if asker else ("", "")
    because = (f"（{why.zh}）", f" ({why.en})") if why else ("", "")
    return Sentence(
        f"{zh}{measures or ''}要求 {text}，能否做到？{because[0]}",
        f"{en}{measures + ' ' if measures else ''}{text}?{because[1]}",
    )


def _other_dimension(asked: Asked, limit: Limit) -> Sentence:
    one, two = limit.bounds.text, asked.bounds.text
    return Sentence(f"{one} 与 {two} 量纲不同", f"{one} and {two} are different dimensions")


def _inside(wanted: Axis, offered: Axis) -> Outcome:
    """An interval in which the line runs. A point or a range must lie inside; `at least x` asks that the line
    reaches x, `at most x` that it goes down to x."""
    whole = wanted.low is not None and wanted.high is not None
    bottom = wanted.low if whole else wanted.high
    top = wanted.high if whole else wanted.low
    gaps = [bottom - offered.low] if bottom is not None and offered.low is not None else []
    gaps += [offered.high - top] if top is not None and offered.high is not None else []
    judged = _judge(gaps, wanted, offered)
    open_above = offered.high is None and offered.low is not None and top is not None and top > offered.low
    return Outcome("unknown", why=MINIMUM) if open_above and judged.verdict == "fits" else judged


def _finer(wanted: Axis, offered: Axis) -> Outcome:
    """Lower is better: the best that the line reaches against the strictest that is asked."""
    reach, demand = _level(offered), _level(wanted)
    return _judge([demand - reach], wanted, offered)


def _at_least(wanted: Axis, floor: float) -> Outcome:
    """Higher is better and the line promises `at least floor`: enough up to it, open above it."""
    ends = [end for end in (wanted.low, wanted.high) if end is not None]
    met = _judge([floor - max(ends)], wanted, Axis(wanted.unit, floor, floor))
    if met.verdict == "fits":
        return met
    return Outcome("unknown", why=MINIMUM)


def _judge(gaps: list[float], *axes: Axis) -> Outcome:
    """The tightest gap decides: below zero it is the shortfall, else the margin."""
    if not gaps:
        return Outcome("fits")
    gap = min(gaps)
    largest = max(abs(end) for axis in axes for end in (axis.low, axis.high) if end is not None)
    if gap < -TOLERANCE * largest:
        return Outcome("short", -gap)
    return Outcome("fits", max(gap, 0.0), edge=gap <= TOLERANCE * largest)


def _level(axis: Axis) -> float:
    """A level where lower is better: ±18 is 18, a range is its lower end, `≤ 18` is 18."""
    if axis.high is not None and (axis.low is None or _symmetric(axis)):
        return axis.high
    assert axis.low is not None  # an axis has a number
    return axis.low


def _symmetric(axis: Axis) -> bool:
    return axis.low is not None and axis.low < 0 and axis.low == -(axis.high or 0.0)


def _tolerance(limit: Limit) -> bool:
    """Whether the limit is a bare tolerance (±12 μm), not a centre with one (80±5 ℃)."""
    axis = limit.bounds.axis
    return (axis is not None and limit.bounds.text.strip().startswith(("±", "+/-"))) or (
        axis is not None and "±" in limit.bounds.text and _symmetric(axis)
    )


def _share(wanted: Bounds, length: float | None) -> float | None:
    """A length in the required unit as a part of the largest required number (0 counts as 1)."""
    largest = max((abs(end) for end in (wanted.low, wanted.high) if end is not None), default=0.0)
    return None if length is None else length / (largest or 1.0)
