"""Where a pilot line stands that states no place of its own: with whoever operates it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.access import SEEN, View
from kg.schema.model import Schema
from kg.store.base import Row

OPERATED = (
    f"MATCH (o:Organization)-[:OPERATES]->(n:PilotLine) WHERE {SEEN.format('o')} AND {SEEN.format('n')}"
    "{among} RETURN n.id AS id, o.id AS operator, n.region AS own, o.region AS region, "
    "o.region_code AS region_code"
)

Place = tuple[Any, Any]
"""A region as it was written, and its code where the gazetteer has it."""


def operated(schema: Schema, kind: str) -> bool:
    """Whether things of this kind may stand under their operator's region."""
    return kind in schema.with_children("PilotLine")


def operators_places(view: View, ids: Sequence[str] | None = None) -> dict[str, Place]:
    """The operator's place of every line (of these ids) without one; of several operators the first by id."""
    among = {} if ids is None else {"ids": list(ids)}
    rows = view.query(OPERATED.replace("{among}", " AND n.id IN $ids" if among else ""), **among)
    found: dict[str, Place] = {}
    for row in sorted(rows, key=lambda row: str(row["operator"])):
        if row["region"] and not row["own"]:
            found.setdefault(row["id"], (row["region"], row["region_code"]))
    return found


def placed(rows: Sequence[Row], places: dict[str, Place]) -> list[Row]:
    """The rows (`id`, `region`, `region_code` among their columns) with the places of these ids."""
    return [
        {**row, "region": places[row["id"]][0], "region_code": places[row["id"]][1]}
        if row["id"] in places
        else row
        for row in rows
    ]
