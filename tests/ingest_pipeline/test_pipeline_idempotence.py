"""Running again changes nothing; a file under another name is an update; rows count once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench import Bench

ONE = "A1,一种喷雾干燥方法,先混合后喷雾干燥，进风温度180℃,甲公司,新材料,喷雾干燥,2024,5,公开"
TWO = "A2,一种烧结方法,在1600℃烧结2小时,乙公司,新材料,烧结,2023,4,"

Register = Callable[..., Path]


def test_a_second_run_changes_and_embeds_nothing(bench: Bench, register: Register) -> None:
    file = register("a.csv", ONE, TWO)
    first = bench.ingest(file)
    before = bench.dump()
    bench.encoder.texts.clear()
    second = bench.ingest(file)
    assert (first.new, first.read) == (2, 2)
    assert (second.new, second.changed, second.unchanged, second.read) == (0, 0, 2, 2)
    assert bench.encoder.texts == []
    assert bench.dump() == before


def test_every_run_is_recorded(bench: Bench, register: Register) -> None:
    file = register("a.csv", ONE)
    runs = [bench.ingest(file).run, bench.ingest(file).run]
    rows = bench.query("MATCH (r:Run) RETURN r.id AS id, r.files AS files, r.finished AS finished")
    assert sorted(row["id"] for row in rows) == sorted(filter(None, runs))
    assert all(row["files"] == [str(file)] and row["finished"] for row in rows)


def test_the_same_rows_under_another_file_name_are_unchanged(bench: Bench, register: Register) -> None:
    bench.ingest(register("2026-10.csv", ONE, TWO))
    report = bench.ingest(register("2026-11.csv", ONE.replace("喷雾干燥方法", "喷雾造粒方法"), TWO))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert bench.node("A1").properties["name"] == "一种喷雾造粒方法"
    assert len(bench.query("MATCH (n:Achievement) RETURN n.id AS id")) == 2


def test_an_update_takes_back_what_the_old_row_said(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", ONE, TWO))
    bench.ingest(register("a.csv", ONE.replace("甲公司", "丙公司").replace("喷雾", "冷冻"), TWO))
    owners = bench.query("MATCH (a:Achievement)-[:OWNED_BY]->(o) RETURN a.key AS a, o.name AS o ORDER BY a")
    assert [tuple(row.values()) for row in owners] == [("A1", "丙公司"), ("A2", "乙公司")]
    names = {row["n"] for row in bench.query("MATCH (n:Organization) RETURN n.name AS n")}
    assert names == {"乙公司", "丙公司"}, "an owner that nothing names any more is gone"
    steps = bench.query(
        "MATCH (a:Achievement)-[:HAS_STEP]->(s)-[:NEEDS]->(u) WHERE a.key = 'A1' RETURN u.name AS u"
    )
    assert "喷雾干燥" not in {row["u"] for row in steps}
    assert bench.dump() == _fresh(bench, register)


def _fresh(bench: Bench, register: Register) -> object:
    other = Bench(bench.folder, str(bench.folder / "fresh"), bench.schema, bench.encoder, bench.reader)
    other.ingest(register("a.csv", ONE.replace("甲公司", "丙公司").replace("喷雾", "冷冻"), TWO))
    return other.dump()


def test_an_emptied_cell_removes_the_value(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", ONE))
    assert bench.node("A1").properties["year"] == 2024
    bench.ingest(register("a.csv", ONE.replace(",2024,", ",,")))
    assert "year" not in bench.node("A1").properties


def test_a_repeated_row_is_unchanged_and_a_different_one_is_held(bench: Bench, register: Register) -> None:
    report = bench.ingest(register("a.csv", ONE, TWO, ONE, ONE.replace("2024", "2020")))
    assert (report.new, report.unchanged, report.quarantined) == (2, 1, {"duplicate_id": 1})
    (problem,) = [item for item in report.problems if item.code == "duplicate_id"]
    assert "line 5" in problem.message.en and "line 2" in problem.message.en
    assert bench.node("A1").properties["year"] == 2024


def test_steps_and_quantities_are_read_from_the_texts(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", ONE))
    rows = bench.query(
        "MATCH (a:Achievement)-[:HAS_STEP]->(s)-[:NEEDS]->(u:UnitOp) "
        "RETURN u.name AS op, s.order AS place, s.field AS field, s.quantities AS q ORDER BY place"
    )
    assert [row["op"] for row in rows][-1] == "喷雾干燥"
    assert "180℃" in str(rows[-1]["q"])
