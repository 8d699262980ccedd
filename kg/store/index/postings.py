"""Postings of a text index: which documents hold a term, and how often, as arrays that map from a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Postings:
    """Terms × documents in compressed rows: term `t` stands in `docs[starts[t]:starts[t + 1]]`, that
    often as `counts` says.

    `lengths` is the number of tokens of each document. Documents are in the order of `ids`.
    """

    ids: list[str]
    terms: list[str]
    starts: Longs
    docs: Ints
    counts: Ints
    lengths: Ints

    @cached_property
    def term_of(self) -> dict[str, int]:
        return {term: row for row, term in enumerate(self.terms)}

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {one: row for row, one in enumerate(self.ids)}

    @cached_property
    def _by_document(self) -> tuple[Longs, Longs]:
        """The order of the postings by document, and where each document begins in it."""
        order = np.argsort(self.docs, kind="stable")
        return order, np.searchsorted(self.docs[order], np.arange(len(self.ids) + 1))

    def bags(self, rows: Iterable[int]) -> list[str]:
        """The tokens of these documents again, sorted: BM25 does not ask for their order."""
        order, bounds = self._by_document
        found: list[str] = []
        for row in rows:
            here = order[bounds[row] : bounds[row + 1]]
            terms = np.searchsorted(self.starts, here, side="right") - 1
            pairs = zip(terms.tolist(), self.counts[here].tolist(), strict=True)
            found.append(" ".join(" ".join([self.terms[term]] * count) for term, count in pairs))
        return found

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        (folder / "texts.ids").write_text("\n".join(self.ids), encoding="utf-8")
        (folder / "terms.txt").write_text("\n".join(self.terms), encoding="utf-8")
        for name in ("starts", "docs", "counts", "lengths"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Read them again, the arrays memory-mapped."""
        ids, terms = (read_lines(folder / name) for name in ("texts.ids", "terms.txt"))
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r")
            for name in ("starts", "docs", "counts", "lengths")
        }
        return cls(ids, terms, **arrays)


def read_lines(file: Path) -> list[str]:
    """The lines of a file that `"\\n".join` wrote (tokens may hold other line separators)."""
    text = file.read_text(encoding="utf-8")
    return text.split("\n") if text else []


def build(ids: list[str], texts: Iterable[str]) -> Postings:
    """Postings of space separated tokens; terms sorted, so that equal texts give equal arrays."""
    seen: defaultdict[str, int] = defaultdict()
    seen.default_factory = seen.__len__  # a new token gets the next number
    flat = [np.array(list(map(seen.__getitem__, text.split())), dtype=np.int32) for text in texts]
    lengths = np.array([len(row) for row in flat], dtype=np.int32)
    terms = sorted(seen)
    rank = np.empty(len(terms), dtype=np.int32)
    rank[[seen[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
    tokens = rank[np.concatenate(flat)] if seen else np.empty(0, dtype=np.int32)
    del flat, seen
    keys = _keys(tokens, np.repeat(np.arange(len(ids), dtype=np.int32), lengths), len(ids))
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys)).astype(np.int32)
    return _compress(ids, terms, keys[first], counts, lengths)


def merge(parts: list[tuple[Postings, NDArray[np.bool_]]]) -> Postings:
    """One index of the living documents of several."""
    terms = sorted({term for part, _ in parts for term in part.terms})
    term_of = {term: row for row, term in enumerate(terms)}
    ids = sorted(one for part, alive in parts for one, lives in zip(part.ids, alive, strict=True) if lives)
    row_of = {one: row for row, one in enumerate(ids)}
    lengths = np.zeros(len(ids), dtype=np.int32)
    columns: list[tuple[Ints, Ints, Ints]] = []
    for part, alive in parts:
        new_term = np.array([term_of[term] for term in part.terms], dtype=np.int32)
        new_doc = np.array([row_of.get(one, -1) for one in part.ids], dtype=np.int32)
        lengths[new_doc[alive]] = part.lengths[alive]
        keep = alive[part.docs]
        repeated = np.repeat(new_term, np.diff(part.starts))
        columns.append((repeated[keep], new_doc[part.docs[keep]], np.asarray(part.counts)[keep]))
    tokens, docs, counts = (np.concatenate(column) for column in zip(*columns, strict=True))
    keys = _keys(tokens, docs, len(ids))
    order = np.argsort(keys)
    return _compress(ids, terms, keys[order], counts[order], lengths)


def _keys(tokens: Ints, docs: Ints, total: int) -> Longs:
    """One sortable number for each (term, document) pair."""
    return tokens.astype(np.int64) * max(total, 1) + docs


def _compress(ids: list[str], terms: list[str], keys: Longs, counts: Ints, lengths: Ints) -> Postings:
    """Postings of sorted, different keys; terms that no document holds are left out."""
    held, docs = np.divmod(keys, max(len(ids), 1))
    used, starts = np.unique(held, return_index=True)
    return Postings(
        ids=ids,
        terms=[terms[row] for row in used.tolist()],
        starts=np.append(starts, len(held)).astype(np.int64),
        docs=docs.astype(np.int32),
        counts=counts,
        lengths=lengths,
    )
