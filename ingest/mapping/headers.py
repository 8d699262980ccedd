"""Headers as words to compare: spelling folded, marks and units taken off, repeated groups counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.values.numerals import number_in_words
from kg.values.tidy import tidy
from kg.values.units import unit_of

MONEY = re.compile(
    r"^(?:人民币)?(?:[十百千]?[万亿]|[十百千])?元(?:人民币)?$|^(?:rmb|cny|yuan)$", re.IGNORECASE
)
_MARKS = re.compile(
    r"^[*★☆▲※]+|[*★☆▲※:：]+$|[(（](?:必填|选填|可选|必选|required|optional)[)）]", re.IGNORECASE
)
_NUMBERING = re.compile(r"^(?:[(（]?\d{1,2}[)）]|\d{1,2}[.、])(?=\D)")
_BRACKET = re.compile(r"^(?P<base>.+?)\s*[(\[【〔<](?P<unit>[^()\[\]]*(?:\([^()]*\)[^()]*)?)[)\]】〕>]$")
_TAIL = re.compile(r"^(?P<base>.+?)\s*(?:[,;_|:]\s*|\s)(?P<unit>\S+)$")
_UNIT_WORD = re.compile(r"^(?:计量)?单位\s*[:：是为]?\s*|^in\s+", re.IGNORECASE)
_REPEAT = re.compile(r"^(?P<base>.*?)#(?P<n>\d+)$")
_N = r"(\d+|[一二三四五六七八九十]+)"

REASON_COLUMNS = ("隔离原因 quarantine_reason", "隔离原因", "quarantine_reason")
"""Headers that quarantine files add; they are ignored when a corrected file is read again."""


LEVELS = "›"
"""Stands between the levels of a header over several lines."""


@lru_cache(maxsize=4096)
def normal_header(text: str) -> str:
    """A header for comparison: width, case, white space, brackets and required marks folded."""
    words = _MARKS.sub("", tidy(text)).strip()
    words = _NUMBERING.sub("", words)
    return re.sub(r"[\s_]+", "", words).translate(str.maketrans("【】[]〔〕", "()()()")).casefold()


def is_unit(text: str) -> bool:
    """Whether a text is a unit: of money, or one that `kg.values` knows."""
    return bool(text) and (MONEY.match(text) is not None or unit_of(text) is not None)


@lru_cache(maxsize=4096)
def split_header(text: str) -> tuple[str, str | None]:
    """A header and its unit: `产能/(kg/h)`, `资金需求（单位：万元）`, `温度/℃`, `年产能 吨`; no unit: None.

    A bracket that holds no unit is taken off too (`成果名称（中文）`, `TRL(1-9)`). Of several levels the unit
    is that of the lowest that states one (`温度（℃）›最低`).
    """
    words = _MARKS.sub("", tidy(text)).strip()
    if LEVELS in words:
        parts = [split_header(level) for level in words.split(LEVELS)]
        unit_below = next((unit for _, unit in reversed(parts) if unit), None)
        return LEVELS.join(base for base, _ in parts), unit_below
    bracket = _BRACKET.match(words)
    if bracket:
        unit = _UNIT_WORD.sub("", bracket["unit"].strip()).strip(" /")
        return bracket["base"].rstrip(" /_"), unit if is_unit(unit) else None
    base, slash, unit = words.partition("/")
    if slash and base.strip() and is_unit(unit.strip(" ()")):
        return base.strip(), unit.strip(" ()")
    tail = _TAIL.match(words)
    if tail and is_unit(_UNIT_WORD.sub("", tail["unit"])):
        return tail["base"], _UNIT_WORD.sub("", tail["unit"])
    return words, None


@lru_cache(maxsize=4096)
def header_forms(text: str) -> tuple[str, ...]:
    """The ways in which a header may be meant: whole, without its unit, its last level, its words apart."""
    found = [text, split_header(text)[0]]
    last = text.rsplit(LEVELS, 1)[-1]
    if last != text:
        found += [last, split_header(last)[0]]
    bracket = _BRACKET.match(tidy(text))
    if bracket:
        found.append(bracket["unit"])
    return tuple(dict.fromkeys(form for one in found if (form := normal_header(one))))


def distinct(names: Iterable[object]) -> tuple[str, ...]:
    """Column names made distinct: a header that stands twice is `最小`, then `最小#2`; empty ones are ''."""
    seen: dict[str, int] = {}
    out = []
    for raw in names:
        name = " ".join(str(raw).split()) if raw is not None else ""
        if name:
            repeat = _REPEAT.match(name)
            count = seen[name] = seen.get(name, 0) + 1
            if count > 1 and not repeat:
                name = f"{name}#{count}"
        out.append(name)
    return tuple(out)


def resolve(template: str, columns: Sequence[str]) -> dict[int, str]:
    """The columns that a header of a source file means, by their count: `最小{n}` gives {1: '最小1', 2: …}.

    A header without `{n}` is one column, or all that stand under the same words, in order. Exact spelling
    goes before the spelling without its unit.
    """
    if "{n}" in template:
        return _numbered(template, columns)
    wanted = normal_header(template)
    plain = [(column, _REPEAT.sub(r"\g<base>", column)) for column in columns if column]
    found = [column for column, base in plain if normal_header(base) == wanted]
    if not found:
        found = [column for column, base in plain if wanted in header_forms(base)]
        found = (
            found if len({normal_header(_REPEAT.sub(r"\g<base>", one)) for one in found}) == 1 else found[:1]
        )
    return dict(enumerate(found, 1))


def _numbered(template: str, columns: Sequence[str]) -> dict[int, str]:
    before, _, after = template.partition("{n}")
    marks = re.escape(normal_header(before)), re.escape(normal_header(after))
    pattern = re.compile(f"^{marks[0]}{_N}{marks[1]}$")
    found: dict[int, str] = {}
    for column in columns:
        for form in header_forms(column) if column else ():
            match = pattern.match(form)
            if match:
                count = int(number_in_words(match[1]) or 0)
                found.setdefault(count, column)
                break
    return dict(sorted(found.items()))
