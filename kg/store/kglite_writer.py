"""The writes of one transaction on the embedded store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import kglite

from kg.errors import StoreError
from kg.store import cypher
from kg.store.base import Edge, Node, Row, Vectors
from kg.store.checks import check_vectors, clean_tokens, missing_ends
from kg.store.index.segments import Changes
from kg.store.kglite_files import failures, rows_of
from kg.store.meta import Meta
from kg.store.names import Names
from kg.store.rows import batches, edge_statements, node_statements
from kg.store.statements import clear_stated


class KgliteWriter:
    """See `kg.store.base.Writer`. Index changes wait in `changes` until the commit."""

    def __init__(
        self,
        work: kglite.Transaction,
        names: Names,
        changes: Changes,
        indexed: Callable[[str], bool],
        meta: Meta,
        url: str,
    ) -> None:
        self._work: kglite.Transaction | None = work
        self._names = names
        self._changes = changes
        self._indexed = indexed
        self._meta = meta
        self._url = url

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        if self._work is None:
            raise StoreError("the transaction is over")
        with failures(self._url):
            return rows_of(self._work.cypher(cypher, params=params))

    def end(self) -> None:
        """Let go of the transaction: it was committed or rolled back."""
        self._work = None

    def upsert_nodes(self, nodes: Sequence[Node]) -> None:
        for text, params in node_statements(nodes, self._names):
            self.query(text, **params)

    def upsert_edges(self, edges: Sequence[Edge]) -> None:
        for text, params in edge_statements(edges, self._names):
            done = self.query(text, **params)
            if not done or done[0]["done"] != len(params["rows"]):
                raise missing_ends(params["rows"], self._present)

    def clear_stated(self, record_ids: Sequence[str], sheets: Sequence[str]) -> None:
        clear_stated(self, self._names, record_ids, sheets)

    def delete_nodes(self, ids: Sequence[str]) -> None:
        for batch in batches(list(ids)):
            self.query(cypher.DELETE_NODES.format(anchor=""), ids=batch)
        self.drop_from_indexes(ids)

    def put_vectors(self, ids: Sequence[str], vectors: Vectors) -> None:
        rows = check_vectors(ids, vectors, self._meta.info)
        self._require(ids)
        self._changes.vectors.update(zip(ids, rows, strict=True))

    def put_texts(self, ids: Sequence[str], tokens: Sequence[str]) -> None:
        self._require(ids)
        self._changes.texts.update(zip(ids, map(clean_tokens, tokens), strict=True))

    def drop_from_indexes(self, ids: Sequence[str]) -> None:
        for one in ids:
            if self._indexed(one) or one in self._changes.vectors or one in self._changes.texts:
                self._changes.drop(one)

    def _require(self, ids: Sequence[str]) -> None:
        absent = set(ids) - self._present(ids)
        if absent:
            raise StoreError(f"no node has the id {sorted(absent)[0]!r}", remedy="upsert the node first")

    def _present(self, ids: Iterable[str]) -> set[str]:
        text = cypher.PRESENT.format(anchor="")
        return {row["id"] for batch in batches(list(ids)) for row in self.query(text, ids=batch)}
