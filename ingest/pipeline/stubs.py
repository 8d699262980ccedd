"""Nodes that a name alone made: owners, fields, regions, unit operations without a row of their own.

A stub is as visible as the most visible record that names it, so that a restricted record leaves no trace in
its owner or its field; one that nothing names any more is deleted.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ingest.pipeline import cypher
from ingest.pipeline.snapshot import Snapshot
from ingest.resolve import Create, Directory, Entity
from kg.identity import entity_id
from kg.schema.model import Schema
from kg.store.base import Node, Writer

if TYPE_CHECKING:
    from kg.vocabulary import Vocabulary

UNIT_OP = "UnitOp"


@dataclass
class Stub:
    """A name-only node as a run sees it.

    `public`, `real`: a public record, a real one of this run names it. `stored` is (restricted, synthetic) as
    the store has it, None where it is not written.
    """

    id: str
    kind: str
    key: str
    name: str
    source: str
    extra: dict[str, Any] = field(default_factory=dict)
    public: bool = False
    real: bool = False
    stored: tuple[bool, bool] | None = None

    @property
    def restricted(self) -> bool:
        return not self.public and (self.stored is None or self.stored[0])

    @property
    def synthetic(self) -> bool:
        return not self.real and (self.stored is None or self.stored[1])

    @property
    def outdated(self) -> bool:
        return self.stored != (self.restricted, self.synthetic)

    def values(self) -> dict[str, Any]:
        return {
            **self.extra,
            "key": self.key,
            "name": self.name,
            "kind": self.kind,
            "synthetic": self.synthetic,
            "access": "restricted" if self.restricted else "public",
            "retired": False,
            "source": self.source,
            "provenance": [],
            "stated_by": "",
            "sheet": "",
        }


@dataclass
class Stubs:
    """The stubs that a run meets, by id."""

    schema: Schema
    directory: Directory
    snapshot: Snapshot
    owned: Container[str]
    """Nodes that have rows in this run: no stubs, whatever the store says of them."""
    found: dict[str, Stub] = field(default_factory=dict)

    def create(self, wanted: Create, source: str, *, restricted: bool, synthetic: bool) -> str:
        """The id of the stub of this name, made unless it is there; an operation under its listed name."""
        extra: dict[str, Any] = {}
        if wanted.kind == UNIT_OP:
            wanted, extra = self._listed(wanted)
        if self.schema.kinds[wanted.kind].vocabulary:
            source = ""
        made = entity_id(self.schema, wanted.kind, source, wanted.name, name=wanted.name)
        self.snapshot.load([wanted.kind])  # an earlier run may have made it, and for a public record
        if made not in self.found and made not in self.snapshot.nodes and made not in self.owned:
            self.found[made] = Stub(made, wanted.kind, wanted.name, wanted.name, source, extra)
            self.directory.add(Entity(made, wanted.kind, source, "", wanted.name, has_record=False))
        self.touch(made, restricted=restricted, synthetic=synthetic)
        return made

    def touch(self, node: str, *, restricted: bool, synthetic: bool) -> None:
        """A record names this node; if it is a stub, a public or real record makes it public or real."""
        stub = self.found.get(node) or self._stored(node)
        if stub is not None:
            stub.public = stub.public or not restricted
            stub.real = stub.real or not synthetic

    def _listed(self, wanted: Create) -> tuple[Create, dict[str, Any]]:
        known = self._vocabulary.canonical(wanted.name)
        if known is None:
            return wanted, {}
        extra = {"english": known.english, "synonyms": list(known.synonyms), "family": known.family}
        return Create(UNIT_OP, known.name), {name: value for name, value in extra.items() if value}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        from kg.vocabulary import load_vocabulary

        return load_vocabulary()

    def settle(self, writer: Writer, around: Mapping[str, str]) -> None:
        """Let stubs (id → kind) follow what names them now; a deleted one is written again when needed."""
        verdicts = judge(writer, {node: kind for node, kind in around.items() if node not in self.owned})
        apply_verdicts(writer, self.schema, verdicts)
        for verdict in verdicts:
            stub = self.found.get(verdict.id)
            if stub is not None:
                stub.stored = (verdict.restricted, verdict.synthetic) if verdict.named else None
            if not verdict.named:
                self.snapshot.nodes.pop(verdict.id, None)

    def _stored(self, node: str) -> Stub | None:
        known = self.snapshot.nodes.get(node)
        if known is None or known.statements or node in self.owned:
            return None
        stored = (known.access == "restricted", known.synthetic)
        stub = Stub(known.id, known.kind, known.key, known.name, known.source, stored=stored)
        self.found[node] = stub
        return stub


@dataclass(frozen=True)
class Verdict:
    """What became of a stub when the statements around it changed."""

    id: str
    kind: str
    named: bool
    restricted: bool
    synthetic: bool


def touched_stubs(writer: Writer, label: str, records: Sequence[str]) -> dict[str, str]:
    """Stubs around these stored records and around their parts: id → kind."""
    found: dict[str, str] = {}
    for text in (cypher.NEAR_STUBS, cypher.FAR_STUBS):
        for row in writer.query(text.format(label=label), ids=list(records)):
            if not row["provenance"]:
                found[row["id"]] = row["kind"]
    return found


def judge(writer: Writer, stubs: dict[str, str]) -> list[Verdict]:
    """How visible each stub is by what names it now."""
    verdicts = []
    by_kind: dict[str, list[str]] = {}
    for node, kind in stubs.items():
        by_kind.setdefault(kind, []).append(node)
    for kind, nodes in sorted(by_kind.items()):
        near = {row["id"]: row for row in writer.query(cypher.REFERRERS.format(label=kind), ids=nodes)}
        verdicts += [_verdict(node, kind, near.get(node)) for node in nodes]
    return verdicts


def _verdict(node: str, kind: str, near: dict[str, Any] | None) -> Verdict:
    if near is None:
        return Verdict(node, kind, named=False, restricted=True, synthetic=True)
    return Verdict(node, kind, named=True, restricted=not near["public"], synthetic=not near["real"])


def apply_verdicts(writer: Writer, schema: Schema, verdicts: Sequence[Verdict]) -> None:
    """Delete stubs that nothing names, hide those that only restricted records name."""
    deleted = [verdict.id for verdict in verdicts if not verdict.named]
    kept = [verdict for verdict in verdicts if verdict.named]
    hidden = [verdict.id for verdict in kept if verdict.restricted]
    writer.delete_nodes(deleted)
    writer.upsert_nodes(
        [
            Node(
                verdict.id,
                schema.labels(verdict.kind),
                {
                    "access": "restricted" if verdict.restricted else "public",
                    "synthetic": verdict.synthetic,
                },
            )
            for verdict in kept
        ]
    )
    writer.drop_from_indexes(hidden)
