"""What a store is: the protocol that the embedded and the Neo4j store both keep, and what they exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Scalar = str | int | float | bool
Property = Scalar | list[str] | list[int] | list[float]
Row = dict[str, Any]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Node:
    """A stored node. `labels` run from the root kind to the most specific one, whose name is `kind`.

    `properties` hold primitives and lists of primitives only (Neo4j takes nothing else) and never hold
    `id`; always present there: `key`, `name`, `kind`, `synthetic`, `access`, `retired`, `source`,
    `provenance`, `stated_by` (see docs/architecture.md).
    """

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Property] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.labels[-1]

    def texts(self, name: str) -> list[str]:
        """The texts of a property that lists them; none where the node does not have it or it is no list."""
        value = self.properties.get(name)
        return [str(one) for one in value] if isinstance(value, list) else []


@dataclass(frozen=True)
class Edge:
    """A stored edge from `start` to `end` (ids). `properties` always hold `stated_by` and `sheet`."""

    start: str
    type: str
    end: str
    properties: Mapping[str, Property] = field(default_factory=dict)


@dataclass(frozen=True)
class Neighbour:
    """A node one edge away; `direction` is `out` or `in`, seen from the node that was asked about."""

    edge: str
    direction: str
    node: Node
    properties: Mapping[str, Property]


@dataclass(frozen=True)
class Scored:
    """An id with a score: a raw cosine from `nearest`, a BM25 score from `match_text`."""

    id: str
    score: float


@dataclass(frozen=True)
class IndexInfo:
    """Which encoder made the vectors of a store: name, dimension, content hash of the model's files."""

    encoder: str
    dimension: int
    fingerprint: str


class Writer(Protocol):
    """The writes of one transaction: all of them happen, or none."""

    def upsert_nodes(self, nodes: Sequence[Node]) -> None:
        """Create or update by id: given properties replace the old ones, a property not given stays,
        one given as None is removed; labels are added."""

    def upsert_edges(self, edges: Sequence[Edge]) -> None:
        """Create or update by (start, type, end). Edges whose end is missing raise `StoreError`."""

    def clear_stated(self, record_ids: Sequence[str], sheets: Sequence[str]) -> None:
        """Delete the edges and child nodes that these records stated on these sheets (`stated_by`, `sheet`).

        Only edges that touch the record or one of its child nodes are looked at: no record states others.
        """

    def delete_nodes(self, ids: Sequence[str]) -> None:
        """Delete nodes with their edges, vectors and texts."""

    def put_vectors(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Set the vectors (L2-normalised rows) of these ids."""

    def put_texts(self, ids: Sequence[str], tokens: Sequence[str]) -> None:
        """Set the full-text tokens (space separated, segmented by us) of these ids."""

    def drop_from_indexes(self, ids: Sequence[str]) -> None:
        """Take ids out of the vector and text indexes; the nodes stay."""

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        """Run a Cypher text inside this transaction."""


class GraphStore(Protocol):
    """A knowledge graph with a vector index and a text index beside it."""

    url: str
    """Where the store is, without its password."""

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        """Run a shared, reading Cypher text with parameters; rows as dicts."""

    def transaction(self) -> AbstractContextManager[Writer]:
        """One transaction: committed at the end of the block, rolled back when it raises."""

    def filling(self) -> AbstractContextManager[None]:
        """Many transactions that count as one, into an empty store: it is whole after the block, or empty."""

    def get(self, ids: Sequence[str]) -> dict[str, Node]:
        """The nodes of these ids; missing ids are missing from the answer."""

    def find(self, key: str) -> list[Node]:
        """The nodes whose id or key is `key` (retired ones too)."""

    def neighbours(self, node_id: str) -> list[Neighbour]:
        """All nodes one edge away, ordered by edge, direction, id."""

    def nearest(
        self, vector: Vectors, limit: int, *, kinds: Sequence[str] = (), among: Sequence[str] | None = None
    ) -> list[Scored]:
        """Ids by raw cosine, best first (ties by id); only `kinds` (a kind stands for those below it), only
        `among` where given (scored exactly)."""

    def match_text(
        self,
        tokens: Sequence[str],
        limit: int,
        *,
        kinds: Sequence[str] = (),
        among: Sequence[str] | None = None,
    ) -> list[Scored]:
        """Ids by BM25 (k1 1.2, b .75) over the indexed tokens, best first (ties by id)."""

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors of these ids."""

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The indexed tokens of these ids, space separated, in any order."""

    def edges_from(self, ids: Sequence[str]) -> list[Edge]:
        """All edges that start at these ids."""

    def index_info(self) -> IndexInfo | None:
        """Which encoder made the vectors; None where there are none yet."""

    def set_index_info(self, info: IndexInfo) -> None:
        """Record the encoder before the first vector is put."""

    def generation(self) -> int:
        """A number that every committed transaction raises; caches above the store key on it."""

    def save(self, *, purge: bool = False) -> None:
        """Make all that was committed visible to other processes (a no-op on Neo4j).

        With `purge` nothing of what was dropped from the indexes stays in any of the store's files.
        """

    def rewind(self) -> None:
        """Give up what was committed since the last save (a no-op on Neo4j, whose commits count at once)."""

    def health(self) -> dict[str, str | int | bool]:
        """`ready`, `store`, `version` and what a caller may want to know; never raises."""

    def close(self) -> None:
        """Save and release; a closed store raises `StoreError` when used."""
