"""What runs by the hour against what is counted by the day, the month or the year.

A yearly output is an amount: how many kg/h it takes depends on the hours that a line runs. It fits only where
it fits in the fewest customary hours, falls short only where it does so in all the hours that there are, and
is unknown between; so it is where the line would have to stand still for part of the time, for it cannot run
as slowly.

Customary hours: a Chinese design year is 300 days of 24 h (7,200 h) or more; continuous plants run 0.90–0.96
of the year (7,884–8,410 h; stream factor, Turton et al., Analysis, Synthesis and Design of Chemical
Processes, 3rd ed., ch. 8), so 7,200 h is on the safe side. A day is one of 24 h, as
the unit says, a shift has 8 h or more, a month 25 days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.transfer.proof import Verdict
from kg.transfer.quantities import Bounds
from kg.wording import Sentence

Period = Literal["hour", "shift", "day", "month", "year"]
ORDER: tuple[Period, ...] = ("hour", "shift", "day", "month", "year")

_PERIODS: tuple[tuple[Period, str], ...] = (
    ("year", r"a|年|yr|year|annum"),
    ("month", r"月|个月|month"),
    ("day", r"d|天|日|昼夜|day"),
    ("shift", r"班|班次|shift"),
)
_BELOW = re.compile(r"[/每]\s*(?P<per>[^/每]+)$")


@dataclass(frozen=True)
class Span:
    """How many of the smaller periods one of the larger runs: the fewest that are customary, and all."""

    fewest: float
    all: float


SPANS: dict[tuple[Period, Period], Span] = {
    ("year", "hour"): Span(7200, 8760),
    ("year", "shift"): Span(300, 1095),
    ("year", "day"): Span(300, 365),
    ("year", "month"): Span(10, 12),
    ("month", "hour"): Span(600, 730),
    ("month", "shift"): Span(25, 91),
    ("month", "day"): Span(25, 30.4),
    ("day", "hour"): Span(24, 24),
    ("day", "shift"): Span(1, 3),
    ("shift", "hour"): Span(8, 12),
}
WORDS: dict[Period, tuple[str, str]] = {
    "hour": ("小时", "hours"),
    "shift": ("班", "shifts"),
    "day": ("天", "days"),
    "month": ("个月", "months"),
    "year": ("年", "year"),
}
_ONE = {"year": "a year", "month": "a month", "day": "a day", "shift": "a shift", "hour": "an hour"}


@dataclass(frozen=True)
class Pace:
    """A verdict over two periods with its distance in the asked quantity's own unit, and why."""

    verdict: Verdict
    length: float | None
    why: Sentence


IDLE = Pace(
    "unknown",
    None,
    Sentence("产线开不到这么慢，须间歇开工", "the line runs no slower and would stand idle in between"),
)
MINIMUM = Sentence(
    "只承诺了下限，能否更高未写明", "the limit promises a minimum; how much more it reaches is not stated"
)
OPEN_ABOVE = Pace("unknown", None, MINIMUM)
EQUAL = 1 + 1e-9

Ends = tuple[float | None, float | None]


def period_of(bounds: Bounds) -> Period | None:
    """What a rate is counted by; minutes and seconds run as hours do. None for what is no rate."""
    axis = bounds.axis
    if axis is None or not axis.unit.endswith((" / second", " / shift")) or axis.unit.startswith("meter / "):
        return None
    below = _BELOW.search(bounds.unit or "")
    per = below["per"].strip() if below else ""
    return next((name for name, words in _PERIODS if re.fullmatch(words, per)), "hour")


