"""`--complete`: records that the files no longer hold are hidden; and what became classified is deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.pipeline.batch import mark_parts
from ingest.pipeline.facts import READER_SHEET
from ingest.pipeline.gather import Gathered
from ingest.pipeline.provenance import Statement, stated_sheet
from ingest.pipeline.snapshot import Known, Snapshot
from ingest.pipeline.stubs import Stubs, touched_stubs
from ingest.record import HeldRow, Problem
from ingest.report import Gone
from kg.identity import normal_name
from kg.schema.model import Schema
from kg.store.base import Node, Writer
from kg.wording import Sentence


@dataclass(frozen=True)
class Departure:
    """A stored record that the files no longer hold; `kept` are statements of sheets that still do."""

    known: Known
    lost: tuple[Statement, ...]
    kept: tuple[Statement, ...]

    @property
    def retires(self) -> bool:
        return not self.kept


def departures(gathered: Gathered, snapshot: Snapshot, forgotten: Sequence[Known]) -> list[Departure]:
    """Records of this run's sheets that no row names, not even one held back or refused; `forgotten` ones are
    deleted instead."""
    sheets, unsure = set(gathered.sheets), unsure_names(gathered)
    named = {(item.source, item.sheet, item.key) for item in gathered.records}
    refused = {(row.source, row.sheet, row.key) for row in gathered.refused if row.key}

    def lost(item: Statement) -> bool:
        still_there = (*item.place, item.key) in named or (*item.whole, item.key) in refused
        return item.whole in sheets and not still_there

    found, deleted = [], {known.id for known in forgotten}
    for known in snapshot.nodes.values():
        missing = tuple(item for item in known.statements if lost(item))
        if missing and not known.retired and known.id not in deleted:
            if any((*item.whole, normal_name(known.name)) in unsure for item in missing):
                continue
            kept = tuple(item for item in known.statements if item not in missing)
            found.append(Departure(known, missing, kept))
    return found


def gone(leaving: Sequence[Departure]) -> tuple[Gone, ...]:
    """The records among these that are retired, in the order of their keys."""
    known = sorted((item.known for item in leaving if item.retires), key=lambda one: (one.key, one.id))
    return tuple(Gone(one.id, one.key, one.name) for one in known)


def unsure_names(gathered: Gathered) -> set[tuple[str, str, str]]:
    """What the rows without a key hold, by (source, sheet): one of it may be the name of a stored record."""
    return {
        (row.source, row.sheet, normal_name(str(cell)))
        for row in _without_key(gathered)
        for cell in row.cells.values()
        if cell not in (None, "")
    }


def unsure_warnings(gathered: Gathered) -> list[tuple[Problem, ...]]:
    """One warning per row whose record can only be told by its name."""
    message = Sentence(
        "这一行没有编号：--complete 不下架库里同名的记录",
        "this row has no key: --complete leaves a stored record of its name alone",
    )
    remedy = Sentence("填上编号", "give the row its key")
    return [(Problem("not_retired", message, row.place, remedy=remedy),) for row in _without_key(gathered)]


def _without_key(gathered: Gathered) -> list[HeldRow]:
    return [row for row in gathered.held if row.sheet and not row.key]


def retire(writer: Writer, schema: Schema, stubs: Stubs, leaving: Sequence[Departure]) -> None:
    """Hide records that are gone; of those that another sheet still states, take this sheet's part back."""
    going = [item.known for item in leaving if item.retires]
    staying = [item for item in leaving if not item.retires]

    def leave() -> None:
        for label, nodes in _by_root(schema, going).items():
            changes = {"retired": True}
            writer.upsert_nodes([Node(known.id, schema.labels(known.kind), changes) for known in nodes])
            mark_parts(writer, schema, label, [known.id for known in nodes], changes)
        writer.drop_from_indexes([known.id for known in going])
        _take_back(writer, schema, staying)

    _settle(writer, schema, stubs, [item.known for item in leaving], leave)


def _take_back(writer: Writer, schema: Schema, staying: Sequence[Departure]) -> None:
    for item in staying:
        writer.clear_stated([item.known.id], [stated_sheet(*statement.place) for statement in item.lost])
        provenance = [statement.dump() for statement in item.kept]
        node = Node(item.known.id, schema.labels(item.known.kind), {"provenance": provenance})
        writer.upsert_nodes([node])


def forget(writer: Writer, schema: Schema, stubs: Stubs, nodes: Sequence[Known]) -> None:
    """Delete nodes with their parts and the stubs that only they named."""

    def delete() -> None:
        for known in nodes:
            places = [stated_sheet(*item.place) for item in known.statements]
            writer.clear_stated([known.id], [*places, READER_SHEET])
        writer.delete_nodes([known.id for known in nodes])

    _settle(writer, schema, stubs, nodes, delete)


def _settle(
    writer: Writer, schema: Schema, stubs: Stubs, nodes: Sequence[Known], change: Callable[[], None]
) -> None:
    """Change what these nodes state, then let the stubs around them follow."""
    around: dict[str, str] = {}
    for label, group in _by_root(schema, nodes).items():
        around |= touched_stubs(writer, label, [known.id for known in group])
    change()
    stubs.settle(writer, around)


def _by_root(schema: Schema, nodes: Sequence[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for known in nodes:
        found.setdefault(schema.labels(known.kind)[0], []).append(known)
    return found
