"""Until when a need must be met: a date, a day of next year, or a time from the day of asking."""

from __future__ import annotations

import re

from ingest.enrich.folding import Squeezed
from kg.deadlines import plain_part, stated
from kg.reading import Deadline
from kg.values.numerals import number_in_words

_HAN = "一二三四五六七八九十两半"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH_PART = rf"{_DAY}\s?月(?:份)?(?:{_DAY}\s?[日号]|底|末|上旬|中旬|下旬|初)?"
_PART = r"(?:年?底|年?末|年中|年内|(?:上|下)半年|第?[一二三四1-4]季度末?|春节|国庆)"
_YEAR = r"(?:20\d\d|二[〇零○]\d{0}[〇零○一二三四五六七八九]{2})"
_BEFORE = r"(?:之前|以前|前|内|截止|为止|止|完成|交付|交货|投产|验收|量产|上线)"
_ABSOLUTE = re.compile(
    rf"(?P<date>{_YEAR}\s?(?:年度?|[-./])\s?(?:{_MONTH_PART}|\d{{1,2}}[-./]\d{{1,2}}|\d{{1,2}}(?=\s?前)|{_PART})?)\s?{_BEFORE}"
)
_AHEAD = re.compile(
    rf"(?P<year>今年|本年度?|明年|后年|大后年|年内)(?P<rest>{_MONTH_PART}|{_PART})?{_BEFORE}?"
)
_CURRENT = re.compile(
    r"(?P<rest>[本这]周|下周|[本这]个?月|下个?月|[本这]季度)(?:[内底末]|之内|以内|之前|以前|前|完成|交付|交货)"
)
_MONTH_ONLY = re.compile(rf"(?<![年\d])(?P<rest>{_MONTH_PART}|年底|年末)\s?(?:之前|以前|前)")
_WITHIN = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|[{_HAN}]+)\s?(?P<unit>个?半?月|年半?|周|星期|天|日|个?工作日|个季度)\s?(?:之内|以内|内)(?!部)"
)
_TERM = re.compile(
    rf"(?:工期|期限|周期|交期|交货期|研发周期|项目周期|时限|完成时间|交付时间|时间要求)[^，。；;\d{_HAN}]{{0,8}}(?P<number>\d+(?:\.\d+)?|[{_HAN}]+)\s?(?P<unit>个?月|年半?|周|天|个?工作日)"
)
_UNTIL = re.compile(
    rf"(?:截止|截至|截止日期|期限|完成时间|交付时间|交货期|工期|时间要求|最迟|不晚于|不迟于)[^，。；;\d]{{0,6}}(?P<date>{_YEAR}\s?[年\-./]\s?(?:{_MONTH_PART}|\d{{1,2}}[-./]\d{{1,2}})?)"
)
_MONTH_BEGINS = re.compile(r"(?:月份?|\d)\s?(?:之前|以前|前)$")
"""`12月前` is before December begins, `12月底前` before it ends; 12月前后 is neither."""
_PAST = re.compile(r"(?:已|曾|成立|获得?|通过了|建于|创建)")
_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "年内": 0, "明年": 1, "后年": 2, "大后年": 3}
_STARTS = re.compile(
    r"\s?(?:起(?!重)|开始|启动|开工|动工|进场|(?:之后|以后|后)(?![期续])|(?:都|均)?(?:不能|不可|无法|不得)\s?(?:开|启|动|进|安|提|供))"
)
_EARLIEST = re.compile(r"(?:最早|不早于|不得早于|早于)(?:可以?|能)?(?:在|于|为)?\s?$")
"""A time from which something may begin is no deadline: 最早明年1月, 4月前不能开工."""
_DONE = re.compile(
    r"(?:要求|需|须|必须|务必|希望|力争|计划|预计|争取|拟|最迟|完成|交付|交货|投产|建成|达到|实现|合作|研发|提供|见效|解决|上线)"
)


def find_deadline(plain: str, squeezed: Squeezed, text: str) -> Deadline | None:
    """The first deadline that a text states; None where it states none."""
    found = [one for one in (_absolute(plain), _relative(plain), _within(plain)) if one is not None]
    if not found:
        return None
    first = min(found, key=lambda one: one.start)
    start, end = squeezed.span(first.start, first.end)
    return Deadline(
        text[start:end], start, end, first.date, first.years_ahead, first.rest, first.months, first.days
    )


def _absolute(plain: str) -> Deadline | None:
    for pattern in (_ABSOLUTE, _UNTIL):
        for match in pattern.finditer(plain):
            if _starts(plain, match):
                continue
            iso = stated(match["date"] + ("前" if _begins(plain, match) else ""))
            before = re.split(r"[，。；;\n]", plain[max(0, match.start() - 12) : match.start()])[-1]
            if iso is not None and not _PAST.search(before):
                return Deadline("", match.start("date"), match.end(), iso)
    return None


def _relative(plain: str) -> Deadline | None:
    for match in _AHEAD.finditer(plain):
        rest = match["rest"] or ""
        if _starts(plain, match):
            continue
        if rest or match.group().endswith(("前", "内", "止")):
            ahead = _YEARS[match["year"]]
            before = "前" if _begins(plain, match) else ""
            rest = f"{plain_part(rest)}{before}"
            return Deadline("", match.start(), match.end(), years_ahead=ahead, rest=rest)
    for match in _CURRENT.finditer(plain):
        if not _starts(plain, match):
            before = "前" if match.group().endswith("前") else ""
            rest = match["rest"].replace("这", "本").replace("个", "")
            return Deadline("", match.start(), match.end(), rest=f"{rest}{before}")
    for match in _MONTH_ONLY.finditer(plain):
        if _starts(plain, match):
            continue
        before = "前" if _begins(plain, match) else ""
        return Deadline("", match.start(), match.end(), rest=f"{plain_part(match['rest'])}{before}")
    return None


def _starts(plain: str, match: re.Match[str]) -> bool:
    """Whether a time says when something begins, not when it ends."""
    before = _EARLIEST.search(plain[max(0, match.start() - 8) : match.start()])
    return before is not None or _STARTS.match(plain, match.end()) is not None


def _begins(plain: str, match: re.Match[str]) -> bool:
    """Whether a deadline ends before its month begins."""
    return plain[match.end() : match.end() + 1] != "后" and _MONTH_BEGINS.search(match.group()) is not None


def _within(plain: str) -> Deadline | None:
    for pattern in (_TERM, _WITHIN):
        for match in pattern.finditer(plain):
            near = plain[max(0, match.start() - 14) : match.end() + 14]
            if pattern is _WITHIN and not _DONE.search(near):
                continue
            months, days = _length(match["number"], match["unit"])
            if months or days:
                return Deadline("", match.start(), match.end(), months=months, days=days)
    return None


def _length(number: str, unit: str) -> tuple[int, int]:
    value = 0.5 if number == "半" else number_in_words(number)
    if value is None or value > 600:
        return 0, 0
    if "年" in unit:
        return round(12 * value) + (6 if unit.endswith("半") else 0), 0
    if "季度" in unit:
        return round(3 * value), 0
    if "月" in unit:
        whole = int(value)
        half = value != whole or "半" in unit
        return whole, 15 if half else 0
    if "工作日" in unit:
        return 0, round(value * 7 / 5)
    return 0, round(value * (7 if unit in ("周", "星期") else 1))
