"""Totals that a register states of itself, against what is really there."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pipeline import cypher
from ingest.pipeline.inputs import Claim
from ingest.pipeline.options import Options
from ingest.pipeline.plan import Plan
from ingest.pipeline.retire import Departure
from ingest.report import Total
from kg.schema.model import Schema
from kg.store.base import GraphStore


def count_totals(
    claims: Sequence[Claim],
    store: GraphStore | None,
    schema: Schema,
    plan: Plan,
    leaving: Sequence[Departure],
    options: Options,
) -> list[Total]:
    """Each claim with the records counted; a dry run counts what would be there."""
    return [
        Total(claim.text, claim.count, _count(claim, store, schema, plan, leaving, options))
        for claim in claims
    ]


def _count(
    claim: Claim,
    store: GraphStore | None,
    schema: Schema,
    plan: Plan,
    leaving: Sequence[Departure],
    options: Options,
) -> int:
    ids = _stored(claim, store)
    if options.dry_run or store is None:
        kinds = schema.with_children(claim.kind)
        ids |= {
            group.id
            for group in plan.groups.values()
            if any(row.kind in kinds and row.source == claim.source for row in group.records)
        }
        ids -= {item.known.id for item in leaving if item.retires}
    return len(ids)


def _stored(claim: Claim, store: GraphStore | None) -> set[str]:
    if store is None:
        return set()
    rows = store.query(cypher.RECORDS.format(label=claim.kind), source=claim.source)
    return {row["id"] for row in rows}
