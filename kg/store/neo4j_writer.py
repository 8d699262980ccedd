"""The writes of one transaction on a Neo4j server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from neo4j import Transaction

from kg.errors import StoreError
from kg.store import cypher
from kg.store import neo4j_cypher as dialect
from kg.store.base import Edge, Node, Row, Vectors
from kg.store.checks import check_vectors, clean_tokens, missing_ends
from kg.store.meta import Meta
from kg.store.names import Names
from kg.store.neo4j_failures import failures
from kg.store.rows import batches, edge_statements, node_statements
from kg.store.statements import clear_stated

_VECTOR_ROWS = 1000


class Neo4jWriter:
    """See `kg.store.base.Writer`."""

    def __init__(self, work: Transaction, names: Names, meta: Meta, url: str) -> None:
        self._work: Transaction | None = work
        self._names = names
        self._meta = meta
        self._url = url

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        if self._work is None:
            raise StoreError("the transaction is over")
        with failures(self._url):
            return [dict(record) for record in self._work.run(cypher, parameters=params)]

    def end(self) -> None:
        """Let go of the transaction: it was committed or rolled back."""
        self._work = None

    def upsert_nodes(self, nodes: Sequence[Node]) -> None:
        for text, params in node_statements(nodes, self._names, dialect.NODE):
            self.query(text, **params)
        below = [node.id for node in nodes if len(node.labels) > 1]
        for batch in batches(below):
            self.query(dialect.REFRESH_KINDS, ids=batch)

    def upsert_edges(self, edges: Sequence[Edge]) -> None:
        for text, params in edge_statements(edges, self._names, dialect.ANCHOR):
            done = self.query(text, **params)
            if done[0]["done"] != len(params["rows"]):
                raise missing_ends(params["rows"], self._present)

    def clear_stated(self, record_ids: Sequence[str], sheets: Sequence[str]) -> None:
        clear_stated(self, self._names, record_ids, sheets, dialect.ANCHOR)

    def delete_nodes(self, ids: Sequence[str]) -> None:
        for batch in batches(list(ids)):
            self.query(cypher.DELETE_NODES.format(anchor=dialect.ANCHOR), ids=batch)

    def put_vectors(self, ids: Sequence[str], vectors: Vectors) -> None:
        rows = check_vectors(ids, vectors, self._meta.info)
        self._require(ids)
        for first in range(0, len(ids), _VECTOR_ROWS):
            here = slice(first, first + _VECTOR_ROWS)
            pairs = zip(ids[here], rows[here].tolist(), strict=True)
            self.query(dialect.PUT_VECTORS, rows=[{"id": one, "vector": vector} for one, vector in pairs])

    def put_texts(self, ids: Sequence[str], tokens: Sequence[str]) -> None:
        self._require(ids)
        pairs = zip(ids, map(clean_tokens, tokens), strict=True)
        for batch in batches([{"id": one, "tokens": text} for one, text in pairs]):
            self.query(dialect.PUT_TEXTS, rows=batch)

    def drop_from_indexes(self, ids: Sequence[str]) -> None:
        for batch in batches(list(ids)):
            self.query(dialect.DROP_INDEXED, ids=batch)

    def _require(self, ids: Sequence[str]) -> None:
        absent = set(ids) - self._present(ids)
        if absent:
            raise StoreError(f"no node has the id {min(absent)!r}", remedy="upsert the node first")

    def _present(self, ids: Iterable[str]) -> set[str]:
        text = cypher.PRESENT.format(anchor=dialect.ANCHOR)
        return {row["id"] for batch in batches(list(ids)) for row in self.query(text, ids=batch)}
