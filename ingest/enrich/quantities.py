"""The component that finds numbers with units."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ingest.enrich.folding import fold
from ingest.enrich.measures import measured, per_time
from ingest.enrich.stages import stage_of
from ingest.enrich.units_in_text import Units
from kg.errors import BadValueError
from kg.reading import QuantityMention
from kg.values.quantity import Quantity, parse_quantity

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)|[1-9]\d{0,2}(?: \d{3})+(?!\d| \d)"
_SPREAD = r"\d(?: \d)* \. \d(?: \d)*|\d(?: \d)+(?! ?\d)"
_DIGITS = rf"(?:{_GROUPED}|{_SPREAD}|\d+)(?:\.\d+)?"
_POWER = rf"10(?:\s?\^\s?[({{]?\s?-?\d+[)}}]?|[{_SUPER}]+)"
_NUMBER = re.compile(rf"{_POWER}|{_DIGITS}(?:\s?[×xX*·]\s?{_POWER}|[eE][-+]?\d+(?![A-Za-z]))?")
_LINK = re.compile(r"\s?(?:~+|-{1,2}|–|—{1,2}|─|至|到|±|\+/-)\s?")
_SIGNED = re.compile(r"[-+]?(?:\s?)")
_BEFORE = re.compile(
    r"(?:≥|≤|≦|≧|⩾|⩽|>=|<=|>|<|±|\+/-|≈|~|不大于|不超过|不高于|不多于|不得超过|不得大于|小于等于|小于或等于|不小于|不低于|不少于|"
    r"不得低于|不得小于|大于等于|大于或等于|至少|至多|最多|最少|小于|低于|少于|不足|不到|大于|高于|多于|超过|大约|约为|约|接近|近)"
    r"(?:\s?)$"
)
_AFTER = re.compile(r"\s?(?:及以下|或以下|以下|以内|之内|及以上|或以上|以上|左右|上下(?!游|文))")
_ORDINAL = re.compile(r"(?:(?:第|图|表|式|章|节|号|No\.?|Fig\.?|Table)\s?|[A-Za-z_#]|[A-Za-z)][-/])$")
_MINUS_AFTER = re.compile(r"(?:^|[\s，,。；;：:（(=≥≤<>~至到为在\u4e00-\u9fff])$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_GENERATION = re.compile(r"^\d[KT]$")
_DIFFERENCE = re.compile(
    r"(?:温差|温升|升高|降低|提高|下降|上升|波动|误差|偏差|增加|减少|均匀性|控温精度|过冷度|过热度)[了约为仅]{0,2}\s?$"
)
_PH = re.compile(
    r"[pP][hH]\s?(?:值)?(?:范围)?\s?(?:分别)?(?P<link>调节?至|调到|控制在|控制为|维持在|保持在|稳定在|为|是|约为|约|在|至|到|"
    r"[=:：≥≤><]|不低于|不超过|大于|小于|高于|低于)*"
    r"\s?(?P<one>\d{1,2}(?:\.\d+)?)(?:\s?(?:~|-|–|—|至|到|±)\s?(?P<two>\d{1,2}(?:\.\d+)?))?(?![\d.]|\s?[%℃])"
)
_ZERO_PADDING = re.compile(r"(?<=\d) (?=[\d.])|(?<=\.) (?=\d)|(?<=[A-Za-zμ/]) (?=[A-Za-z/](?![A-Za-z]))")
_FILLER = re.compile(r"[余多几](?=[十百千万亿]|\D)")
_TONNES = re.compile(r"((?<![\d.])\d{2,}(?:\.\d+)?\s?)T(?![A-Za-z])")
_FLAT_POWER = re.compile(r"(?<=[A-Za-zμΩ])-([1-4])(?![\d.A-Za-zμ])")
_PER_WORD = {
    "每天": "日",
    "每日": "日",
    "每年": "年",
    "单日": "日",
    "每小时": "小时",
    "每班": "班",
    "天": "日",
}


class Quantities:
    """Finds numbers with units in any text, without spaCy: text in, mentions out."""

    def __init__(self) -> None:
        self._units = Units()

    def find(self, text: str) -> tuple[QuantityMention, ...]:
        """All mentions by place, with offsets of the text as given; each parses by `kg.values.quantity`."""
        folded = fold(text)
        found = _acidities(text, folded)
        taken = [(mention.start, mention.end) for mention in found]
        reached = 0
        for number in _NUMBER.finditer(folded):
            if number.start() < reached or any(start <= number.start() < end for start, end in taken):
                continue
            mention, reached = self._at(text, folded, number)
            if mention is not None:
                found.append(mention)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _at(self, text: str, folded: str, number: re.Match[str]) -> tuple[QuantityMention | None, int]:
        """The quantity that begins with this number, and how far it was read."""
        start, end = number.span()
        left = folded[max(0, start - 32) : start]
        if _ORDINAL.search(left[-6:]) or (left[-1:] == "." and left[-2:-1].isalnum()):
            return None, end
        one = self._unit_end(folded, end)
        two = self._second(folded, one or end)
        if two is not None:
            ranged = self._make(text, folded, start, two, number.group())
            if ranged is not None or one is None:
                return ranged, two
        if one is None:
            return None, end
        return self._make(text, folded, start, one, number.group()), one

    def _unit_end(self, folded: str, end: int) -> int | None:
        grown = self._units.multiplier(folded, end)
        return self._units.match(folded, grown) or (self._units.match(folded, end) if grown > end else None)

    def _second(self, folded: str, end: int) -> int | None:
        """The end of the second number's unit, where a range or a tolerance goes on."""
        multiplied = self._units.multiplier(folded, end)
        link = _LINK.match(folded, multiplied)
        if link is None:
            return None
        sign = _SIGNED.match(folded, link.end())
        number = _NUMBER.match(folded, sign.end() if sign else link.end())
        return self._unit_end(folded, number.end()) if number else None

    def _make(self, text: str, folded: str, start: int, end: int, number: str) -> QuantityMention | None:
        words = folded[start:end]
        if (_YEAR.match(number) and words.endswith(("年", "s"))) or _GENERATION.match(words):
            return None
        start = _with_sign(folded, start)
        left = folded[max(0, start - 32) : start]
        before = _relation(left)
        begin = start - (len(left) - before.start()) if before else start
        after = _AFTER.match(folded, end)
        finish = after.end() if after else end
        rate = None if "/" in words else per_time(left[: before.start()] if before else left)
        difference = bool(_DIFFERENCE.search(left[: before.start()] if before else left))
        quantity = _parse(folded[begin:finish], _PER_WORD.get(rate[1], rate[1]) if rate else "", difference)
        if quantity is None:
            return None
        noun = (
            rate[0] if rate else measured(left[: before.start()] if before else left, folded[end : end + 10])
        )
        return QuantityMention(
            begin,
            finish,
            replace(quantity, text=text[begin:finish]),
            quantity.relation,
            noun,
            "number with unit",
            stage_of(folded, begin, finish),
        )


