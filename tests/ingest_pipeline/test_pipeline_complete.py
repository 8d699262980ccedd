"""`--complete`: what is no longer in the files is hidden, kept, counted, and may return."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

from ingest.pipeline import NothingLeftError
from kg.errors import ZhongshiError

ROWS = [f"A{n},第{n}号成果,将原料混合后烧结,单位{n},领域,材料,2024,5,公开" for n in range(5)]

Register = Callable[..., Path]


def test_missing_records_retire_and_return(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    whole = bench.dump()
    report = bench.ingest(register("b.csv", *ROWS[:3]), complete=True)
    assert (report.gone, report.unchanged) == (2, 3)
    gone = bench.node("A4")
    assert gone.properties["retired"] is True
    assert gone.id not in bench.hits("第4号成果")
    assert bench.ingest(register("b.csv", *ROWS[:3]), complete=True).gone == 0, "counted once"
    back = bench.ingest(register("a.csv", *ROWS))
    assert (back.changed, back.unchanged) == (2, 3)
    assert bench.dump() == whole
    assert gone.id in bench.hits("第4号成果")


def test_parts_retire_with_their_record(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    bench.ingest(register("a.csv", *ROWS[:4]), complete=True)
    rows = bench.query("MATCH (a:Achievement)-[:HAS_STEP]->(s) RETURN a.key AS a, s.retired AS r ORDER BY a")
    assert {row["a"] for row in rows if row["r"]} == {"A4"}


def test_without_complete_nothing_retires(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    assert bench.ingest(register("a.csv", *ROWS[:1])).gone == 0
    assert bench.node("A4").properties["retired"] is False


def test_a_row_that_is_held_does_not_retire_its_record(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    bad = ROWS[1].replace(",5,公开", ",12,公开")
    report = bench.ingest(register("a.csv", ROWS[0], bad, *ROWS[3:]), complete=True)
    assert (report.gone, sum(report.quarantined.values())) == (1, 1)
    assert bench.node("A1").properties["retired"] is False
    assert bench.node("A2").properties["retired"] is True


def test_a_row_without_a_key_keeps_the_record_of_its_name_alone(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    without = ROWS[1].replace("A1,", ",", 1)
    report = bench.ingest(register("a.csv", ROWS[0], without, *ROWS[3:]), complete=True)
    assert (report.gone, report.warnings["not_retired"]) == (1, 1)
    assert bench.node("A1").properties["retired"] is False
    assert bench.node("A2").properties["retired"] is True


def test_an_empty_file_is_refused(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    before = bench.dump()
    with pytest.raises(ZhongshiError) as caught:
        bench.ingest(register("a.csv"), complete=True)
    assert caught.value.exit_code == 1
    assert bench.dump() == before


def test_an_empty_sheet_beside_a_full_one_is_refused(
    bench: Bench, register: Register, write: Register
) -> None:
    full = register("a.csv", *ROWS)
    funds = write("基金.csv", "基金编号,基金名称,单笔投资", "F1,甲基金,100万—800万元")
    bench.ingest(full, funds)
    empty = write("基金.csv", "基金编号,基金名称,单笔投资")
    with pytest.raises(NothingLeftError):
        bench.ingest(full, empty, complete=True)
    assert bench.node("F1").properties["retired"] is False


def test_another_kind_is_left_alone(bench: Bench, register: Register, write: Register) -> None:
    bench.ingest(register("a.csv", *ROWS))
    bench.ingest(write("基金.csv", "基金编号,基金名称,单笔投资", "F1,甲基金,100万—800万元"))
    report = bench.ingest(register("a.csv", *ROWS), complete=True)
    assert report.gone == 0
