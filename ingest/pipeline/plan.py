"""Compares the rows with the store: what is new, what changed, and which nodes must be written again."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.pipeline.gather import Gathered
from ingest.pipeline.identify import Identities, has_own_name_as_key
from ingest.pipeline.snapshot import Snapshot
from ingest.record import Record


@dataclass
class Group:
    """All rows of a run that state one node; written together as soon as one of them is new or changed."""

    id: str
    records: list[Record] = field(default_factory=list)
    fresh: bool = False

    @property
    def lead(self) -> Record:
        """The record whose key and source the node has: the first with a key that is not its name."""
        return next((one for one in self.records if not has_own_name_as_key(one)), self.records[0])


@dataclass(frozen=True)
class Plan:
    """Groups by node id, in the order of their first row, and the row counts."""

    groups: dict[str, Group]
    new: int
    changed: int
    unchanged: int

    @property
    def fresh(self) -> list[Group]:
        return [group for group in self.groups.values() if group.fresh]


def make_plan(gathered: Gathered, identities: Identities, snapshot: Snapshot) -> Plan:
    """Group the rows by node and compare each with the statement that the store has of its sheet."""
    groups: dict[str, Group] = {}
    counts = {"new": 0, "changed": 0, "unchanged": len(gathered.twins)}
    for record, node in zip(gathered.records, identities.of_all(gathered.records), strict=True):
        group = groups.setdefault(node, Group(node))
        group.records.append(record)
        verdict = _compare(record, node, snapshot)
        counts[verdict] += 1
        group.fresh = group.fresh or verdict != "unchanged"
    return Plan(groups, **counts)


def _compare(record: Record, node: str, snapshot: Snapshot) -> str:
    known = snapshot.nodes.get(node)
    stated = [item for item in known.statements if _same_row(item.place, item.key, record)] if known else []
    if known is None or not stated:
        return "new"
    same = stated[0].hash == record.content_hash and stated[0].restricted == record.restricted
    return "unchanged" if same and not known.retired else "changed"


def _same_row(place: tuple[str, str], key: str, record: Record) -> bool:
    return place == (record.source, record.sheet) and key == record.key
