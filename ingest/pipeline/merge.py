"""All rows of a node as one node: what they state wins; an empty cell removes only what nothing else states.

A later row wins over an earlier one of the same run. An empty cell (None) removes a value unless another row
of this run gives one, or another sheet states the node too (its row is not here to be asked). A column that
a sheet lacks leaves the value alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.pipeline.identify import has_own_name_as_key
from ingest.pipeline.plan import Group
from ingest.pipeline.provenance import Statement, statement_of
from ingest.pipeline.snapshot import Known
from ingest.record import Record
from kg.identity import normal_name
from kg.schema.model import Schema
from kg.store.base import Node

Values = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A node ready to be written: `changes` go to the store (None removes), `values` is the node after it.

    `statements` are those of its rows in this run, by source and sheet, as the store keeps them.
    """

    id: str
    kind: str
    records: tuple[Record, ...]
    changes: Values
    values: Values
    restricted: bool
    synthetic: bool
    known: Known | None
    statements: Mapping[tuple[str, str], str]

    @property
    def access(self) -> str:
        return "restricted" if self.restricted else "public"


def merge(
    schema: Schema,
    group: Group,
    known: Known | None,
    stored: Mapping[str, Any],
    run: str,
    date: str,
) -> Entry:
    """The entry of a group; `stored` holds the node's present properties (empty for a new node)."""
    first = group.lead
    statements = _statements(group, known, run, date)
    others = len(statements) > len({(record.source, record.sheet) for record in group.records})
    changes = _stated(group.records, keep_missing=others)
    kind = _kind(schema, group, known)
    settled = known if known is not None and known.statements else None
    restricted = any(item.restricted for item in statements)
    synthetic = is_synthetic(group, known)
    name = changes.get("name") or (known.name if known and known.name else None) or first.key
    changes |= {
        "key": _key(settled, first),
        "name": name,
        "kind": kind,
        "synthetic": synthetic,
        "access": "restricted" if restricted else "public",
        "retired": False,
        "source": settled.source if settled else first.source,
        "provenance": [item.dump() for item in statements],
        "stated_by": "",
        "sheet": "",
    }
    values = {name: value for name, value in {**stored, **changes}.items() if value is not None}
    here = {item.place: item.dump() for item in statements}
    return Entry(group.id, kind, tuple(group.records), changes, values, restricted, synthetic, known, here)


def _key(settled: Known | None, first: Record) -> str:
    """The key that the node had before, unless it was only its name and a row gives a better one."""
    if settled is None:
        return first.key
    is_name = normal_name(settled.key) == normal_name(settled.name)
    return first.key if is_name and not has_own_name_as_key(first) else settled.key


def is_restricted(group: Group, known: Known | None) -> bool:
    """Whether any row that states the node, here or on another sheet of the store, is restricted."""
    here = {(record.source, record.sheet) for record in group.records}
    elsewhere = known.statements if known else []
    return any(record.restricted for record in group.records) or any(
        item.restricted for item in elsewhere if item.place not in here
    )


def is_synthetic(group: Group, known: Known | None) -> bool:
    """A node is generated as long as no real row states it."""
    settled = known if known is not None and known.statements else None
    return all(record.synthetic for record in group.records) and (settled is None or settled.synthetic)


def bare_node(schema: Schema, group: Group) -> Node:
    """The node of a group with what every node must have and no statement: its row is yet to be written."""
    first = group.lead
    kind = _kind(schema, group, None)
    values: Values = {
        "key": first.key,
        "name": first.properties.get("name") or first.key,
        "kind": kind,
        "synthetic": is_synthetic(group, None),
        "access": "restricted" if is_restricted(group, None) else "public",
        "retired": False,
        "source": first.source,
        "provenance": [],
        "stated_by": "",
        "sheet": "",
    }
    return Node(group.id, schema.labels(kind), values)


def _statements(group: Group, known: Known | None, run: str, date: str) -> list[Statement]:
    """What the store has, with this run's rows in the place of their sheets' earlier ones."""
    fresh = {(item.source, item.sheet): statement_of(item, run, date) for item in group.records}
    earlier = known.statements if known else []
    kept = [fresh.pop(item.place, item) for item in earlier]
    return [*kept, *fresh.values()]


def _stated(records: list[Record], *, keep_missing: bool) -> Values:
    found: Values = {}
    empty: Values = {}
    for record in records:
        for name, value in record.properties.items():
            (empty if value is None else found)[name] = value
    return found if keep_missing else {**empty, **found}


def _kind(schema: Schema, group: Group, known: Known | None) -> str:
    """The most specific kind stated; between two that do not contain each other, the one there before."""
    kind = known.kind if known else group.records[0].kind
    for record in group.records:
        if kind in schema.labels(record.kind):
            kind = record.kind
    return kind
