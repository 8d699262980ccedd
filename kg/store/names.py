"""Names that may stand in a Cypher text: labels and edge types of the schema, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import StoreError
from kg.schema.model import Schema
from kg.store.bookkeeping import BOOKKEEPING

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


@dataclass(frozen=True)
class Names:
    """The kinds and edge types that a store accepts; `roots` are the kinds that are no second label."""

    kinds: frozenset[str]
    edges: frozenset[str]
    roots: frozenset[str]

    @classmethod
    def of(cls, schema: Schema) -> Names:
        roots = {kind for kind, spec in schema.kinds.items() if spec.parent is None}
        return cls(
            frozenset(schema.kinds) | BOOKKEEPING, frozenset(schema.edges), frozenset(roots) | BOOKKEEPING
        )

    def root_labels(self) -> list[str]:
        """The quoted labels of which every node has exactly one, in order."""
        return [self.label(kind) for kind in sorted(self.roots)]

    def label(self, name: str) -> str:
        """The quoted label; raises `StoreError` for a kind that the schema does not know."""
        return _quoted(name, self.kinds, "kind")

    def edge(self, name: str) -> str:
        """The quoted edge type; raises `StoreError` for one that the schema does not know."""
        return _quoted(name, self.edges, "edge type")


def _quoted(name: str, known: frozenset[str], what: str) -> str:
    if name not in known or not _PLAIN.match(name):
        raise StoreError(
            f"the schema has no {what} {name!r}",
            remedy=f"use one of: {', '.join(sorted(known))}",
        )
    return f"`{name}`"


def ordered_labels(labels: Iterable[str], node_id: str, kind: str | None) -> tuple[str, ...]:
    """Labels from the root kind (named by the id's prefix) to the node's own kind, without the dialect's."""
    root = node_id.split("-", 1)[0]
    visible = [label for label in labels if not label.startswith("_")]
    return tuple(sorted(visible, key=lambda label: (label == kind, label.lower() != root, label)))
