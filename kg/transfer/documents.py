"""Entities as documents, and the values that nodes hold, read with their types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.store.base import Node
from kg.transfer.proof import Document, Source
from kg.wording import Sentence, called

COLUMNS = ("id", "key", "name", "kind", "synthetic", "provenance")
"""What a Cypher text returns of a node so that `entity_of_row` can read it, each as `<prefix>_<column>`."""


@dataclass(frozen=True)
class Entity:
    """A node as INTERFACE names it, with the record that stated it."""

    id: str
    key: str
    kind: str
    name: str
    synthetic: bool
    source: Source = field(default_factory=Source, compare=False)

    @property
    def called(self) -> Sentence:
        """The name in a sentence."""
        return called(self.name, synthetic=self.synthetic)

    def document(self) -> Document:
        return {
            "id": self.id,
            "key": self.key,
            "kind": self.kind,
            "name": self.name,
            "synthetic": self.synthetic,
        }


def entity_of(node: Node) -> Entity:
    """The entity of a stored node."""
    get = node.properties.get
    name = str(get("name") or get("key") or node.id)
    key = str(get("key") or node.id)
    return Entity(node.id, key, node.kind, name, bool(get("synthetic")), source_of(get("provenance")))


def entity_of_row(row: Mapping[str, Any], prefix: str) -> Entity | None:
    """The entity in a row's `<prefix>_…` columns; None where an optional match found none."""
    found = {column: row.get(f"{prefix}_{column}") for column in COLUMNS}
    if found["id"] is None:
        return None
    key = str(found["key"] or found["id"])
    return Entity(
        str(found["id"]),
        key,
        str(found["kind"]),
        str(found["name"] or key),
        bool(found["synthetic"]),
        source_of(found["provenance"]),
    )


def returned(name: str, prefix: str) -> str:
    """The part of a RETURN clause that gives `entity_of_row` its columns."""
    return ", ".join(f"{name}.{column} AS {prefix}_{column}" for column in COLUMNS)


def source_of(provenance: Any) -> Source:
    """The latest record of a node's provenance (a list of JSON texts)."""
    if not provenance:
        return Source()
    try:
        last = json.loads(provenance[-1])
    except (TypeError, ValueError):
        return Source()
    return Source(last.get("source"), last.get("file"), last.get("line"), last.get("worksheet") or None)


def number(value: Any) -> float | None:
    """A stored number, None where there is none."""
    return None if value is None else float(value)


def whole(value: Any) -> int | None:
    """A stored whole number, None where there is none."""
    return None if value is None else int(value)


def text(value: Any) -> str | None:
    """A stored text, None where it is absent or empty."""
    return str(value) if value not in (None, "") else None
