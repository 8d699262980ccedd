"""Limits from cells: ranges, bounds, bare numbers, `name: value` pairs; no number is kept as unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.mapping import limit_words as words
from ingest.mapping.cells import split
from ingest.mapping.headers import split_header
from ingest.record import Child
from kg.errors import BadValueError
from kg.values.parameters import Better, parameter_of
from kg.values.quantity import Quantity, parse_quantity
from kg.values.tidy import tidy
from kg.wording import Sentence

_PAIR = re.compile(r"^(?P<name>[^:：=<>≤≥＜＞]{1,40}?)\s*[:：=]\s*(?P<value>.+)$", re.DOTALL)
_PAIRS = re.compile(r"[;；\n\r]+|[，、](?=\s*[^\d\s.])|,(?!\d{3}(?:\D|$))(?=\s*[^\d\s])")
_START = re.compile(
    r"[-+－−＋±~～≤≥<>＜＞≈约\d０-９]|不[大小高低超多少]|最[大小高低]|小于|大于|超过|高于|低于"
    r"|优于|好于|可达|达到|高达|低至|室温|常温|环境温度|(?<![A-Za-z])RT(?![A-Za-z])"
    r"|ISO|Class|(?<![十百千万])[十百千万]+级",  # 洁净度 ISO 7级, 洁净度万级
    re.IGNORECASE,
)
_OPEN = frozenset({"不限", "无限制", "不限制", "无上限", "任意", "不作要求"})
_BARE = re.compile(r"^[-+]?[\d,.]+(?:e[-+]?\d+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class BadLimit:
    """A limit whose value could not be read; the limit itself is kept as unknown."""

    message: Sentence
    remedy: Sentence | None


Read = tuple[Child, BadLimit | None]


def limit(parameter: str, text: str, unit: str | None, better: Better | None = None) -> Read:
    """A limit from its written value, e.g. `3～15 kg/h`, `≤1750℃`, `50` with a unit; '' is unknown."""
    if not text or tidy(text) in _OPEN:
        return _child(parameter, text, None, better), None
    unit = unit or words.usual_unit(parameter)
    try:
        read = parse_quantity(words.readable(parameter, text), unit=unit)
        return _child(parameter, _with_unit(text, unit), read, better), None
    except BadValueError as exc:
        wordy = not re.search(r"\d", tidy(text))
        return _child(parameter, text, None, better), None if wordy else BadLimit(exc.message, exc.remedy)


def between(parameter: str, low: str, high: str, unit: str | None, better: Better | None = None) -> Read:
    """A limit from its two ends; an empty end is open, two empty ends are unknown, a word is no end."""
    text = ""
    if words.is_room(low) and high and words.is_temperature(parameter):
        bare = _BARE.match(tidy(high)) is not None
        text = f"{low}~{high}{(unit or '℃') if bare else ''}"
    elif low and high:
        text = f"{low}~{high}" if low != high else low
    elif high:
        text = f"≤{high}" if _BARE.match(tidy(high)) else high
    elif low:
        text = f"≥{low}" if tidy(low)[:1].isdigit() else low
    child, bad = limit(parameter, text, unit, better)
    if text and bad is None and not re.search(r"\d", tidy(text)) and tidy(text) not in _OPEN:
        bad = BadLimit(
            Sentence(f"“{text}”不是数", f"'{text}' is no number"), Sentence("写数字", "write a number")
        )
    return child, bad


def pairs(
    text: str, unit: str | None, separators: Sequence[str] = (), better: Better | None = None
) -> list[Read]:
    """The limits of a cell that holds several: `温度:≤1750℃；装炉量 50kg；洁净度`."""
    parts = (
        split(text, separators)
        if separators
        else [part.strip() for part in _PAIRS.split(text) if part.strip()]
    )
    found = []
    for part in parts:
        name, value = words.of_value(*_name_and_value(part, unit))
        base, own = split_header(name)  # 装炉量（kg）：50
        found.append(limit(base if own else name, value, own or unit, better))
    return found


def _name_and_value(part: str, unit: str | None) -> tuple[str, str]:
    """Name and value of one pair: at the colon, else before the first place where the rest is a quantity."""
    pair = _PAIR.match(part)
    if pair:
        return pair["name"].strip(), pair["value"].strip()
    starts = [match.start() for match in _START.finditer(part) if part[: match.start()].strip()]
    for start in starts:
        name, value = part[:start].strip(), part[start:].strip()
        cut = name[-1] in "×xX*+/.0123456789" and not words.RELATION_START.match(tidy(value))
        if not cut and _is_quantity(words.readable(name, value), unit or words.usual_unit(name)):
            return name, value
    digit = next((start for start in starts if tidy(part[start:])[:1].isdigit()), None)
    return (part, "") if digit is None else (part[:digit].strip(), part[digit:].strip())


def _is_quantity(text: str, unit: str | None) -> bool:
    try:
        parse_quantity(text, unit=unit)
    except BadValueError:
        return False
    return True


def _with_unit(text: str, unit: str | None) -> str:
    return f"{text} {unit}" if unit and tidy(text)[-1:].isdigit() else text


def _child(parameter: str, original: str, read: Quantity | None, better: Better | None) -> Child:
    lowest = words.is_lowest(parameter)
    low, high = _ends(read, read.bounds(), lowest) if read else (None, None)
    si_low, si_high = _ends(read, read.si_bounds(), lowest) if read else (None, None)
    return Child(
        kind="Limit",
        edge="HAS_LIMIT",
        name=parameter,
        properties={
            "parameter": parameter,
            "original": original or None,
            "low": low,
            "high": high,
            "unit": read.unit if read else None,
            "si_low": si_low,
            "si_high": si_high,
            "si_unit": read.si_unit if read else None,
            "better": better or _usual(parameter, read),
        },
    )


def _ends(
    read: Quantity, bounds: tuple[float | None, float | None], lowest: bool
) -> tuple[float | None, float | None]:
    """Both ends; a bare number is the most that can be done, and of a lowest temperature the least."""
    if read.relation not in ("=", "~"):
        return bounds
    return (bounds[0], None) if lowest else (None, bounds[1])


def _usual(parameter: str, read: Quantity | None) -> Better | None:
    """Which way better lies for a parameter that is known, in the unit that measures it."""
    known = parameter_of(parameter)
    return known.better if known and (read is None or known.measured_in(read.unit)) else None
