"""The component that finds a text's key terms, compounds and abbreviations, the weightiest first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.enrich.folding import squeeze
from ingest.enrich.words import WordLists, choice, load

_MOST, _LONGEST, _ENOUGH, _EARLY = 12, 12, 20_000, 60
_EDGES = "+-/0123456789"
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z][A-Za-z]*\d*(?:-[A-Z0-9][A-Za-z0-9]*)+|[A-Z]{2,6}\d{0,3}|[A-Z][a-z]?\d[A-Za-z0-9.]*[A-Z][A-Za-z0-9.]*)(?![A-Za-z0-9])"
)
_NUMBER = re.compile(r"[\d.]\s?$")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Terms:
    """Finds terms in any text, without spaCy: text in, terms out."""

    def __init__(self) -> None:
        words = WordLists(load("terms"))
        self._no_code = frozenset(words["no_code"])
        self._wide = frozenset(words["wide"])
        self._heads = re.compile(f"(?:{choice(words['heads'])})$")
        self._cut = re.compile(rf"[^\u3400-\u9fffa-z0-9α-ω+\-/]+|{choice(words['cut'])}")
        self._whole = _holding(words["cut"], words["keep"])

    def find(self, text: str) -> tuple[str, ...]:
        """Up to twelve different terms, as the text writes them; an earlier and a more frequent one first."""
        given = text[:_ENOUGH]
        squeezed = squeeze(given)
        weights: dict[str, float] = {}
        seldom: dict[str, int] = {}
        for start, end in self._pieces(squeezed.text):
            words = squeezed.text[start:end]
            first, last = squeezed.span(start, end)
            term = "".join(given[first:last].split()) if squeezed.places else given[first:last]
            if self._is_term(words):
                weights[term] = weights.get(term, float(start < _EARLY)) + 1 + 0.15 * min(len(term), 8)
            elif len(words) > 2 and words not in self._wide:
                seldom[term] = seldom.get(term, 0) + 1
        weights |= {term: 0.6 * count for term, count in seldom.items() if count > 1}
        for match in _CODE.finditer(given):
            code = match.group()
            is_unit = _NUMBER.search(given[max(0, match.start() - 2) : match.start()]) is not None
            if code.upper() not in self._no_code and not code.isdigit() and not is_unit:
                weights[code] = weights.get(code, 0.5 if match.start() < _EARLY else 0.0) + 1.2
        ranked = sorted(weights, key=lambda term: -weights[term])
        return tuple(_without_parts(ranked))

    def _pieces(self, plain: str) -> Iterator[tuple[int, int]]:
        """Where the pieces of two characters and more between punctuation and everyday words stand."""
        begin = 0
        for cut in self._cut.finditer(plain):
            end = cut.start()
            if any(plain.startswith(word, end - at) for word, at in self._whole.get(cut.group(), ())):
                continue
            if end - begin > 1:
                yield from _trimmed(plain, begin, end)
            begin = cut.end()
        yield from _trimmed(plain, begin, len(plain))

    def _is_term(self, words: str) -> bool:
        head = self._heads.search(words)
        if head is None or words in self._wide:
            return False
        return head.start() > 1 or (head.start() == 0 and len(words) > 2) or len(head.group()) > 1


def _holding(cuts: list[str], keep: list[str]) -> dict[str, list[tuple[str, int]]]:
    """For each cutting word the words that hold it and are no less whole, each with its place there."""
    return {
        cut: [(word, place) for word in keep for place in range(len(word)) if word.startswith(cut, place)]
        for cut in cuts
    }


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = plain[start:end]
    left = len(words) - len(words.lstrip(_EDGES))
    length = len(words.strip(_EDGES))
    if 1 < length <= _LONGEST and _CHINESE.search(words):
        yield start + left, start + left + length


def _without_parts(ranked: list[str]) -> Iterator[str]:
    """The first ones, without those that another one holds."""
    kept: list[str] = []
    for term in ranked:
        if len(kept) == _MOST:
            break
        if not any(term.lower() in other.lower() or other.lower() in term.lower() for other in kept):
            kept.append(term)
    yield from kept
