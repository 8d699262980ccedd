"""Reads records of the store again: the facts of an older reader go, the new ones come, the rest stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ingest.pipeline import cypher
from ingest.pipeline.batch import BatchWriter, Woven
from ingest.pipeline.fact_reading import FactReading, ReadingHere, fact_reading, one_ahead
from ingest.pipeline.facts import READER_SHEET, read_kinds
from ingest.pipeline.links import Links
from ingest.pipeline.merge import Entry
from ingest.pipeline.options import Options
from ingest.pipeline.parts import Parts
from ingest.pipeline.read_parts import ASKS, BeingRead, add_facts, begin_reading
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
    return _renew(writer, _begin(writer, ReadingHere(lambda: reader), ids))


def reread_all(
    writer: BatchWriter, reader: Callable[[], Reader], ids: Sequence[str], options: Options
) -> Counter[str]:
    """Read these records again, batch after batch; it may be stopped and run again."""
    batches = (ids[first : first + options.batch] for first in range(0, len(ids), options.batch))
    counts: Counter[str] = Counter()
    done = 0
    with fact_reading(reader, len(ids), options.processes) as reading:
        for begun in one_ahead(partial(_begin, writer, reading), batches):
            counts += _renew(writer, begun)
            done += len(begun.woven)
            options.progress("read again", done, len(ids))
    return counts


def _begin(writer: BatchWriter, reading: FactReading, ids: Sequence[str]) -> BeingRead:
    nodes = list(writer.store.get(ids).values())
    asked = _asked_by_rows(writer.store.edges_from(ids))
    woven = [Woven(_entry(node), Links(edges=asked.get(node.id, [])), Parts()) for node in nodes]
    return begin_reading(woven, writer.schema, reading)


def _renew(writer: BatchWriter, begun: BeingRead) -> Counter[str]:
    """Write the facts of these records in place of the earlier ones, in one transaction."""
    schema = writer.schema
    counts = add_facts(begun, schema, writer.stubs)
    ids = [item.entry.id for item in begun.woven]
    edges = [edge for item in begun.woven for edge in item.parts.edges]
    with writer.store.transaction() as work:
        around: dict[str, str] = {}
        for label, found in by_root_kind(schema, ids).items():
            around |= touched_stubs(work, label, found)
        work.clear_stated(ids, [READER_SHEET])
        work.upsert_nodes(list(_changed(schema, begun.woven)))
        writer.write_stubs(work, edges)
        work.upsert_edges(edges)
        writer.stubs.settle(work, around)
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
