"""One way to write a text: full-width forms folded, superscripts as `^n`, white space single."""

from __future__ import annotations

import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", "0123456789+-()")
_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_MINUS = str.maketrans(
    {"−": "-", "﹣": "-", "‐": "-", "‑": "-", "‒": "-", "∼": "~", "〜": "~", "˜": "~", "∶": ":"}
)
_SPACE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Fold a cell's text: NFKC, superscript runs as `^n` (before NFKC would lose them), minus and tilde
    signs as ASCII, invisible characters removed, white space single and stripped."""
    if text.isascii():
        return _SPACE.sub(" ", text).strip()
    text = text.replace("˚", "°").replace("º", "°")  # degree signs that NFKC would take for letters
    text = _RUN.sub(lambda run: "^" + run.group().translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text).translate(_MINUS)
    text = text.replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "")
    return _SPACE.sub(" ", text).strip()


def plain(value: object) -> str:
    """A cell as text: 500.0 is '500', None is ''; used where a spreadsheet made a number of what people
    typed."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
