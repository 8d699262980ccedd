"""Records refused for secrecy: what one row calls classified stays out, whatever else is said and when.

A refusal is remembered in the store as hashes of what tells the record: source and key, a body's social
credit code or name. Nothing else of the row is kept, and no reader sees it. It is lifted when a row of the
same sheet states another level for that record in words (公开, 内部); a row without a mark lifts nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.pipeline import cypher
from ingest.pipeline.gather import Gathered
from ingest.pipeline.provenance import whole_sheet
from ingest.pipeline.snapshot import Known, Snapshot
from ingest.record import ClassifiedRow, HeldRow, Place, Record
from kg.identity import normal_name
from kg.schema.model import Schema
from kg.store.base import GraphStore, Node
from kg.store.bookkeeping import REFUSAL
from kg.values.uscc import is_uscc

_BODY = "Organization"
Row = Record | HeldRow | ClassifiedRow
Marks = tuple[str, ...]


@dataclass(frozen=True)
class Refusals:
    """What a run does about secrecy: stored nodes to delete, refusals to remember (all their marks by id) and
    to lift, and the places of the rows that are refused with their record."""

    forgotten: tuple[Known, ...] = ()
    remembered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lifted: tuple[str, ...] = ()
    places: frozenset[Place] = frozenset()

    def record(self, store: GraphStore) -> None:
        """Bring the store's memory up to date, in a transaction of its own where there is news."""
        if self.remembered or self.lifted:
            with store.transaction() as writer:
                writer.upsert_nodes([_node(one, marks) for one, marks in sorted(self.remembered.items())])
                writer.delete_nodes(self.lifted)


def refuse(gathered: Gathered, snapshot: Snapshot, store: GraphStore | None, schema: Schema) -> Refusals:
    """Take every row of a classified record out of `gathered` (they count as classified, uncopied), restrict
    what stands beside a restricted row that is held back, and say what the store must forget."""
    stored = _stored(store)
    lifted = _lifted(gathered, stored)
    claims = _Claims(schema)
    for one, marks in stored.items():
        if one not in lifted:
            claims.add(marks, {one})
    for row in gathered.classified:
        claims.refuse(row)
    rows: list[Row] = [*gathered.records, *gathered.twins, *gathered.held]
    refused, forgotten = claims.spread(rows, list(snapshot.nodes.values())) if claims.owners else (set(), ())
    places = _take_out(gathered, refused)
    _restrict_beside_held(gathered, schema)
    news = {one: marks for one, marks in claims.by_refusal().items() if marks != stored.get(one)}
    return Refusals(tuple(forgotten), news, tuple(sorted(lifted)), places)


@dataclass(frozen=True)
class _Told:
    """What tells a record: the marks that its refusal stands on, and those that it is looked up by."""

    claimed: Marks
    asked: Marks


class _Claims:
    """The marks of refused records, each with the refusals that stand on it."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.owners: dict[str, set[str]] = {}
        self._names: set[tuple[str, str, str]] = set()
        """Names of refused rows: a held row without a key may be told by nothing else. For this run only."""

    def add(self, marks: Iterable[str], refusals: Collection[str]) -> bool:
        """Let these refusals stand on these marks; whether that was news."""
        news = False
        for mark in marks:
            owners = self.owners.setdefault(mark, set())
            news = news or not owners.issuperset(refusals)
            owners.update(refusals)
        return news

    def refuse(self, row: ClassifiedRow) -> None:
        """The refusal that a row's own mark brings about."""
        self._names.add(self._named(row))
        self.add(self._of_row(row).claimed, _refusal_ids(row))

    def spread(self, rows: Sequence[Row], nodes: Sequence[Known]) -> tuple[set[int], list[Known]]:
        """The rows (by object id) and the stored nodes of refused records. A record is told by all that any
        of its rows shows, so that what one row adds may refuse another."""
        asked = [(self._of_row(row), row) for row in rows] + [(self._of_node(one), one) for one in nodes]
        hit: dict[int, Row | Known] = {}
        news = True
        while news:
            news = False
            for told, item in asked:
                owners = {one for mark in told.asked for one in self.owners.get(mark, ())}
                if owners:
                    news = self.add(told.claimed, owners) or news
                    hit[id(item)] = item
        self._names |= {self._named(item) for item in hit.values()}
        unnamed = {id(row) for row in rows if not row.key and row.name and self._named(row) in self._names}
        return set(hit) | unnamed, [item for item in hit.values() if isinstance(item, Known)]

    def by_refusal(self) -> dict[str, frozenset[str]]:
        """The marks that each refusal stands on."""
        found: dict[str, set[str]] = {}
        for mark, owners in self.owners.items():
            for one in owners:
                found.setdefault(one, set()).add(mark)
        return {one: frozenset(marks) for one, marks in found.items()}

    def _root(self, kind: str) -> str:
        return self._schema.labels(kind)[0] if kind else ""

    def _named(self, row: Row | Known) -> tuple[str, str, str]:
        return self._root(row.kind), row.source, normal_name(row.name or "")

    def _of_row(self, row: Row) -> _Told:
        return self._told(row.kind, {(row.source, row.key or "")}, row.name or "", row.uscc)

    def _of_node(self, known: Known) -> _Told:
        """A stub says no more than the open row that names it does, and stays."""
        places = {(item.source, item.key) for item in known.statements}
        if not places and normal_name(known.key) != normal_name(known.name):
            places = {(known.source, known.key)}  # its row was about to be written when a run was stopped
        return self._told(known.kind, places, known.name, known.uscc)

    def _told(self, kind: str, places: set[tuple[str, str]], name: str, code: str | None) -> _Told:
        """Keys tell a record; a body its code and its name too, and of a row without a key its name only."""
        root = self._root(kind)
        keys = [_digest("key", root, source, key) for source, key in places if key]
        codes = [_digest("code", code.strip().upper())] if places and code and is_uscc(code) else []
        sources = {source for source, _ in places} if root and normal_name(name) else ()
        names = [_digest("name", root, source, normal_name(name)) for source in sources]
        claimed = [*keys, *codes, *(names if root == _BODY or not keys else ())]
        return _Told(tuple(claimed), (*keys, *codes, *names))


