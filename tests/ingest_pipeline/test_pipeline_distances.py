"""Distances by name: a place to an institution or a line, and back, whatever the order of the sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

Write = Callable[..., Path]
AWAY = "MATCH (a)-[d:AWAY_FROM]->(b) RETURN a.name AS a, b.name AS b, b.kind AS kind, d.km AS km"
LISTS = """source: 岚江
sheets:
  机构:
    file: 机构*
    kind: PilotInstitution
    key: 机构代号
    columns: {全称: name}
  装置:
    file: 装置*
    kind: PilotLine
    key: 装置代号
    columns:
      名称: name
      机构: {reference: institution, by: name}
"""
BY_PLACE = """  里程:
    file: 里程*
    kind: Region
    key: 出发地
    several: true
    columns: {出发地: name}
    distances:
      - {place: 到达, km: 公路里程(km)}
"""
BY_BODY = """  里程:
    file: 里程*
    kind: PilotInstitution
    several: true
    columns: {机构: name}
    distances:
      - {place: 地点, km: 公里}
"""


@pytest.fixture
def lists(write: Write) -> list[Path]:
    return [
        write("机构.csv", "机构代号,全称", "JG-1,甲中试基地", "JG-2,乙粉体中心"),
        write("装置.csv", "装置代号,名称,机构", "ZX-1,喷雾线,甲中试基地"),
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_rows_of_a_place_name_institutions_and_lines(
    bench: Bench, write: Write, lists: list[Path], backwards: bool
) -> None:
    source = write("s.yaml", LISTS + BY_PLACE)
    rows = ["枫溪口,甲中试基地,8", "枫溪口,JG-2,95", "枫溪口,喷雾线,9", "成都市,甲中试基地,210"]
    table = write("里程.csv", "出发地,到达,公路里程(km)", *rows)
    files = [table, *lists] if backwards else [*lists, table]
    report = bench.ingest(*files, source=source)
    found = {(row["a"], row["b"]): (row["kind"], row["km"]) for row in bench.query(AWAY)}
    assert found == {
        ("枫溪口", "甲中试基地"): ("PilotInstitution", 8.0),
        ("枫溪口", "乙粉体中心"): ("PilotInstitution", 95.0),
        ("枫溪口", "喷雾线"): ("PilotLine", 9.0),
        ("成都市", "甲中试基地"): ("PilotInstitution", 210.0),
    }
    assert {row["name"] for row in bench.query("MATCH (r:Region) RETURN r.name AS name")} == {
        "枫溪口",
        "成都市",
    }
    assert not report.unresolved and not report.warnings


@pytest.mark.parametrize("backwards", [False, True])
def test_rows_of_an_institution_by_name_make_no_twin(
    bench: Bench, write: Write, lists: list[Path], backwards: bool
) -> None:
    source = write("s.yaml", LISTS + BY_BODY)
    table = write(
        "里程.csv", "机构,地点,公里", "甲中试基地,枫溪口,8", "甲中试基地,成都市,210", "乙粉体中心,枫溪口,95"
    )
    if backwards:
        bench.ingest(table, source=source)
        bench.ingest(*lists, source=source)
    else:
        bench.ingest(table, *lists, source=source)
    bodies = bench.query("MATCH (o:PilotInstitution) RETURN o.key AS key, o.name AS name")
    assert sorted(row["name"] for row in bodies) == ["乙粉体中心", "甲中试基地"]
    assert {row["key"] for row in bodies} == {"JG-1", "JG-2"}
    assert {(row["a"], row["b"], row["km"]) for row in bench.query(AWAY)} == {
        ("甲中试基地", "枫溪口", 8.0),
        ("甲中试基地", "成都市", 210.0),
        ("乙粉体中心", "枫溪口", 95.0),
    }
    assert bench.ingest(table, *lists, source=source).unchanged == 6


def test_a_name_that_nobody_has_is_a_place_and_said(bench: Bench, write: Write, lists: list[Path]) -> None:
    source = write("s.yaml", LISTS + BY_PLACE)
    table = write("里程.csv", "出发地,到达,公路里程(km)", "成都市,丙中心,8", "成都市,德阳市,70")
    report = bench.ingest(*lists, table, source=source)
    assert report.warnings == {"unknown_place": 1}
    narrowed = write("n.yaml", LISTS + BY_PLACE.replace("(km)}", "(km), kind: PilotInstitution}"))
    told = bench.check(*lists, table, source=narrowed)
    assert [one.value for one in told.unresolved] == ["丙中心", "德阳市"]


def test_two_of_one_name_are_not_guessed(bench: Bench, write: Write, lists: list[Path]) -> None:
    source = write("s.yaml", LISTS + BY_PLACE)
    twins = write("机构2.csv", "机构代号,全称", "JG-3,甲中试基地")
    table = write("里程.csv", "出发地,到达,公路里程(km)", "成都市,甲中试基地,8")
    report = bench.ingest(*lists, twins, table, source=source)
    assert [(one.value, one.reason) for one in report.unresolved if one.field == "到达"] == [
        ("甲中试基地", "ambiguous")
    ]


def test_a_place_becomes_the_institution_that_a_later_run_lists(
    bench: Bench, write: Write, lists: list[Path]
) -> None:
    source = write("s.yaml", LISTS + BY_PLACE)
    rows = ["枫溪口,甲中试基地,8", "枫溪口,乙粉体中心,95", "枫溪口,成都市,210", "枫溪口,柳湾坝,5"]
    table = write("里程.csv", "出发地,到达,公路里程(km)", *rows)
    assert bench.ingest(table, source=source).warnings == {"unknown_place": 3}
    assert bench.ingest(table, source=source).warnings == {"unknown_place": 3}
    bench.ingest(*lists, source=source)
    late = bench.dump()
    fresh = Bench(bench.folder, str(bench.folder / "b"), bench.schema, bench.encoder, bench.reader)
    found = {(row["b"], row["kind"], row["km"]) for row in bench.query(AWAY)}
    assert found == {
        ("甲中试基地", "PilotInstitution", 8.0),
        ("乙粉体中心", "PilotInstitution", 95.0),
        ("成都市", "Region", 210.0),
        ("柳湾坝", "Region", 5.0),
    }
    fresh.ingest(table, *lists, source=source)
    assert fresh.dump()["edges"] == late["edges"]
    assert set(fresh.dump()["nodes"]) == set(late["nodes"])
    assert bench.ingest(*lists, table, source=source).warnings == {"unknown_place": 1}
    assert bench.dump() == late
