"""Makes a plan real: references resolved first, then batch after batch of nodes with all they state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from embeddings.encoder import Encoder
from ingest.pipeline.batch import BatchWriter, Woven
from ingest.pipeline.fact_reading import FactReading, fact_reading, one_ahead
from ingest.pipeline.facts import read_kinds
from ingest.pipeline.ledger import Ledger
from ingest.pipeline.links import REGION, Linker, Links, introduce, target_kinds
from ingest.pipeline.merge import Entry, bare_node, is_restricted, is_synthetic, merge
from ingest.pipeline.options import Options
from ingest.pipeline.parts import Parts, add_children
from ingest.pipeline.plan import Group, Plan
from ingest.pipeline.provenance import Pending, parse_pending
from ingest.pipeline.read_parts import BeingRead, add_facts, begin_reading
from ingest.pipeline.reread import reread_all
from ingest.pipeline.retire import Departure, forget, retire
from ingest.pipeline.snapshot import Known, Snapshot, pending_nodes
from ingest.pipeline.stubs import Stubs
from ingest.pipeline.terms import left_undone, link_terms
from ingest.report import Clock
from ingest.resolve import Directory
from kg.reading import Reader
from kg.schema.model import Schema
from kg.store.base import Edge, GraphStore, Node, Writer
from kg.vocabulary import load_vocabulary

AWAY = "AWAY_FROM"


@dataclass
class Weaver:
    """Resolves and writes the fresh groups of a plan."""

    schema: Schema
    store: GraphStore | None
    snapshot: Snapshot
    plan: Plan
    ledger: Ledger
    reader: Callable[[], Reader]
    clock: Clock
    links: dict[str, Links] = field(default_factory=dict)
    late: dict[str, tuple[Known, Links]] = field(default_factory=dict)
    """Stored nodes whose waiting references found their target in this run."""
    facts: Counter[str] = field(default_factory=Counter)
    """How many facts of each component this run read."""

    def __post_init__(self) -> None:
        directory = Directory(self.schema)
        stubs = Stubs(self.schema, directory, self.snapshot, self.plan.groups)
        self.linker = Linker(self.schema, directory, stubs)
        self._read_kinds = read_kinds(self.schema)

    @property
    def embeds(self) -> bool:
        """Whether anything is to be written that has a vector."""
        return bool(self.plan.fresh)

    def resolve(self) -> None:
        """Find what all references mean, those that waited in the store since an earlier run too."""
        waiting = self._waiting()
        references = [
            (record.kind, reference)
            for group in self.plan.fresh
            for record in group.records
            for reference in record.references
        ]
        references += [
            (known.kind, item.reference) for known in waiting for item in parse_pending(known.unresolved)
        ]
        kinds = target_kinds(self.schema, references)
        self.snapshot.load(kinds)
        introduce(self.linker.directory, self.snapshot, self.plan, kinds)
        for group in self.plan.fresh:
            known = self.snapshot.nodes.get(group.id)
            self.links[group.id] = self.linker.of_group(
                group, restricted=is_restricted(group, known), synthetic=is_synthetic(group, known)
            )
        for known in waiting:
            found = self.linker.of_pending(known, report=known.id in self.plan.groups)
            if found.edges:
                self.late[known.id] = known, found

    def _waiting(self) -> list[Known]:
        """Nodes with open references whose rows are unchanged, or not in this run at all."""
        groups = self.plan.groups
        here = [
            self.snapshot.nodes[group.id]
            for group in groups.values()
            if not group.fresh and self.snapshot.nodes[group.id].unresolved
        ]
        if self.store is None or not self.plan.fresh:
            return here
        roots = [name for name, kind in self.schema.kinds.items() if not kind.parent and not kind.derived]
        return here + [known for known in pending_nodes(self.store, roots) if known.id not in groups]

    def write(
        self,
        store: GraphStore,
        encoder: Callable[[], Encoder],
        options: Options,
        leaving: Sequence[Departure],
        forgotten: Sequence[Known],
    ) -> None:
        """Write the fresh groups in batches, then what is left over in one last transaction."""
        writer = BatchWriter(
            store,
            self.schema,
            encoder,
            self.snapshot,
            self.linker.stubs,
            self._bare,
            lambda: self.ledger.node(finished=False),
            self.clock,
        )
        undone = left_undone(store)
        self._write_fresh(store, writer, options)
        again = self._read_again(writer, options)
        kept = self._kept_beside_stale(store)
        with self.clock.stage("write"), store.transaction() as work:
            forget(work, self.schema, self.linker.stubs, forgotten)
            retire(work, self.schema, self.linker.stubs, leaving)
            self._drop_stale(work, kept)
            self._late(writer, work)
            self._settle_places(work)
        if self.plan.fresh or again or leaving or forgotten or undone:
            with self.clock.stage("terms"):
                link_terms(store, self.schema, load_vocabulary())
        with self.clock.stage("write"), store.transaction() as work:
            work.upsert_nodes([self.ledger.node(finished=True)])

    def _write_fresh(self, store: GraphStore, writer: BatchWriter, options: Options) -> None:
        """Batch after batch; the texts of the next one are being read while one is written."""
        fresh, done = self.plan.fresh, 0
        to_read = sum(group.lead.kind in self._read_kinds for group in fresh)
        with fact_reading(self.reader, to_read, options.processes) as reading:
            begin = partial(self._begin, store, reading)
            for begun in one_ahead(begin, _batches(fresh, options.batch)):
                with self.clock.stage("read texts"):
                    self.facts += add_facts(begun, self.schema, self.linker.stubs)
                writer.write(begun.woven)
                done += len(begun.woven)
                options.progress("write", done, len(fresh))

    def _read_again(self, writer: BatchWriter, options: Options) -> int:
        """Read unchanged records of this run that an older reader has read; returns how many."""
        read = [
            known
            for group in self.plan.groups.values()
            if not group.fresh and (known := self.snapshot.nodes[group.id]).kind in self._read_kinds
        ]
        stale = [known.id for known in read if known.reader != self.reader().version]
        if stale:
            with self.clock.stage("read texts"):
                self.facts += reread_all(writer, self.reader, stale, options)
        return len(stale)

    def _kept_beside_stale(self, store: GraphStore) -> list[Edge]:
        """What the rows with stale edges state besides: it is written again once those are gone."""
        kept = []
        for known, links in self.late.values():
            sheets, places = {sheet for sheet, _ in links.stale}, {place for _, place in links.stale}
            for near in store.neighbours(known.id) if sheets else ():
                told = near.properties.get("stated_by") == known.id and near.properties.get("sheet") in sheets
                if told and not (near.edge == AWAY and near.node.id in places):
                    ends = (known.id, near.node.id) if near.direction == "out" else (near.node.id, known.id)
                    kept.append(Edge(ends[0], near.edge, ends[1], near.properties))
        return kept

    def _drop_stale(self, work: Writer, kept: Sequence[Edge]) -> None:
        """Take back the edges to places that turned out to be bodies or lines."""
        for known, links in self.late.values():
            if links.stale:
                work.clear_stated([known.id], sorted({sheet for sheet, _ in links.stale}))
        work.upsert_edges(kept)

    def _settle_places(self, work: Writer) -> None:
        """Delete the places that nothing names any more."""
        places = {place for _, links in self.late.values() for _, place in links.stale}
        stubs = {place: REGION for place in places if not self.snapshot.nodes[place].statements}
        self.linker.stubs.settle(work, stubs)

    def _late(self, writer: BatchWriter, work: Writer) -> None:
        edges = [edge for _, links in self.late.values() for edge in links.edges]
        writer.write_stubs(work, edges)
        work.upsert_nodes(
            [
                Node(
                    known.id,
                    self.schema.labels(known.kind),
                    {"unresolved": [item.dump() for item in links.pending] or None},  # type: ignore[dict-item]
                )
                for known, links in self.late.values()
            ]
        )
        work.upsert_edges(edges)

    def _bare(self, node: str) -> Node | None:
        """A node of this run before its own batch, so that edges can end there."""
        group = self.plan.groups.get(node)
        return bare_node(self.schema, group) if group else None

    def _begin(self, store: GraphStore, reading: FactReading, batch: Sequence[Group]) -> BeingRead:
        with self.clock.stage("merge"):
            known = {group.id: self.snapshot.nodes.get(group.id) for group in batch}
            stored = store.get([node for node, item in known.items() if item])
            entries = [self._entry(group, known[group.id], stored.get(group.id)) for group in batch]
            woven = [Woven(entry, self.links[entry.id], Parts()) for entry in entries]
            for item in woven:
                add_children(item.parts, self.schema, item.entry)
            return begin_reading(woven, self.schema, reading)

    def _entry(self, group: Group, known: Known | None, stored: Node | None) -> Entry:
        properties = stored.properties if stored else {}
        entry = merge(self.schema, group, known, properties, self.ledger.id, self.ledger.day)
        pending = [item.dump() for item in self.links[group.id].pending]
        kept = [item.dump() for item in _kept_pending(group, known)]
        entry.changes["unresolved"] = [*kept, *pending] or None
        return entry


def _kept_pending(group: Group, known: Known | None) -> Iterator[Pending]:
    """Open references of sheets that are not in this run."""
    here = {(record.source, record.sheet) for record in group.records}
    for item in parse_pending(known.unresolved) if known else ():
        if (item.source, item.sheet) not in here:
            yield item


def _batches(groups: Sequence[Group], size: int) -> Iterator[Sequence[Group]]:
    for first in range(0, len(groups), size):
        yield groups[first : first + size]
