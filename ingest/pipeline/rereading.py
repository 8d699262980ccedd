"""Reading again without any file: the whole store by a newer reader, or one record after a correction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from embeddings.encoder import Encoder
from ingest.pipeline.batch import BatchWriter
from ingest.pipeline.corrections import CORRECTIONS, Correction, added, stored_corrections
from ingest.pipeline.facts import read_kinds, told
from ingest.pipeline.options import Options
from ingest.pipeline.read_parts import LIKELY_FIELDS, READER, STANDING_EDGES, likely_name
from ingest.pipeline.reread import outdated, reread, reread_all
from ingest.pipeline.snapshot import Snapshot
from ingest.pipeline.stubs import Stubs
from ingest.pipeline.terms import MENTIONS, link_terms
from ingest.report import Clock
from ingest.resolve import Directory
from kg.errors import NotFoundError, UsageError
from kg.identity import normal_name
from kg.reading import Reader
from kg.schema.model import Schema
from kg.store.base import GraphStore, Node
from kg.vocabulary import load_vocabulary
from kg.wording import Sentence, one_of


@dataclass(frozen=True)
class Reread:
    """How many records were read again, and how many facts of each component they have."""

    records: int
    facts: dict[str, int]


LISTS = {"unit_op": "unit_ops", "maturity": "maturity", "field": "fields", "term": "terms"}
"""The list of a record's facts in which each kind of fact stands."""


@dataclass(frozen=True)
class Rereading:
    """Renews the facts of the reader in a store that is open to write."""

    store: GraphStore
    schema: Schema
    encoder: Callable[[], Encoder]
    reader: Reader

    def all(self, options: Options) -> Reread:
        """Read what an older reader has read. It may be stopped and run again."""
        ids = outdated(self.store, self.schema, self.reader.version)
        counts = reread_all(self._writer, lambda: self.reader, ids, options)
        link_terms(self.store, self.schema, load_vocabulary())
        return Reread(len(ids), told(counts))

    def correct(self, node: Node, given: Sequence[Correction]) -> dict[str, list[str]]:
        """Add corrections to a record; returns the names of its facts as they are then.

        Raises `UsageError` for a kind of node whose texts are not read, `NotFoundError` for a wrong fact that
        the record does not have.
        """
        if node.kind not in read_kinds(self.schema):
            raise UsageError(
                Sentence(
                    f"{node.kind} {node.id} 没有可读取的文本",
                    f"{node.kind} {node.id} has no text that is read",
                ),
                remedy=Sentence("给出成果或需求的编号", "name a result or need"),
            )
        self._refuse_absent(node, given)
        if given:
            kept = added(stored_corrections(node.texts(CORRECTIONS)), given)
            changes: dict[str, Any] = {CORRECTIONS: [one.dump() for one in kept], READER: None}
            with self.store.transaction() as work:
                work.upsert_nodes([Node(node.id, self.schema.labels(node.kind), changes)])
            reread(self._writer, self.reader, [node.id])
            link_terms(self.store, self.schema, load_vocabulary())
        return self._facts(node.id)

    def _refuse_absent(self, node: Node, given: Sequence[Correction]) -> None:
        """Raise `NotFoundError` for a fact that is to be taken away and is not there: it is mistyped. One
        that was taken away before may be taken away again."""
        earlier = stored_corrections(node.texts(CORRECTIONS))
        known = {(one.fact, normal_name(one.name)) for one in earlier}
        facts = self._facts(node.id)
        for one in given:
            there = facts[LISTS[one.fact]]
            name = normal_name(one.name)
            if one.verdict == "right" or (one.fact, name) in known or name in map(normal_name, there):
                continue
            listed = one_of(there)
            raise NotFoundError(
                Sentence(
                    f"记录“{node.properties.get('name')}”里没有 {one.fact}={one.name}；没有改动",
                    f"{node.properties.get('name')} has no {one.fact}={one.name}; nothing was changed",
                ),
                field="wrong",
                remedy=listed,
            )

    def _facts(self, record: str) -> dict[str, list[str]]:
        node = self.store.get([record])[record]
        near = [(one.edge, str(one.node.properties["name"])) for one in self.store.neighbours(record)]
        standing = set(STANDING_EDGES.values())
        read = node.texts("terms")
        linked = sorted(name for edge, name in near if edge == MENTIONS and name not in read)
        return {
            "unit_ops": sorted(name for edge, name in near if edge == "HAS_STEP"),
            "maturity": sorted(name for edge, name in near if edge in standing),
            "fields": [likely_name(text) for text in node.texts(LIKELY_FIELDS)],
            "terms": [*read, *linked],
        }

    @cached_property
    def _writer(self) -> BatchWriter:
        snapshot = Snapshot(self.store, self.schema)
        stubs = Stubs(self.schema, Directory(self.schema), snapshot, owned=())
        return BatchWriter(
            self.store,
            self.schema,
            self.encoder,
            snapshot,
            stubs,
            bare=_nothing,
            run_node=_no_run,
            clock=Clock(),
        )


def _nothing(node: str) -> None:
    """No node stands in a later batch."""


def _no_run() -> Node:
    raise AssertionError("reading again is no run of ingest")
