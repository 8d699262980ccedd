"""From files to records: usual headers; what is skipped, held or refused; equal rows say the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.mapping import Inputs, open_inputs
from ingest.record import HeldRow, MappedRow, Record
from ingest.template import write_template
from kg.errors import InputFileError
from kg.schema import load_schema

SCHEMA = load_schema()


def opened(*paths: Path, kind: str | None = None, source: str | None = None) -> Inputs:
    file = None
    if source is not None:
        file = paths[0].parent / "source.yaml"
        file.write_text(source, encoding="utf-8")
    return open_inputs(paths, kind=kind, source_file=file, schema=SCHEMA)


def csv(folder: Path, text: str, name: str = "a.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(
    folder: Path, sheets: dict[str, Sequence[Sequence[Any]]], merge: Sequence[str] = (), name: str = "a.xlsx"
) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in merge:
            sheet.merge_cells(area)
    book.save(folder / name)
    return folder / name


def records(inputs: Inputs) -> list[Record]:
    return [row.outcome for row in inputs.rows() if isinstance(row.outcome, Record)]


def held(inputs: Inputs) -> list[HeldRow]:
    return [row.outcome for row in inputs.rows() if isinstance(row.outcome, HeldRow)]


def codes(row: MappedRow) -> list[str]:
    return [problem.code for problem in row.warnings]


USUAL = (
    "成果编号,成果名称,成果简介,完成单位,单位所在地,所属领域,关键词,完成年份,技术成熟度,密级,资金需求（万元）,中试需求,成果类型\n"
    "A1,甲,简介,甲所；乙大学,四川省绵阳市,新材料,粉体；烧结,2026年,七级,公开,500,需要烧结,专利\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_usual_headers_need_no_source_file(tmp_path: Path, encoding: str) -> None:
    inputs = opened(csv(tmp_path, USUAL, encoding=encoding))
    (record,) = records(inputs)
    assert (record.source, record.sheet, record.kind, record.key) == (
        "Achievement",
        "Achievement",
        "Achievement",
        "A1",
    )
    said = record.properties
    assert (said["name"], said["year"], said["trl"], said["funding_need"]) == ("甲", 2026, 7, 5_000_000)
    assert (said["form"], said["keywords"], said["region_code"]) == ("专利", ["粉体", "烧结"], "510700")
    links = [(one.name, one.value) for one in record.references]
    assert links == [("owner", "甲所"), ("owner", "乙大学"), ("field", "新材料")]
    assert inputs.warnings == [] and inputs.sheets == (("Achievement", "Achievement"),)


def test_title_rows_notes_and_a_unit_above_the_header(tmp_path: Path) -> None:
    rows = [
        ["某市科技成果登记表（2027年度）", None, None],
        ["填报单位：某局", None, "单位：亿元"],
        [None, None, None],
        ["成果编号", "成果名称", "资金需求"],
        [20270118, "甲", 0.5],
        [5.0, "乙", 2],
        ["合计", None, 2.5],
        ["注：数据截至2027年1月", None, None],
    ]
    inputs = opened(xlsx(tmp_path, {"登记表": rows}, merge=["A1:C1", "A8:C8"]))
    found = records(inputs)
    assert [(one.key, one.place.line, one.properties["funding_need"]) for one in found] == [
        ("20270118", 5, 5e7),
        ("5", 6, 2e8),
    ]
    assert sorted(problem.code for problem in inputs.warnings) == ["note_row", "total_row"]


def test_a_header_in_two_merged_lines(tmp_path: Path) -> None:
    rows = [
        ["能力编号", "能力名称", "温度（℃）", None],
        [None, None, "最低", "最高"],
        ["C1", "烧结", 300, 1750],
    ]
    source = (
        "source: 甲\nsheets:\n  能力:\n    kind: Capability\n    key: 能力编号\n"
        "    columns: {能力名称: name}\n"
        "    limits: [{parameter: 温度, low: 温度（℃）›最低, high: 温度（℃）›最高, unit: ℃}]\n"
    )
    path = xlsx(tmp_path, {"能力": rows}, merge=["A1:A2", "B1:B2", "C1:D1"])
    (record,) = records(opened(path, source=source))
    limit = record.children[0].properties
    assert (record.key, limit["low"], limit["high"], limit["unit"]) == ("C1", 300, 1750, "℃")
    assert limit["si_high"] == pytest.approx(2023.15)


def test_the_upper_line_of_a_header_gives_its_unit_and_merged_cells_its_depth(tmp_path: Path) -> None:
    """The source file maps columns of the upper line only, and states no unit."""
    rows = [
        ["能力编号", "能力名称", "温度（℃）", None],
        [None, None, "最低", "最高"],
        ["C1", "烧结", 300, 1750],
    ]
    path = xlsx(tmp_path, {"能力": rows}, merge=["A1:A2", "B1:B2", "C1:D1"])
    limits = "    limits: [{parameter: 温度, low: 温度（℃）›最低, high: 温度（℃）›最高}]\n"
    source = "source: 甲\nsheets:\n  能力:\n    kind: Capability\n    key: 能力编号\n"
    source += "    columns: {能力名称: name}\n"
    (record,) = records(opened(path, source=source + limits))
    assert record.children[0].properties["unit"] == "℃"
    (bare,) = records(opened(path, source=source))
    assert bare.key == "C1", "the second line of the header is no record"


def test_a_column_that_stands_twice_and_a_key_that_is_missing_are_told(tmp_path: Path) -> None:
    twice = opened(csv(tmp_path, "成果编号,成果名称,成果名称,年份\nA1,甲,乙,2020\n"))
    assert ("duplicate_column", "成果名称#2") in [(one.code, one.field) for one in twice.warnings]
    with pytest.raises(InputFileError, match="no column 成果编号"):
        opened(csv(tmp_path, "成果名称,成果简介,完成单位,密级\n甲,乙,丙,公开\n", name="b.csv"))


def test_several_worksheets_of_several_kinds(tmp_path: Path) -> None:
    sheets = {
        "说明": [["请按要求填写"], ["谢谢"]],
        "机构": [["机构编号", "机构名称", "所在地"], ["P1", "甲平台", "绵阳"]],
        "产线": [["产线编号", "产线名称", "所属机构"], ["L1", "粉体线", "P1"]],
        "基金": [
            ["基金编号", "基金名称", "单笔投资下限（万元）", "单笔投资上限（万元）"],
            ["F1", "某基金", 100, 800],
        ],
    }
    inputs = opened(xlsx(tmp_path, sheets))
    found = {one.kind: one for one in records(inputs)}
    assert sorted(found) == ["Fund", "PilotInstitution", "PilotLine"]
    assert (found["Fund"].properties["ticket_low"], found["Fund"].properties["ticket_high"]) == (1e6, 8e6)
    assert [problem.code for problem in inputs.warnings] == ["skipped_worksheet"]


def test_capability_groups_and_parameter_columns_without_a_source_file(tmp_path: Path) -> None:
    text = (
        "能力编号,能力名称,单元操作,参数1,下限1,上限1,单位1,参数2,下限2,上限2,单位2,最高压力(MPa)\n"
        "C1,干燥,喷雾干燥,产能,3,15,kg/h,露点,,,,2\n"
    )
    (record,) = records(opened(csv(tmp_path, text)))
    limits = {child.name: (child.properties["low"], child.properties["high"]) for child in record.children}
    assert limits == {"产能": (3, 15), "露点": (None, None), "压力": (None, 2)}


def test_a_key_column_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputFileError) as caught:
        opened(csv(tmp_path, "成果名称,完成单位\n甲,乙\n"), kind="Achievement")
    assert (
        "成果编号" in caught.value.message.en
        and "key:" in str(caught.value.remedy)
        and caught.value.line == 1
    )


def test_organisations_may_be_known_by_name(tmp_path: Path) -> None:
    (record,) = records(opened(csv(tmp_path, "机构名称,所在地\n甲平台,绵阳\n"), kind="PilotInstitution"))
    assert record.key == record.properties["name"] == "甲平台"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("成果编号,成果名称\n", "no rows"),
        ("甲,乙\n1,2\n", "expected"),
        ("成果编号\nA1\n", "expected"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputFileError) as caught:
        opened(csv(tmp_path, text))
    assert says in caught.value.message.en and caught.value.file and caught.value.line and caught.value.remedy


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputFileError):
            opened(path)


def test_a_folder_is_walked_and_other_files_are_passed_over(tmp_path: Path) -> None:
    csv(tmp_path, USUAL, "b/2.csv")
    csv(tmp_path, USUAL.replace("A1", "A2"), "a/1.tsv")
    csv(tmp_path, USUAL.replace("A1", "A3"), "register.dat")
    for name in ("~$a.xlsx", ".hidden.csv", "x.zip", "notes.md", "source.yaml"):
        csv(tmp_path, "成果编号,成果名称\nX,X\n", name)
    csv(tmp_path, "随手记的一些话\n没有表头\n", "memo.txt")
    inputs = opened(tmp_path)
    assert [one.key for one in records(inputs)] == ["A2", "A1", "A3"]
    assert [(p.code, Path(p.place.file).name) for p in inputs.warnings] == [("skipped_file", "memo.txt")]


BASE = """source: 某源
sheets:
  成果:
    file: 成果*
    kind: Achievement
    key: 编号
    columns: {题目: name, 成熟度: trl}
