"""Quantities: numbers with units as people write them, with their SI value."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.errors import BadValueError
from kg.values.numerals import chinese_number
from kg.values.quantity_words import (
    AFTER,
    BEFORE,
    BETWEEN,
    BOTH_BOUNDS,
    CLEAN_CLASS,
    NOTE,
    NUMERAL,
    PER,
    PER_BEFORE,
    PH,
    QUANTITY,
    Relation,
)
from kg.values.tidy import tidy
from kg.values.units import Unit, require_unit, unit_of
from kg.wording import Sentence

Ends = tuple[float | None, float | None]
_POWER = re.compile(r"^(?:(.+?)[×xX*·])?10\^?([-+]?\d+)$")
_MULTIPLIERS = {"百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, exact or bounded.

    `value` is the number where there is one (also of ≤1750, where `high` holds it too, and of 5±0.1, where
    `low` and `high` are the ends); a range has `low` and `high` only. None is an open end. The number of
    `±12 μm` is the tolerance. `unit` is as written, without 万 and 亿, which are multiplied into the numbers;
    `si_*` are in `si_unit` (pint's name), None where pint has no such unit (money, pH, mesh, batches).
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
        bounded = self.low is not None or self.high is not None
        found: dict[str, str | float | None] = {"text": self.text}
        found |= {"value": self.value} if self.value is not None else {}
        found |= {"low": self.low, "high": self.high} if bounded else {}
        found |= {"unit": self.unit}
        found |= {"si_value": self.si_value} if self.value is not None else {}
        found |= {"si_low": self.si_low, "si_high": self.si_high} if bounded else {}
        return found | {"si_unit": self.si_unit}

    def bounds(self) -> Ends:
        """(low, high) in `unit`; an exact value is both. A bare tolerance ±x is at most x."""
        return _bounds(self.value, self.low, self.high, self.relation)

    def si_bounds(self) -> Ends:
        """As `bounds`, in `si_unit`."""
        return _bounds(self.si_value, self.si_low, self.si_high, self.relation)


def _bounds(value: float | None, low: float | None, high: float | None, relation: Relation) -> Ends:
    if low is not None or high is not None:
        return low, high
    return (None, value) if relation == "±" else (value, value)


def parse_quantity(text: str, *, unit: str | None = None, difference: bool = False) -> Quantity:
    """A quantity from its text: `3～15 kg/h`, `≤1750℃`, `±12 μm`, `10^-3 Pa`, `年产5万吨`, `pH 6.5~7.5`.

    `unit` is the unit of a bare number (a header's or a neighbouring cell's); the text's own unit wins, but
    must measure the same. `difference` says that a temperature is a difference. Raises BadValueError where
    there is no number, no unit, an unknown unit or an upside-down range.
    """
    given = text.strip()
    return replace(_read(tidy(given), unit, difference), text=given)


def number(text: str) -> float:
    """A number as written: `1,200.5`, `10^-3`, `1×10^-3`, `-48`, `2e-5`. Raises BadValueError otherwise."""
    word = re.sub(r"[\s,()]", "", text)
    sign = -1.0 if word.startswith("-") else 1.0
    word = word.lstrip("+-")
    power = _POWER.match(word) if re.search(r"[×xX*·^]", word) else None
    try:
        return sign * float(f"{power[1] or 1}e{int(power[2])}" if power else word)
    except ValueError as exc:
        raise BadValueError(
            Sentence(f"“{text}”不是数", f"'{text}' is not a number"),
            remedy=Sentence("写数字：1200 或 1.2×10^3", "Write digits: 1200 or 1.2×10^3"),
        ) from exc


def _read(text: str, unit: str | None, difference: bool) -> Quantity:
    special = _clean_class(text) or _two_bounds(text, unit, difference)
    if special is not None:
        return special
    ph = PH.match(text)
    if ph and ph.end() < len(text):
        text, unit = text[ph.end() :], "pH"
    per = PER_BEFORE.match(text)
    suffix = "/" + PER[per[1]] if per else ""
    return _plain(text[per.end() :].strip() if per else text, unit, difference, suffix)


def _plain(text: str, unit: str | None, difference: bool, suffix: str) -> Quantity:
    """The usual form; failing that with its numerals as digits, failing that without a note in brackets."""
    match = QUANTITY.match(text)
    failure: BadValueError | None = None
    if match is not None:
        try:
            return _from_match(match, unit, difference, suffix)
        except BadValueError as exc:
            failure = exc
    arabic = _arabic(text)
    if arabic != text:
        return _plain(arabic, unit, difference, suffix)
    if NOTE.search(text):
        return _without_note(text, unit, difference)
    raise failure or BadValueError(
        Sentence(f"“{text}”不是带单位的数", f"'{text}' is no number with a unit"),
        remedy=Sentence("写数和单位：3～15 kg/h、≤1750℃", "Write a number and a unit: 3～15 kg/h, ≤1750℃"),
    )


def _without_note(text: str, unit: str | None, difference: bool) -> Quantity:
    """`1750℃(真空)` drops the note; `500(L)` has its unit there, `1750℃(最高)` its relation."""
    rest, _, words = text.rpartition("(")
    rest, words = rest.strip(), words.rstrip(") ").strip()
    if unit_of(words) is not None and rest[-1:].isdigit():
        return _read(rest + words, unit, difference)
    return _read(words + rest if words in BEFORE else rest, unit, difference)


def _from_match(match: re.Match[str], unit: str | None, difference: bool, suffix: str) -> Quantity:
    last = match["unit"].strip(" ,。;")
    resolved = _unit(last + suffix if last else last, unit, match.string)
    if match["two"] is not None:
        return _two_numbers(match, resolved, difference)
    value = _scaled(number(match["one"]), resolved.multiple)
    before, after = (match["before"] or "").lower(), (match["after"] or "").lower()
    relation = BEFORE.get(before) or AFTER.get(after, "=")
    low = value if relation in {">=", ">"} else None
    high = value if relation in {"<=", "<"} else None
    return _make(resolved, relation, value, (low, high), difference or relation == "±")


def _two_numbers(match: re.Match[str], unit: Unit, difference: bool) -> Quantity:
    first = (match["unit1"] or "").strip(" ,")
    two = _scaled(number(match["two"]), unit.multiple)
    one = _first_end(number(match["one"]), first, unit, match.string)
    if match["sep"] in {"±", "+/-"}:
        ends = _scaled(one - two, 1), _scaled(one + two, 1)
        return _make(unit, "±", one, ends, difference)
    if one > two:
        raise BadValueError(
            Sentence(f"区间“{match.string}”上下颠倒", f"The range '{match.string}' runs downwards"),
            remedy=Sentence("小的一端写在前面", "Write the smaller end first"),
        )
    return _make(unit, "range", None, (one, two), difference)


def _first_end(value: float, written: str, unit: Unit, text: str) -> float:
    """The first number of a range in the unit of the second: `100-800万元`, `500kg/h~2t/h`,
    `1000万~1亿元`."""
    if written in _MULTIPLIERS:
        return _scaled(value, _MULTIPLIERS[written])
    if not written:
        return _scaled(value, unit.multiple)
    own = unit_of(written)
    if own is None or own.base != unit.base:
        raise BadValueError(
            Sentence(f"“{text}”两端的单位不同", f"The ends of '{text}' have different units"),
            remedy=Sentence("两端用同一个单位", "Give both ends in one unit"),
        )
    return unit.from_base(own.to_base(_scaled(value, own.multiple)))


def _unit(own: str, given: str | None, text: str) -> Unit:
    fallback = require_unit(given) if given and given.strip() else None
    if not own:
        if fallback is None:
            raise BadValueError(
                Sentence(f"“{text}”没有单位", f"'{text}' has no unit"),
                remedy=Sentence("在单元格或表头里写上单位", "Give the unit in the cell or in the header"),
            )
        return fallback
    if fallback is not None and own in _MULTIPLIERS:
        return replace(fallback, multiple=_MULTIPLIERS[own])
    unit = require_unit(own)
    if fallback is not None and unit.base != fallback.base:
        raise BadValueError(
            Sentence(
                f"“{text}”的单位是 {unit.text}，这一列是 {fallback.text}：不是同一种量",
                f"'{text}' is in {unit.text}, its column in {fallback.text}: they measure different things",
            ),
            remedy=Sentence("换成同一种量的单位", "Give the value in a unit that measures the same"),
        )
    return unit


def _make(unit: Unit, relation: Relation, value: float | None, ends: Ends, difference: bool) -> Quantity:
    def si(number: float | None) -> float | None:
        known = number is not None and unit.si_unit is not None
        return unit.to_base(number, difference=difference) if known and number is not None else None

    low, high = ends
    return Quantity("", value, low, high, unit.text, si(value), si(low), si(high), unit.si_unit, relation)


def _two_bounds(text: str, unit: str | None, difference: bool) -> Quantity | None:
    """`≥3且≤15 kg/h`, `3 kg/h<x≤15 kg/h`."""
    if not any(c in text for c in "<>≤≥不大小"):
        return None
    between = BETWEEN.match(text)
    if between is not None:
        return _read(f"{between['low']}{between['unit']}~{between['high']}", unit, difference)
    both = BOTH_BOUNDS.match(text)
    if both is None:
        return None
    second = _read(both["two"].lstrip("且"), unit, difference)
    first = _read(both["one"], unit or second.unit, difference)
    least, most = (first, second) if first.low is not None else (second, first)
    if least.low is None or most.high is None:
        return None
    target = require_unit(most.unit)
    low = target.from_base(require_unit(least.unit).to_base(least.low))
    if low > most.high:
        raise BadValueError(
            Sentence(f"区间“{text}”上下颠倒", f"The range '{text}' runs downwards"),
            remedy=Sentence("核对两端", "Check both ends"),
        )
    return _make(target, "range", None, (low, most.high), difference)


def _clean_class(text: str) -> Quantity | None:
    """Clean rooms: `千级`, `class 1000`, `ISO 6` (class n of ISO 14644-1 is about 10^(n-3) of the older)."""
    match = CLEAN_CLASS.match(text)
    if match is None or (match[3] and float(match[3].replace(",", "")) < 100):
        return None
    if match[4]:
        value = 10.0 ** (int(match[4]) - 3)
    elif match[2]:
        digits = match[2].rstrip("十百千万")
        value = (float(digits) if digits else 1.0) * (chinese_number(match[2][len(digits) :]) or 0.0)
    else:
        value = float((match[1] or match[3]).replace(",", ""))
    return _make(require_unit("洁净级"), "=", value, (None, None), False)


def _arabic(text: str) -> str:
    """Chinese numerals as digits; 千克 and 万吨 are left to the unit."""

    def one(match: re.Match[str]) -> str:
        words, kept = match[1], ""
        if len(words) > 1 and words[-1] in "千百万亿" and unit_of(words[-1] + text[match.end() :]):
            kept, words = words[-1] + kept, words[:-1]
        value = chinese_number(words)
        return match.group() if value is None else f"{value:g}{kept}"

    return NUMERAL.sub(one, text, count=2)


def _scaled(number: float, multiple: float) -> float:
    return float(f"{number * multiple:.12g}")
