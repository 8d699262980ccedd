"""A workbench for ingest: real files in, a real embedded store, and the whole graph to look at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoder import Encoder
from ingest.mapping import open_inputs
from ingest.pipeline import Options, RunReport, run
from kg.errors import StoreMissingError
from kg.reading import Reader
from kg.schema.model import Schema
from kg.search.segment import tokens
from kg.store import open_store
from kg.store.base import GraphStore, Node

HEADER = "成果编号,成果名称,成果简介,完成单位,所属领域,关键词,年份,技术成熟度,密级"
NODES = "MATCH (n) WHERE n.kind <> 'Run' AND n.kind <> 'Meta' RETURN n.id AS id"
EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b, r.stated_by AS s, r.sheet AS sheet"


@dataclass
class CountingEncoder:
    """The shipped encoder, which remembers how many texts it was given."""

    inner: Encoder
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dimension(self) -> int:
        return self.inner.dimension

    @property
    def fingerprint(self) -> str:
        return self.inner.fingerprint

    def encode(self, texts: Sequence[str]) -> Any:
        self.texts += texts
        return self.inner.encode(texts)


@dataclass
class Bench:
    """One store and the parts that a run needs."""

    folder: Path
    url: str
    schema: Schema
    encoder: CountingEncoder
    reader: Reader

    def open(self, *, write: bool = False) -> GraphStore:
        return open_store(self.url, write=write)

    def ingest(
        self, *paths: Path, kind: str | None = None, source: Path | None = None, **options: Any
    ) -> RunReport:
        inputs = open_inputs(list(paths), kind=kind, source_file=source, schema=self.schema)
        store = self.open(write=True)
        try:
            return run(
                inputs, store, lambda: self.encoder, lambda: self.reader, self.schema, Options(**options)
            )
        finally:
            store.close()

    def check(self, *paths: Path, source: Path | None = None, **options: Any) -> RunReport:
        """A dry run, as `zhongshi check` does it."""
        inputs = open_inputs(list(paths), kind=None, source_file=source, schema=self.schema)
        try:
            store: GraphStore | None = self.open()
        except StoreMissingError:
            store = None
        try:
            chosen = Options(dry_run=True, **options)
            return run(inputs, store, lambda: self.encoder, lambda: self.reader, self.schema, chosen)
        finally:
            if store is not None:
                store.close()

    def query(self, text: str, **params: Any) -> list[dict[str, Any]]:
        store = self.open()
        try:
            return store.query(text, **params)
        finally:
            store.close()

    def node(self, key: str) -> Node:
        store = self.open()
        try:
            (found,) = store.find(key)
            return found
        finally:
            store.close()

    def hits(self, text: str) -> set[str]:
        """Ids that either index finds for a text."""
        store = self.open()
        try:
            by_words = store.match_text(tokens(text), 1000)
            by_vector = store.nearest(self.encoder.inner.encode([text])[0], 1000)
            return {hit.id for hit in (*by_words, *by_vector)}
        finally:
            store.close()

    def edges(self) -> list[tuple[str, ...]]:
        return sorted(tuple(row.values()) for row in self.query(EDGES))

    def dump(self) -> dict[str, Any]:
        """Everything in the store that does not depend on when it was written."""
        store = self.open()
        try:
            ids = sorted(row["id"] for row in store.query(NODES))
            nodes = store.get(ids)
            vectors = store.vectors(ids)
            return {
                "nodes": {one: (node.labels, _timeless(node.properties)) for one, node in nodes.items()},
                "edges": sorted(tuple(row.values()) for row in store.query(EDGES)),
                "vectors": {one: np.round(row, 5).tolist() for one, row in vectors.items()},
                "texts": {hit.id for hit in store.match_text(tokens("的 研究 技术 公司 一"), 10**6)},
            }
        finally:
            store.close()


def _timeless(properties: Mapping[str, Any]) -> dict[str, Any]:
    stated = [json.loads(text) for text in properties.get("provenance", ())]
    kept = [{**item, "run": "", "date": ""} for item in stated]
    return {**properties, "provenance": kept}