"""


def test_with_a_source_file_the_rest_is_skipped_with_a_warning(tmp_path: Path) -> None:
    csv(tmp_path, "编号,题目,成熟度,别的\nA1,甲,6,x\n", "成果2027.csv")
    csv(tmp_path, "成果编号,成果名称\nB1,乙\n", "其他.csv")
    source = csv(tmp_path, BASE, "s.yaml")
    inputs = open_inputs([tmp_path], source_file=source, schema=SCHEMA)
    assert [one.key for one in records(inputs)] == ["A1"]
    assert [(p.code, p.field) for p in inputs.warnings] == [
        ("skipped_file", None),
        ("skipped_column", "别的"),
    ]


def test_a_column_that_any_sheet_over_the_worksheet_reads_is_not_told_as_unread(tmp_path: Path) -> None:
    second = """  机构:
    file: 成果*
    kind: PilotInstitution
    key: 单位编号
    columns: {单位名称: name}
    ignore: [备考]
"""
    path = csv(tmp_path, "编号,题目,成熟度,单位编号,单位名称,备考,别的\nA1,甲,6,P1,乙,y,x\n", "成果2027.csv")
    other = csv(tmp_path, "编号,题目,单位名称\nA2,丙,丁\n", "成果2028.csv")
    inputs = opened(path, other, source=BASE + second)
    assert sorted(one.key or "" for one in records(inputs)) == ["A1", "A2", "P1"]
    told = [(Path(p.place.file).name, p.field) for p in inputs.warnings if p.code == "skipped_column"]
    assert told == [("成果2027.csv", "别的"), ("成果2028.csv", "单位名称")]


def test_a_named_file_is_matched_by_its_headers(tmp_path: Path) -> None:
    """Next month's export, or a corrected quarantine file, under another name."""
    path = csv(tmp_path, "编号,题目,成熟度,隔离原因 quarantine_reason\nA1,甲,6,x\n", "corrected.csv")
    inputs = opened(path, source=BASE)
    assert [one.sheet for one in records(inputs)] == ["成果"] and inputs.warnings == []


