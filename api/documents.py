"""The document of one entity, by command line and HTTP alike, as INTERFACE states it."""

from __future__ import annotations

import json
from typing import Any

from kg.access import View
from kg.schema.model import Schema
from kg.store.base import Node

Document = dict[str, Any]


def entity(node: Node) -> Document:
    """An entity: id, key, kind, name, synthetic."""
    facts = node.properties
    return {
        "id": node.id,
        "key": facts.get("key"),
        "kind": node.kind,
        "name": facts.get("name"),
        "synthetic": bool(facts.get("synthetic", False)),
    }


def shown(view: View, schema: Schema, node: Node) -> Document:
    """The entity with its properties, sources and neighbours."""
    from kg.values import present

    near = view.neighbours(node.id)
    return {
        **entity(node),
        "properties": present(schema.kinds[node.kind], node.properties),
        "sources": sources(node),
        "neighbours": [
            {"edge": one.edge, "direction": one.direction, "entity": entity(one.node)} for one in near
        ],
    }


def sources(node: Node) -> list[Document]:
    """Where each fact of a node came from: source, file, line, run, date; worksheet where there is one."""
    entries = node.properties.get("provenance") or []
    loaded = [json.loads(str(entry)) for entry in entries] if isinstance(entries, list) else []
    return [_source(one) for one in loaded]


def _source(entry: Document) -> Document:
    worksheet = {"worksheet": entry["worksheet"]} if entry.get("worksheet") else {}
    return {**{name: entry.get(name) for name in ("source", "file", "line", "run", "date")}, **worksheet}
