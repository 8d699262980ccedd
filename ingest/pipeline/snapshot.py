"""What the store knows already, in as much detail as comparing and resolving need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ingest.pipeline import cypher
from ingest.pipeline.facts import read_kinds
from ingest.pipeline.provenance import Statement, parse_statements
from kg.schema.model import Schema
from kg.store.base import GraphStore

_FIELDS = (
    "id",
    "key",
    "name",
    "kind",
    "source",
    "access",
    "retired",
    "synthetic",
    "provenance",
    "unresolved",
)


@dataclass
class Known:
    """A stored node. One without statements was made by a name alone, or its row is yet to be written."""

    id: str
    key: str
    name: str
    kind: str
    source: str
    access: str
    retired: bool
    synthetic: bool
    statements: list[Statement] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    uscc: str | None = None
    reader: str | None = None
    """The version of the reader that read it last."""


class Snapshot:
    """Nodes of the root kinds asked for so far, by id."""

    def __init__(self, store: GraphStore | None, schema: Schema) -> None:
        self._store = store
        self._schema = schema
        self._loaded: set[str] = set()
        self._read_roots = {schema.labels(kind)[0] for kind in read_kinds(schema)}
        self.nodes: dict[str, Known] = {}

    def load(self, kinds: Iterable[str]) -> list[Known]:
        """Read the nodes of these kinds' roots unless that was done before; returns the ones read now."""
        roots = {self._schema.labels(kind)[0] for kind in kinds} - self._loaded
        self._loaded |= roots
        found = [known for root in sorted(roots) for known in self._read(root)]
        self.nodes.update((known.id, known) for known in found)
        return found

    def _read(self, root: str) -> Iterable[Known]:
        if self._store is None:
            return []
        fields = _FIELDS + (("uscc",) if "uscc" in self._schema.kinds[root].properties else ())
        fields += ("reader",) if root in self._read_roots else ()
        wanted = ", ".join(f"n.{name} AS {name}" for name in fields)
        return map(_known, self._store.query(f"MATCH (n:`{root}`) RETURN {wanted}"))


def _known(row: dict[str, Any]) -> Known:
    return Known(
        **{
            **{name: row[name] for name in _FIELDS[:6]},
            "retired": bool(row["retired"]),
            "synthetic": bool(row["synthetic"]),
            "statements": parse_statements(row["provenance"] or ()),
            "unresolved": list(row["unresolved"] or ()),
            "uscc": row.get("uscc"),
            "reader": row.get("reader"),
        }
    )


def pending_nodes(store: GraphStore, labels: Iterable[str]) -> list[Known]:
    """Every node of these root kinds that waits for the target of a reference."""
    rows = [row for label in labels for row in store.query(cypher.PENDING.format(label=label))]
    return [known for known in map(_known, rows) if known.unresolved]