def test_a_missing_key_header_names_the_nearest(tmp_path: Path) -> None:
    path = csv(tmp_path, "编码,题目,成熟度\nA1,甲,6\n", "成果.csv")
    with pytest.raises(InputFileError) as caught:
        opened(path, source=BASE.replace("key: 编号", "key: 成果编码"))
    assert caught.value.field == "成果编码" and "编码" in str(caught.value.remedy)


def test_bad_values_hold_the_row_or_are_dropped(tmp_path: Path) -> None:
    text = (
        "成果编号,成果名称,技术成熟度,资金需求,年份\n"
        "A1,甲,12,,2020\nA2,乙,,-5万元,2020\nA3,丙,小试,,前年\n,丁,,,\nA5,,,,\n"
    )
    rows = list(opened(csv(tmp_path, text)).rows())
    assert [type(row.outcome) for row in rows] == [HeldRow, HeldRow, Record, HeldRow, HeldRow]
    problems = [row.outcome.problems[0] for row in rows if isinstance(row.outcome, HeldRow)]
    assert [(p.code, p.field, p.place.line) for p in problems] == [
        ("bad_value", "技术成熟度", 2),
        ("bad_value", "资金需求", 3),
        ("missing_key", "成果编号", 5),
        ("missing_value", "成果名称", 6),
    ]
    assert codes(rows[2]) == ["unreadable_value", "unreadable_value"]
    assert isinstance(rows[2].outcome, Record) and rows[2].outcome.properties["trl"] is None


