"""Labels of the store's own records: runs of the ingest and what the store says about itself."""

from __future__ import annotations

RUN = "Run"
META = "Meta"
BOOKKEEPING = frozenset({RUN, META})
"""Counted neither as nodes nor as edges, and written by no export of entities."""

FORMAT = 1
"""The version of what a store holds; a reader refuses a higher one."""
