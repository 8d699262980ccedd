"""When a deadline that a reader found falls due; a question has a day, a text that is only read has none."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from kg.errors import ZhongshiError
from kg.reading import Deadline
from kg.values.dates import parse_date


def due(deadline: Deadline, as_of: date) -> str | None:
    """The ISO date of a deadline that is stated from the day of asking, else the stated one.

    A month without a year is the next one to come; `3月前` ends before March begins: 2027-02-28.
    """
    if deadline.date is not None:
        return deadline.date
    if deadline.months or deadline.days:
        return _later(as_of, deadline.months, deadline.days).isoformat()
    if deadline.rest.removesuffix("前") in _PRESENT:
        return _of_the_present(deadline.rest, as_of).isoformat()
    if deadline.years_ahead is not None:
        return stated(f"{as_of.year + deadline.years_ahead}年{deadline.rest}")
    this = stated(f"{as_of.year}年{deadline.rest}")
    if this is not None and this >= as_of.isoformat()[: len(this)]:
        return this
    return stated(f"{as_of.year + 1}年{deadline.rest}")


_PRESENT = {"本周": 0, "下周": 0, "本月": 1, "下月": 1, "本季度": 3}
"""Spans that are counted from the day of asking, in months (0: a week)."""


def _of_the_present(rest: str, day: date) -> date:
    """The last day of this or the next week, month or quarter; with 前, the day before it begins."""
    span = rest.removesuffix("前")
    months, ahead = _PRESENT[span], int(span.startswith("下"))
    if months:
        first = _later(date(day.year, day.month - (day.month - 1) % months, 1), ahead, 0)
        after = _later(first, months, 0)
    else:
        first = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
        after = first + timedelta(weeks=1)
    return (first if rest.endswith("前") else after) - timedelta(days=1)


def stated(words: str) -> str | None:
    """The ISO date of a part of a year (2027年3月底; with 前, of the day before); None for another."""
    if words.endswith("前"):
        return _day_before(stated(words[:-1]))
    year, mark, rest = words.replace(" ", "").replace("年度", "年").partition("年")
    try:
        return parse_date(f"{year}年{plain_part(rest)}" if mark else words)
    except (ZhongshiError, ValueError):
        return None


def plain_part(rest: str) -> str:
    """A part of the year as `parse_date` reads it."""
    rest = (
        re.sub(r"月份?(?:上旬|中旬|初)$", "月", rest.replace(" ", ""))
        .replace("下旬", "底")
        .replace("末", "底")
    )
    rest = {"春节": "2月", "国庆": "10月", "年内": "底", "年中": "6月", "年底": "底", "底": "底"}.get(
        rest, rest
    )
    return rest.replace("季度底", "季度")


def _later(day: date, months: int, days: int) -> date:
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) + timedelta(days=days)


def _day_before(iso: str | None) -> str | None:
    """The last day before a month; a date of another precision as it is."""
    if iso is None or len(iso) != len("2027-03"):
        return iso
    return (date.fromisoformat(f"{iso}-01") - timedelta(days=1)).isoformat()
