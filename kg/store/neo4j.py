"""The store on a Neo4j server (5.26 or newer), over Bolt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np
from neo4j import Driver, GraphDatabase, RoutingControl

from kg.errors import StoreError, StoreMissingError
from kg.store import cypher
from kg.store import neo4j_cypher as dialect
from kg.store.base import Edge, IndexInfo, Neighbour, Node, Row, Scored, Vectors, Writer
from kg.store.filling import check_whole, filled_whole
from kg.store.index.bm25 import SCORE_DIGITS, query_terms
from kg.store.index.top import ranked
from kg.store.index.vectors import COSINE_DIGITS, checked_query, exact
from kg.store.lucene import text_query
from kg.store.meta import Meta, check_format
from kg.store.names import Names
from kg.store.neo4j_failures import failures
from kg.store.neo4j_writer import Neo4jWriter
from kg.store.rows import batches, edges_of, neighbours_of, node_of
from kg.store.url import server
from kg.wording import Sentence

_FORM = {"anchor": dialect.ANCHOR, "stored": dialect.STORED}
_TIES = 50
"""So many more hits than asked for are fetched, that equal scores at the edge are cut by id."""

_WIDER, _LEAST_ASKED = 3, 300
"""The index searches as widely as it is asked: with 100 it misses one in eight of ten random neighbours; with
three times as many as are wanted it missed none of 12,000 on 41,000 real records."""

_COSINE_SLACK = 1e-6
"""The server computes cosines in single precision; measured against the exact ones they differ by 3e-7."""

_FEW = 10_000
"""Up to so many vectors (of the kinds asked for) are scored exactly, which takes the server no longer than
its index; more come from the index, which is approximate: it missed one neighbour in 272 questions."""


class Neo4jStore:
    """See `kg.store.base.GraphStore`."""

    def __init__(self, url: str, names: Names, *, write: bool) -> None:
        parts = server(url)
        self.url = parts.shown
        self._names, self._write, self._database = names, write, parts.database
        self._thread = threading.local()
        self._closed = self._filling = False
        logging.getLogger("neo4j").addHandler(logging.NullHandler())  # else its remarks go to stderr
        self._driver: Driver = GraphDatabase.driver(
            parts.address,
            auth=(parts.user, parts.password),
            notifications_min_severity="OFF",
            connection_timeout=10,
            max_transaction_retry_time=5,
        )
        try:
            self._begin()
        except BaseException:
            self._driver.close()
            raise

    def _begin(self) -> None:
        with failures(self.url), self._driver.session(database=self._database) as session:
            session.run("RETURN 1").consume()
        meta = self._meta()
        if meta is None and not self._write:
            raise StoreMissingError(
                Sentence(f"{self.url} 里没有 zhongshi 的库", f"there is no zhongshi store in {self.url}"),
                remedy=Sentence(
                    "用 zhongshi demo 或 zhongshi ingest 建库，或用 --store 指定另一个",
                    "fill it with `zhongshi demo` or `zhongshi ingest`, or name another with --store",
                ),
            )
        check_format((meta or Meta()).format, self.url)
        if not self._write:
            check_whole(meta or Meta(), self.url)
        if self._write:
            self._bootstrap()
            if meta is None:
                with self.transaction() as work:
                    work.query(cypher.SET_META, properties={"format": Meta().format, "kind": "Meta"})

    def _bootstrap(self) -> None:
        """Make the constraints and indexes that are not there yet."""
        there = {row["name"] for text in dialect.DEFINED for row in self.query(text)}
        lacking = [one for one in dialect.bootstrap(self._names) if dialect.name_of(one) not in there]
        for text in lacking:
            self._define(text)
        if lacking:
            self._define(dialect.AWAIT)

    def _define(self, text: str) -> None:
        """Run a statement on the database's own schema, in a transaction of its own."""
        with failures(self.url):
            self._driver.execute_query(text, database_=self._database)

    # -- reading ------------------------------------------------------------------------------------

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        self._open()
        with failures(self.url):
            records, _, _ = self._driver.execute_query(
                cypher,
                parameters_=params,
                database_=self._database,
                routing_=RoutingControl.READ,
            )
        return [dict(record) for record in records]

    def get(self, ids: Sequence[str]) -> dict[str, Node]:
        text = cypher.GET.format(**_FORM)
        rows = [row for batch in batches(list(ids)) for row in self.query(text, ids=batch)]
        return {row["id"]: node_of(row) for row in rows}

    def find(self, key: str) -> list[Node]:
        found = self.get([key])
        text = cypher.find(self._names.root_labels(), dialect.STORED)
        found |= {row["id"]: node_of(row) for row in self.query(text, key=key)}
        return [found[one] for one in sorted(found)]

    def neighbours(self, node_id: str) -> list[Neighbour]:
        texts = (cypher.OUT.format(**_FORM), cypher.IN.format(**_FORM))
        return neighbours_of(row for text in texts for row in self.query(text, id=node_id))

    def nearest(
        self,
        vector: Vectors,
        limit: int,
        *,
        kinds: Sequence[str] = (),
        among: Sequence[str] | None = None,
    ) -> list[Scored]:
        meta = self._meta()
        if meta is None or meta.info is None or limit <= 0:
            return []
        query = checked_query(vector, meta.info.dimension)
        return self._settled(query, self._candidates(query.tolist(), limit, set(kinds), among), limit)

    def _settled(self, query: Vectors, scores: Mapping[str, float], limit: int) -> list[Scored]:
        """The best `limit`, scored and cut as the embedded store does it: those whose cosine could be rounded
        either way are computed again from their vectors."""
        edge = sorted(scores.values(), reverse=True)[:limit][-1] if scores else 0.0
        near = {one: score for one, score in scores.items() if score >= edge - 2 * _COSINE_SLACK}
        unsure = [
            one
            for one, score in near.items()
            if round(score - _COSINE_SLACK, COSINE_DIGITS) != round(score + _COSINE_SLACK, COSINE_DIGITS)
        ]
        near |= {hit.id: hit.score for hit in exact(query, self.vectors(unsure), len(unsure))}
        return ranked(list(near), list(near.values()), limit, COSINE_DIGITS)

    def _candidates(
        self, query: list[float], limit: int, kinds: set[str], among: Sequence[str] | None
    ) -> dict[str, float]:
        """Ids with their cosine: exactly those asked for, all where they are few, or the index's answer."""
        if among is not None:
            batched = (
                self.query(dialect.NEAREST_AMONG, ids=ids, vector=query) for ids in batches(list(among))
            )
            return _scores((row for rows in batched for row in rows), kinds)
        labels = [self._names.label(kind) for kind in sorted(kinds)] or [f"`{dialect.INDEXED}`"]
        counts = [self.query(dialect.COUNT_KIND.format(label=one))[0]["number"] for one in labels]
        if sum(counts) <= _FEW:
            texts = [dialect.NEAREST_OF_KIND.format(label=label) for label in labels]
            return _scores((row for text in texts for row in self.query(text, vector=query)), set())
        return self._from_index(query, limit, kinds)

    def _from_index(self, query: list[float], limit: int, kinds: set[str]) -> dict[str, float]:
        """Ask for more until enough of the kinds are among the answers (the filter comes after the index) and
        the answers go on below the last that counts, so that equal ones are cut by id."""
        asked = max(_WIDER * limit, _LEAST_ASKED)
        while True:
            rows = self.query(dialect.NEAREST, limit=asked, vector=query)
            kept = _scores(rows, kinds)
            if len(rows) < asked:
                return kept
            edge = sorted(kept.values(), reverse=True)[limit - 1 : limit]
            if edge and min(row["score"] for row in rows) < edge[0] - 2 * _COSINE_SLACK:
                return kept
            asked *= 4

    def match_text(
        self,
        tokens: Sequence[str],
        limit: int,
        *,
        kinds: Sequence[str] = (),
        among: Sequence[str] | None = None,
    ) -> list[Scored]:
        self._open()
        terms = query_terms(tokens)
        if not terms or limit <= 0 or among == []:
            return []
        for kind in kinds:
            self._names.label(kind)
        text, asked = text_query(terms, sorted(set(kinds))), limit + _TIES
        while True:
            rows = (
                self.query(dialect.MATCH_TEXT, query=text, limit=asked)
                if among is None
                else self.query(dialect.MATCH_TEXT_AMONG, query=text, limit=asked, among=list(among))
            )
            scores = [round(row["score"], SCORE_DIGITS) for row in rows]
            if len(rows) < asked or scores[-1] < scores[limit - 1]:
                return ranked([row["id"] for row in rows], scores, limit, SCORE_DIGITS)
            asked *= 4

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        for batch in batches(list(ids)):
            found |= _arrays(self.query(dialect.VECTORS, ids=batch))
        return found

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        rows = [row for batch in batches(list(ids)) for row in self.query(dialect.TEXTS, ids=batch)]
        return {row["id"]: row["tokens"] for row in rows}

    def edges_from(self, ids: Sequence[str]) -> list[Edge]:
        text = cypher.EDGES_FROM.format(**_FORM)
        return edges_of(row for batch in batches(list(ids)) for row in self.query(text, ids=batch))

    def index_info(self) -> IndexInfo | None:
        meta = self._meta()
        return meta.info if meta else None

    def generation(self) -> int:
        meta = self._meta()
        return meta.generation if meta else 0

    def _meta(self) -> Meta | None:
        rows = self.query(cypher.GET_META)
        return Meta.of(rows[0]["properties"]) if rows else None

    def health(self) -> dict[str, str | int | bool]:
        found: dict[str, str | int | bool] = {"ready": False, "store": "neo4j", "url": self.url}
        try:
            found["version"] = self.query(dialect.VERSION)[0]["version"]
            meta = self._meta() or Meta()
            found |= {"generation": meta.generation, "writes": self._write, "ready": True}
            if meta.info:
                found["encoder"] = meta.info.encoder
        except StoreError as exc:
            found["error"] = str(exc)
        return found

    # -- writing ------------------------------------------------------------------------------------

    def filling(self) -> AbstractContextManager[None]:
        def allow(filling: bool) -> None:
            self._filling = filling

        return filled_whole(self, allow)

    def transaction(self) -> AbstractContextManager[Writer]:
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[Writer]:
        self._writable()
        if getattr(self._thread, "busy", False):
            raise StoreError("a transaction is open already in this thread")
        self._thread.busy = True
        try:
            with self._driver.session(database=self._database) as session:
                with failures(self.url):
                    work = session.begin_transaction()
                try:
                    with failures(self.url):
                        meta = Meta.of(work.run(dialect.BEGIN).single(strict=True)["properties"])
                    if not self._filling:
                        check_whole(meta, self.url)
                    writer = Neo4jWriter(work, self._names, meta, self.url)
                    yield writer
                    writer.end()
                    with failures(self.url):
                        work.commit()
                finally:
                    with failures(self.url):
                        work.close()
        finally:
            self._thread.busy = False

    def set_index_info(self, info: IndexInfo) -> None:
        self._writable()
        before = self.index_info()
        if before == info:
            return
        with self.transaction() as work:
            number = work.query(dialect.COUNT_VECTORS)[0]["number"]
            meta = Meta.of(work.query(cypher.GET_META)[0]["properties"]).with_info(info, vectors=number)
            work.query(cypher.SET_META, properties=meta.properties())
        if before and before.dimension != info.dimension:
            self._define(dialect.DROP_VECTOR_INDEX)
        self._define(dialect.vector_index(info.dimension))
        self._define(dialect.AWAIT)

    def save(self, *, purge: bool = False) -> None:
        self._open()

    def rewind(self) -> None:
        self._open()

    # -- closing ------------------------------------------------------------------------------------

    def close(self) -> None:
        self._closed = True
        self._driver.close()

    def _open(self) -> None:
        if self._closed:
            raise StoreError(f"{self.url} is closed", remedy="open it again with open_store")

    def _writable(self) -> None:
        self._open()
        if not self._write:
            raise StoreError(f"{self.url} was opened to read", remedy="open it with write=True")


def _scores(rows: Iterable[Row], kinds: set[str]) -> dict[str, float]:
    """Scores by id of rows of these kinds (of all, where none is named)."""
    return {row["id"]: row["score"] for row in rows if not kinds or kinds & set(row["labels"])}


def _arrays(rows: Any) -> dict[str, Vectors]:
    return {row["id"]: np.array(row["vector"], dtype=np.float32) for row in rows}
