"""A registry written by hand, small enough to work out every answer on paper; it enters through the Writer.

All names are invented (`synthetic`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from embeddings.encoder import Encoder
from kg.identity import entity_id
from kg.schema.model import Schema
from kg.search.segment import embed_text, index_tokens
from kg.store.base import Edge, GraphStore, IndexInfo, Node, Property
from kg.values.parameters import parameter_of
from kg.values.quantity import parse_quantity
from kg.values.region import locate

SOURCE = "hand"
FILE = "hand.csv"


@dataclass
class Registry:
    """Collects nodes and edges; `write` puts them into a store with vectors and texts."""

    schema: Schema
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    line: int = 1

    def add(self, kind: str, key: str, name: str, *, access: str = "public", **more: Any) -> str:
        self.line += 1
        node_id = entity_id(self.schema, kind, SOURCE, key, name=name)
        where = {
            "source": SOURCE,
            "sheet": kind,
            "file": FILE,
            "line": self.line,
            "run": "r",
            "date": "2026-11-24",
        }
        properties: dict[str, Property] = {
            "key": key, "name": name, "kind": kind, "synthetic": True, "access": access, "retired": False,
            "source": SOURCE, "provenance": [json.dumps(where)], "stated_by": "", "sheet": "",
        }  # fmt: skip
        properties |= {one: value for one, value in more.items() if value is not None}
        self.nodes[node_id] = Node(node_id, self.schema.labels(kind), properties)
        return node_id

    def link(self, start: str, edge: str, end: str, **more: float) -> None:
        self.edges.append(Edge(start, edge, end, {"stated_by": start, "sheet": "hand", **more}))

    def operation(self, name: str) -> str:
        return self.add("UnitOp", name, name)

    def topic(self, name: str, broader: str | None = None) -> str:
        found = self.add("Field", name, name)
        if broader:
            self.link(found, "BROADER", self.add("Field", broader, broader))
        return found

    def institution(self, key: str, name: str, region: str | None = None, **more: Any) -> str:
        return self.add("PilotInstitution", key, name, **region_of(region), **more)

    def pilot_line(self, key: str, name: str, institution: str, **more: Any) -> str:
        found = self.add("PilotLine", key, name, **more)
        self.link(institution, "OPERATES", found)
        return found

    def capability(
        self,
        key: str,
        name: str,
        by: str,
        operation: str,
        limits: Sequence[tuple[str, str]] = (),
        **more: str,
    ) -> str:
        """`limits` are (parameter, text); an empty text is a parameter named without a number."""
        found = self.add("Capability", key, name, **more)
        self.link(by, "OFFERS", found)
        self.link(found, "OF", self.operation(operation))
        for index, (parameter, text) in enumerate(limits):
            limit = self.add(
                "Limit", f"{key}#{index}", parameter, parameter=parameter, **limit_of(parameter, text)
            )
            self.link(found, "HAS_LIMIT", limit)
        return found

    def achievement(
        self,
        key: str,
        name: str,
        steps: Iterable[tuple[str, Sequence[tuple[str | None, str]]]] = (),
        *,
        fields: Sequence[str] = (),
        region: str | None = None,
        step_field: str = "abstract",
        kind: str = "Achievement",
        **more: Any,
    ) -> str:
        """`steps` are (operation, [(measures, quantity text)])."""
        found = self.add(kind, key, name, **region_of(region), **more)
        for one in fields:
            self.link(found, "IN_FIELD", self.add("Field", one, one))
        for order, (operation, quantities) in enumerate(steps):
            held = [
                json.dumps(asked_document(measures, text), ensure_ascii=False)
                for measures, text in quantities
            ]
            step = self.add(
                "ProcessStep", f"{key}#{step_field}{order}", operation, order=order, text=operation,
                start=order, end=order + len(operation), field=step_field, component="hand", quantities=held,
            )  # fmt: skip
            self.link(found, "HAS_STEP", step)
            self.link(step, "NEEDS", self.operation(operation))
        return found

    def fund(
        self,
        key: str,
        name: str,
        *,
        fields: Sequence[str] = (),
        regions: Sequence[str] = (),
        stage: tuple[float | None, float | None, str] | None = None,
        ticket: tuple[float | None, float | None, str] | None = None,
        **more: Any,
    ) -> str:
        for term, window in (("stage", stage), ("ticket", ticket)):
            if window:
                more |= {f"{term}_low": window[0], f"{term}_high": window[1], f"{term}_text": window[2]}
        found = self.add("Fund", key, name, **more)
        for one in fields:
            self.link(found, "ADMITS", self.add("Field", one, one))
        for one in regions:
            self.link(found, "ADMITS", self.add("Region", one, one))
        return found

    def write(self, store: GraphStore, encoder: Encoder) -> None:
        nodes = list(self.nodes.values())
        indexed = [
            node
            for node in nodes
            if not self.schema.kinds[node.kind].derived and node.properties["access"] == "public"
        ]
        with store.transaction() as writer:
            writer.upsert_nodes(nodes)
            writer.upsert_edges(self.edges)
        if store.index_info() is None:
            store.set_index_info(IndexInfo(encoder.name, encoder.dimension, encoder.fingerprint))
        texts = [embed_text(self.schema.kinds[node.kind], node.properties) for node in indexed]
        with store.transaction() as writer:
            writer.put_vectors([node.id for node in indexed], encoder.encode(texts))
            tokens = [index_tokens(self.schema.kinds[node.kind], node.properties) for node in indexed]
            writer.put_texts([node.id for node in indexed], tokens)


def region_of(name: str | None) -> dict[str, Any]:
    """The stored properties of a place."""
    place = locate(name) if name else None
    return {"region": name, "region_code": place.code if place else None}


def limit_of(parameter: str, text: str) -> dict[str, Any]:
    """The stored properties of a limit: a bare number is the most that a line can do."""
    known = parameter_of(parameter)
    better = known.better if known else None
    if not text:
        return {"original": "", "better": better}
    found = parse_quantity(text)
    (low, high), (si_low, si_high) = found.bounds(), found.si_bounds()
    if found.relation in ("=", "~"):
        low = si_low = None
    return {
        "original": text, "low": low, "high": high, "unit": found.unit, "si_low": si_low, "si_high": si_high,
        "si_unit": found.si_unit, "better": better,
    }  # fmt: skip


def asked_document(measures: str | None, text: str) -> dict[str, Any]:
    """A quantity as a ProcessStep keeps it."""
    found = parse_quantity(text)
    return {
        **found.document(),
        "relation": found.relation,
        "measures": measures,
        "start": 0,
        "end": len(text),
    }
