"""Whether a name stands on word boundaries: 关环 in 相关环境 does not."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from math import log

_LONGEST, _SELDOM, _OURS = 4, 8, 60
_MODIFYING = ("b", "a", "vn", "j", "x", "nz")
_REACH = 7


class WordBoundaries:
    """The likeliest words around a place, by the unigram frequencies of jieba's dictionary (MIT licence).

    Only the characters around a candidate are looked at: jieba over whole texts takes 14 times as long as
    everything else that the reader does.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._cost: dict[str, float] = {}
        self._tags: dict[str, str] = {}
        total = 60_101_967.0
        lines = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            word, count, tag = line.split(" ")
            if len(word) <= _LONGEST and int(count) >= _SELDOM:
                self._cost[word] = log(total / int(count))
                self._tags[word] = tag
        self._names = frozenset(names)
        for name in self._names:
            if 1 < len(name) <= _LONGEST:
                self._cost[name] = min(self._cost.get(name, 99.0), log(total / _OURS))
        self._unknown = log(total)

    def words(self, text: str) -> list[str]:
        """The likeliest words of a short text."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            options = []
            for start in range(max(0, end - _LONGEST), end):
                cost = self._cost.get(text[start:end])
                if cost is None and end - start == 1:
                    cost = self._unknown
                if cost is not None:
                    options.append((best[start][0] + cost, start))
            best.append(min(options))
        words: list[str] = []
        end = len(text)
        while end:
            words.append(text[best[end][1] : end])
            end = best[end][1]
        return words[::-1]

    def whole(self, text: str, start: int, end: int) -> bool:
        """Whether no word crosses an end of `text[start:end]`, save a name."""
        place = max(0, start - _REACH)
        for word in self.words(text[place : end + _REACH]):
            after = place + len(word)
            crosses_start = place < start < after and word not in self._names
            if crosses_start or start < place < end < after:
                return False
            place = after
        return True

    def tag(self, word: str) -> str:
        """The word's part of speech in jieba's dictionary; '?' where it is in none."""
        return self._tags.get(word, "?")

    def modifies(self, text: str) -> bool:
        """Whether these words may stand before an operation as its modifier: no verb, adverb or particle."""
        return all(
            len(word) == 1 or self._tags.get(word, "x").startswith(_MODIFYING) for word in self.words(text)
        )
