"""The nodes that exist only as part of a record: its limits, and the process steps that the reader found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.pipeline.merge import Entry
from ingest.pipeline.provenance import stated_sheet
from ingest.pipeline.steps import READER_SHEET, STEP_EDGE, Facts, Step
from ingest.pipeline.stubs import UNIT_OP, Stubs
from ingest.record import Record
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
            values |= _standard(entry, record, child.kind, child.name, sheet)
            parts.nodes.append(Node(node, schema.labels(child.kind), values))
            parts.edges.append(Edge(entry.id, child.edge, node, {"stated_by": entry.id, "sheet": sheet}))


def add_steps(
    parts: Parts, schema: Schema, entry: Entry, facts: Facts, stubs: Stubs, version: str, asked: set[str]
) -> None:
    """The process steps of an entry's texts; a need also asks for each operation not `asked` by its row."""
    asks = any(entry.kind in schema.with_children(kind) for kind in schema.edges[ASKS].starts)
    stated = {"stated_by": entry.id, "sheet": READER_SHEET}
    for step in facts.steps:
        op = stubs.create(
            Create(UNIT_OP, step.mention.name), "", restricted=entry.restricted, synthetic=entry.synthetic
        )
        node = _step_node(schema, entry, step, version)
        parts.nodes.append(node)
        parts.edges.append(Edge(entry.id, STEP_EDGE, node.id, stated))
        parts.edges.append(Edge(node.id, NEEDS, op, stated))
        if asks and op not in asked:
            asked.add(op)
            parts.edges.append(Edge(entry.id, ASKS, op, stated))
    parts.changes["quantities"] = facts.quantities or None


def _step_node(schema: Schema, entry: Entry, step: Step, version: str) -> Node:
    mention = step.mention
    node = child_id(STEP, entry.id, READER_SHEET, step.field, str(mention.start), str(mention.end))
    values: dict[str, Any] = {
        "order": step.order,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "field": step.field,
        "component": version,
    }
    if step.quantities:
        values["quantities"] = list(step.quantities)
    standard = _standard(entry, entry.records[0], STEP, mention.name, READER_SHEET)
    return Node(node, schema.labels(STEP), {**values, **standard})


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
