"""How much a store holds: per kind and per edge type, without bookkeeping and without what is retired."""

from __future__ import annotations

from kg.store import cypher
from kg.store.base import GraphStore
from kg.store.bookkeeping import BOOKKEEPING


def count(store: GraphStore) -> dict[str, dict[str, int] | int]:
    """`{"nodes": {Kind: n}, "edges": {TYPE: n}, "runs": n}`.

    A node counts once, under its most specific kind. An edge counts where both its ends do.
    Restricted records are in it: the counts are the operator's.
    """
    hidden = sorted(BOOKKEEPING)
    nodes = {row["name"]: row["number"] for row in store.query(cypher.COUNT_NODES, hidden=hidden)}
    edges = {row["name"]: row["number"] for row in store.query(cypher.COUNT_EDGES, hidden=hidden)}
    return {"nodes": nodes, "edges": edges, "runs": store.query(cypher.COUNT_RUNS)[0]["number"]}
