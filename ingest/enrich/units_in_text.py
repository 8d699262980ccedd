"""Recognises the longest unit that starts at a place in a text: `kg/h`, `mAh·g⁻¹`, `万吨/年`, `W/(m·K)`."""

from __future__ import annotations

import re

from kg.values.units import count_units, known_units

_MULTIPLIER = re.compile(
    r"[余多几]?(?:(?:十|百|千)?(?:万亿|亿|万)|千(?=[克米瓦帕伏卡焦赫安欧牛]?)|百(?=[万]))?[余多几]?"
)
_EXPONENT = re.compile(r"\^?\(?-?[1-4]\)?(?![\d.A-Za-z%℃])|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_POSITIVE = re.compile(r"\^?[23](?![\d.])|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\(?-?[1-4]\)?(?!\d)")
_JOIN = re.compile(
    r" ?/ ?| per (?=[a-z])|[·⋅•∙*×]|(?<=[A-Za-z])\?(?=[A-Za-zμ])|每| (?=[A-Za-zμ]+(?:\^?-|⁻))|\.(?=[A-Za-zμ])"
)
_TREATMENT = re.compile(r"\d+(?:\.\d+)? ?(?:h|min|s|d|小时|分钟|秒|天|℃|°C|MPa)(?![A-Za-z/])")
"""Behind the stroke of `150℃/30min`: another condition, not a part of the unit (`100 mg/100 mL`)."""
_SHARES = re.compile(r"(?:wt|at|mol|vol)\. ?%")
_LENGTHS = frozenset(["m", "cm", "mm", "km", "dm", "μm", "um", "nm", "ft", "in", "Nm", "Sm"])
_ALONE = frozenset("时日月季里方丝开两角卡分人点批炉釜锅班倍度HFSPBMUarnGN") | {
    *(
        "平方",
        "立方",
        "批次",
        "炉次",
        "班次",
        "batch",
        "in",
        "deg",
        "mon",
        "rad",
        "St",
        "mil",
        "gal",
        "pm",
        "PA",
        "bit",
        "EU",
    )
}
_SPREAD = re.compile(
    r"[A-Za-zμΩ](?: [A-Za-zμΩ/·](?![A-Za-z]))+"
    r"(?:(?<= m) [23](?![ ]?[\d.])|(?<=[A-Za-z]) - [1-4](?![ ]?[\d.]))?"
)
_LAST = re.compile(r" (-? ?[1-4])$")
_FORMULA = re.compile(r"\s?[_^{}+=\\]")
_ALONE_WITH_SPACE = frozenset("aFN")
_NOT_BEFORE = {
    "元": "素件器胞宵旦代数组胎",
    "米": "粉饭酒",
    "升": "级降高温",
    "克": "隆服",
    "天": "线然文气津敌",
    "周": "期边围",
    "年": "代级龄度轮会生份",
    "秒": "杀",
    "瓦": "斯",
    "安": "全装",
    "伏": "安",
    "牛": "奶肉羊",
    "目": "标前的录",
    "巴": "西",
    "寸": "草",
    "帕": "金",
    "d": "打",
    "g": "网通",
    "T": "细",
    "小时": "工",
    "吨": "位",
    "磅": "礴",
    "分钟": "级",
    "公里": "碑",
}


class Units:
    """All known units, ready for matching at a place."""

    def __init__(self) -> None:
        self._atoms = frozenset((*filter(None, known_units()), "℃", "℉"))
        self._longest = max(map(len, self._atoms))
        self._counts = count_units()

    def multiplier(self, text: str, place: int) -> int:
        """The end of 万, 亿, 余万 … at this place."""
        found = _MULTIPLIER.match(text, place)
        return found.end() if found else place

    def match(self, text: str, place: int) -> int | None:
        """The end of the unit at this place (after at most one space); None where there is none."""
        spaced = text[place : place + 1] == " "
        start = place + spaced
        share = _SHARES.match(text, start)
        if share is not None:
            return share.end()
        spread = _SPREAD.match(text, start)
        if spread is not None:
            return spread.end() if self._is_unit(_LAST.sub(r"^\1", spread.group()).replace(" ", "")) else None
        end = self._product(text, start)
        if end is None:
            return None
        unit = text[start:end]
        if unit in self._counts or (unit in _ALONE and not (spaced and unit in _ALONE_WITH_SPACE)):
            return None
        if text[end : end + 1] and text[end] in _NOT_BEFORE.get(unit, ""):
            return None
        letter = len(unit) == 1 and unit.isascii() and unit.isalpha()
        return None if letter and _FORMULA.match(text, end) else end

    def counted(self, text: str, place: int) -> int | None:
        """The end of a word that counts things (件, 只, 瓶) at this place, behind at most one space."""
        start = place + (text[place : place + 1] == " ")
        sizes = (size for size in (2, 1) if start + size <= len(text))
        return next((start + size for size in sizes if text[start : start + size] in self._counts), None)

    def _is_unit(self, word: str) -> bool:
        """`k g` and `m g / k g`, as scans leave them."""
        return self._product(word, 0) == len(word)

    def _product(self, text: str, start: int) -> int | None:
        end = self._factor(text, start, first=True)
        while end is not None:
            joined = _JOIN.match(text, end)
            if joined is None:
                break
            bracket = text[joined.end() : joined.end() + 1] == "("
            further = self._bracket(text, joined.end() + 1) if bracket else self._factor(text, joined.end())
            if further is None:
                beside = "/" in joined.group() and text[joined.end() : joined.end() + 1].isdigit()
                return None if beside and not _TREATMENT.match(text, joined.end()) else end
            end = further
        return end

    def _bracket(self, text: str, start: int) -> int | None:
        end = self._product(text, start)
        return end + 1 if end is not None and text[end : end + 1] == ")" else None

    def _factor(self, text: str, start: int, *, first: bool = False) -> int | None:
        for length in range(min(self._longest, len(text) - start), 0, -1):
            atom = text[start : start + length]
            if atom not in self._atoms:
                continue
            end = start + length
            pattern = _POSITIVE if first and atom not in {"s", "min", "h", "d", "a"} else _EXPONENT
            power = pattern.match(text, end)
            if power is not None and (atom in _LENGTHS or not power.group()[0].isdigit()):
                end = power.end()
            following = text[end : end + 1]
            if atom[-1].isascii() and atom[-1].isalpha() and following.isascii() and following.isalnum():
                if end > start + length:
                    continue
                return None
            return end
        return None
