"""Dates as people write them, kept as ISO 8601 in the precision that was given: 2027-01-18, 2027-03 or
2027."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from kg.errors import BadValueError
from kg.values.errors import UnreadableError
from kg.values.numerals import chinese_number
from kg.values.tidy import plain, tidy
from kg.wording import Sentence

_OPEN = re.compile(r"^(?:长期|长期有效|不限|无期限|待定|面议|尽快)$")
_FULL = re.compile(r"^(\d{4})[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s]*\d{1,2}[:时].*)?$")
_MONTH = re.compile(r"^(\d{4})[-/.年]\s*(\d{1,2})\s*月?(?:份)?$")
_MONTH_END = re.compile(r"^(\d{4})[-/.年]\s*(\d{1,2})月(?:底|末|底前|末前)$")
_YEAR = re.compile(r"^(\d{4})\s*(?:年度?)?$")
_PART = re.compile(
    r"^(\d{4})年?\s*(?:第?([一二三四1-4])季度|q([1-4])|(上半年|下半年|年?底|年?末|年?中))$", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})$")
_PARTS = {"上半年": 6, "下半年": 12, "底": 12, "末": 12, "中": 6}
_HAN = re.compile("[〇○零一二三四五六七八九十]+(?=[年月日号])")
_EXCEL = date(1899, 12, 30)
_SERIALS = range(14_611, 73_051)  # 1940 to 2099: what a forgotten date format shows as a number


def parse_date(raw: object) -> str | None:
    """ISO 8601 of a cell, reduced to what it says; None for 长期, 不限.

    Takes date and datetime values, Excel serials, `2027年1月18日`, `2027.1.18`, `20270118`, `2027/1/18`,
    `2027年3月`, `2019年`, `2027年6月底` (its last day), `2027年底` (its last month), `2027年三季度`. Raises
    BadValueError for a day that is not in the calendar or may be read two ways, UnreadableError for
    anything else.
    """
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = tidy(plain(raw))
    if _OPEN.match(text):
        return None
    arabic = re.sub(r"\s*(?:以前|之前|前|止|截止)$", "", _HAN.sub(_digits, text))
    found = _numeric(arabic) or _written(arabic, text)
    if found is None:
        raise UnreadableError(
            Sentence(f"“{text}”不是日期", f"'{text}' is no date"),
            remedy=Sentence("写成 2027-01-18 或 2027年1月18日", "Write 2027-01-18, or 2027年1月18日"),
        )
    return found


def parse_year(raw: object) -> int | None:
    """The year of a cell: `2019`, `2019年`, a date. Raises BadValueError outside 1900 to 2100."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 1000 <= raw < 10_000:
        return _checked(int(raw), raw)
    span = re.match(r"^(\d{4})\s*年?\s*[-~—至到]+\s*(\d{4})\s*年?$", tidy(plain(raw)))
    found = span.group(2) if span else parse_date(raw)
    return None if found is None else _checked(int(found[:4]), raw)


def date_span(iso: str) -> tuple[date, date]:
    """First and last day that an ISO date of reduced precision stands for."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _checked(year: int, raw: object) -> int:
    if not 1900 <= year <= 2100:
        raise BadValueError(
            Sentence(f"“{raw}”不是 1900 到 2100 之间的年份", f"'{raw}' is no year between 1900 and 2100"),
            remedy=Sentence("写四位数字，如 2024", "Write four digits, e.g. 2024"),
        )
    return year


def _digits(match: re.Match[str]) -> str:
    value = chinese_number(match.group())
    return match.group() if value is None else str(int(value))


def _numeric(text: str) -> str | None:
    """Digits only: 20270118, 202701, 2027, or an Excel serial."""
    bare = text.partition(".")[0] if re.match(r"^\d{5}\.\d+$", text) else text
    if not bare.isdigit():
        return None
    if len(bare) == 8:
        return _day(int(bare[:4]), int(bare[4:6]), int(bare[6:]), text)
    if len(bare) == 6 and 1 <= int(bare[4:]) <= 12:
        return _month(int(bare[:4]), int(bare[4:]), text)
    if len(bare) == 5 and int(bare) in _SERIALS:
        return (_EXCEL + timedelta(days=int(bare))).isoformat()
    if len(bare) == 4:
        return str(_checked(int(bare), text))
    return None


def _written(text: str, given: str) -> str | None:
    if found := _FULL.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), given)
    if found := _MONTH.match(text):
        return _month(int(found[1]), int(found[2]), given)
    if found := _MONTH_END.match(text):
        _month(int(found[1]), int(found[2]), given)
        return date_span(f"{int(found[1]):04d}-{int(found[2]):02d}")[1].isoformat()
    if found := _YEAR.match(text):
        return str(_checked(int(found[1]), given))
    if found := _PART.match(text):
        quarter = found[2] or found[3]
        month = (
            3 * int(chinese_number(quarter) or int(quarter))
            if quarter
            else _PARTS[found[4].removeprefix("年")]
        )
        return _month(int(found[1]), month, given)
    if found := _DAY_FIRST.match(text):
        return _either(int(found[1]), int(found[3]), int(found[4]), found[2], given)
    return None


def _either(first: int, second: int, year: int, mark: str, given: str) -> str:
    """18.1.2027 is day first; 1/18/2027 tells itself; 3/4/2027 does not."""
    if mark == "." or first > 12:
        return _day(year, second, first, given)
    if second > 12 or first == second:
        return _day(year, first, second, given)
    raise BadValueError(
        Sentence(f"“{given}”可以是两个日期", f"'{given}' may be two dates"),
        remedy=Sentence("按年-月-日写：2027-03-04", "Write year-month-day: 2027-03-04"),
    )


def _month(year: int, month: int, given: str) -> str:
    return _day(year, month, 1, given)[:7]


def _day(year: int, month: int, day: int, given: str) -> str:
    try:
        return date(_checked(year, given), month, day).isoformat()
    except ValueError as exc:
        raise BadValueError(
            Sentence(f"日历上没有“{given}”", f"'{given}' is not in the calendar"),
            remedy=Sentence("核对月和日", "Check month and day"),
        ) from exc
