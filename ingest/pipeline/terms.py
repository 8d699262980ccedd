"""Terms as nodes that link records, worked out over the whole store once a run has written its records.

A term gets a node where it links: two public records mention it and one of them states it as a keyword, or
three do by what was read of them. Which one came first never counts, and restricted or retired records
neither count nor mention anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ingest.pipeline import cypher
from ingest.pipeline.corrections import CORRECTIONS, stored_corrections
from ingest.pipeline.facts import read_kinds
from kg.identity import entity_id, normal_name
from kg.schema.model import Schema
from kg.store.base import Edge, GraphStore, Node, Row
from kg.vocabulary import Vocabulary

TERM, MENTIONS = "Term", "MENTIONS"
TERMS_SHEET = "terms"
"""The sheet that edges of terms name: they are renewed apart from what a row or the reader states."""
STATED, READ = 2, 3
"""How many records must mention a term that one of them states as a keyword, and any other term."""
_EDGES = 20_000
"""Edges of a transaction."""


@dataclass
class _Term:
    """A term as its records write it: how often each spelling, which records, whether stated as a keyword."""

    spellings: Counter[str] = field(default_factory=Counter)
    records: set[str] = field(default_factory=set)
    stated: bool = False
    real: bool = False

    @property
    def links(self) -> bool:
        return len(self.records) >= (STATED if self.stated else READ)

    @property
    def name(self) -> str:
        return min(self.spellings, key=lambda one: (-self.spellings[one], one))


def link_terms(store: GraphStore, schema: Schema, vocabulary: Vocabulary) -> None:
    """Bring the terms of a store that is open to write up to what its public records mention now."""
    roots = sorted({schema.labels(kind)[0] for kind in read_kinds(schema)})
    terms = _gathered(_rows(store, roots), vocabulary)
    wanted = {_id(schema, key): term for key, term in terms.items() if term.links}
    stored = _stored(store)
    nodes = [_node(schema, one, term) for one, term in sorted(wanted.items())]
    changed = [node for node in nodes if stored.values.get(node.id) != _told(node.properties)]
    gone = sorted(stored.values.keys() - wanted.keys())
    lost = {
        record
        for one, records in stored.records.items()
        if one in wanted
        for record in records - wanted[one].records
    }
    edges = [
        _edge(record, one)
        for one, term in sorted(wanted.items())
        for record in sorted(term.records)
        if record in lost or record not in stored.records.get(one, ())
    ]
    if gone or changed or lost:
        with store.transaction() as work:
            work.delete_nodes(gone)
            work.clear_stated(sorted(lost), [TERMS_SHEET])
            work.upsert_nodes(changed)
    for first in range(0, len(edges), _EDGES):
        with store.transaction() as work:
            work.upsert_edges(edges[first : first + _EDGES])


def left_undone(store: GraphStore) -> bool:
    """Whether the last run stopped before it came to the terms."""
    return any(not row["finished"] for row in store.query(cypher.LAST_RUN))


def _rows(store: GraphStore, roots: Iterable[str]) -> Iterator[Row]:
    for root in roots:
        yield from store.query(cypher.MENTIONING.format(label=root))


def _gathered(rows: Iterable[Row], vocabulary: Vocabulary) -> dict[str, _Term]:
    """Terms by the name that they are compared by."""

    @cache
    def listed(text: str) -> tuple[str, str]:
        known = vocabulary.canonical(text)
        name = known.name if known else text
        return normal_name(name), name

    found: dict[str, _Term] = {}
    for row in rows:
        corrections = stored_corrections(row[CORRECTIONS])
        wrong = {listed(one.name)[0] for one in corrections if (one.fact, one.verdict) == ("term", "wrong")}
        for text, stated in _mentioned(row):
            key, name = listed(text)
            if not key or key in wrong:
                continue
            term = found.setdefault(key, _Term())
            if row["id"] not in term.records:
                term.spellings[name] += 1
            term.records.add(row["id"])
            term.stated |= stated
            term.real |= not row["synthetic"]
    return found


def _mentioned(row: Row) -> Iterator[tuple[str, bool]]:
    for text in row["keywords"] or ():
        yield text.strip(), True
    for text in row["terms"] or ():
        yield text, False


@dataclass(frozen=True)
class _Stored:
    """The terms that the store has: what each node says, and the records that mention it."""

    values: Mapping[str, tuple[Any, ...]]
    records: Mapping[str, set[str]]


def _stored(store: GraphStore) -> _Stored:
    values = {row["id"]: _told(row) for row in store.query(cypher.TERMS)}
    records: dict[str, set[str]] = {}
    for row in store.query(cypher.TERM_EDGES) if values else ():
        records.setdefault(row["id"], set()).add(row["record"])
    return _Stored(values, records)


def _told(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return values["name"], values["access"], bool(values["synthetic"])


def _id(schema: Schema, key: str) -> str:
    return entity_id(schema, TERM, "", None, name=key)


def _node(schema: Schema, node: str, term: _Term) -> Node:
    standing = {
        "synthetic": not term.real,
        "access": "public",
        "retired": False,
        "stated_by": "",
        "sheet": "",
    }
    values = {"key": term.name, "name": term.name, "kind": TERM, "source": "", "provenance": []}
    return Node(node, schema.labels(TERM), {**values, **standing})  # type: ignore[dict-item]


def _edge(record: str, term: str) -> Edge:
    return Edge(record, MENTIONS, term, {"stated_by": record, "sheet": TERMS_SHEET})
