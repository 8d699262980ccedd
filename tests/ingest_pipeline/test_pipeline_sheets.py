"""Several sheets that add to one record, totals, and what a check or a refusal leaves untouched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from workbench import Bench

from kg.errors import EncoderMismatchError, InputFileError, MixRefusedError

Write = Callable[..., Path]
SOURCE = (
    "source: 某库",
    "sheets:",
    "  基本:",
    "    file: 基本.csv",
    "    kind: PilotLine",
    "    key: 编号",
    "    columns: {名称: name, 说明: description, 年份: year}",
    "  补充:",
    "    file: 补充.csv",
    "    kind: PilotLine",
    "    key: 编号",
    "    columns: {说明: description, 状态: status}",
    "totals:",
    "  - {claim: 产线2条, count: 2, kind: PilotLine}",
    "  - {claim: 在用产线2条, count: 2, kind: PilotLine, where: {status: 在用}}",
)
BASE = ("基本.csv", "编号,名称,说明,年份", "L1,一号线,,2020", "L2,二号线,第二条,2021")
MORE = ("补充.csv", "编号,说明,状态", "L1,补充的说明,在用", "L2,,停用")


@pytest.mark.parametrize("apart", [False, True])
def test_two_sheets_make_one_record(bench: Bench, write: Write, apart: bool) -> None:
    source, files = write("s.yaml", *SOURCE), [write(*BASE), write(*MORE)]
    runs = [files[:1], files[1:]] if apart else [files]
    reports = [bench.ingest(*group, source=source) for group in runs]
    assert sum(report.new for report in reports) == 4, "each row counts once"
    first, second = bench.node("L1").properties, bench.node("L2").properties
    assert (first["description"], first["status"], first["year"]) == ("补充的说明", "在用", 2020)
    assert second["description"] == "第二条", "an empty cell of one sheet leaves the other's value alone"
    again = bench.ingest(*files, source=source)
    assert (again.unchanged, again.changed) == (4, 0)


def test_one_sheet_changes_alone(bench: Bench, write: Write) -> None:
    source, files = write("s.yaml", *SOURCE), [write(*BASE), write(*MORE)]
    bench.ingest(*files, source=source)
    report = bench.ingest(write("补充.csv", "编号,说明,状态", "L1,新的说明,停用", "L2,,停用"), source=source)
    assert (report.changed, report.unchanged) == (1, 1)
    line = bench.node("L1").properties
    assert (line["name"], line["description"], line["status"]) == ("一号线", "新的说明", "停用")
    assert len(line["provenance"]) == 2


def test_totals_are_checked_against_what_is_there(bench: Bench, write: Write) -> None:
    source, files = write("s.yaml", *SOURCE), [write(*BASE), write(*MORE)]
    for report in (bench.check(*files, source=source), bench.ingest(*files, source=source)):
        told = [(total.claim, total.counted, total.agrees) for total in report.totals]
        assert told == [("产线2条", 2, True), ("在用产线2条", 1, False)]


def test_a_claim_about_sheets_that_are_not_here_is_told_only_where_it_agrees(
    bench: Bench, write: Write
) -> None:
    more = (
        "  机构:",
        "    file: 机构*",
        "    kind: PilotInstitution",
        "    key: 编号",
        "    columns: {名称: name}",
    )
    claims = ("  - {claim: 机构1家, count: 1, kind: PilotInstitution}",)
    source = write("s.yaml", *SOURCE[:-3], *more, *SOURCE[-3:], *claims)
    body = write("机构.csv", "编号,名称", "P1,甲", "P2,乙")
    slip = write("基本.csv", "编号,名称,说明,年份", "L3,三号线,,2022")
    assert "机构1家" not in {total.claim for total in bench.ingest(slip, source=source).totals}
    told = bench.ingest(body, source=source).totals
    assert [(total.claim, total.counted) for total in told] == [("机构1家", 2)]
    assert "机构1家" not in {total.claim for total in bench.ingest(slip, source=source).totals}
    bench.ingest(write("机构.csv", "编号,名称", "P1,甲"), source=source, complete=True)
    told = bench.ingest(slip, source=source).totals
    assert ("机构1家", 1, True) in [(total.claim, total.counted, total.agrees) for total in told]


def test_a_record_without_a_name_is_said(bench: Bench, write: Write) -> None:
    nameless = (
        "  名录:",
        "    file: 名录*",
        "    kind: PilotLine",
        "    key: 编号",
        "    columns: {状态: status}",
    )
    source = write("s.yaml", *SOURCE[:-3], *nameless)
    report = bench.ingest(write("名录.csv", "编号,状态", "L7,在用", "L8,在用"), source=source)
    assert report.warnings == {"no_name": 2}
    assert all("usual_headers" in str(one.remedy) for one in report.problems)
    empty = bench.ingest(write("基本.csv", "编号,名称,说明,年份", "L9,,甲,"), source=source)
    assert (dict(empty.quarantined), empty.warnings) == ({"missing_value": 1}, {})
    files = [write(*BASE), write(*MORE), write("名录.csv", "编号,状态", "L1,在用")]
    assert "no_name" not in bench.ingest(*files, source=source).warnings


def test_a_repeated_id_names_its_column_and_the_remedy(bench: Bench, write: Write) -> None:
    source = write("s.yaml", *SOURCE)
    report = bench.ingest(write("基本.csv", "编号,名称,说明,年份", "L1,甲,,", "L1,乙,,"), source=source)
    (problem,) = report.problems
    assert (problem.code, problem.field) == ("duplicate_id", "编号")
    assert "several: true" in str(problem.remedy)


def test_a_record_that_leaves_one_of_its_sheets_stays(bench: Bench, write: Write) -> None:
    source, files = write("s.yaml", *SOURCE), [write(*BASE), write(*MORE)]
    bench.ingest(*files, source=source)
    fewer = write("补充.csv", "编号,说明,状态", "L1,补充的说明,在用")
    assert bench.ingest(fewer, source=source, complete=True).gone == 0
    assert bench.node("L2").properties["retired"] is False
    assert bench.ingest(write(*BASE[:3]), fewer, source=source, complete=True).gone == 1
    assert bench.node("L2").properties["retired"] is True


def test_check_says_the_same_and_writes_nothing(bench: Bench, write: Write) -> None:
    source, files = write("s.yaml", *SOURCE), [write(*BASE), write(*MORE)]
    before = sorted(bench.folder.rglob("*"))
    checked = bench.check(*files, source=source).document()
    assert sorted(bench.folder.rglob("*")) == before, "no store, no quarantine"
    done = bench.ingest(*files, source=source).document()
    for told in (checked, done):
        del told["seconds"], told["run"]
    assert checked.pop("read_facts") is None and done.pop("read_facts"), "a check reads no texts"
    assert checked == done
    stored = {path: path.read_bytes() for path in Path(bench.url).rglob("*") if path.is_file()}
    again = bench.check(*files, source=source)
    assert (again.new, again.unchanged) == (0, 4)
    assert stored == {path: path.read_bytes() for path in Path(bench.url).rglob("*") if path.is_file()}


@pytest.mark.parametrize("real_first", [True, False])
def test_generated_and_real_rows_do_not_mix(bench: Bench, write: Write, real_first: bool) -> None:
    real = write("real.yaml", *SOURCE)
    made = write("made.yaml", "source: 演示", "synthetic: true", *SOURCE[1:])
    file = write(*BASE)
    first, second = (real, made) if real_first else (made, real)
    bench.ingest(file, source=first)
    before = bench.dump()
    with pytest.raises(MixRefusedError) as caught:
        bench.ingest(file, source=second)
    assert "--mix" in str(caught.value.remedy) and bench.dump() == before
    assert bench.ingest(file, source=second, mix=True).new == 2
    assert {row["s"] for row in bench.query("MATCH (n:PilotLine) RETURN n.synthetic AS s")} == {True, False}


def test_another_encoder_is_refused_before_anything_is_written(bench: Bench, write: Write) -> None:
    source = write("s.yaml", *SOURCE)
    bench.ingest(write(*BASE), source=source)
    before = bench.dump()
    other = replace(bench.encoder.inner, name="another", fingerprint="0" * 64)  # type: ignore[type-var]
    bench.encoder.inner = other
    with pytest.raises(EncoderMismatchError) as caught:
        bench.ingest(write(*MORE), source=source)
    for again in (bench.ingest, bench.check):
        with pytest.raises(EncoderMismatchError):
            again(write(*BASE), source=source)  # nothing to embed, and refused all the same
    assert "another" in caught.value.message.en and "embed again" in str(caught.value.remedy)
    assert bench.dump() == before


def test_a_missing_file_stops_before_the_first_write(bench: Bench, write: Write) -> None:
    source = write("s.yaml", *SOURCE)
    bench.ingest(write(*BASE), source=source)
    before = bench.dump()
    with pytest.raises(InputFileError):
        bench.ingest(write(*MORE), bench.folder / "not-there.csv", source=source)
    assert bench.dump() == before


def test_limits_follow_their_row(bench: Bench, write: Write) -> None:
    header = "能力编号,能力名称,单元操作,参数1,下限1,上限1,单位1,参数2,下限2,上限2,单位2"
    bench.ingest(write("c.csv", header, "C1,干燥,喷雾干燥,处理量,3,15,kg/h,温度,,180,℃"))
    bench.ingest(write("c.csv", header, "C1,干燥,喷雾干燥,处理量,3,20,kg/h,,,,"))
    text = "MATCH (c:Capability)-[:HAS_LIMIT]->(l) RETURN l.parameter AS p, l.high AS h, l.name AS n"
    assert [tuple(row.values()) for row in bench.query(text)] == [("处理量", 20.0, "处理量 3～20 kg/h")]
    assert len(bench.query("MATCH (l:`Limit`) RETURN l.id AS id")) == 1
