"""The documents that command line and HTTP API both return, as INTERFACE states them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.access import View
from kg.schema.model import Schema
from kg.store.base import Node

if TYPE_CHECKING:
    from kg.search.engine import Answer

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
    """Where each fact of a node came from: source, file, line, run, date."""
    entries = node.properties.get("provenance") or []
    loaded = [json.loads(str(entry)) for entry in entries] if isinstance(entries, list) else []
    return [{name: one.get(name) for name in ("source", "file", "line", "run", "date")} for one in loaded]


def search_answer(answer: Answer) -> Document:
    """A page of search hits with totals and facets."""
    return {
        "total": answer.total,
        "total_capped": answer.total_capped,
        "facets": answer.facets,
        "hits": [
            {
                **entity(hit.node),
                "title": hit.node.properties.get("name"),
                "score": hit.score,
                "found_by": list(hit.found_by),
                "highlight": hit.highlight,
            }
            for hit in answer.hits
        ],
    }