def test_money_without_a_unit_is_yuan_with_a_warning(tmp_path: Path) -> None:
    text = "成果编号,成果名称,资金需求\nA1,甲,500\nA2,乙,500万\nA3,丙,\nA4,丁,0\nA5,戊,￥500\n"
    rows = list(opened(csv(tmp_path, text)).rows())
    assert [codes(row) for row in rows] == [["no_unit"], [], [], [], []]
    headed = csv(tmp_path, text.replace("资金需求", "资金需求（万元）"))
    assert [codes(row) for row in opened(headed).rows()] == [[]] * 5


def test_ragged_rows(tmp_path: Path) -> None:
    text = "成果编号,成果名称,年份,技术成熟度\nA1,甲,2020,6,多了\nA2,乙,2020,6,,\nA3,丙\nA4,六,丁\n"
    rows = list(opened(csv(tmp_path, text)).rows())
    assert [type(row.outcome) for row in rows] == [HeldRow, Record, Record, HeldRow]
    assert [row.outcome.problems[0].code for row in rows if isinstance(row.outcome, HeldRow)] == [
        "ragged_row",
        "ragged_row",
    ]
    assert codes(rows[2]) == ["short_row"]


def test_a_formula_without_a_result(tmp_path: Path) -> None:
    rows = [
        ["成果编号", "成果名称", "技术成熟度", "年份"],
        ["A1", "甲", "=1+2", 2020],
        ["A2", "乙", 5, "=2000+20"],
        ["=1", "丙", 5, 2020],
    ]
    found = list(opened(xlsx(tmp_path, {"a": rows})).rows())
    assert [type(row.outcome) for row in found] == [HeldRow, Record, HeldRow]
    assert "C2" in found[0].outcome.problems[0].message.en  # type: ignore[union-attr]
    assert "D3" in found[1].warnings[0].message.en


def test_long_texts_are_cut_with_a_warning(tmp_path: Path) -> None:
    text = f"成果编号,成果名称,成果简介\nA1,甲,{'长' * 700_000}\nA2,{'名' * 5000},短\n"
    first, second = opened(csv(tmp_path, text)).rows()
    assert isinstance(first.outcome, Record) and len(str(first.outcome.properties["abstract"])) == 100_000
    assert codes(first) == ["too_long"] and isinstance(second.outcome, HeldRow)


def test_personal_data_is_dropped(tmp_path: Path) -> None:
    text = (
        "成果编号,成果名称,技术成熟度,联系人,联系电话\nA1,甲,6,张三,13800000000\nA2,乙,12,李四,13900000000\n"
    )
    inputs = opened(csv(tmp_path, text))
    rows = list(inputs.rows())
    for row in rows:
        assert "张三" not in repr(row) and "13900000000" not in repr(row)
    assert [p.code for p in inputs.warnings] == ["personal_column", "personal_column"]


def test_absent_empty_and_dropped_values_differ(tmp_path: Path) -> None:
    with_year = records(opened(csv(tmp_path, "成果编号,成果名称,年份\nA1,甲,\n", "a.csv")))[0]
    without = records(opened(csv(tmp_path, "成果编号,成果名称,关键词\nA1,甲,乙\n", "b.csv")))[0]
    assert with_year.properties["year"] is None and "year" not in without.properties


def test_the_content_hash_is_of_what_the_row_says(tmp_path: Path) -> None:
    one = records(opened(csv(tmp_path, "成果编号,成果名称,年份\nA1,甲,2020\n", "a.csv")))[0]
    same = records(
        opened(
            csv(tmp_path, "标题\n\n年份;成果名称;成果编号\n2020年;甲;A1\n", "b.txt", "gb18030"), kind="成果"
        )
    )[0]
    other = records(opened(csv(tmp_path, "成果编号,成果名称,年份\nA1,甲,2021\n", "c.csv")))[0]
    assert one.content_hash == same.content_hash != other.content_hash