def _relation(left: str) -> re.Match[str] | None:
    """The relation right before a number; a tilde behind a number links, and says nothing here."""
    found = _BEFORE.search(left)
    links = (
        found is not None
        and found.group().strip() in "~>"
        and re.search(r"[\d%℃]\s?$", left[: found.start()])
    )
    return None if links else found


def _with_sign(folded: str, start: int) -> int:
    """A minus or plus directly before a number belongs to it, unless it links it to something."""
    signed = folded[start - 1 : start] in ("-", "+") and start > 0
    return start - 1 if signed and _MINUS_AFTER.search(folded[max(0, start - 2) : start - 1]) else start


@lru_cache(maxsize=65536)
def _parse(words: str, per: str, difference: bool) -> Quantity | None:
    words = _TONNES.sub(r"\1吨", words)
    words = _FLAT_POWER.sub(r"^-\1", words)
    plain = _FILLER.sub("", _ZERO_PADDING.sub("", words)).replace("{", "(").replace("}", ")")
    try:
        quantity = parse_quantity(plain, difference=difference)
        if per and quantity.unit != "%" and "元" not in quantity.unit:
            quantity = _per(plain, per, difference) or quantity
    except (BadValueError, ValueError, OverflowError):
        return None
    return quantity


def _per(plain: str, per: str, difference: bool) -> Quantity | None:
    try:
        return parse_quantity(f"每{per}{plain}", difference=difference)
    except BadValueError:
        return None


def _acidities(text: str, folded: str) -> list[QuantityMention]:
    """pH values: the unit stands before the number."""
    found = []
    for match in _PH.finditer(folded):
        if max(float(match["one"]), float(match["two"] or 0)) > 14:
            continue
        link = _BEFORE.search(match["link"] or "")
        number = folded[match.start("one") : match.end()]
        after = _AFTER.match(folded, match.end())
        end = after.end() if after else match.end()
        words = f"{link.group() if link else ''}{number}{after.group() if after else ''}"
        try:
            quantity = parse_quantity(words, unit="pH")
        except BadValueError:
            continue
        given = text[match.start() : end]
        found.append(
            QuantityMention(
                match.start(), end, replace(quantity, text=given), quantity.relation, "pH", "pH value"
            )
        )
    return found
