"""The embedded store: a kglite graph in a folder, with vectors and texts beside it.

    FOLDER/zhongshi.json   format version
    FOLDER/graph.kgl       the graph (+ graph.kgl-wal, the commits since the last save)
    FOLDER/index/          segments of vectors and texts; the graph's Meta node names those that count

One process writes; others read the last saved state.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import kglite

from kg.errors import StoreError, StoreMissingError
from kg.store import cypher
from kg.store.base import Edge, IndexInfo, Neighbour, Node, Row, Scored, Vectors, Writer
from kg.store.filling import check_whole, filled_whole
from kg.store.index.folder import FolderIndex
from kg.store.index.segments import Changes
from kg.store.kglite_files import (
    GRAPH,
    drop_commits,
    failures,
    has_commits,
    load_graph,
    open_graph,
    quiet,
    read_manifest,
    recover,
    remove_store,
    rows_of,
    write_manifest,
)
from kg.store.kglite_writer import KgliteWriter
from kg.store.meta import Meta
from kg.store.names import Names
from kg.store.rows import batches, edges_of, neighbours_of, node_of
from kg.wording import Sentence

_STORED = "properties(n)"


class KgliteStore:
    """See `kg.store.base.GraphStore`."""

    def __init__(self, folder: Path, names: Names, *, write: bool) -> None:
        self.url = f"kglite://{folder}"
        self._folder = folder
        self._names = names
        self._lock = threading.RLock()
        self._owner: int | None = None
        self._saved = -1
        self._filling = False
        self._broken = False
        self._made = self._forsaken = False
        self._graph: kglite.KnowledgeGraph | None = None
        self._snapshot: kglite.FrozenGraph | None = None
        self._meta = Meta()
        self._index = FolderIndex(folder, self._look_again)
        self._ids_of_kinds: dict[frozenset[str], frozenset[str]] = {}
        quiet()
        with failures(self.url):
            self._open_to_write() if write else self._open_to_read()

    # -- opening ------------------------------------------------------------------------------------

    def _open_to_write(self) -> None:
        self._made = not (self._folder / GRAPH).exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        read_manifest(self._folder)
        unsaved = has_commits(self._folder)
        graph = open_graph(self._folder, self.url)
        write_manifest(self._folder)
        self._graph = graph
        self._index.folder.mkdir(exist_ok=True)
        if not (self._folder / GRAPH).exists():
            if not rows_of(graph.cypher(cypher.GET_META)):
                _set_meta(graph, Meta())
            graph.save()
        self._look(graph)
        for kind in self._names.roots:
            if not graph.has_index(kind, "key"):
                graph.create_index(kind, "key")
        if unsaved:
            graph.save()  # what a killed writer had committed is part of the state to go back to
        self._saved = self._meta.generation
        self._index.sweep(set(self._meta.segments))

    def _open_to_read(self) -> None:
        if not (self._folder / GRAPH).exists():
            raise StoreMissingError(
                Sentence(f"{self._folder} 里没有库", f"there is no store in {self._folder}"),
                file=str(self._folder),
                remedy=Sentence(
                    "用 zhongshi demo 或 zhongshi ingest 建库，或用 --store 指定另一个",
                    "fill one with `zhongshi demo` or `zhongshi ingest`, or name another with --store",
                ),
            )
        read_manifest(self._folder)
        recover(self._folder)
        self._look(load_graph(self._folder))
        check_whole(self._meta, self.url)

    def _look(self, graph: kglite.KnowledgeGraph) -> None:
        """Read from this state of the graph from now on."""
        snapshot = graph.freeze()
        meta = _meta_of(snapshot)
        self._index.point_at(meta.segments)
        self._snapshot, self._meta, self._ids_of_kinds = snapshot, meta, {}

    # -- reading ------------------------------------------------------------------------------------

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        snapshot = self._open()
        with failures(self.url):
            return rows_of(snapshot.cypher(cypher, params=params))

    def get(self, ids: Sequence[str]) -> dict[str, Node]:
        text = cypher.GET.format(anchor="", stored=_STORED)
        rows = [row for batch in batches(list(ids)) for row in self.query(text, ids=batch)]
        return {row["id"]: node_of(row) for row in rows}

    def find(self, key: str) -> list[Node]:
        found = self.get([key])
        text = cypher.find(self._names.root_labels(), _STORED)
        found |= {row["id"]: node_of(row) for row in self.query(text, key=key)}
        return [found[one] for one in sorted(found)]

    def neighbours(self, node_id: str) -> list[Neighbour]:
        texts = (cypher.OUT.format(anchor="", stored=_STORED), cypher.IN.format(anchor="", stored=_STORED))
        return neighbours_of(row for text in texts for row in self.query(text, id=node_id))

    def nearest(
        self, vector: Vectors, limit: int, *, kinds: Sequence[str] = (), among: Sequence[str] | None = None
    ) -> list[Scored]:
        self._open()
        return self._index.vectors().nearest(vector, limit, self._of_kinds(kinds), _set(among))

    def match_text(
        self,
        tokens: Sequence[str],
        limit: int,
        *,
        kinds: Sequence[str] = (),
        among: Sequence[str] | None = None,
    ) -> list[Scored]:
        self._open()
        return self._index.texts().search(tokens, limit, self._of_kinds(kinds), _set(among))

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        self._open()
        return self._index.vectors().get(ids)

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        self._open()
        return self._index.texts().get(ids)

    def edges_from(self, ids: Sequence[str]) -> list[Edge]:
        text = cypher.EDGES_FROM.format(anchor="")
        return edges_of(row for batch in batches(list(ids)) for row in self.query(text, ids=batch))

    def index_info(self) -> IndexInfo | None:
        self._open()
        return self._meta.info

    def generation(self) -> int:
        self._open()
        return self._meta.generation

    def health(self) -> dict[str, str | int | bool]:
        found: dict[str, str | int | bool] = {
            "ready": self._snapshot is not None,
            "store": "kglite",
            "version": kglite.__version__,
            "url": self.url,
            "generation": self._meta.generation,
            "writes": self._graph is not None,
        }
        if self._meta.info:
            found["encoder"] = self._meta.info.encoder
        return found

    def _of_kinds(self, kinds: Sequence[str]) -> frozenset[str] | None:
        """Ids of these kinds and those below them; remembered until the next commit."""
        key = frozenset(kinds)
        if key and key not in self._ids_of_kinds:
            texts = [cypher.IDS_OF_KIND.format(label=self._names.label(kind)) for kind in sorted(key)]
            self._ids_of_kinds[key] = frozenset(row["id"] for text in texts for row in self.query(text))
        return self._ids_of_kinds.get(key)

    def _look_again(self) -> bool:
        """Take the last saved state where another process writes; False for the writer itself."""
        if self._graph is not None:
            return False
        self._look(load_graph(self._folder))
        return True

    # -- writing ------------------------------------------------------------------------------------

    def filling(self) -> AbstractContextManager[None]:
        def allow(filling: bool) -> None:
            self._filling = filling

        return filled_whole(self, allow)

    def transaction(self) -> AbstractContextManager[Writer]:
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[Writer]:
        graph = self._writable()
        with self._alone():
            self._look(graph)
            if not self._filling:
                check_whole(self._meta, self.url)
            work = graph.begin()
            changes = Changes()
            writer = KgliteWriter(work, self._names, changes, self._index.holds, self._meta, self.url)
            try:
                yield writer
                meta = self._commit(work, changes)
                self._adopt(graph, meta, changes)
            except BaseException:
                with suppress(kglite.ArgumentError):  # a commit that failed has ended it already
                    work.rollback()
                raise
            finally:
                writer.end()
                del graph, work  # a broken handle keeps the store's lease as long as anything holds it

    def _commit(self, work: kglite.Transaction, changes: Changes) -> Meta:
        """Write the segment first: without the commit that names it, it counts for nothing."""
        with failures(self.url):
            meta = self._meta.next(self._index.write(changes))
            work.cypher(cypher.SET_META, params={"properties": meta.properties()})
            try:
                work.commit()
            except kglite.FileIoError:
                self._broken = True
                raise
            return meta

    def _adopt(self, graph: kglite.KnowledgeGraph, meta: Meta, changes: Changes) -> None:
        self._index.adopt(changes, meta.segments)
        self._snapshot, self._meta, self._ids_of_kinds = graph.freeze(), meta, {}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One transaction at a time; other threads wait, the same thread may not nest them."""
        if self._owner == threading.get_ident():
            raise StoreError("a transaction is open already in this thread")
        with self._lock:
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = None

    def set_index_info(self, info: IndexInfo) -> None:
        graph = self._writable()
        with self._alone(), failures(self.url):
            self._look(graph)
            if self._meta.info != info:
                _set_meta(graph, self._meta.with_info(info, vectors=len(self._index.vectors())).next(None))
                self._look(graph)

    def save(self, *, purge: bool = False) -> None:
        """Join the index segments, write the graph, then remove what no state names any more."""
        self._open()
        if self._graph is None and not self._broken:
            return
        graph = self._writable()
        with self._alone(), failures(self.url):
            self._look(graph)
            before = set(self._meta.segments)
            if self._meta.generation == self._saved and not purge:
                return
            if purge or self._index.scattered():
                self._compact(graph)
            graph.save()
            self._made = self._forsaken = False
            self._saved = self._meta.generation
            self._index.sweep(set(self._meta.segments) | (set() if purge else before))

    def rewind(self) -> None:
        self._open()
        if self._graph is None and not self._broken:
            return
        self._forsaken = self._made
        with self._alone(), failures(self.url):
            self._graph, self._broken = None, True  # closing a graph would save it
            drop_commits(self._folder)
            self._meta = Meta()
            self._index.forget()
            self._look(load_graph(self._folder))
            self._saved = self._meta.generation

    def _compact(self, graph: kglite.KnowledgeGraph) -> None:
        _set_meta(graph, replace(self._meta, segments=(self._index.join(),)))
        self._look(graph)

    # -- closing ------------------------------------------------------------------------------------

    def close(self) -> None:
        if self._snapshot is None:
            return
        try:
            if not self._broken:
                self.save()
                if self._graph is not None:
                    with failures(self.url):
                        self._graph.close()
        finally:
            self._graph = self._snapshot = None
            self._index.forget()
            if self._forsaken:
                remove_store(self._folder)

    def _open(self) -> kglite.FrozenGraph:
        if self._snapshot is None:
            raise StoreError(f"{self.url} is closed", remedy="open it again with open_store")
        return self._snapshot

    def _writable(self) -> kglite.KnowledgeGraph:
        self._open()
        if self._broken:
            self._reopen()
        if self._graph is None:
            raise StoreError(f"{self.url} was opened to read", remedy="open it with write=True")
        return self._graph

    def _reopen(self) -> None:
        """Take the graph from the disk again: after a failed write its handle takes no more."""
        self._graph = None
        gc.collect()  # the old handle keeps the lease as long as the failure's traceback holds it
        with failures(self.url):
            self._graph = open_graph(self._folder, self.url)
        self._broken = False
        self._look(self._graph)


def _set(among: Sequence[str] | None) -> frozenset[str] | None:
    return None if among is None else frozenset(among)


def _set_meta(graph: kglite.KnowledgeGraph, meta: Meta) -> None:
    graph.cypher(cypher.SET_META, params={"properties": meta.properties()})


def _meta_of(snapshot: kglite.FrozenGraph) -> Meta:
    rows = rows_of(snapshot.cypher(cypher.GET_META))
    return Meta.of(rows[0]["properties"]) if rows else Meta()
