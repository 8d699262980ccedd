"""Technology readiness levels 1 to 9 (GB/T 22900), single or as a window."""

from __future__ import annotations

import re

from kg.errors import BadValueError
from kg.values.errors import UnreadableError
from kg.values.money import Window
from kg.values.numerals import chinese_number
from kg.values.tidy import plain, tidy
from kg.wording import Sentence

_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
_LEVEL = re.compile(r"(-?\d+(?:\.\d+)?)|([零一二三四五六七八九十]+)|(?<![A-Z])([IVX]+)(?![A-Z])")
_NOISE = re.compile(
    r"技术成熟度|技术就绪度|技术就绪水平|成熟度|就绪度|等级|TRL|LEVEL|第|级|阶段|为|:|=|\s|\(|\)|GB/?T22900(?:-\d{4})?"
)
_OPEN = re.compile(r"^(?:不限|无限制|无要求|均可|全阶段|不作要求|ANY)$")
_LEAST = re.compile(r"以上|≥|>=|>|不低于|不少于|至少|起|大于|高于|\+$")
_MOST = re.compile(r"以下|以内|≤|<=|<|不高于|不超过|至多|小于|低于")
_STRICT = re.compile(r"(?<!不)(?:大于|高于|低于|小于)|[<>](?!=)")


def parse_trl(raw: object) -> int | None:
    """The level of a cell: `7`, `七级`, `TRL7`, `第五级`, `Ⅶ`; of a range the lower end, which is surely
    claimed.

    Raises BadValueError outside 1 to 9, UnreadableError where no level is said (小试阶段).
    """
    window = parse_trl_window(raw)
    return window_end(window)


def window_end(window: Window) -> int | None:
    """The level of a window that is surely reached: its lower end, else its upper one."""
    end = window.high if window.low is None else window.low
    return None if end is None else int(end)


def parse_trl_window(raw: object) -> Window:
    """A window of levels: `TRL 4～6`, `4-6级`, `TRL6以上`, `不低于5级`, `不限`; a single level is both
    ends."""
    given = plain(raw).strip()
    text = tidy(given).upper()
    if _OPEN.match(text):
        return Window(None, None, given)
    text = re.sub(r"\((?![^()]*(?:\d|[IVX]))[^()]*\)$", "", text).strip()
    short = _NOISE.sub("", text)
    short = re.sub(r"(?<=[\dIVX一二三四五六七八九])\s*-+\s*(?=[\dIVX一二三四五六七八九])", "~", short).lstrip(
        "-" if "TRL-" in text else ""
    )
    found = list(_LEVEL.finditer(short))
    if not 1 <= len(found) <= 2 or not _is_level(short):
        raise UnreadableError(
            Sentence(f"“{given}”不是技术成熟度", f"'{given}' is no TRL"),
            remedy=Sentence("写 1 到 9 级，如 6 或 TRL 4-6", "Write a level from 1 to 9, e.g. 6 or TRL 4-6"),
        )
    levels = [_level(match, given) for match in found]
    if len(levels) == 2:
        if levels[0] > levels[1]:
            raise BadValueError(
                Sentence(f"区间“{given}”上下颠倒", f"The window '{given}' runs downwards"),
                remedy=Sentence("低的级别写在前面", "Write the lower level first"),
            )
        return Window(levels[0], levels[1], given)
    return _one(levels[0], short, given)


def _is_level(short: str) -> bool:
    """Nothing but levels, links and bounds: 3年 or 15% is no level."""
    rest = _MOST.sub("", _LEAST.sub("", _LEVEL.sub("", short)))
    return not rest.strip("~-–—至到及和,、/. 含约")


def _one(level: int, short: str, given: str) -> Window:
    step = 1 if _STRICT.search(short) else 0
    if _LEAST.search(short):
        return Window(_checked(level + step, given), None, given)
    if _MOST.search(short):
        return Window(None, _checked(level - step, given), given)
    return Window(level, level, given)


def _level(match: re.Match[str], given: str) -> int:
    if match[1]:
        number = float(match[1])
    else:
        number = float(chinese_number(match[2]) or 0) if match[2] else float(_ROMAN.get(match[3], 99))
    if not number.is_integer():
        raise BadValueError(
            Sentence(f"“{given}”不是整级", f"'{given}' is no whole level"),
            remedy=Sentence("技术成熟度为 1 到 9 的整级", "TRL runs from 1 to 9 in whole steps"),
        )
    return _checked(int(number), given)


def _checked(level: int, given: str) -> int:
    if not 1 <= level <= 9:
        raise BadValueError(
            Sentence(f"“{given}”：技术成熟度只有 1 到 9 级", f"'{given}': TRL runs from 1 to 9"),
            remedy=Sentence("写 1 到 9 级", "Write a level from 1 to 9"),
        )
    return level