def test_headers_that_fit_several_kinds_ask_for_one(tmp_path: Path) -> None:
    with pytest.raises(InputFileError) as caught:
        opened(csv(tmp_path, "编号,名称\n1,甲\n"))
    assert "--kind" in str(caught.value.remedy)
    assert len(records(opened(csv(tmp_path, "编号,名称\n1,甲\n"), kind="fund"))) == 1


def test_json_lines_map_like_tables(tmp_path: Path) -> None:
    lines = (
        '{"成果编号": 7, "成果名称": "甲", "关键词": ["乙", "丙"], "完成单位": ["丁", "戊"], "年份": 2020}',
        "{bad",
        '{"成果编号": 8, "成果名称": "己"}',
    )
    text = "\n".join(lines)
    rows = list(opened(csv(tmp_path, text, "a.jsonl")).rows())
    first, bad, last = (row.outcome for row in rows)
    assert isinstance(first, Record) and first.key == "7" and first.properties["keywords"] == ["乙", "丙"]
    assert [one.value for one in first.references] == ["丁", "戊"]
    assert isinstance(bad, HeldRow) and bad.place.line == 2 and bad.problems[0].code == "bad_json"
    assert isinstance(last, Record) and "year" not in last.properties


@pytest.mark.parametrize("kind", [name for name, spec in SCHEMA.kinds.items() if not spec.derived])
def test_templates_are_read_back_unmapped(tmp_path: Path, kind: str) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "t.xlsx"
    write_template(SCHEMA, kind, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    headers = [str(cell.value) for cell in sheet[1]]
    values = {0: "K1"} | {
        at: "某名"
        for at, header in enumerate(headers)
        if header.startswith(SCHEMA.kinds[kind].properties["name"].label.zh)
    }
    sheet.append([values.get(at) for at in range(len(headers))])
    book.save(path)
    inputs = opened(path, kind=kind)
    (record,) = records(inputs)
    assert (record.kind, record.properties["name"]) == (kind, "某名")
    assert [p for p in inputs.warnings if p.code != "skipped_worksheet"] == []
    assert [one.kind for one in records(opened(path))] == [kind]


def test_rows_may_be_walked_for_every_file_of_a_pattern(tmp_path: Path) -> None:
    csv(tmp_path, "编号,题目,成熟度\nA1,甲,6\n", "成果1.csv")
    csv(tmp_path, "编号;题目;成熟度\nA2;乙;7\n", "成果2.csv")
    inputs = open_inputs([tmp_path], source_file=csv(tmp_path, BASE, "s.yaml"), schema=SCHEMA)
    assert [(one.key, one.source, one.sheet) for one in records(inputs)] == [
        ("A1", "某源", "成果"),
        ("A2", "某源", "成果"),
    ]
    assert len(inputs.files) == 2 and inputs.sheets == (("某源", "成果"),)


def test_worksheet_rows_may_end_early_or_have_side_notes(tmp_path: Path) -> None:
    rows = [
        [None, "成果编号", "成果名称", "年份", "技术成熟度"],
        ["x", "A1", "甲"],
        [None, "A2", "乙", 2020, "=1+2", "旁注"],
        [None, "A3", "丙", "=A1", 6, "=B1"],
    ]
    first, second, third = opened(xlsx(tmp_path, {"a": rows})).rows()
    assert isinstance(first.outcome, Record) and codes(first) == []
    assert isinstance(second.outcome, HeldRow) and second.outcome.problems[0].field == "技术成熟度"
    assert isinstance(third.outcome, Record) and [p.field for p in third.warnings] == ["年份"]


def test_a_header_that_is_repeated_or_echoed_in_english_is_no_row(tmp_path: Path) -> None:
    text = "成果编号,成果名称,年份\nID,title,year\nA1,甲,2020\n成果编号,成果名称,年份\nA2,乙,2021\n"
    assert [one.key for one in records(opened(csv(tmp_path, text)))] == ["A1", "A2"]


def test_limits_that_cannot_be_read_are_unknown_and_said(tmp_path: Path) -> None:
    text = (
        "能力编号,能力名称,参数1,下限1,上限1,单位1,参数2,下限2,上限2,单位2\n"
        "C1,甲,转速,,abc,r/min,容积,100,50,L\nC2,乙,温度,,1750,炷/斛,压力,,不限,MPa\n"
    )
    first, second = opened(csv(tmp_path, text)).rows()
    for row, count in ((first, 2), (second, 1)):
        assert isinstance(row.outcome, Record) and codes(row) == ["bad_limit"] * count
        assert all(child.properties["high"] is None for child in row.outcome.children)


def test_a_fund_without_bounds_names_no_field_of_that_name(tmp_path: Path) -> None:
    text = "基金编号,基金名称,投资领域,投资地域\nF1,甲,不限,四川省、重庆市\nF2,乙,先进材料,\n"
    first, second = records(opened(csv(tmp_path, text), kind="Fund"))
    assert (first.properties["any_field"], first.properties["any_region"]) == (True, None)
    assert [one.value for one in first.references] == ["四川省", "重庆市"]
    assert second.properties["any_field"] is None


def test_usual_headers_complete_what_a_sheet_says(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "岚江市成果登记\n成果编号,成果名称,摘要,完成单位,技术成熟度,密级,联系电话,批次\nA-1,甲粉体,煅烧。,乙所,六级,内部,139,先进材料\n",
    )
    told = "source: 甲\nsheets:\n  成果:\n    kind: Achievement\n    usual_headers: true\n"
    inputs = opened(path, source=f"{told}    columns: {{批次: field, 摘要: indicators}}\n")
    (record,) = records(inputs)
    assert (record.key, record.properties["name"], record.properties["trl"]) == ("A-1", "甲粉体", 6)
    assert (record.properties["indicators"], "abstract" in record.properties) == ("煅烧。", False)
    assert {(one.name, one.value) for one in record.references} == {("owner", "乙所"), ("field", "先进材料")}
    assert record.restricted and "139" not in str(record)
    assert [one.code for one in inputs.warnings] == ["personal_column"]


def test_every_warning_says_what_to_do(tmp_path: Path) -> None:
    csv(
        tmp_path,
        "成果编号,成果名称,单位所在地,电话,杂项\nA-1,甲,某湾,1,2\n合计,,,,\n",
    )
    (tmp_path / "说明.txt").write_text("你好", encoding="utf-8")
    (tmp_path / "空.csv").write_text("成果编号,成果名称\n", encoding="utf-8")
    source = (
        "source: 甲\nsheets:\n  成果:\n    file: ['a*', '空*']\n    kind: Achievement\n    key: 成果编号\n"
        "    columns: {成果名称: name, 单位所在地: region, 没有: year}\n"
    )
    inputs = opened(tmp_path, source=source)
    problems = [one for row in inputs.rows() for one in row.warnings]
    problems += inputs.warnings
    codes = {one.code for one in problems}
    assert codes >= {"skipped_file", "skipped_column", "personal_column", "missing_column", "empty_sheet"}
    assert codes >= {"unknown_place", "total_row"}
    assert all(one.remedy for one in problems)


def test_an_unknown_unit_names_the_nearest(tmp_path: Path) -> None:
    path = csv(tmp_path, "能力编号,能力名称,参数1,上限1,单位1\nC-1,甲,产能,3,kq/h\n")
    (row,) = opened(path, kind="Capability").rows()
    (problem,) = row.warnings
    assert problem.code == "bad_limit"
    assert "'kg/h'" in str(problem.remedy) and "yaml" not in str(problem.remedy)


def test_lists_in_json_are_several_values(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": "A-1", "t": "甲", "kw": ["粉体;烧结", "氧化铝"], "own": ["乙所", "丙所"]}\n', encoding="utf-8"
    )
    source = (
        "source: 甲\nsheets:\n  成果:\n    kind: Achievement\n    key: id\n    columns:\n      t: title\n"
        "      kw: {property: keywords, separator: ；}\n      own: owner\n"
    )
    (record,) = records(opened(path, source=source))
    assert record.properties["keywords"] == ["粉体;烧结", "氧化铝"]
    assert [one.value for one in record.references] == ["乙所", "丙所"]
