"""Nodes and edges as parameter rows of the shared Cypher texts, checked, and rows back as nodes and edges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from kg.errors import StoreError
from kg.store import cypher
from kg.store.base import Edge, Neighbour, Node, Property, Row
from kg.store.names import Names, ordered_labels

STRUCTURAL = frozenset({"id", "title", "type", "label", "node_type"})
"""Names that the embedded graph answers by itself; no property may have one."""

T = TypeVar("T")

_BATCH = 5000
_LONG = 2**63


def node_statements(
    nodes: Sequence[Node], names: Names, extra_label: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """One statement with its parameters for each set of labels, at most `_BATCH` rows each."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for node in nodes:
        groups.setdefault(node.labels, []).append(_node_row(node))
    for labels, rows in groups.items():
        quoted = [names.label(label) for label in labels]
        marks = "".join(f":{label}" for label in quoted[1:]) + (f":`{extra_label}`" if extra_label else "")
        text = cypher.UPSERT_NODES.format(
            root=quoted[0],
            labels=f"SET n{marks}" if marks else "",
            kind=cypher.SET_KIND if len(labels) > 1 else cypher.KEEP_KIND,
        )
        for batch in batches(rows):
            yield text, {"rows": batch, "kind": labels[-1]}


def edge_statements(
    edges: Sequence[Edge], names: Names, anchor: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """One statement with its parameters for each edge type, at most `_BATCH` rows each."""
    rows = ((edge.type, _edge_row(edge)) for edge in edges)
    for kind, batch in edge_groups(rows):
        yield cypher.UPSERT_EDGES.format(anchor=anchor, type=names.edge(kind)), {"rows": batch}


def edge_groups(rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, list[Row]]]:
    """Rows by edge type, at most `_BATCH` at a time: a type cannot be a parameter."""
    groups: dict[str, list[Row]] = {}
    for kind, row in rows:
        groups.setdefault(kind, []).append(row)
    for kind, found in groups.items():
        for batch in batches(found):
            yield kind, batch


def _edge_row(edge: Edge) -> Row:
    return {"source": edge.start, "target": edge.end, "properties": checked(edge.properties, edge.type)}


def _node_row(node: Node) -> Row:
    if not node.labels or not node.id or any(map(str.isspace, node.id)):
        raise StoreError(f"a node needs a label and an id without blanks: {node.id!r} {node.labels!r}")
    properties = {name: value for name, value in node.properties.items() if name != "kind"}
    return {"id": node.id, "properties": checked(properties, node.id)}


def batches(rows: Sequence[T]) -> Iterator[list[T]]:
    """The rows in pieces that one statement takes."""
    for first in range(0, len(rows), _BATCH):
        yield list(rows[first : first + _BATCH])


def checked(properties: Mapping[str, Property | None], owner: str) -> dict[str, Property | None]:
    """The properties, if both stores take them; raises `StoreError` naming the one that they do not.

    A property holds a primitive or a list of one primitive type: Neo4j takes nothing else.
    """
    for name, value in properties.items():
        if name in STRUCTURAL:
            raise StoreError(f"{owner}: a property may not be named {name!r}", field=name)
        if not _storable(value):
            raise StoreError(
                f"{owner}: property {name!r} holds {type(value).__name__} {str(value)[:60]!r}, "
                "not a text, number, truth value or a list of one of these",
                field=name,
            )
    return dict(properties)


def _storable(value: object) -> bool:
    if isinstance(value, list):
        kinds = {type(item) for item in value}
        return len(kinds) <= 1 and all(item is not None and _primitive(item) for item in value)
    return value is None or _primitive(value)


def _primitive(value: object) -> bool:
    if isinstance(value, bool | str):
        return True
    if isinstance(value, int):
        return -_LONG <= value < _LONG
    return isinstance(value, float) and math.isfinite(value)


def properties_of(row: Mapping[str, Any]) -> dict[str, Property]:
    """Stored properties without the structural names and without the dialect's own (`_…`)."""
    return {
        name: value
        for name, value in row.items()
        if name not in STRUCTURAL and not name.startswith("_") and value is not None
    }


def node_of(row: Row) -> Node:
    """The node of a row with `id`, `labels`, `properties`."""
    properties = properties_of(row["properties"])
    kind = properties.get("kind")
    labels = ordered_labels(row["labels"], row["id"], kind if isinstance(kind, str) else None)
    return Node(row["id"], labels, properties)


def edges_of(rows: Iterable[Row]) -> list[Edge]:
    """The edges of rows with `source`, `type`, `target`, `properties`."""
    return [Edge(row["source"], row["type"], row["target"], properties_of(row["properties"])) for row in rows]


def neighbours_of(rows: Iterable[Row]) -> list[Neighbour]:
    """Neighbours ordered by edge, direction, id."""
    found = [
        Neighbour(row["edge"], row["direction"], node_of(row), properties_of(row["edge_properties"]))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.edge, one.direction, one.node.id))
