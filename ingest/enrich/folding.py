"""A text as the components match it: one way to write each character, nothing of its length lost."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_GAP = re.compile(r"(?<=[\u3400-\u9fff])[ \u00a0\u3000\t]+(?=[\u3400-\u9fff])")
_FIXED = dict(zip("−﹣‐‑‒∼〜˜～∶µ\u200b\ufeff", "-----~~~~:μ  ", strict=True)) | {
    mark: mark for mark in "，：；！？"
}
_HAN = "[\u3400-\u9fff]"
_HALF = re.compile(
    rf"(?<={_HAN})[,;]|[,;](?= ?{_HAN})"
    rf"|(?:(?<={_HAN})|(?<=[)\]”\"%]))\.(?=\s|$|{_HAN}|[(\[“])|(?<=[a-z)])\.(?={_HAN})"
)
_WIDE = {",": "，", ";": "；", ".": "。"}
"""Marks of Chinese sentences that were typed half-width, as many journals do."""
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"


class _Table(dict[int, str]):
    """Fills itself: NFKC where that keeps one character; superscripts and ℃ stay, they mean something."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _FIXED.get(char) or (char if char in _SUPERSCRIPTS else unicodedata.normalize("NFKC", char))
        self[code] = folded if len(folded) == 1 else char
        return self[code]


class _Lower(_Table):
    def __missing__(self, code: int) -> str:
        lower = super().__missing__(code).lower()
        self[code] = lower if len(lower) == 1 else chr(code)
        return self[code]


_TABLE, _LOWER = _Table(), _Lower()


def fold(text: str) -> str:
    """Full-width forms, dashes and tildes written one way; as long as the text, so offsets stay."""
    return text.translate(_TABLE)


@dataclass(frozen=True)
class Squeezed:
    """A folded, lower-cased text without the spaces that scans leave between Chinese characters; the commas,
    semicolons and full stops of Chinese sentences are full-width whatever they were."""

    text: str
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as it was given."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=2)
def squeeze(text: str) -> Squeezed:
    """See `Squeezed`. The last texts are kept: every component of the reader asks for the same one."""
    folded = _HALF.sub(lambda mark: _WIDE[mark.group()], text.translate(_LOWER))
    if _GAP.search(folded) is None:
        return Squeezed(folded, None)
    dropped = {place for gap in _GAP.finditer(folded) for place in range(*gap.span())}
    places = tuple(place for place in range(len(folded)) if place not in dropped)
    return Squeezed("".join(folded[place] for place in places), places)
