"""How the same value is written in one sheet and in another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from ingest.demo.model import Bound, Fund
from ingest.demo.numbers import plain

LEVELS = "〇一二三四五六七八九"
WAN, YI = 10_000, 100_000_000


def trl(rng: Random, level: int | None) -> str:
    """七级, TRL7, 7级, 7."""
    if level is None:
        return ""
    return rng.choice((f"{LEVELS[level]}级", f"TRL{level}", f"TRL {level}", f"{level}级", str(level)))


def day(rng: Random, year: int | None) -> str:
    """A date of this year as people write it."""
    if year is None:
        return ""
    month, number = rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice((
        f"{year}年{month}月{number}日", f"{year}.{month}.{number}", f"{year}{month:02d}{number:02d}",
        f"{year}-{month:02d}-{number:02d}", f"{year}/{month}/{number}", f"{year}年{month}月", f"{year}年",
    ))  # fmt: skip


def money(rng: Random, yuan: int | None) -> str:
    """300万元, 0.3亿元, 3,000,000元."""
    if yuan is None:
        return ""
    if yuan >= YI // 10 and yuan % (YI // 100) == 0 and rng.random() < 0.5:
        return f"{plain(yuan / YI)}亿元"
    return rng.choice((f"{plain(yuan / WAN)}万元", f"{plain(yuan / WAN)}万", f"{yuan:,}元"))


def in_wan(yuan: int | None) -> str:
    return "" if yuan is None else plain(yuan / WAN)


def money_window(low: int | None, high: int | None) -> str:
    """100万—800万元, 500万元以上, 不超过100万元, 不限."""
    if low is None or high is None:
        if low is not None:
            return f"{plain(low / WAN)}万元以上"
        return "不限" if high is None else f"不超过{plain(high / WAN)}万元"
    if high >= YI and low % WAN == 0:
        return f"{plain(low / WAN)}万元—{plain(high / YI)}亿元"
    return f"{plain(low / WAN)}万—{plain(high / WAN)}万元"


def trl_window(low: int | None, high: int | None) -> str:
    """TRL 4～6, TRL5以上, 不限."""
    if low is None or high is None:
        return f"TRL{low}以上" if low is not None else "不限" if high is None else f"TRL{high}以下"
    return f"TRL {low}～{high}"


def size(fund: Fund) -> str:
    return f"{plain(fund.size / YI)}亿元" if fund.size >= YI else f"{plain(fund.size / WAN)}万元"


def first_day(rng: Random, day: date | None) -> str:
    """2027-01-18, 2027年1月18日, 2027.1.18."""
    if day is None:
        return ""
    return rng.choice(
        (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}")
    )


def periods(rng: Random, blocked: Sequence[tuple[date, date]]) -> str:
    """2026-12-01～2026-12-20；2027年2月1日至2月14日."""
    return "；".join(_period(rng, first, last) for first, last in blocked)


def _period(rng: Random, first: date, last: date) -> str:
    if rng.random() < 0.6 or first.year != last.year:
        return f"{first.isoformat()}～{last.isoformat()}"
    return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"


def days(rng: Random, count: int | None) -> str:
    """14, 14天, 2周."""
    if count is None:
        return ""
    ways = [str(count), f"{count}天"] + ([f"{count // 7}周"] if count and count % 7 == 0 else [])
    return rng.choice(ways)


def certificates(held: Sequence[tuple[str, date | None]]) -> str:
    """CNAS（至2027-03-28）；ISO 9001."""
    return "；".join(name if until is None else f"{name}（至{until.isoformat()}）" for name, until in held)


def limit(rng: Random, bound: Bound) -> str:
    """3～15 kg/h, ≤1750℃, ≥0.4 μm; empty where the parameter is named only."""
    low, high, unit = bound.shown_low, bound.shown_high, bound.shown_unit
    gap = "" if unit.startswith(("℃", "°")) or not unit.isascii() else rng.choice((" ", " ", ""))
    if low and high:
        return f"{low}{rng.choice(('～', '~', '—', '至'))}{high}{gap}{unit}"
    if high:
        return rng.choice(("≤", "不超过", "最大", "")) + f"{high}{gap}{unit}"
    return rng.choice(("≥", "不小于", "最小")) + f"{low}{gap}{unit}" if low else ""
