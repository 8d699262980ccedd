"""Checks that both stores make before they write, so that a mistake shows on either."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from kg.errors import StoreError
from kg.store.base import IndexInfo, Row, Vectors

LONGEST_TOKEN = 250
"""Lucene's whitespace tokenizer cuts at 255 characters and goes on with the rest as another token."""


def check_vectors(ids: Sequence[str], vectors: Vectors, info: IndexInfo | None) -> Vectors:
    """The vectors as float32 rows, one an id; raises `StoreError` for another shape or for no number."""
    rows = np.asarray(vectors, dtype=np.float32)
    if info is None:
        raise StoreError("vectors before an encoder", remedy="call set_index_info first")
    if rows.shape != (len(ids), info.dimension):
        raise StoreError(f"vectors have shape {rows.shape}, not ({len(ids)}, {info.dimension})")
    if not np.isfinite(rows).all():
        raise StoreError("a vector holds a value that is no number")
    return rows


def clean_tokens(tokens: str) -> str:
    """Tokens parted by single blanks, each at most as long as Lucene keeps one."""
    parts = tokens.split()
    if max(map(len, parts), default=0) > LONGEST_TOKEN:
        parts = [token[:LONGEST_TOKEN] for token in parts]
    return " ".join(parts)


def missing_ends(rows: Sequence[Row], present: Callable[[Iterable[str]], set[str]]) -> StoreError:
    """The error for edges whose end is not there."""
    ends = {row["source"] for row in rows} | {row["target"] for row in rows}
    absent = sorted(ends - present(ends))
    return StoreError(
        f"{len(absent)} ends of edges are no nodes, first {absent[:1]}",
        remedy="upsert the nodes first",
    )