def _stored(store: GraphStore | None) -> dict[str, frozenset[str]]:
    rows = store.query(cypher.REFUSALS) if store is not None else ()
    return {row["id"]: frozenset(row["marks"]) for row in rows}


def _lifted(gathered: Gathered, stored: Mapping[str, frozenset[str]]) -> set[str]:
    """Remembered refusals whose own sheet states another level for the record now, and no row refuses it."""
    open_now = {
        one for row in gathered.records if row.states_level for one in _refusal_ids(row, by_name=True)
    }
    again = {one for row in gathered.classified for one in _refusal_ids(row)}
    return set(stored) & open_now - again


def _refusal_ids(row: Record | ClassifiedRow, *, by_name: bool = False) -> set[str]:
    """What a refusal is remembered by: the sheet, and the key or (without one) the name of the row."""
    place, name = (row.source, whole_sheet(row.sheet)), normal_name(row.name or "")
    found = {_digest("row", *place, row.key)} if row.key else set()
    if name and (by_name or not row.key):
        found.add(_digest("named", *place, name))
    return {f"{REFUSAL.lower()}-{one}" for one in found}


def _take_out(gathered: Gathered, refused: set[int]) -> frozenset[Place]:
    """Turn these rows into classified ones, with their warnings gone; returns where they stand."""
    taken: list[Row] = []

    def stays(row: Row) -> bool:
        if id(row) in refused:
            taken.append(row)
        return id(row) not in refused

    if refused:
        gathered.records = [row for row in gathered.records if stays(row)]
        gathered.twins = [row for row in gathered.twins if stays(row)]
        gathered.held = [row for row in gathered.held if stays(row)]
    gathered.classified += [
        ClassifiedRow(row.place, row.source, whole_sheet(row.sheet), row.kind, row.key, row.name, row.uscc)
        for row in taken
    ]
    places = frozenset(row.place for row in taken)
    gathered.warnings = [row for row in gathered.warnings if not places & {one.place for one in row}]
    return places


def _restrict_beside_held(gathered: Gathered, schema: Schema) -> None:
    """A restricted row that is held back restricts what other rows of this run say of its record."""
    held = set(_keys([row for row in gathered.held if row.restricted and row.key], schema))
    if held:
        keys = _keys(gathered.records, schema)
        gathered.records = [
            replace(row, restricted=True) if key in held else row
            for row, key in zip(gathered.records, keys, strict=True)
        ]


def _keys(rows: Sequence[Record | HeldRow], schema: Schema) -> Iterator[tuple[str, str, str | None]]:
    return ((schema.labels(row.kind)[0] if row.kind else "", row.source, row.key) for row in rows)


def _node(refusal: str, marks: frozenset[str]) -> Node:
    """As every node has its properties; hidden and retired, so that no reader can ask for it."""
    return Node(
        refusal,
        (REFUSAL,),
        {
            "key": refusal,
            "name": refusal,
            "kind": REFUSAL,
            "marks": sorted(marks),
            "source": "",
            "synthetic": False,
            "access": "restricted",
            "retired": True,
            "provenance": [],
            "stated_by": "",
            "sheet": "",
        },
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(("refused", *parts)).encode("utf-8", "replace")).hexdigest()[:32]
