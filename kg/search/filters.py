"""Filters as graph questions: the ids that a hit must be among."""

from __future__ import annotations

from collections.abc import Callable

from kg.access import View
from kg.identity import normal_name
from kg.schema.model import Schema
from kg.search.places import operated, operators_places, placed
from kg.search.query import Filters, Window
from kg.store.base import Row
from kg.values.region import areas, contains


def allowed(view: View, schema: Schema, filters: Filters) -> set[str] | None:
    """Ids that pass every filter beyond the kind; None where there is no such filter."""
    if not filters.beyond_kind:
        return None
    kinds = filters.kinds or tuple(kind for kind, spec in schema.kinds.items() if not spec.derived)
    return set().union(*(_of_kind(view, schema, kind, filters) for kind in kinds))


def _of_kind(view: View, schema: Schema, kind: str, filters: Filters) -> set[str]:
    wanted = {name for name in ("year", "trl", "region") if getattr(filters, name) is not None}
    properties = schema.kinds[kind].properties
    if not wanted <= set(properties):
        return set()
    ids = _by_properties(view, schema, kind, sorted(wanted), filters)
    for edge, asked in (("IN_FIELD", filters.field), ("OWNED_BY", filters.owner)):
        if asked is not None:
            ids &= _by_edge(view, kind, edge, asked)
    return ids


def _by_properties(view: View, schema: Schema, kind: str, names: list[str], filters: Filters) -> set[str]:
    columns = [f"n.{name} AS {name}" for name in names]
    if "region" in names:
        columns.append("n.region_code AS region_code")
    rows = view.query(
        f"MATCH (n:{kind}) WHERE n.access = 'public' AND NOT n.retired RETURN "
        + ", ".join(["n.id AS id", *columns])
    )
    if "region" in names and operated(schema, kind):
        rows = placed(rows, operators_places(view))
    tests: list[Callable[[Row], bool]] = []
    if filters.year is not None:
        tests.append(_in_window("year", filters.year))
    if filters.trl is not None:
        tests.append(_in_window("trl", filters.trl))
    if filters.region is not None:
        tests.append(_in_region(filters.region))
    return {row["id"] for row in rows if all(test(row) for test in tests)}


def _in_window(name: str, window: Window) -> Callable[[Row], bool]:
    low = window.low if window.low is not None else -(10**9)
    high = window.high if window.high is not None else 10**9
    return lambda row: row[name] is not None and low <= row[name] <= high


def _in_region(asked: str) -> Callable[[Row], bool]:
    """A place as anybody writes it, with all that lies in it; 川渝 and the like stand for their members."""
    places = areas(asked)
    wanted = normal_name(asked)

    def test(row: Row) -> bool:
        if row["region"] is None:
            return False
        if places and row["region_code"]:
            return any(contains(place.code, row["region_code"]) for place in places)
        return wanted in normal_name(row["region"])

    return test


def _by_edge(view: View, kind: str, edge: str, asked: str) -> set[str]:
    pattern = (
        f"MATCH (n:{kind})-[:{edge}]->(t) WHERE n.access = 'public' AND NOT n.retired "
        "AND t.access = 'public' AND NOT t.retired "
    )
    targets = view.query(pattern + "RETURN DISTINCT t.id AS id, t.key AS key, t.name AS name")
    named = _named(targets, asked)
    if edge == "IN_FIELD":
        named |= _narrower(view, asked)
    rows = view.query(pattern + "AND t.id IN $ids RETURN DISTINCT n.id AS id", ids=sorted(named))
    return {row["id"] for row in rows}


def _named(rows: list[Row], asked: str) -> set[str]:
    """The rows meant by a key, an id or a name; by a part of the name where no name is equal."""
    wanted = normal_name(asked)
    exact = {r["id"] for r in rows if asked in (r["id"], r["key"]) or normal_name(r["name"]) == wanted}
    return exact or {r["id"] for r in rows if wanted in normal_name(r["name"])}


def _narrower(view: View, asked: str) -> set[str]:
    """Fields below the named one, at any depth, by visible steps only."""
    rows = view.query(
        "MATCH (f:Field)-[:BROADER]->(b:Field) WHERE f.access = 'public' AND NOT f.retired "
        "AND b.access = 'public' AND NOT b.retired "
        "RETURN f.id AS narrower, b.id AS id, b.key AS key, b.name AS name"
    )
    found, level = set[str](), _named(rows, asked)
    while level:
        level = {row["narrower"] for row in rows if row["id"] in level} - found
        found |= level
    return found
