"""Writes nodes in batches, each one transaction: nodes, parts, edges, vectors, tokens, all or none.

A record's content hash lies in its node's provenance and is written with all that its rows state. Whatever
stops a run, the next one finds each record whole or unwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from embeddings.encoder import Encoder
from ingest.pipeline import checks, cypher
from ingest.pipeline.facts import READER_SHEET
from ingest.pipeline.links import Links
from ingest.pipeline.merge import Entry
from ingest.pipeline.parts import Parts
from ingest.pipeline.provenance import stated_sheet
from ingest.pipeline.snapshot import Snapshot
from ingest.pipeline.stubs import Stub, Stubs, touched_stubs
from ingest.report import Clock
from kg.schema.model import Schema
from kg.search.segment import embed_text, index_tokens
from kg.store.base import Edge, GraphStore, Node, Writer


@dataclass(frozen=True)
class Woven:
    """An entry with its edges and parts, ready to be written."""

    entry: Entry
    links: Links
    parts: Parts


@dataclass
class BatchWriter:
    """Writes batches into a store; remembers which nodes of the run are there."""

    store: GraphStore
    schema: Schema
    encoder: Callable[[], Encoder]
    snapshot: Snapshot
    stubs: Stubs
    bare: Callable[[str], Node | None]
    run_node: Callable[[], Node]
    clock: Clock
    written: set[str] = field(default_factory=set)
    encoder_checked: bool = False

    def write(self, batch: Sequence[Woven]) -> None:
        """Write a batch in one transaction."""
        entries = [woven.entry for woven in batch]
        edges = [edge for woven in batch for edge in (*woven.links.edges, *woven.parts.edges)]
        stubs = self._wanted_stubs(edges)
        nodes = [_node(self.schema, woven) for woven in batch]
        parts = [node for woven in batch for node in woven.parts.nodes]
        stub_nodes = [self._stub_node(stub) for stub in stubs]
        here = {node.id for node in (*nodes, *parts, *stub_nodes)}
        ahead = self._ahead(edges, here)
        indexed = [*_public(entries), *_public_stubs(stubs)]
        with self.clock.stage("embed"):
            vectors = self._vectors(indexed)
        with self.clock.stage("write"), self.store.transaction() as writer:
            before = self._clear(writer, entries)
            writer.upsert_nodes([self.run_node(), *ahead, *stub_nodes, *nodes, *parts])
            writer.upsert_edges(edges)
            for stub in stubs:
                stub.stored = (stub.restricted, stub.synthetic)
            self._settle(writer, entries, before)
            self._index(writer, indexed, vectors)
            writer.drop_from_indexes([entry.id for entry in entries if entry.restricted and entry.known])
        self.written |= here | {node.id for node in ahead}

    def write_stubs(self, writer: Writer, edges: Sequence[Edge]) -> None:
        """Bring the stubs that these edges touch up to date, within a transaction."""
        stubs = self._wanted_stubs(edges)
        indexed = _public_stubs(stubs)
        writer.upsert_nodes([self._stub_node(stub) for stub in stubs])
        self._index(writer, indexed, self._vectors(indexed))

    def _stub_node(self, stub: Stub) -> Node:
        return Node(stub.id, self.schema.labels(stub.kind), stub.values())

    def _wanted_stubs(self, edges: Iterable[Edge]) -> list[Stub]:
        ends = dict.fromkeys(end for edge in edges for end in (edge.start, edge.end))
        found = (self.stubs.found.get(end) for end in ends)
        return [stub for stub in found if stub is not None and stub.outdated]

    def _ahead(self, edges: Iterable[Edge], here: set[str]) -> list[Node]:
        """Nodes of later batches that this batch's edges need, without their contents."""
        ends = dict.fromkeys(end for edge in edges for end in (edge.start, edge.end))
        missing = [
            end
            for end in ends
            if end not in here and end not in self.written and end not in self.snapshot.nodes
        ]
        return [node for node in map(self.bare, missing) if node is not None]

    def _clear(self, writer: Writer, entries: Sequence[Entry]) -> dict[str, str]:
        """Take back what earlier versions of these rows stated; returns the stubs that stood around them."""
        earlier = [entry for entry in entries if entry.known and entry.known.statements]
        around: dict[str, str] = {}
        for label, group in _by_root(self.schema, earlier).items():
            around |= touched_stubs(writer, label, [entry.id for entry in group])
        by_sheets: dict[tuple[str, ...], list[str]] = {}
        for entry in earlier:
            sheets = {stated_sheet(record.source, record.sheet) for record in entry.records}
            by_sheets.setdefault((*sorted(sheets), READER_SHEET), []).append(entry.id)
        for stating, ids in by_sheets.items():
            writer.clear_stated(ids, list(stating))
        return around

    def _settle(self, writer: Writer, entries: Sequence[Entry], around: Mapping[str, str]) -> None:
        """Parts that other sheets stated follow their record's access; stubs follow what names them."""
        moved = [
            entry
            for entry in entries
            if entry.known and (entry.known.retired or entry.known.access != entry.access)
        ]
        for label, group in _by_root(self.schema, moved).items():
            for access in ("public", "restricted"):
                ids = [entry.id for entry in group if entry.access == access]
                mark_parts(writer, self.schema, label, ids, {"access": access, "retired": False})
        self.stubs.settle(writer, around)

    def _vectors(self, indexed: Sequence[tuple[str, str, Mapping[str, Any]]]) -> tuple[list[str], Any]:
        texts = [(node, embed_text(self.schema.kinds[kind], values)) for node, kind, values in indexed]
        wanted = [(node, text) for node, text in texts if text]
        if not wanted:
            return [], None
        encoder = self.encoder()
        known = None if self.encoder_checked else self.store.index_info()
        if known is not None:
            checks.refuse_encoder(known, encoder)
        self.encoder_checked = True
        return [node for node, _ in wanted], encoder.encode([text for _, text in wanted])

    def _index(
        self,
        writer: Writer,
        indexed: Sequence[tuple[str, str, Mapping[str, Any]]],
        vectors: tuple[list[str], Any],
    ) -> None:
        ids, matrix = vectors
        if ids:
            writer.put_vectors(ids, matrix)
        tokens = [(node, index_tokens(self.schema.kinds[kind], values)) for node, kind, values in indexed]
        filled = [(node, text) for node, text in tokens if text]
        writer.put_texts([node for node, _ in filled], [text for _, text in filled])


def _node(schema: Schema, woven: Woven) -> Node:
    changes = {**woven.entry.changes, **woven.parts.changes}
    return Node(woven.entry.id, schema.labels(woven.entry.kind), changes)


def _public(entries: Iterable[Entry]) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [(entry.id, entry.kind, entry.values) for entry in entries if not entry.restricted]


def _public_stubs(stubs: Iterable[Stub]) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [(stub.id, stub.kind, stub.values()) for stub in stubs if not stub.restricted]


def _by_root(schema: Schema, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(schema.labels(entry.kind)[0], []).append(entry)
    return found


def mark_parts(
    writer: Writer, schema: Schema, label: str, records: Sequence[str], changes: Mapping[str, Any]
) -> None:
    """Give the child nodes of these records the same access or retirement as their record."""
    if records:
        rows = writer.query(cypher.PARTS.format(label=label), ids=list(records))
        writer.upsert_nodes([Node(row["id"], schema.labels(row["kind"]), changes) for row in rows])
