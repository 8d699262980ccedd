"""The day before which nothing may begin, in the words of a need: 最早明年1月, 4月开始, 3月前不能开工.

Resolved from the day of asking as a deadline is (a month without a year is the next one to come) and bound as
`start`; a time that the reader takes for a deadline and that stands here is none.
"""

from __future__ import annotations

import re
from datetime import date

from kg.deadlines import due, plain_part, stated
from kg.reading import Deadline
from kg.transfer.quantities import Origin
from kg.transfer.terms import first_day
from kg.values.numerals import chinese_number, number_in_words

_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PART = (
    rf"(?:{_DAY}\s?月(?:份)?(?:{_DAY}\s?[日号]|[上中下]旬|初|底|末)?"
    r"|第?[一二三四1-4]季度|年[初中底]|[上下]半年|春节)"
)
_TIME = re.compile(
    rf"(?P<year>20\d\d)\s?[年.\-/]\s?(?P<of>{_PART}|\d{{1,2}}(?:[.\-/]\d{{1,2}})?)?"
    rf"|(?P<ahead>今年|明年|后年)(?P<rest>{_PART})?|(?<!\d)(?P<only>{_PART})|(?P<days>\d{{1,3}}|[一二两三四五六七八九十]+)\s?(?P<unit>天|个月|周)(?=[之以]?后)"
)
_BEHIND = re.compile(
    r"\s*(?:起(?![重来草])|开始|启动|开工|动工|进场|开机|投料|(?:之后|以后|后)(?![期续的])\s*(?:再|才|方可|可以?|能)?(?:开始|启动|进行|安排)?)"
)
_NOT_UNTIL = re.compile(
    r"\s*(?:之前|以前|前)\s*(?:都|均)?(?:不能|不可|无法|不得|没法|不便|不)\s*(?:开始|启动|开工|动工|进场|安排|提供|供料|到料)"
)
_BEFORE = re.compile(
    r"(?:最早|不早于|不得早于|(?<![过最较提])早于|开始(?:时间|日期)?[为是于在：:]?|启动(?:时间)?[为是于在：:]?|开工(?:时间)?[为是于在：:]?|始于)\s*(?:可以?|能)?(?:为|是|在|于|从|自|到)?\s*$"
)
_ENDS = re.compile(r"[^，。；,;]{0,4}(?:完成|交付|结束|投产|截止|为止)")
_YEARS = {"今年": 0, "明年": 1, "后年": 2}


def start_in(text: str, as_of: date, origin: Origin) -> tuple[str, Origin] | None:
    """The first day from which something may begin, ISO, and where the text says so; None where it does
    not."""
    for match in _TIME.finditer(text):
        behind = _BEHIND.match(text, match.end()) or _NOT_UNTIL.match(text, match.end())
        before = _BEFORE.search(text, 0, match.start())
        if before is None and (behind is None or _past(text, match)):
            continue
        if match["days"] and not _says_begin(behind):
            continue  # 静置7天后烧结
        if _ENDS.match(text, behind.end() if behind else match.end()) and not _says_begin(behind):
            continue
        day = _day(match, as_of)
        if day is not None:
            end = behind.end() if behind else match.end()
            begin = before.start() if before else match.start()
            where = Origin(origin.entity, origin.field, text[begin:end].strip(), begin, end)
            return day.isoformat(), where
    return None


def _says_begin(behind: re.Match[str] | None) -> bool:
    """Whether the words behind a time name a beginning (5月以后开始, 不能开工): 5月以后交付 is an end."""
    return behind is not None and re.search(r"[始启开动进投安提供到]", behind.group()) is not None


def _past(text: str, match: re.Match[str]) -> bool:
    """自2019年起从事: a history, no wish."""
    year = match["year"]
    told = re.search(r"(?:成立|创建|建于|从事|自|已)[^，。；,;]{0,4}$", text[: match.start()])
    return told is not None and year is not None


def _day(match: re.Match[str], as_of: date) -> date | None:
    if match["days"]:
        count = int(number_in_words(match["days"]) or 0)
        months = count if match["unit"] == "个月" else 0
        days = 0 if months else count * (7 if match["unit"] == "周" else 1)
        iso = due(Deadline("", 0, 0, months=months, days=days), as_of)
    elif match["year"]:
        iso = stated(f"{match['year']}年{_part(match['of'])}") if match["of"] else match["year"]
    elif match["ahead"]:
        rest = _part(match["rest"])
        year = as_of.year + _YEARS[match["ahead"]]
        iso = stated(f"{year}年{rest}") if rest else str(year)
    else:
        iso = due(Deadline("", 0, 0, rest=_part(match["only"])), as_of)
    return first_day(iso) if iso else None


def _part(words: str | None) -> str:
    """A part of the year as dates are read: 4月初 is 4月, 下旬 begins on the 21st, 年初 is January."""
    words = (words or "").replace(" ", "").replace("月份", "月")
    if re.fullmatch(r"\d{1,2}", words):
        return f"{words}月"
    found = re.fullmatch(r"(.*月)份?([上中下])旬", words)
    if found:
        return f"{_figures(found[1])}{ {'上': 1, '中': 11, '下': 21}[found[2]] }日".replace(" ", "")
    found = re.fullmatch(r"(.*月)份?[底末]", words)
    if found:
        return f"{_figures(found[1])}21日"
    words = {
        "年初": "1月",
        "上半年": "1月",
        "下半年": "7月",
        "年中": "6月",
        "年底": "12月",
        "春节": "2月",
    }.get(words, words)
    quarter = re.fullmatch(r"第?([一二三四1-4])季度", words)
    if quarter:
        number = "一二三四".find(quarter[1]) + 1 or int(quarter[1])
        return f"{3 * number - 2}月"
    return plain_part(_figures(words))


def _figures(words: str) -> str:
    """Months and days in figures."""
    return re.sub(
        r"[一二三四五六七八九十]{1,3}(?=[月日号])",
        lambda one: f"{chinese_number(one.group()) or 0:.0f}",
        words,
    )
