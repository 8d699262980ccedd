"""Text, lists of texts, numbers, booleans and choices, as a cell gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.errors import BadValueError
from kg.values.errors import UnreadableError
from kg.values.numerals import chinese_number
from kg.values.tidy import plain, tidy
from kg.wording import Sentence

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_SEPARATORS = re.compile(r"[;；、，|｜\n\r]+|,(?!\d{3}(?:\D|$))")
_YES = frozenset({"是", "有", "真", "对", "true", "yes", "y", "1", "√", "✓", "✔"})
_NO = frozenset({"否", "无", "假", "没有", "不", "false", "no", "n", "0", "×", "✗", "x"})
_NUMBER = re.compile(
    r"^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?)\s*(万|亿|千|百)?\s*(.*)$", re.IGNORECASE
)
_MULTIPLES = {None: 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


def clean_text(raw: object) -> str | None:
    """A cell's text: invisible characters gone, blanks single, line breaks kept; None where nothing is
    left."""
    text = _INVISIBLE.sub("", plain(raw)).replace("\r\n", "\n").replace("\r", "\n")
    text = _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
    return text or None


def clean_texts(raw: object, separator: str | None = None) -> list[str] | None:
    """The texts of a list or of a cell that holds several, each once, in order."""
    if isinstance(raw, list | tuple):
        parts = [plain(item) for item in raw]
    else:
        parts = split_values(plain(raw), separator)
    found = dict.fromkeys(text for part in parts if (text := clean_text(part)))
    return list(found) or None


def split_values(text: str, separator: str | None = None) -> list[str]:
    """The values of one cell: at `separator`, else at ；、，| and line breaks outside brackets, else at
    blanks between Chinese words (锂电池 正极材料)."""
    if separator:
        return [part.strip() for part in text.split(separator) if part.strip()]
    parts = [part.strip() for part in _outside_brackets(text) if part.strip()]
    if len(parts) == 1 and " " in (words := _BLANKS.sub(" ", parts[0])) and _is_word_list(words):
        return words.split(" ")
    return parts


def parse_number(raw: object, *, unit: str | None = None, spec_unit: str | None = None) -> float:
    """A number: digits with thousands separators, 万 and 亿; its unit, where there is one, becomes
    `spec_unit`.

    Raises UnreadableError where the cell holds anything else, BadValueError for a unit of another kind.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _in_unit(float(raw), unit, spec_unit)
    text = tidy(plain(raw))
    match = _NUMBER.match(text)
    if match is None:
        han = chinese_number(text)
        if han is None:
            raise UnreadableError(
                Sentence(f"“{text}”不是数", f"'{text}' is no number"),
                remedy=Sentence("写数字", "Write digits"),
            )
        return _in_unit(han, unit, spec_unit)
    own = match[3].strip() or None
    if own and spec_unit is None:
        raise UnreadableError(
            Sentence(f"“{text}”不只是数", f"'{text}' is more than a number"),
            remedy=Sentence("只写数字", "Write digits only"),
        )
    return _in_unit(float(match[1].replace(",", "")) * _MULTIPLES[match[2]], own or unit, spec_unit)


def parse_integer(raw: object) -> int:
    """A whole number. Raises BadValueError for a fraction."""
    number = parse_number(raw)
    if not number.is_integer():
        raise BadValueError(
            Sentence(f"“{raw}”不是整数", f"'{raw}' is no whole number"),
            remedy=Sentence("写整数", "Write a whole number"),
        )
    return int(number)


def parse_boolean(raw: object) -> bool:
    """是 or 否 in its usual spellings."""
    if isinstance(raw, bool):
        return raw
    word = tidy(plain(raw)).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise UnreadableError(
        Sentence(f"“{raw}”既不是“是”也不是“否”", f"'{raw}' is neither yes nor no"),
        remedy=Sentence("写是或否", "Write 是 or 否"),
    )


def parse_choice(raw: object, choices: Mapping[str, Sequence[str]]) -> str:
    """The choice that a cell names, by its value or another spelling, ignoring case and width."""
    word = tidy(plain(raw)).casefold()
    for value, spellings in choices.items():
        if word in {tidy(text).casefold() for text in (value, *spellings)}:
            return value
    raise UnreadableError(
        Sentence(f"“{raw}”不在可选值里", f"'{raw}' is none of the choices"),
        remedy=Sentence(f"可选：{'、'.join(choices)}", f"One of: {', '.join(choices)}"),
    )


def _is_word_list(text: str) -> bool:
    words = text.split(" ")
    return len(words) > 1 and all(re.search("[一-鿿]", word) for word in words)


def _outside_brackets(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, c in enumerate(text):
        depth += (c in "(（[【") - (c in ")）]】")
        if depth <= 0 and (mark := _SEPARATORS.match(text, at)) and at >= start:
            parts.append(text[start:at])
            start = mark.end()
    return [*parts, text[start:]]


def _in_unit(number: float, unit: str | None, target: str | None) -> float:
    if unit is None or target is None:
        return number
    from kg.values.units import convert

    return convert(number, unit, target)
