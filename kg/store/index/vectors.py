"""Exact nearest neighbours over float32 vectors, in parts that only grow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.errors import StoreError
from kg.store.base import Scored, Vectors
from kg.store.index.top import Masks, best_rows, ranked
from kg.wording import Sentence

COSINE_DIGITS = 5
_MANY_PARTS = 16
_DEAD = np.float32(-9.0)


@dataclass
class VectorPart:
    """Rows of one segment. `matrix` is (rows, dimension), memory-mapped where it comes from a file."""

    ids: list[str]
    matrix: Vectors
    alive: NDArray[np.bool_] = field(init=False)
    masks: Masks = field(init=False)

    def __post_init__(self) -> None:
        self.alive = np.ones(len(self.ids), dtype=np.bool_)
        self.masks = Masks(self.ids)


class VectorIndex:
    """Vectors by id; later parts replace what earlier ones said."""

    def __init__(self) -> None:
        self._parts: list[VectorPart] = []
        self._where: dict[str, tuple[VectorPart, int]] = {}

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, one: str) -> bool:
        return one in self._where

    def add(self, ids: Sequence[str], matrix: Vectors) -> None:
        """Append rows; ids that were there are replaced."""
        if not len(ids):
            return
        self.drop(ids)
        part = VectorPart(list(ids), matrix)
        self._parts.append(part)
        self._where.update((one, (part, row)) for row, one in enumerate(part.ids))
        if len(self._parts) > _MANY_PARTS:
            self._join_tails()

    def drop(self, ids: Iterable[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        for one in ids:
            place = self._where.pop(one, None)
            if place:
                place[0].alive[place[1]] = False

    def rows(self) -> tuple[list[str], Vectors]:
        """All ids in order, and their vectors as one matrix."""
        ids = sorted(self._where)
        if not ids:
            return [], np.empty((0, 0), dtype=np.float32)
        return ids, np.stack([self._row(one) for one in ids])

    def get(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Copies of the vectors of these ids; unknown ones are missing."""
        return {one: np.array(self._row(one)) for one in ids if one in self._where}

    def nearest(
        self,
        vector: Vectors,
        limit: int,
        of_kinds: frozenset[str] | None = None,
        among: Set[str] | None = None,
    ) -> list[Scored]:
        """Ids by cosine, of kinds and among ids where given; raises `StoreError` for another dimension."""
        query = checked_query(vector, self._dimension())
        if among is not None:
            wanted = among if of_kinds is None else among & of_kinds
            return exact(query, {one: self._row(one) for one in wanted if one in self._where}, limit)
        candidates: dict[str, Vectors] = {}
        for part in self._parts:
            if not part.alive.any():
                continue
            counts = part.alive if of_kinds is None else part.alive & part.masks.of(of_kinds)
            scores = np.where(counts, part.matrix @ query, _DEAD)
            for row in best_rows(scores, limit, -2.0):
                candidates[part.ids[row]] = part.matrix[row]
        return exact(query, candidates, limit)

    def _dimension(self) -> int | None:
        return int(self._parts[-1].matrix.shape[1]) if self._where else None

    def _row(self, one: str) -> Vectors:
        part, row = self._where[one]
        found: Vectors = part.matrix[row]
        return found

    def _join_tails(self) -> None:
        """Join all parts but the first, so that a long series of small writes stays fast to search."""
        tails = [part for part in self._parts[1:] if part.alive.any()]
        ids = [one for part in tails for one, lives in zip(part.ids, part.alive, strict=True) if lives]
        self._parts = self._parts[:1]
        if ids:
            joined = VectorPart(ids, np.concatenate([part.matrix[part.alive] for part in tails]))
            self._parts.append(joined)
            self._where.update((one, (joined, row)) for row, one in enumerate(ids))


def checked_query(vector: Vectors, dimension: int | None) -> Vectors:
    """The query as one float32 row; raises `StoreError` where its length is not the index's."""
    query = np.asarray(vector, dtype=np.float32).reshape(-1)
    if dimension is not None and len(query) != dimension:
        raise StoreError(
            Sentence(
                f"检索向量有 {len(query)} 维，索引有 {dimension} 维",
                f"the query has {len(query)} numbers, the index {dimension}",
            ),
            remedy=Sentence("用建索引的向量模型检索", "ask with the encoder that made the index"),
        )
    return query


def exact(query: Vectors, vectors: Mapping[str, Vectors], limit: int) -> list[Scored]:
    """Raw cosine of these (normalised) vectors in double precision, best first, equal ones by id."""
    ids = list(vectors)
    if not ids or limit <= 0:
        return []
    matrix = np.stack([vectors[one] for one in ids]).astype(np.float64)
    target = query.astype(np.float64)
    scores = np.einsum("ij,j->i", matrix, target)
    return ranked(ids, scores.tolist(), limit, COSINE_DIGITS)
