"""BM25 as Lucene has it, over a saved part and a part of what changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.store.base import Scored
from kg.store.checks import clean_tokens
from kg.store.index.postings import Ints, Postings, build, merge
from kg.store.index.top import Masks, best_rows, ranked

K1, B = 1.2, 0.75
SCORE_DIGITS = 3
MOST_TERMS = 1000
"""Lucene takes at most 1,024 clauses; both stores ask with the first so many different tokens."""

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def query_terms(tokens: Sequence[str]) -> dict[str, int]:
    """The different tokens of a query with how often each stands there, at most `MOST_TERMS` of them."""
    counts = Counter(clean_tokens(" ".join(tokens)).split())
    return dict(list(counts.items())[:MOST_TERMS])


@dataclass(frozen=True)
class _Weighted:
    """A part with the divisor of a term's weight per posting: 1 + tf / (k1 · (1 - b + b · length / mean))."""

    postings: Postings
    alive: NDArray[np.bool_]
    divisors: Floats
    masks: Masks


class TextIndex:
    """Texts by id: a saved part, and what was put or dropped since."""

    def __init__(self, base: Postings | None = None) -> None:
        self._base = base or build([], [])
        self._alive = np.ones(len(self._base.ids), dtype=np.bool_)
        self._tail: dict[str, str] = {}
        self._ready: list[_Weighted] | None = None
        self._idf: dict[str, float] = {}

    def put(self, texts: Mapping[str, str]) -> None:
        """Set the tokens (space separated) of these ids."""
        self.drop(texts)
        self._tail.update(texts)

    def drop(self, ids: Mapping[str, object] | Set[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        for one in ids:
            row = self._base.row_of.get(one)
            if row is not None:
                self._alive[row] = False
            self._tail.pop(one, None)
        self._ready = None

    def __len__(self) -> int:
        return int(self._alive.sum()) + len(self._tail)

    def __contains__(self, one: str) -> bool:
        row = self._base.row_of.get(one)
        return one in self._tail or (row is not None and bool(self._alive[row]))

    def get(self, ids: Sequence[str]) -> dict[str, str]:
        """The tokens of these ids, in any order; unknown ones are missing."""
        found = {one: self._tail[one] for one in ids if one in self._tail}
        saved = [one for one in ids if one not in found and one in self]
        return found | dict(
            zip(saved, self._base.bags([self._base.row_of[one] for one in saved]), strict=True)
        )

    def merged(self) -> Postings:
        """Everything as one part, for saving."""
        if not self._tail and self._alive.all():
            return self._base
        tail = self._tail_part()
        if not self._alive.any():
            return tail
        return merge([(self._base, self._alive), (tail, np.ones(len(tail.ids), dtype=np.bool_))])

    def search(
        self,
        tokens: Sequence[str],
        limit: int,
        of_kinds: frozenset[str] | None = None,
        among: Set[str] | None = None,
    ) -> list[Scored]:
        """Ids by BM25, best first, equal scores by id; of kinds and among ids where given."""
        terms = query_terms(tokens)
        ids: list[str] = []
        scores: list[float] = []
        for part in self._parts():
            found = self._scores(part, terms)
            found[~part.alive] = 0
            if of_kinds is not None:
                found[~part.masks.of(of_kinds)] = 0
            if among is not None:
                found = _only(found, part.postings, among)
            rows = best_rows(found, limit, 0.0)
            ids.extend(part.postings.ids[row] for row in rows)
            scores.extend(found[rows].astype(np.float32).tolist())
        return ranked(ids, scores, limit, SCORE_DIGITS)

    def _scores(self, part: _Weighted, terms: Mapping[str, int]) -> Doubles:
        """Lucene's own arithmetic, so that the Neo4j store scores alike to the last digit: a term's score
        w - w / divisor in single precision, their sum in double."""
        scores = np.zeros(len(part.postings.ids), dtype=np.float64)
        starts, docs = part.postings.starts, part.postings.docs
        for term, times in terms.items():
            row = part.postings.term_of.get(term)
            if row is not None:
                here = slice(starts[row], starts[row + 1])
                weight = np.float32(times) * np.float32(self._inverse(term))
                scores[docs[here]] += weight - weight / part.divisors[here]
        return scores

    def _inverse(self, term: str) -> float:
        """ln(1 + (N - n + .5) / (n + .5)) over the living documents of all parts."""
        if term not in self._idf:
            parts = self._parts()
            total = sum(int(part.alive.sum()) for part in parts)
            holding = sum(_document_frequency(part, term) for part in parts)
            self._idf[term] = float(np.log1p((total - holding + 0.5) / (holding + 0.5)))
        return self._idf[term]

    def _parts(self) -> list[_Weighted]:
        if self._ready is None:
            tail = self._tail_part()
            parts = [(self._base, self._alive), (tail, np.ones(len(tail.ids), dtype=np.bool_))]
            parts = [(part, alive) for part, alive in parts if alive.any()]
            tokens = sum(int(part.lengths[alive].sum()) for part, alive in parts)
            mean = tokens / max(1, sum(int(alive.sum()) for _, alive in parts))
            self._idf = {}
            self._ready = [
                _Weighted(part, alive, _divisors(part, mean), Masks(part.ids)) for part, alive in parts
            ]
        return self._ready

    def _tail_part(self) -> Postings:
        ids = sorted(self._tail)
        return build(ids, (self._tail[one] for one in ids))


def _only(scores: Doubles, postings: Postings, allowed: Set[str]) -> Doubles:
    rows = [postings.row_of[one] for one in allowed if one in postings.row_of]
    kept = np.zeros_like(scores)
    kept[rows] = scores[rows]
    return kept


def _document_frequency(part: _Weighted, term: str) -> int:
    row = part.postings.term_of.get(term)
    if row is None:
        return 0
    docs = part.postings.docs[part.postings.starts[row] : part.postings.starts[row + 1]]
    return int(np.count_nonzero(part.alive[docs]))


def _divisors(part: Postings, mean: float) -> Floats:
    one, k1, b = np.float32(1), np.float32(K1), np.float32(B)
    lengths = quantised(part.lengths).astype(np.float32)
    inverse = one / (k1 * ((one - b) + b * lengths / np.float32(max(mean, 1e-9))))
    divisors: Floats = one + np.asarray(part.counts, dtype=np.float32) * inverse[part.docs]
    return divisors


def quantised(lengths: Ints) -> Ints:
    """Lengths as Lucene keeps them in one byte (SmallFloat.intToByte4): exact to 40, then four leading bits.

    With it the scores equal those of the Neo4j store.
    """
    over = np.maximum(np.asarray(lengths, dtype=np.int64) - 24, 0)
    bits = np.frexp(over.astype(np.float64))[1]
    shift = np.maximum(bits - 4, 0)
    kept = np.where(np.asarray(lengths) < 24, lengths, 24 + ((over >> shift) << shift))
    return kept.astype(np.int32)
