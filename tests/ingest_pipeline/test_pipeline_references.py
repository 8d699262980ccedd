"""References in any order, over files, runs and sources; never a guess between two."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

INSTITUTION = ("机构.csv", "机构编号,机构名称,所在地", "I1,某中试研究院,四川绵阳")
LINE = ("产线.csv", "产线编号,产线名称,所属机构", "L1,一号中试线,{}")
CAPABILITY = (
    "能力.csv",
    "能力编号,能力名称,单元操作,所属产线,参数1,下限1,上限1,单位1",
    "C1,喷雾干燥能力,喷雾干燥,{},处理量,3,15,kg/h",
)

Write = Callable[..., Path]


def _files(write: Write, institution: str = "I1", line: str = "L1") -> list[Path]:
    return [
        write(*INSTITUTION),
        write(LINE[0], LINE[1], LINE[2].format(institution)),
        write(CAPABILITY[0], CAPABILITY[1], CAPABILITY[2].format(line)),
    ]


def _chain(bench: Bench) -> list[dict[str, object]]:
    return bench.query(
        "MATCH (i:PilotInstitution)-[:OPERATES]->(l:PilotLine)-[:OFFERS]->(c:Capability)-[:OF]->(u:UnitOp) "
        "RETURN i.key AS i, l.key AS l, c.key AS c, u.name AS u"
    )


WHOLE = [{"i": "I1", "l": "L1", "c": "C1", "u": "喷雾干燥"}]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_in_one_run_and_in_three(bench: Bench, write: Write, order: tuple[int, ...]) -> None:
    files = [_files(write)[at] for at in order]
    report = bench.ingest(*files)
    assert report.unresolved == () and _chain(bench) == WHOLE
    other = Bench(bench.folder, str(bench.folder / "other"), bench.schema, bench.encoder, bench.reader)
    reports = [other.ingest(file) for file in files]
    assert _chain(other) == WHOLE
    assert all(report.changed == 0 for report in reports)
    assert other.edges() == bench.edges()
    assert not other.query("MATCH (n) WHERE n.unresolved IS NOT NULL RETURN n.id AS id")


def test_names_serve_where_keys_are_not_given(bench: Bench, write: Write) -> None:
    files = _files(write, institution="某中试 研究院", line="一号中试线")
    for file in reversed(files):
        report = bench.ingest(file)
    assert _chain(bench) == WHOLE
    assert report.unresolved == ()


def test_what_stays_unresolved_is_reported_every_time(bench: Bench, write: Write) -> None:
    file = _files(write, line="L9")[2]
    for _ in range(2):
        report = bench.ingest(file)
        (item,) = report.unresolved
        assert (item.place.file, item.place.line, item.field, item.value) == (str(file), 2, "所属产线", "L9")


def test_a_name_that_two_have_is_not_guessed(bench: Bench, write: Write) -> None:
    capability = _files(write, line="一号中试线")[2]
    lines = write("产线.csv", LINE[1], "L1,一号中试线,", "L2,一号中试线,")
    report = bench.ingest(lines, capability)
    assert [(item.value, item.reason) for item in report.unresolved] == [("一号中试线", "ambiguous")]


def test_owners_become_one_node_each_and_find_their_record(bench: Bench, write: Write) -> None:
    source = write(
        "source.yaml",
        "source: 登记库",
        "sheets:",
        "  成果:",
        "    file: 成果.csv",
        "    kind: Achievement",
        "    key: 成果编号",
        "    columns: {成果名称: name, 完成单位: owner}",
        "  机构: {file: 机构.csv, kind: PilotInstitution, key: 机构编号, columns: {机构名称: name}}",
    )
    achievements = write(
        "成果.csv", "成果编号,成果名称,完成单位", "A1,甲,某中试研究院", "A2,乙,某大学；某中试研究院"
    )
    institutions = write("机构.csv", "机构编号,机构名称", "I1,某中试研究院")
    bench.ingest(achievements, source=source)
    assert len(bench.query("MATCH (n:Organization) RETURN n.id AS id")) == 2
    bench.ingest(institutions, source=source)
    rows = bench.query("MATCH (n:Organization) RETURN n.name AS name, n.kind AS kind ORDER BY name")
    assert [tuple(row.values()) for row in rows] == [
        ("某中试研究院", "PilotInstitution"),
        ("某大学", "Organization"),
    ], "the record takes over the node that its name had made"
    owned = bench.query("MATCH (a:Achievement)-[:OWNED_BY]->(o) WHERE o.key = 'I1' RETURN a.key AS a")
    assert {row["a"] for row in owned} == {"A1", "A2"}


def test_organisations_of_two_sources_stay_two_without_a_code(bench: Bench, write: Write) -> None:
    achievements = write("成果.csv", "成果编号,成果名称,完成单位", "A1,甲,某中试研究院")
    bench.ingest(achievements)
    bench.ingest(write(*INSTITUTION))
    rows = bench.query("MATCH (n:Organization) RETURN n.name AS name")
    assert [row["name"] for row in rows] == ["某中试研究院", "某中试研究院"]


CODE = "91110000100000009J"


def _source(write: Write, name: str) -> Path:
    return write(
        f"{name}.yaml",
        f"source: {name}",
        "sheets:",
        "  单位:",
        f"    file: {name}.csv",
        "    kind: Organization",
        "    key: 编号",
        "    columns: {单位名称: name, 信用代码: uscc, 简介: description}",
    )


def _valid_code() -> str:
    from kg.values.uscc import is_uscc

    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return next(CODE[:-1] + last for last in alphabet if is_uscc(CODE[:-1] + last))


def test_two_sources_with_one_credit_code_are_one_body(bench: Bench, write: Write) -> None:
    code = _valid_code()
    for name, key in (("甲库", "X1"), ("乙库", "Y1")):
        file = write(f"{name}.csv", "编号,单位名称,信用代码,简介", f"{key},某某大学,{code},来自{name}")
        bench.ingest(file, source=_source(write, name))
    (row,) = bench.query("MATCH (n:Organization) RETURN n.provenance AS p, n.id AS id")
    assert len(row["p"]) == 2
    again = bench.ingest(bench.folder / "甲库.csv", source=bench.folder / "甲库.yaml")
    assert again.unchanged == 1


def test_a_record_keeps_its_id_when_its_code_becomes_known(bench: Bench, write: Write) -> None:
    source = _source(write, "甲库")
    bench.ingest(write("甲库.csv", "编号,单位名称,信用代码,简介", "X1,某某大学,,一"), source=source)
    (before,) = bench.query("MATCH (n:Organization) RETURN n.id AS id")
    coded = write("甲库.csv", "编号,单位名称,信用代码,简介", f"X1,某某大学,{_valid_code()},一")
    assert bench.ingest(coded, source=source).changed == 1
    (after,) = bench.query("MATCH (n:Organization) RETURN n.id AS id")
    assert before == after


def test_rows_of_one_sheet_stay_apart_though_they_share_a_code(bench: Bench, write: Write) -> None:
    code = _valid_code()
    file = write(
        "甲库.csv",
        "编号,单位名称,信用代码,简介",
        f"X1,某大学材料中试平台,{code},一",
        f"X2,某大学生物中试平台,{code},二",
    )
    for expected in ((2, 0), (0, 2)):
        report = bench.ingest(file, source=_source(write, "甲库"))
        assert (report.new, report.unchanged) == expected
        assert report.warnings.get("shared_code") == 1
    assert len(bench.query("MATCH (n:Organization) RETURN n.id AS id")) == 2
