"""Finds the places where an operation's name may stand: listed names and heads of compound names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick

from ingest.enrich.boundaries import WordBoundaries
from kg.vocabulary import Category, Vocabulary, plain_name

if TYPE_CHECKING:
    from ingest.enrich.words import OperationWords

_LONGEST_COMPOUND = 10
_SURE = 3
_FREE = range(2, 4)
_LONGEST_NAME = 8
_NEXT = ("一步",)
"""下一步, 进一步 are no modifier: 下一步精密冲压 is stamping to come."""
_BREAKS = frozenset("，,。；;：:！？!?、（）()[]【】“”\"'《》<>/+-~→ \t\r\n　")


@dataclass(frozen=True)
class Candidate:
    """A possible operation: place, canonical name (None: its own words); everyday words need matter.

    `why_not` says why it is none of the text's own, where its finder knows."""

    start: int
    end: int
    name: str | None
    category: Category
    everyday: bool
    rule: str
    why_not: str | None = None


class NameFinder:
    """Longest listed names by Aho-Corasick, each grown to the left into the compound that it ends."""

    def __init__(self, vocabulary: Vocabulary, words: OperationWords) -> None:
        self._vocabulary = vocabulary
        self._words = words
        self._longest_modifier = max(map(len, words.modifiers))
        self._heads = tuple(head for head in vocabulary.heads if len(head) > 1)
        self._tests = {op.family for op in vocabulary if op.category == "test"}
        self._automaton = ahocorasick.Automaton()
        forms = _forms(vocabulary)
        self._forms = frozenset(form for form, head in forms.items() if not head and not form.isascii())
        self.boundaries = self._boundaries = WordBoundaries(forms)
        for form, head in forms.items():
            self._automaton.add_word(form, (len(form), head))
        self._never = frozenset(words.lists["never"])
        for form in self._never:
            self._automaton.add_word(form, (len(form), True))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Candidate]:
        """Candidates in a folded, lower-cased text, by place and without overlap."""
        reached = 0
        for start, end, bare_head in self._longest(text):
            grown, how = self._grow(text, reached, start, end)
            if text[start:end] in self._never:
                reached = end
                continue
            if bare_head and grown == start:
                continue
            candidate = self._named(text, grown, start, end, how)
            if candidate is not None:
                reached = end
                yield candidate

    def ending(self, text: str, end: int, reached: int = 0) -> Candidate | None:
        """The listed name that ends at a place, with its modifiers, whatever stands behind it (发酵|罐)."""
        for size in range(min(_LONGEST_NAME, end - reached), 1, -1):
            form = text[end - size : end]
            if form in self._forms and form not in self._never:
                neighbours = self._words.part_of.get(form)
                if neighbours is not None and neighbours.forbid(text[end - size - 1 : end - size], ""):
                    return None
                grown, how = self._grow(text, reached, end - size, end)
                return self._named(text, grown, end - size, end, how)
        return None

    def _longest(self, text: str) -> list[tuple[int, int, bool]]:
        hits = [(last - length + 1, last + 1, head) for last, (length, head) in self._automaton.iter(text)]
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        chosen: list[tuple[int, int, bool]] = []
        for hit in hits:
            if (not chosen or hit[0] >= chosen[-1][1]) and self._whole(text, hit[0], hit[1]):
                chosen.append(hit)
        return chosen

    def _whole(self, text: str, start: int, end: int) -> bool:
        """Not a piece of a longer Latin or Chinese word."""
        left, right = text[start - 1 : start], text[end : end + 1]
        if (_latin(text[start]) and _latin(left)) or (_latin(text[end - 1]) and _latin(right)):
            return False
        form = text[start:end]
        neighbours = self._words.part_of.get(form)
        if neighbours is not None and neighbours.forbid(left, right):
            return False
        return len(form) > _SURE or form in self._never or self._boundaries.whole(text, start, end)

    def _grow(self, text: str, reached: int, start: int, end: int) -> tuple[int, str]:
        """The compound's start: known modifiers first, else up to four free characters behind a boundary."""
        grown = start
        while end - grown < _LONGEST_COMPOUND:
            longest = min(self._longest_modifier, grown - reached)
            size = next(
                (n for n in range(longest, 0, -1) if text[grown - n : grown] in self._words.modifiers), 0
            )
            if size == 0:
                break
            if text[grown - size : grown] in _NEXT and text[grown - size - 1 : grown - size] in ("下", "进"):
                break
            grown -= size
        if grown < start and self._boundaries.whole(text, grown, end):
            return grown, "modifier"
        free = self._free(text, reached, start) if self._may_grow_freely(text[start:end]) else 0
        return start - free, "free modifier" if free else ""

    def _may_grow_freely(self, form: str) -> bool:
        return form.endswith(self._heads) and form not in self._vocabulary.everyday and len(form) <= 3

    def _free(self, text: str, reached: int, start: int) -> int:
        """How many unlisted characters before `start` are a modifier: behind a boundary, no matter."""
        if text[start - 1 : start] in self._words.never_after:
            return 0
        begin = max(reached, start - 12)
        segment_start = next((i + 1 for i in range(start - 1, begin - 1, -1) if text[i] in _BREAKS), begin)
        segment = text[segment_start:start]
        stop = max(self._words.stop.finditer(segment), key=lambda match: match.end(), default=None)
        bounded = stop is not None or segment_start != begin or begin == reached
        segment = segment[stop.end() :] if stop else segment
        chinese = all("\u3400" <= char <= "\u9fff" for char in segment)
        if not (bounded and chinese and len(segment) in _FREE) or self._words.matter & set(segment):
            return 0
        return len(segment) if self._boundaries.modifies(segment) else 0

    def _named(self, text: str, grown: int, start: int, end: int, how: str) -> Candidate | None:
        form, compound = text[start:end], text[grown:end]
        listed = self._vocabulary.canonical(compound)
        base = listed or self._vocabulary.canonical(form)
        everyday = compound in self._vocabulary.everyday or (
            form.isascii() and len(form) <= 4 and form != "smt"
        )
        if listed is not None:
            return Candidate(grown, end, listed.name, listed.category, everyday, f"listed: {listed.family}")
        family = base.family if base else self._vocabulary.family(form)
        if family is None:
            return None
        category: Category = "test" if family in self._tests else "process"
        everyday = everyday or base is None or form in self._vocabulary.everyday
        return Candidate(grown, end, None, category, everyday, f"{how} + {form}: {family}")


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _forms(vocabulary: Vocabulary) -> dict[str, bool]:
    """Every written form, folded; True for heads that are no operation alone."""
    forms = {plain_name(head): True for head in vocabulary.heads}
    for op in vocabulary:
        for name in (op.name, *op.synonyms):
            form = "".join(name.split()).lower()
            forms |= {form: False, plain_name(name): False}
    return {form: head for form, head in forms.items() if form}
