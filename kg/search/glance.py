"""What a person wants to see of a hit without opening it: maturity, owner, year, place, field, form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.access import SEEN, View
from kg.identity import by_root_kind
from kg.schema.model import Schema
from kg.search.places import Place, operated, operators_places
from kg.store.base import Node, Row
from kg.values.region import by_code, locate

OWNERS = {"OWNED_BY": "out", "MANAGED_BY": "out", "ASKED_BY": "out", "OPERATES": "in", "OFFERS": "in"}
"""The edges to whoever stands behind a thing, with their direction as seen from it."""
FIELDS = {"IN_FIELD": "out", "ADMITS": "out"}
_PARTS = {**dict.fromkeys(OWNERS, "owner"), **dict.fromkeys(FIELDS, "field")}


@dataclass(frozen=True)
class Glance:
    """None where the node has no such thing; several owners or fields are joined by 、."""

    trl: int | None
    owner: str | None
    year: int | None
    region: str | None
    field: str | None
    form: str | None


def glances(view: View, schema: Schema, nodes: Sequence[Node]) -> dict[str, Glance]:
    """The glance of each node, by id; regions by their canonical name, a line's else its operator's."""
    names = _neighbours(view, schema, [node.id for node in nodes])
    lines = [node.id for node in nodes if operated(schema, node.kind) and not node.properties.get("region")]
    places = operators_places(view, lines) if lines else {}
    return {node.id: _glance(node, names.get(node.id, {}), places.get(node.id)) for node in nodes}


@lru_cache(maxsize=4096)
def place_name(code: str) -> str:
    """A division's canonical name, with the one above it where the name alone fits several (朝阳区)."""
    place = by_code(code)
    if place is None:
        return code
    alone = locate(place.name)
    above = by_code(place.parent) if place.parent else None
    return place.name if above is None or (alone and alone.code == code) else above.name + place.name


def region_of(text: object, code: object) -> str | None:
    """How a node's region is counted and shown: by its code, else as it was written."""
    return place_name(str(code)) if code else str(text) if text else None


def _glance(node: Node, names: dict[str, list[str]], place: Place | None) -> Glance:
    get = node.properties.get
    region, code = place or (get("region"), get("region_code"))
    joined = {part: "、".join(sorted(set(found))) for part, found in names.items()}
    return Glance(
        _whole(get("trl")),
        joined.get("owner"),
        _whole(get("year")),
        region_of(region, code),
        joined.get("field"),
        str(get("form")) if get("form") else None,
    )


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _neighbours(view: View, schema: Schema, ids: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for root, group in by_root_kind(schema, ids).items():
        kinds = set(schema.with_children(root)) | {root}
        for direction, pattern in (("out", "(n)-[r:{edges}]->(t)"), ("in", "(n)<-[r:{edges}]-(t)")):
            edges = [edge for edge, way in {**OWNERS, **FIELDS}.items() if way == direction]
            edges = [edge for edge in edges if kinds & _near_ends(schema, edge, direction)]
            for row in _rows(view, root, pattern.format(edges="|".join(edges)), group) if edges else ():
                part = _PARTS[row["edge"]]
                if part == "owner" or row["kind"] == "Field":  # a fund admits regions too
                    found.setdefault(row["id"], {}).setdefault(part, []).append(str(row["name"]))
    return found


def _near_ends(schema: Schema, edge: str, direction: str) -> set[str]:
    spec = schema.edges.get(edge)
    return set() if spec is None else set(spec.starts if direction == "out" else spec.ends)


def _rows(view: View, root: str, pattern: str, ids: Sequence[str]) -> list[Row]:
    return view.query(
        f"MATCH (n:`{root}`) WHERE n.id IN $ids AND {SEEN.format('n')} MATCH {pattern} "
        f"WHERE {SEEN.format('t')} "
        "RETURN n.id AS id, type(r) AS edge, t.kind AS kind, t.name AS name",
        ids=list(ids),
    )
