"""Totals that a register states of itself, against what is really there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.pipeline import cypher
from ingest.pipeline.inputs import Claim
from ingest.pipeline.plan import Plan
from ingest.pipeline.retire import Departure
from ingest.report import Total
from kg.identity import normal_name
from kg.schema.model import Schema
from kg.store.base import GraphStore


def count_totals(
    claims: Sequence[Claim],
    store: GraphStore | None,
    schema: Schema,
    plan: Plan,
    leaving: Sequence[Departure],
) -> list[Total]:
    """Each claim with the records counted: what the store holds once the plan is carried out.

    A claim about a kind of which no sheet is in this run is told only where it agrees: a slip of paper with
    three capabilities does not say again that the institutions are not all there.
    """
    gone = {item.known.id for item in leaving if item.retires}
    found = []
    for claim in claims:
        counted = (_stored(claim, store) | _planned(claim, schema, plan)) - gone
        total = Total(claim.text, claim.count, len(counted))
        if claim.touched or total.agrees:
            found.append(total)
    return found


def _stored(claim: Claim, store: GraphStore | None) -> set[str]:
    if store is None:
        return set()
    wanted = "".join(f", n.{name} AS {name}" for name in claim.where)
    text = cypher.RECORDS.format(label=claim.kind, wanted=wanted)
    return {row["id"] for row in store.query(text, source=claim.source) if _fits(claim, row)}


def _planned(claim: Claim, schema: Schema, plan: Plan) -> set[str]:
    """Nodes of this run that the claim counts; after a real run the store holds them all, and more."""
    kinds = schema.with_children(claim.kind)
    found = set()
    for group in plan.groups.values():
        rows = [row for row in group.records if row.kind in kinds and row.source == claim.source]
        values = {name: value for row in rows for name, value in row.properties.items() if value is not None}
        if rows and _fits(claim, values):
            found.add(group.id)
    return found


def _fits(claim: Claim, values: Mapping[str, Any]) -> bool:
    """Whether the properties are what the claim asks for; a list does where it holds the value."""
    for name, wanted in claim.where.items():
        value = values.get(name)
        given = value if isinstance(value, list) else [value]
        if normal_name(wanted) not in {normal_name(str(one)) for one in given if one is not None}:
            return False
    return True
