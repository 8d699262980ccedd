"""The files go through the door that everybody's files go through."""

from __future__ import annotations

from collections import Counter

import pytest
from demo_files import Demo

from ingest.record import HeldRow, Record
from kg.transfer.schedule import period_of

mapping = pytest.importorskip("ingest.mapping")


@pytest.fixture(scope="module")
def rows(demo: Demo) -> list[object]:
    from kg.schema import load_schema

    files = demo.files
    inputs = mapping.open_inputs(list(files.paths), source_file=files.source, schema=load_schema())
    return [row.outcome for row in inputs.rows()]


def test_every_record_arrives_and_is_synthetic(demo: Demo, rows: list[object]) -> None:
    records = [row for row in rows if isinstance(row, Record)]
    counts = Counter(record.kind for record in records)
    repeated = [note for note in demo.of("wrong_row") if note["key"] == "CG-000001"]
    assert counts["Achievement"] == 500 + len(repeated)
    assert (counts["PilotInstitution"], counts["PilotLine"], counts["Capability"]) == (119, 30, 141)
    assert (counts["Fund"], counts["Need"]) == (8, 60)
    assert all(record.synthetic for record in records)


def test_exactly_the_planted_rows_are_held(demo: Demo, rows: list[object]) -> None:
    held = {(row.place.line, row.problems[0].field) for row in rows if isinstance(row, HeldRow)}
    planted = {
        (note["line"], note["field"]) for note in demo.of("wrong_row") if not note["why"].startswith("key of")
    }
    assert held == planted


def test_the_repeated_key_stands_where_the_truth_says(demo: Demo, rows: list[object]) -> None:
    (note,) = [note for note in demo.of("wrong_row") if note["why"].startswith("key of")]
    same = [row for row in rows if isinstance(row, Record) and row.key == note["key"]]
    assert [row.place.line for row in same][-1] == note["line"]
    assert len({row.content_hash for row in same}) == 2


def test_restricted_rows_are_marked(demo: Demo, rows: list[object]) -> None:
    told = {row["key"] for row in demo.of("achievement") if row["restricted"]}
    assert {row.key for row in rows if isinstance(row, Record) and row.restricted} == told


def test_limits_arrive_with_the_numbers_of_the_truth(demo: Demo, rows: list[object]) -> None:
    by_key = {row.key: row for row in rows if isinstance(row, Record) and row.kind == "Capability"}
    for told in demo.of("capability"):
        children = {child.properties["parameter"]: child.properties for child in by_key[told["key"]].children}
        assert list(children) == [limit["parameter"] for limit in told["limits"]]
        for limit in told["limits"]:
            found = children[limit["parameter"]]
            for end in ("low", "high"):
                assert (found[end] is None) == (limit[end] is None), (told["key"], found)
            if found["unit"] == limit["unit"]:
                assert (found["low"], found["high"]) == (limit["low"], limit["high"])


def test_windows_of_funds_are_read(rows: list[object]) -> None:
    funds = {row.key: row.properties for row in rows if isinstance(row, Record) and row.kind == "Fund"}
    first, growth = funds["JJ-01"], funds["JJ-07"]
    assert (first["size"], first["ticket_low"], first["ticket_high"]) == (1e8, 1e6, 8e6)
    assert (first["stage_low"], first["stage_high"]) == (4, 6)
    assert (growth["ticket_low"], growth["ticket_high"], growth["stage_high"]) == (5e6, None, None)


def test_calendars_and_prices_arrive_as_the_truth_has_them(demo: Demo, rows: list[object]) -> None:
    """Of the lines and of the institutions' own equipment; money in yuan, times in days."""
    held = {
        row.key: row for row in rows if isinstance(row, Record) and row.kind in ("PilotLine", "Capability")
    }
    for told in demo.of("capability"):
        terms, found = told["terms"], held[told["line"] or told["key"]].properties
        numbers = ("notice_days", "setup_days", "min_days", "price_per_day", "price_per_batch", "setup_cost")
        assert {name: found.get(name) for name in numbers} == {name: terms[name] for name in numbers}
        assert found.get("free_from") == terms["free_from"]
        periods = [period_of(text) for text in texts(found.get("blocked"))]
        assert [[str(one.first), str(one.last)] for one in periods if one] == terms["blocked"]
        assert texts(found.get("refuses")) == terms["refuses"]


def texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
