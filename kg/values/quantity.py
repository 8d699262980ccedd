"""Quantities: numbers with units as people write them, with their SI value."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kg.errors import BadValueError
from kg.values.numerals import CHARACTERS, chinese_number
from kg.values.tidy import tidy
from kg.values.units import Unit, require_unit, unit_of

Relation = Literal["=", ">=", "<=", ">", "<", "~", "range", "±"]

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d])|\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?:\s*[×xX*·]\s*10\s*\^?\s*\(?[-+]?\d+\)?)?"
_SIGNED = rf"[-+]?\s?(?:10\s*\^\s*\(?[-+]?\d+\)?|{_NUMBER})"
_BEFORE = {
    "<=": "<= =< ≤ ≦ ⩽ ≯ 不大于 不超过 不高于 不多于 不得超过 不得大于 小于等于 小于或等于 最大 最高 最多 至多 上限 "
    "可达 高达 最大可达 最高可达 最高达 最大达 低于等于 max up_to at_most no_more_than",
    ">=": ">= => ≥ ≧ ⩾ ≮ 不小于 不低于 不少于 不得低于 不得小于 大于等于 大于或等于 最小 最低 最少 至少 下限 "
    "高于等于 达到 达 min at_least no_less_than",
    "<": "< < 小于 低于 少于 不足 不到 未超过 less_than below",
    ">": "> > 大于 高于 多于 超过 超 more_than above over",
    "~": "~ ≈ ≒ 约 大约 约为 约等于 近 接近 大概 about approx. approx ca. ca",
    "±": "± +/- +-",
}
_AFTER = {
    "<=": "以下 及以下 或以下 以内 之内 (含)以下 封顶 or_less",
    ">=": "以上 及以上 或以上 (含)以上 起 or_more",
    "~": "左右 上下 前后",
}
_PER = {
    "年": "年",
    "月": "月",
    "日": "天",
    "天": "天",
    "时": "h",
    "小时": "h",
    "班": "班",
    "批": "批",
    "分钟": "min",
}


def _choices(table: dict[str, str]) -> dict[str, Relation]:
    return {word.replace("_", " "): relation for relation, words in table.items() for word in words.split()}  # type: ignore[misc]


_WORDS_BEFORE = _choices(_BEFORE)
_WORDS_AFTER = _choices(_AFTER)


def _any(words: dict[str, Relation]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SEPARATOR = r"(?:~+|(?<!\^)-|–|—{1,2}|─|至|到|to|\.{2,3}|…+)"
_PATTERN = re.compile(
    rf"^(?:(?P<before>{_any(_WORDS_BEFORE)})\s*(?:为|是|:|=)?\s*)?(?:[ΦφØø⌀ϕ∅]\s*)?(?P<one>{_SIGNED})\s*"
    rf"(?:(?P<unit1>[^\d~±<>≤≥]*?)\s*(?P<sep>{_SEPARATOR}|±|\+/-)\s*(?:[ΦφØø⌀ϕ∅]\s*)?(?P<two>{_SIGNED})\s*)?"
    rf"(?P<unit>[^<>≤≥]*?)\s*(?P<after>{_any(_WORDS_AFTER)})?$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(?P<one>(?:[<>≤≥]=?|不[^\d]+|大于[^\d]*|小于[^\d]*).*?\d[^<>≤≥]*?)\s*[,;、且和及并~]*\s*(?P<two>(?:[<>≤≥]=?|且?不[超大小低高]|小于|大于).*\d.*)$")  # fmt: skip
_BETWEEN = re.compile(rf"^(?P<low>{_SIGNED})\s*(?P<u1>[^\d<≤]*?)\s*[<≤]=?\s*\D{{0,8}}?\s*[<≤]=?\s*(?P<high>{_SIGNED}.*)$")  # fmt: skip
_PER_BEFORE = re.compile(r"^每?(年|月|日|天|小时|时|班|批|分钟)(?:产能?|处理能?力?量?|加工量?|生产能?力?)?(?:为|达)?(?=\s*(?:约|[<>≤≥~]|不|\d))")  # fmt: skip
_PH = re.compile(r"^ph\s*值?\s*(?:范围)?\s*(?:为|是|:|=|在)?\s*", re.IGNORECASE)
_CLASS = re.compile(r"^(?:class\s*([\d,]+)|(\d*[十百千万]+)级|([\d,]+)级|iso\s*(?:class)?\s*([1-9])\s*级?)(?:洁净.*)?$", re.IGNORECASE)  # fmt: skip
_NOTE = re.compile(r"\s*\(([^()]*)\)\s*$")
_CHINESE = re.compile(rf"(?<![\d.])([{CHARACTERS}]+)(?=[^{CHARACTERS}]|$)")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, exact or bounded.

    `value` is the number where there is one (also of ≤1750, where `high` holds it too, and of 5±0.1, where
    `low` and `high` are the ends); a range has `low` and `high` only. None is an open end. The number of `±12 μm`
    is the tolerance. `unit` is as written, without 万 and 亿, which are multiplied into the numbers; `si_*` are in
    `si_unit` (pint's name), None where pint has no such unit (money, pH, mesh, batches).
    """

    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    si_value: float | None
    si_low: float | None
    si_high: float | None
    si_unit: str | None
    relation: Relation

    def document(self) -> dict[str, str | float | None]:
        """INTERFACE's quantity: `value`, and `low`/`high` where there is a bound."""
        found: dict[str, str | float | None] = {"text": self.text}
        if self.value is not None:
            found["value"] = self.value
        if self.low is not None or self.high is not None:
            found |= {"low": self.low, "high": self.high}
        found["unit"] = self.unit
        if self.value is not None:
            found["si_value"] = self.si_value
        if self.low is not None or self.high is not None:
            found |= {"si_low": self.si_low, "si_high": self.si_high}
        return found | {"si_unit": self.si_unit}

    def bounds(self) -> tuple[float | None, float | None]:
        """(low, high) in `unit`; an exact value is both. A bare tolerance ±x runs from -x to x."""
        return _bounds(self.value, self.low, self.high, self.relation)

    def si_bounds(self) -> tuple[float | None, float | None]:
        """As `bounds`, in `si_unit`."""
        return _bounds(self.si_value, self.si_low, self.si_high, self.relation)


