"""Facets: how the found nodes divide by kind, field, region, year, maturity, form and owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.access import View
from kg.schema.model import Schema
from kg.store.base import Node

Facets = dict[str, list[dict[str, str | int]]]

MOST_VALUES = 20
EDGE_FACETS = {"field": "IN_FIELD", "owner": "OWNED_BY"}


def count_facets(view: View, schema: Schema, nodes: Sequence[Node]) -> Facets:
    """Values with counts per facet, most frequent first (ties by value), at most 20 a facet.

    Properties are those that the schema marks as facets, besides `kind`, `field` and `owner`.
    """
    counts: dict[str, Counter[str]] = {"kind": Counter(node.kind for node in nodes)}
    for node in nodes:
        for spec in schema.kinds[node.kind].properties.values():
            value = node.properties.get(spec.name)
            if spec.facet and value is not None:
                counts.setdefault(spec.name, Counter())[str(value)] += 1
    for name, edge in EDGE_FACETS.items():
        counts[name] = _by_edge(view, edge, [node.id for node in nodes])
    return {name: _listed(counter) for name, counter in counts.items() if counter}


def _by_edge(view: View, edge: str, ids: list[str]) -> Counter[str]:
    rows = view.query(
        f"MATCH (n)-[:{edge}]->(t) WHERE n.id IN $ids AND t.access = 'public' AND NOT t.retired "
        "RETURN t.name AS value, count(DISTINCT n.id) AS count",
        ids=ids,
    )
    return Counter({str(row["value"]): int(row["count"]) for row in rows})


def _listed(counter: Counter[str]) -> list[dict[str, str | int]]:
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return [{"value": value, "count": count} for value, count in ordered[:MOST_VALUES]]
