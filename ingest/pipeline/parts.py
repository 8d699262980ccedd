"""The nodes that exist only as part of a record: its limits here, what the reader found in `read_parts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.pipeline.merge import Entry
from ingest.pipeline.provenance import stated_sheet
from ingest.record import Child
from kg.identity import child_id
from kg.schema.model import Schema
from kg.store.base import Edge, Node


@dataclass
class Parts:
    """Child nodes with their edges, and what the reading changes on the record itself."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)


def add_children(parts: Parts, schema: Schema, entry: Entry) -> None:
    """The limits that the rows of an entry state."""
    for record in entry.records:
        sheet = stated_sheet(record.source, record.sheet)
        for number, child in enumerate(record.children):
            node = child_id(child.kind, entry.id, sheet, str(number), child.name)
            values = {key: value for key, value in child.properties.items() if value is not None}
            values |= standard(entry, record.source, child.kind, shown(child), sheet)
            values["provenance"] = [entry.statements[record.source, record.sheet]]
            parts.nodes.append(Node(node, schema.labels(child.kind), values))
            parts.edges.append(Edge(entry.id, child.edge, node, {"stated_by": entry.id, "sheet": sheet}))


def shown(child: Child) -> str:
    """A limit in words: `处理能力 3～15 kg/h`, `炉温 ≤1750 ℃`; its parameter alone where it has no number."""
    low, high = child.properties.get("low"), child.properties.get("high")
    if low is None and high is None:
        return child.name
    if low is None or high is None:
        ends = f"≤{_number(high)}" if low is None else f"≥{_number(low)}"
    else:
        ends = _number(low) if low == high else f"{_number(low)}～{_number(high)}"
    return " ".join(filter(None, (child.name, ends, str(child.properties.get("unit") or ""))))


def _number(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, (int, float)) else str(value)


def standard(entry: Entry, source: str, kind: str, name: str, sheet: str) -> Mapping[str, Any]:
    """What every part of a record has besides its own properties."""
    return {
        "key": "",
        "name": name,
        "kind": kind,
        "synthetic": entry.synthetic,
        "access": entry.access,
        "retired": bool(entry.values.get("retired", False)),
        "source": source,
        "provenance": [],
        "stated_by": entry.id,
        "sheet": sheet,
    }
