"""Labels of the store's own records: runs of the ingest, records that it refuses for secrecy (as hashes, so
that a later file cannot bring them in), and what the store says about itself."""

from __future__ import annotations

RUN = "Run"
META = "Meta"
REFUSAL = "Refusal"
BOOKKEEPING = frozenset({RUN, META, REFUSAL})
"""Counted neither as nodes nor as edges, and written by no export of entities."""

FORMAT = 1
"""The version of what a store holds; a reader refuses a higher one."""