def _bounds(value: float | None, low: float | None, high: float | None, relation: Relation) -> tuple[float | None, float | None]:  # fmt: skip
    if low is not None or high is not None:
        return low, high
    if relation == "±" and value is not None:
        return -value, value
    return value, value


def parse_quantity(text: str, *, unit: str | None = None, difference: bool = False) -> Quantity:
    """A quantity from its text: `3～15 kg/h`, `≤1750℃`, `±12 μm`, `10^-3 Pa`, `年产5万吨`, `pH 6.5~7.5`, `千级`.

    `unit` is the unit of a bare number (a header's or a neighbouring cell's); the text's own unit wins, but must
    measure the same. `difference` says that a temperature is a difference. Raises BadValueError where there is no
    number, no unit, an unknown unit or an upside-down range.
    """
    given = text.strip()
    read = _read(tidy(given), unit, difference)
    return replace(read, text=given)


def _read(text: str, unit: str | None, difference: bool) -> Quantity:
    special = _clean_class(text) or _two_sided(text, unit, difference)
    if special is not None:
        return special
    ph = _PH.match(text)
    if ph and ph.end() < len(text):
        text, unit = text[ph.end() :], "pH"
    per = _PER_BEFORE.match(text)
    suffix = ""
    if per:
        text, suffix = text[per.end() :].strip(), "/" + _PER[per.group(1)]
    match = _PATTERN.match(text) or _PATTERN.match(_arabic(text))
    if match is None:
        return _without_note(text, unit, difference)
    try:
        return _from_match(match, unit, difference, suffix)
    except BadValueError:
        if _NOTE.search(text):
            return _without_note(text, unit, difference)
        arabic = _PATTERN.match(_arabic(text))
        if arabic is None or arabic.string == text:
            raise
        return _from_match(arabic, unit, difference, suffix)


def _without_note(text: str, unit: str | None, difference: bool) -> Quantity:
    """`1750℃(真空)`: the note is left out; `500(L)`: the bracket is the unit; `1750℃(最高)`: it is the relation."""
    note = _NOTE.search(text)
    if note is None:
        raise BadValueError(
            f"'{text}' is no number with a unit", remedy="Write a number and a unit: 3～15 kg/h, ≤1750℃"
        )
    rest, words = text[: note.start()], note.group(1).strip()
    if unit_of(words) is not None:
        return _read(rest + words, unit, difference)
    if words in _WORDS_BEFORE:
        return _read(words + rest, unit, difference)
    return _read(rest, unit, difference)


def _from_match(match: re.Match[str], unit: str | None, difference: bool, suffix: str) -> Quantity:
    first, last = (match["unit1"] or "").strip(" ,"), match["unit"].strip(" ,。;")
    resolved = _unit(last + suffix if last else last, unit, match.string)
    one = number(match["one"])
    multiple = resolved.multiple
    own = unit_of(first) if first else None
    if match["two"] is None:
        word = match["before"] or ""
        relation = (
            _WORDS_BEFORE.get(word.lower(), "=") if word else _WORDS_AFTER.get(match["after"] or "", "=")
        )
        return _single(one * multiple, resolved, relation, difference)
    if first and (own is None or own.base != resolved.base) and not (_is_multiplier(first)):
        raise BadValueError(
            f"The ends of '{match.string}' have different units", remedy="Give both ends in one unit"
        )
    two = number(match["two"]) * multiple
    if own is not None:
        one = resolved.from_base(own.to_base(one * own.multiple))
    else:
        one *= _multiplier(first) if _is_multiplier(first) else multiple
    if match["sep"] in {"±", "+/-"}:
        return _around(one, two, resolved)
    return _range(one, two, resolved, difference, match.string)


def _is_multiplier(word: str) -> bool:
    return word in {"万", "亿", "千", "百", "千万", "百万", "十万"}


