"""Texts that hold themselves twice, as many needs do: read once, with the offsets of the first copy."""

from __future__ import annotations

import re

_MOST = 40_000
_LEAST, _PROBE, _TRIES = 12, 12, 6
_SPACE = re.compile(r"\s+")


def once(text: str) -> str:
    """The text without its second copy; what stands before the first (a title) stays.

    Two copies, however they are spaced; of a text that repeats more often than twice nothing is cut, nor of
    one longer than 40,000 characters (no need is so long).
    """
    if not 2 * _LEAST <= len(text) <= _MOST:
        return text
    places = [place for place, char in enumerate(text) if not char.isspace()]
    plain = _SPACE.sub("", text)
    size = _copy_size(plain)
    if size is None or _copy_size(plain[-size:]) == size // 2:
        return text
    return text[: places[len(plain) - size - 1] + 1]


def _copy_size(plain: str) -> int | None:
    """How long the copy at the end is, without white space; None where the text ends in no second copy."""
    tail = plain[-_PROBE:]
    place = len(plain) - _PROBE
    for _ in range(_TRIES):
        place = plain.rfind(tail, 0, place + _PROBE - 1)
        if place < 0:
            return None
        size = len(plain) - _PROBE - place
        if size < _LEAST:
            continue
        if 2 * size > len(plain) or 5 * 2 * size < 3 * len(plain):
            continue
        if plain[-2 * size : -size] == plain[-size:]:
            return None if plain[-3 * size : -2 * size] == plain[-size:] else size
    return None
