"""When a line can be had: its calendar, and the first slot in it.

Days are calendar days and count inclusively: five days from the 1st end on the 5th. A blocked period
includes both its ends. Setting up stands on the line before the work, and both together are one stretch
that no blocked period may cut, so an earlier arrival never ends later (FIFO), on which the search relies.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kg.errors import BadValueError
from kg.transfer.proof import Source
from kg.values.dates import date_span, parse_date
from kg.values.errors import UnreadableError

_DATE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号]?)?|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|(?<!\d)\d{8}(?!\d)"
)
_DAY_OF_YEAR = re.compile(r"^\s*(?:[~～\-–—─]|至|到)+\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?")
_DAY_OF_MONTH = re.compile(r"^\s*(?:[~～\-–—─]|至|到)+\s*(\d{1,2})\s*[日号]?\s*(?:$|[^\d月/.-])")
_ONWARD = re.compile(r"^\s*(?:起|之?后|以后|开始|[~～\-–—─至到]+\s*(?:$|今后|长期|另行通知))")
_UNTIL = re.compile(r"^\s*(?:止|之?前|以前|为止)")


@dataclass(frozen=True)
class Period:
    """First and last day, both in it; an open end is None."""

    first: date | None
    last: date | None

    @property
    def shown(self) -> str:
        """As a document writes it: 2026-12-01/2026-12-20, `..` for an open end (ISO 8601-2)."""
        return "/".join(".." if end is None else end.isoformat() for end in (self.first, self.last))


def period_of(text: str) -> Period | None:
    """A period as registers write it (2026-12-01～2026-12-20, 2026年12月1日至20日, 2027年2月, 2027-03-01起);
    None where it cannot be read: a day without a year, an end before its beginning."""
    found = list(_DATE.finditer(text))
    if not found or len(found) > 2:
        return None
    try:
        spans = [date_span(iso) for iso in (parse_date(one.group()) for one in found) if iso]
        return _period(text[found[0].end() :], spans)
    except (BadValueError, UnreadableError, ValueError):
        return None


def _period(rest: str, spans: list[tuple[date, date]]) -> Period | None:
    (first, last), other = spans[0], _DAY_OF_YEAR.match(rest)
    if len(spans) == 2:
        last = spans[1][1]
    elif other:
        last = date(first.year, int(other[1]), int(other[2]))
        last = last if last >= first else last.replace(year=last.year + 1)
    elif day := _DAY_OF_MONTH.match(rest):
        last = first.replace(day=int(day[1]))
    elif _ONWARD.match(rest):
        return Period(first, None)
    elif _UNTIL.match(rest):
        return Period(None, last)
    return Period(first, last) if first <= last else None


@dataclass(frozen=True)
class Slot:
    """First day of setting up and last day of the work (None: nobody says how long it takes); `passed` are
    the blocked periods that pushed it back."""

    start: date
    end: date | None
    passed: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Lapse:
    """Something that a step needs and a line has until a day only, that day included (a certificate)."""

    constraint: str
    until: date
    source: Source = field(default_factory=Source, compare=False)
    what: str = ""


@dataclass(frozen=True)
class Calendar:
    """When a line is free: from a day on, outside of the blocked periods, after a notice (days), with days of
    setting up before the work."""

    free_from: date | None = None
    blocked: tuple[Period, ...] = ()
    notice_days: float = 0.0
    setup_days: float = 0.0

    def earliest(self, as_of: date, after: date) -> date:
        """The first day that may be asked for: notice counts from the day of asking."""
        noticed = as_of + timedelta(days=math.ceil(self.notice_days))
        return max(noticed, after, self.free_from or after)

    def length(self, days: float | None) -> int:
        """Calendar days on the line; at least one where it is not known how long the work takes."""
        return max(math.ceil(self.setup_days) + (1 if days is None else math.ceil(days)), 1)

    def slot(self, as_of: date, after: date, days: float | None) -> Slot | None:
        """The first slot of set-up and work from `after` on; None where there is never one."""
        wanted = self.earliest(as_of, after).toordinal()
        start = self.starts(days).at(wanted)
        if start is None:
            return None
        end = None if days is None else date.fromordinal(start + self.length(days) - 1)
        passed = [one for one in self.blocked if _pushes(one, wanted, start)]
        return Slot(date.fromordinal(start), end, tuple(passed))

    def starts(self, days: float | None) -> Starts:
        """The days on which a stretch of that many working days may begin."""
        length = self.length(days)
        taken = ((_ordinal(one.first, 1) - length + 1, _ordinal(one.last, NEVER)) for one in self.blocked)
        return Starts(_joined(taken))


NEVER = date.max.toordinal()


@dataclass(frozen=True)
class Starts:
    """The days (ordinals) on which nothing may begin: disjoint, in order, both ends included."""

    taken: tuple[tuple[int, int], ...] = ()

    def at(self, wanted: int) -> int | None:
        """The first day from `wanted` on that is not taken; None where there is none."""
        index = bisect_right(self._begins, wanted) - 1
        if index < 0 or self.taken[index][1] < wanted:
            return wanted
        after = self.taken[index][1] + 1
        return None if after > NEVER else after

    @cached_property
    def _begins(self) -> list[int]:
        return [begin for begin, _ in self.taken]


def _joined(taken: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(taken):
        if found and begin <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return tuple(found)


def _pushes(period: Period, wanted: int, start: int) -> bool:
    """Whether a period lies between the day that was wanted and the day that is had."""
    return start > wanted and _ordinal(period.last, NEVER) >= wanted and _ordinal(period.first, 1) <= start


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()