def _multiplier(word: str) -> float:
    found = unit_of(word + "元")
    return found.multiple if found else 1.0


def _unit(own: str, given: str | None, text: str) -> Unit:
    fallback = require_unit(given) if given and given.strip() else None
    if not own:
        if fallback is None:
            raise BadValueError(
                f"'{text}' has no unit", remedy="A number needs its unit, in the cell or in the header"
            )
        return fallback
    if fallback is not None and _is_multiplier(own):
        return replace(fallback, multiple=_multiplier(own))
    unit = require_unit(own)
    if fallback is not None and unit.base != fallback.base:
        raise BadValueError(
            f"'{text}' is in {unit.text}, its column in {fallback.text}: they measure different things",
            remedy="Give the value in a unit that measures the same",
        )
    return unit


def _single(value: float, unit: Unit, relation: Relation, difference: bool) -> Quantity:
    low = value if relation in {">=", ">"} else None
    high = value if relation in {"<=", "<"} else None
    return _make(unit, relation, value, low, high, difference or relation == "±")


def _around(centre: float, tolerance: float, unit: Unit) -> Quantity:
    return _make(unit, "±", centre, _round(centre - tolerance), _round(centre + tolerance), False)


def _range(low: float, high: float, unit: Unit, difference: bool, text: str) -> Quantity:
    if low > high:
        raise BadValueError(f"The range '{text}' runs downwards", remedy="Write the smaller number first")
    return _make(unit, "range", None, low, high, difference)


def _make(unit: Unit, relation: Relation, value: float | None, low: float | None, high: float | None, difference: bool) -> Quantity:  # fmt: skip
    def si(number: float | None) -> float | None:
        if number is None or unit.si_unit is None:
            return None
        return unit.to_base(number, difference=difference)

    return Quantity("", value, low, high, unit.text, si(value), si(low), si(high), unit.si_unit, relation)


def _two_sided(text: str, unit: str | None, difference: bool) -> Quantity | None:
    """`≥3且≤15 kg/h`, `3 kg/h<x≤15 kg/h`."""
    if not any(c in text for c in "<>≤≥不大小"):
        return None
    between = _BETWEEN.match(text)
    if between is not None:
        return _read(f"{between['low']}{between['u1']}~{between['high']}", unit, difference)
    both = _BOTH.match(text)
    if both is None:
        return None
    second = _read(both["two"].lstrip("且"), unit, difference)
    first = _read(both["one"], unit or second.unit, difference)
    ends = sorted((first, second), key=lambda end: end.low is None)
    if ends[0].low is None or ends[1].high is None:
        return None
    target = require_unit(ends[1].unit)
    low = target.from_base(require_unit(ends[0].unit).to_base(ends[0].low))
    return _range(low, ends[1].high, target, difference, text)


def _clean_class(text: str) -> Quantity | None:
    """Clean rooms: `千级`, `class 1000`, `ISO 6` (ISO 14644-1 class n is about 10^(n-3) in the older count)."""
    match = _CLASS.match(text)
    if match is None or (match[3] and float(match[3].replace(",", "")) < 100):
        return None
    if match[4]:
        value: float | None = 10.0 ** (int(match[4]) - 3)
    elif match[2]:
        digits = match[2].rstrip("十百千万")
        value = (float(digits) if digits else 1.0) * (chinese_number(match[2][len(digits) :]) or 0.0)
    else:
        value = float((match[1] or match[3]).replace(",", ""))
    return None if value is None else _single(value, require_unit("洁净级"), "=", False)


def _arabic(text: str) -> str:
    """Chinese numerals as digits; 千克 and 万吨 are left to the unit."""

    def one(match: re.Match[str]) -> str:
        words = match.group(1)
        kept = ""
        while (
            words and words[-1] in "千百万亿" and len(words) > 1 and unit_of(words[-1] + text[match.end() :])
        ):
            kept, words = words[-1] + kept, words[:-1]
        value = chinese_number(words)
        return match.group() if value is None else f"{value:g}{kept}"

    return _CHINESE.sub(one, text, count=2)


def number(text: str) -> float:
    """A number as written: `1,200.5`, `10^-3`, `1×10^-3`, `-48`, `2e-5`. Raises BadValueError for anything else."""
    word = text.replace(" ", "").replace(",", "").replace("(", "").replace(")", "")
    sign = -1.0 if word.startswith("-") else 1.0
    word = word.lstrip("+-")
    power = re.match(r"^(?:(.+?)[×xX*·])?10\^?([-+]?\d+)$", word) if "×" in word or "^" in word or "*" in word or "x" in word.lower() or "·" in word else None  # fmt: skip
    try:
        if power is not None:
            return sign * float(f"{power.group(1) or 1}e{int(power.group(2))}")
        return sign * float(word)
    except ValueError as exc:
        raise BadValueError(
            f"'{text}' is not a number", remedy="Write digits, e.g. 1200 or 1.2×10^3"
        ) from exc


def _round(number: float) -> float:
    return float(f"{number:.12g}")
