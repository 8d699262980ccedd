"""The piece of a text that shows why it was found, with the query's words marked."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence

from kg.search.segment import fold, tokens

WIDTH = 120


def highlight(text: str, query: str) -> str:
    """At most about 120 characters of `text` around the query's words, in `<em>`, the rest escaped.

    Empty where no word of the query stands in the text.
    """
    marked = _marked(text, _words(query))
    if not any(marked):
        return ""
    start = _best_window(marked)
    stop = min(start + WIDTH, len(text))
    body = _emphasised(text[start:stop], marked[start:stop])
    return ("…" if start else "") + body + ("…" if stop < len(text) else "")


def _words(query: str) -> set[str]:
    found = tokens(query)
    return {word for word in found if len(word) > 1} or set(found)


def _marked(text: str, words: set[str]) -> list[bool]:
    flat, origin = _folded(text)
    marked = [False] * len(text)
    for word in words:
        at = flat.find(word)
        while at >= 0:
            for i in range(at, at + len(word)):
                marked[origin[i]] = True
            at = flat.find(word, at + 1)
    return marked


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place in the text that it came from."""
    lowered = text.lower()
    if len(lowered) == len(text) and unicodedata.is_normalized("NFKC", text):
        return lowered, range(len(text))
    folded = [fold(character) for character in text]
    return "".join(folded), [i for i, piece in enumerate(folded) for _ in piece]


def _best_window(marked: Sequence[bool]) -> int:
    if len(marked) <= WIDTH:
        return 0
    count = sum(marked[:WIDTH])
    best, best_start = count, 0
    for start in range(1, len(marked) - WIDTH + 1):
        count += marked[start + WIDTH - 1] - marked[start - 1]
        if count > best:
            best, best_start = count, start
    return best_start


def _emphasised(text: str, marked: Sequence[bool]) -> str:
    pieces: list[str] = []
    inside = False
    for character, is_marked in zip(text, marked, strict=True):
        if is_marked != inside:
            pieces.append("<em>" if is_marked else "</em>")
            inside = is_marked
        pieces.append(html.escape(character, quote=False))
    return "".join(pieces) + ("</em>" if inside else "")
