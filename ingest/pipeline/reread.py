"""Reads records of the store again: the facts of an older reader go, the new ones come, the rest stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ingest.pipeline import cypher
from ingest.pipeline.batch import BatchWriter, Woven
from ingest.pipeline.facts import READER_SHEET, read_kinds
from ingest.pipeline.links import Links
from ingest.pipeline.merge import Entry
from ingest.pipeline.options import Progress
from ingest.pipeline.parts import Parts
from ingest.pipeline.read_parts import ASKS, read_into
from ingest.pipeline.stubs import touched_stubs
from kg.identity import by_root_kind
from kg.reading import Reader
from kg.schema.model import Schema
from kg.store.base import Edge, GraphStore, Node


def outdated(store: GraphStore, schema: Schema, version: str) -> list[str]:
    """Ids of the records that this version of the reader has not read."""
    labels = sorted({schema.labels(kind)[0] for kind in read_kinds(schema)})
    texts = [cypher.OUTDATED.format(label=label) for label in labels]
    return [row["id"] for text in texts for row in store.query(text, version=version)]


def reread(writer: BatchWriter, reader: Reader, ids: Sequence[str]) -> Counter[str]:
    """Read these records again, in one transaction; returns how many facts of each component they have."""
    store, schema = writer.store, writer.schema
    nodes = list(store.get(ids).values())
    asked = _asked_by_rows(store.edges_from(ids))
    woven = [Woven(_entry(node), Links(edges=asked.get(node.id, [])), Parts()) for node in nodes]
    counts = read_into(woven, schema, reader, writer.stubs)
    edges = [edge for item in woven for edge in item.parts.edges]
    with store.transaction() as work:
        around: dict[str, str] = {}
        for label, found in by_root_kind(schema, ids).items():
            around |= touched_stubs(work, label, found)
        work.clear_stated(ids, [READER_SHEET])
        work.upsert_nodes(list(_changed(schema, woven)))
        writer.write_stubs(work, edges)
        work.upsert_edges(edges)
        writer.stubs.settle(work, around)
    return counts


def reread_all(
    writer: BatchWriter, reader: Reader, ids: Sequence[str], batch: int, progress: Progress
) -> Counter[str]:
    """Read these records again, batch after batch; it may be stopped and run again."""
    counts: Counter[str] = Counter()
    for first in range(0, len(ids), batch):
        counts += reread(writer, reader, ids[first : first + batch])
        progress("read again", min(first + batch, len(ids)), len(ids))
    return counts


def _entry(node: Node) -> Entry:
    values = {"kind": node.kind, **node.properties}
    restricted, synthetic = values.get("access") == "restricted", bool(values.get("synthetic"))
    return Entry(node.id, node.kind, (), {}, values, restricted, synthetic, None, {})


def _changed(schema: Schema, woven: Iterable[Woven]) -> Iterator[Node]:
    for item in woven:
        yield Node(item.entry.id, schema.labels(item.entry.kind), item.parts.changes)
        yield from item.parts.nodes


def _asked_by_rows(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """The operations that a need's own row names; the reader does not ask for them again."""
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.type == ASKS and edge.properties.get("sheet") != READER_SHEET:
            found.setdefault(edge.start, []).append(edge)
    return found
