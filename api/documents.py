"""The document of one entity, by command line and HTTP alike, as INTERFACE states it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.access import View
from kg.schema.model import Schema
from kg.store.base import Neighbour, Node

Document = dict[str, Any]
READER = "reader"
_AS_JSON = ("quantities", "likely_fields", "flags", "conditions", "corrections")


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
        **_facts(node),
        "sources": sources(node) or _sources_around(view, node, near),
        "neighbours": [
            {"edge": one.edge, "direction": one.direction, "entity": entity(one.node)} for one in near
        ],
    }


def _facts(node: Node) -> Document:
    """What the reader said of a record beside its steps and evidence, which stand among the neighbours."""
    facts = node.properties
    if not facts.get(READER):
        return {}
    read: Document = {name: [json.loads(text) for text in node.texts(name)] for name in _AS_JSON}
    return {
        "reading": {
            "component": facts[READER],
            "trl_hint": facts.get("trl_hint"),
            "terms": node.texts("terms"),
            **read,
        }
    }


def _sources_around(view: View, node: Node, near: Sequence[Neighbour]) -> list[Document]:
    """The rows that name a node which has none of its own: its record's, else one of each file around it."""
    owner = str(node.properties.get("stated_by") or "")
    around = list(view.get([owner]).values()) if owner else [one.node for one in near]
    found: dict[tuple[Any, ...], Document] = {}
    for one in around:
        for source in sources(one):
            found.setdefault((source["source"], source["file"], source["sheet"]), source)
    return list(found.values())


def sources(node: Node) -> list[Document]:
    """Where each fact of a node came from: source, file, line, run, date, and the worksheet (null for a file
    without sheets)."""
    return [_source(json.loads(entry)) for entry in node.texts("provenance")]


def _source(entry: Document) -> Document:
    stated = {name: entry.get(name) for name in ("source", "file", "line", "run", "date")}
    return {**stated, "sheet": entry.get("worksheet") or None}
