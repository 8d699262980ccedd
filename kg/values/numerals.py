"""Numbers in Chinese numerals: 七, 十二, 三千五百, 两万, 二〇二七."""

from __future__ import annotations

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_DIGITS |= {"肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

CHARACTERS = "".join([*_DIGITS, *_TENS, *_MYRIADS, "半"])
"""Every character that a Chinese numeral may hold, for building patterns."""


def chinese_number(text: str) -> float | None:
    """The number that Chinese numerals say (`半` is 0.5); None where the text is no such number."""
    if text == "半":
        return 0.5
    if not text or any(c not in CHARACTERS or c == "半" for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    return _positional(text)


def number_in_words(text: str) -> float | None:
    """The number in figures (`12`, `1.5`) or Chinese numerals; None where it is neither."""
    try:
        return float(text)
    except ValueError:
        return chinese_number(text)


def _positional(text: str) -> float:
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIADS[c] or _MYRIADS[c]
            section = digit = 0
    return float(total + section + digit)
