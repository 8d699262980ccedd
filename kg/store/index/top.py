"""The best of many scores, in an order that does not depend on where they stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.store.base import Scored

_MASKS = 16

_SLACK = 2e-3
"""Scores this near to the last one that counts are looked at too, so that ties are cut by id: more than the
coarsest rounding (three digits) can bring together."""


class Masks:
    """Which rows belong to a set of ids, remembered for the sets that are asked for again (ids of a kind)."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self._known: dict[frozenset[str], NDArray[np.bool_]] = {}

    def of(self, allowed: frozenset[str]) -> NDArray[np.bool_]:
        if allowed not in self._known:
            if len(self._known) >= _MASKS:
                self._known.clear()
            found = (one in allowed for one in self._ids)
            self._known[allowed] = np.fromiter(found, dtype=np.bool_, count=len(self._ids))
        return self._known[allowed]


def best_rows(scores: NDArray[np.floating[Any]], limit: int, floor: float) -> NDArray[np.intp]:
    """Rows whose score may be among the `limit` best above `floor`, unordered, ties at the edge included."""
    if limit <= 0:
        return np.empty(0, dtype=np.intp)
    if len(scores) > limit:
        edge = float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
        floor = max(floor, edge - _SLACK * max(1.0, abs(edge)))
    return np.flatnonzero(scores > floor)


def ranked(ids: Sequence[str], scores: Sequence[float], limit: int, digits: int) -> list[Scored]:
    """The best `limit`, scores rounded to `digits`, best first, equal ones by id."""
    pairs = sorted((-round(score, digits), one) for one, score in zip(ids, scores, strict=True))
    return [Scored(one, -score) for score, one in pairs[:limit]]
