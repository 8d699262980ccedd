"""Records and their names: rows that say no key but a name, and records that say a key but no name."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.pipeline.plan import Plan
from ingest.pipeline.provenance import whole_sheet
from ingest.pipeline.snapshot import Snapshot
from ingest.record import Problem
from kg.wording import Sentence


def no_name_warnings(plan: Plan, snapshot: Snapshot) -> list[tuple[Problem, ...]]:
    """One warning for each record whose name no row states, so that its key must stand for it.

    Rows that only add to a record (a second sheet, a table of links) need not name it.
    """
    return [(problem,) for problem in _unnamed(plan, snapshot)]


def _unnamed(plan: Plan, snapshot: Snapshot) -> Iterator[Problem]:
    for group in plan.groups.values():
        known = snapshot.nodes.get(group.id)
        adds = all(whole_sheet(record.sheet) != record.sheet for record in group.records)
        named = any(record.properties.get("name") for record in group.records)
        if adds or named or (known is not None and known.name != known.key):
            continue
        first = group.records[0]
        yield Problem(
            "no_name",
            Sentence(
                f"没有一行给出“{first.key}”的名称；以编号代替",
                f"no row gives {first.key!r} a name; its key stands for it",
            ),
            first.place,
            "name",
            Sentence(
                "在来源描述文件的 columns 下写明名称列，或给这张表写 usual_headers: true",
                "map the column that holds the name under 'columns', or say "
                "'usual_headers: true' for the sheet",
            ),
        )