def paced(asked: Bounds, offered: Bounds) -> Pace | None:
    """The verdict on a rate of one period at a line's rate of another; None where both have the same one."""
    ours, theirs = period_of(asked), period_of(offered)
    if ours is None or theirs is None or ours == theirs or _thing(asked) != _thing(offered):
        return None
    by_hours = ORDER.index(ours) > ORDER.index(theirs)
    pair = (ours, theirs) if by_hours else (theirs, ours)
    scale = _units(offered, asked, theirs, ours)
    low, high = (None if end is None else end * scale for end in (offered.low, offered.high))
    top = asked.high if asked.high is not None else asked.low
    if asked.low is None or top is None:  # `at most x` asks how slowly the line can go
        return Pace("fits", None, _assumed(pair, SPANS[pair].fewest)) if low is None else IDLE
    bottom = asked.low if asked.high is not None else None
    if by_hours:
        return _by_hours(bottom, top, (low, high), pair)
    return _by_period(bottom, top, (low, high), pair)


def _by_hours(bottom: float | None, top: float, ends: Ends, pair: tuple[Period, Period]) -> Pace:
    """Asked by the larger period: what the line makes in the fewest and in all the hours of it."""
    span, (low, high) = SPANS[pair], ends
    if high is not None and top > high * span.all * EQUAL:
        return Pace("short", top - high * span.all, _assumed(pair, span.all))
    if high is not None and top > high * span.fewest * EQUAL:
        return Pace("unknown", None, _needs(pair, top / high))
    if low is not None and bottom is not None and bottom * EQUAL < low * span.fewest:
        return IDLE
    if high is None and low is not None and top > low * span.fewest * EQUAL:
        return OPEN_ABOVE
    margin = None if high is None else max(high * span.fewest - top, 0.0)
    return Pace("fits", margin, _assumed(pair, span.fewest))


def _by_period(bottom: float | None, top: float, ends: Ends, pair: tuple[Period, Period]) -> Pace:
    """Asked by the smaller period, stated by the larger: sure only where spread over all its hours."""
    span, (low, high) = SPANS[pair], ends
    if high is not None and top > high / span.fewest * EQUAL:
        return Pace("short", top - high / span.fewest, _assumed(pair, span.fewest))
    slow = low is not None and bottom is not None and bottom * EQUAL < low / span.fewest
    if slow or (high is not None and top > high / span.all * EQUAL):
        zh, en = WORDS[pair[0]][0], _ONE[pair[0]]
        why = f"登记的是每{zh}的量，开工时数未写明", f"stated for {en}; the hours that it runs are not"
        return Pace("unknown", None, Sentence(*why))
    if high is None and low is not None and top > low / span.all * EQUAL:
        return OPEN_ABOVE
    margin = None if high is None else max(high / span.all - top, 0.0)
    return Pace("fits", margin, _assumed(pair, span.all))


def _needs(pair: tuple[Period, Period], count: float) -> Sentence:
    usual, needed = f"{SPANS[pair].fewest:,g}", f"{count:,.0f}"
    (large, _), (zh, en) = WORDS[pair[0]], WORDS[pair[1]]
    return Sentence(
        f"每{large}要开 {needed} {zh}，通常按 {usual} {zh}计",
        f"it takes {needed} {en} {_ONE[pair[0]]}; {usual} are customary",
    )


def _assumed(pair: tuple[Period, Period], count: float) -> Sentence:
    zh, en = WORDS[pair[1]]
    return Sentence(f"按每{WORDS[pair[0]][0]}开 {count:,g} {zh}计", f"at {count:,g} {en} {_ONE[pair[0]]}")


def _thing(bounds: Bounds) -> str:
    """What flows: kilogram, meter ** 3, count …"""
    axis = bounds.axis
    return axis.unit.rpartition(" / ")[0] if axis else ""


_SECONDS: dict[Period, float] = {
    "hour": 3600.0,
    "shift": 1.0,
    "day": 86_400.0,
    "month": 2_629_800.0,
    "year": 31_557_600.0,
}
"""What the units of `kg.values.units` make of a period; a shift is a unit of its own."""


def _units(offered: Bounds, asked: Bounds, theirs: Period, ours: Period) -> float:
    """1 in the offered unit, over one of its period, in the asked unit: 1 kg/h is 0.001 for t/a."""
    return offered.factor * _SECONDS[theirs] / (asked.factor * _SECONDS[ours])
