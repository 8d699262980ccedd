"""The nodes that exist only as part of a record: its limits, and the process steps that the reader found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.pipeline.merge import Entry
from ingest.pipeline.provenance import stated_sheet
from ingest.pipeline.steps import READER_SHEET, STEP_EDGE, Facts, RecordStep
from ingest.pipeline.stubs import UNIT_OP, Stubs
from ingest.record import Child, Record
from ingest.resolve import Create
from kg.identity import child_id
from kg.schema.model import Schema
from kg.store.base import Edge, Node

STEP, NEEDS, ASKS = "ProcessStep", "NEEDS", "ASKS"


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
            values |= _standard(entry, record, child.kind, shown(child), sheet)
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


def add_steps(
    parts: Parts, schema: Schema, entry: Entry, facts: Facts, stubs: Stubs, version: str, asked: set[str]
) -> None:
    """The process steps of an entry's texts; a need also asks for each operation not `asked` by its row."""
    asks = any(entry.kind in schema.with_children(kind) for kind in schema.edges[ASKS].starts)
    stated = {"stated_by": entry.id, "sheet": READER_SHEET}
    for order, found in enumerate(facts.steps):
        op = stubs.create(
            Create(UNIT_OP, found.step.name), "", restricted=entry.restricted, synthetic=entry.synthetic
        )
        node = _step_node(schema, entry, found, order, version)
        parts.nodes.append(node)
        parts.edges.append(Edge(entry.id, STEP_EDGE, node.id, stated))
        parts.edges.append(Edge(node.id, NEEDS, op, stated))
        if asks and op not in asked:
            asked.add(op)
            parts.edges.append(Edge(entry.id, ASKS, op, stated))
    parts.changes["quantities"] = facts.quantities or None


def _step_node(schema: Schema, entry: Entry, found: RecordStep, order: int, version: str) -> Node:
    step = found.step
    node = child_id(STEP, entry.id, READER_SHEET, found.field, str(step.start), str(step.end))
    values: dict[str, Any] = {
        "order": order,
        "text": step.text,
        "start": step.start,
        "end": step.end,
        "field": found.field,
        "component": version,
    }
    if found.quantities:
        values["quantities"] = found.quantities
    values |= _standard(entry, entry.records[0], STEP, step.name, READER_SHEET)
    return Node(node, schema.labels(STEP), values)


def _standard(entry: Entry, record: Record, kind: str, name: str, sheet: str) -> Mapping[str, Any]:
    return {
        "key": "",
        "name": name,
        "kind": kind,
        "synthetic": entry.synthetic,
        "access": entry.access,
        "retired": False,
        "source": record.source,
        "provenance": [],
        "stated_by": entry.id,
        "sheet": sheet,
    }
