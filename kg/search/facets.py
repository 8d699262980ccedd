"""Facets: how the found nodes divide by kind, field, owner and every property that the schema marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.access import View
from kg.identity import by_root_kind
from kg.schema.model import Schema
from kg.search.glance import region_of
from kg.search.places import operated, operators_places, placed
from kg.store.base import Row

Facets = dict[str, list[dict[str, str | int]]]

MOST_VALUES = 20
EDGE_FACETS = {"IN_FIELD": "field", "OWNED_BY": "owner"}


@dataclass(frozen=True)
class Division:
    """The visible ones of some candidates, in their order, and how they divide."""

    ids: tuple[str, ...]
    facets: Facets


def divide(view: View, schema: Schema, ids: Sequence[str]) -> Division:
    """Count the visible ids per facet value, most frequent first (ties by value), at most 20 values a facet.

    One place counts once, whatever way it was written (绵阳, 绵阳市, 四川省绵阳市): under its canonical name.
    Asked per root kind, with nothing but the facets' columns: a search divides hundreds of candidates and
    shows ten.
    """
    counts: dict[str, Counter[str]] = {"kind": Counter()}
    seen: set[str] = set()
    for root, group in by_root_kind(schema, ids).items():
        seen |= _count_properties(view, schema, root, group, counts)
        _count_edges(view, schema, root, group, counts)
    facets = {name: _listed(counter) for name, counter in counts.items() if counter}
    return Division(tuple(one for one in ids if one in seen), facets)


def _count_properties(
    view: View, schema: Schema, root: str, ids: Sequence[str], counts: dict[str, Counter[str]]
) -> set[str]:
    specs = {
        spec.name: spec.type
        for kind in schema.with_children(root)
        for spec in schema.kinds[kind].properties.values()
        if spec.facet
    }
    codes = [f"{name}_code" for name, kind in specs.items() if kind == "region"]
    columns = ", ".join(["n.id AS id", *(f"n.{name} AS {name}" for name in ("kind", *sorted(specs), *codes))])
    rows = view.query(
        f"MATCH (n:`{root}`) WHERE n.id IN $ids AND n.access = 'public' AND NOT n.retired RETURN {columns}",
        ids=list(ids),
    )
    if "region" in specs and operated(schema, root):
        rows = placed(rows, operators_places(view, ids))
    for name in ("kind", *sorted(specs)):
        regional = specs.get(name) == "region"
        values = (region_of(row[name], row[f"{name}_code"]) if regional else row[name] for row in rows)
        counts.setdefault(name, Counter()).update(str(value) for value in values if value is not None)
    return {row["id"] for row in rows}


def _count_edges(
    view: View, schema: Schema, root: str, ids: Sequence[str], counts: dict[str, Counter[str]]
) -> None:
    kinds = set(schema.with_children(root)) | {root}
    edges = [edge for edge in EDGE_FACETS if edge in schema.edges and kinds & set(schema.edges[edge].starts)]
    if not edges:
        return
    rows: list[Row] = view.query(
        f"MATCH (n:`{root}`)-[r:{'|'.join(edges)}]->(t) WHERE n.id IN $ids "
        "AND n.access = 'public' AND NOT n.retired AND t.access = 'public' AND NOT t.retired "
        "RETURN type(r) AS edge, t.name AS value, count(DISTINCT n.id) AS count",
        ids=list(ids),
    )
    for row in rows:
        counts.setdefault(EDGE_FACETS[row["edge"]], Counter())[str(row["value"])] += int(row["count"])


def _listed(counter: Counter[str]) -> list[dict[str, str | int]]:
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return [{"value": value, "count": count} for value, count in ordered[:MOST_VALUES]]
