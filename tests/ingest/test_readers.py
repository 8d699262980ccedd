"""Readers: every encoding, delimiter and shape gives the same rows with their own line numbers."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.readers import Grid, Rows, open_file
from kg.errors import InputFileError

HEADER = ("成果编号", "成果名称", "关键词")


def known(cells: Sequence[str]) -> float:
    return sum(1 for cell in cells if cell.strip() in HEADER)


def grid(path: Path) -> Grid:
    (body,) = open_file(path, known)
    assert isinstance(body, Grid)
    return body


def cells(path: Path) -> list[tuple[int, tuple[Any, ...]]]:
    return [(line.number, line.cells) for line in grid(path).lines()]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("mark", [",", ";", "\t", "，", "；", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, mark: str) -> None:
    rows = [HEADER, ("A1", "高纯氧化铝", "粉体"), ("A2", "℃级陶瓷", "膜")]
    text = "\r\n".join(mark.join(row) for row in rows) + "\r\n"
    assert cells(write(tmp_path / "r.dat", text, encoding)) == [(n, row) for n, row in enumerate(rows, 1)]


def test_rare_characters_of_gb18030(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", "成果编号,成果名称\nA1,㐀𠀀与€\n", "gb18030")
    assert cells(path)[1] == (2, ("A1", "㐀𠀀与€"))


def test_the_header_settles_the_delimiter(tmp_path: Path) -> None:
    text = "成果编号,成果名称,关键词\n" + "".join(f"A{n},名{n},甲;乙;丙\n" for n in range(50))
    assert cells(write(tmp_path / "a.csv", text))[1][1] == ("A0", "名0", "甲;乙;丙")
    text = "成果编号;成果名称;关键词\n" + "".join(f"A{n};名,字,{n};甲,乙,丙\n" for n in range(50))
    assert cells(write(tmp_path / "b.csv", text))[1][1] == ("A0", "名,字,0", "甲,乙,丙")


def test_excel_separator_line(tmp_path: Path) -> None:
    assert cells(write(tmp_path / "a.csv", "sep=;\n成果编号;成果名称\nA1;甲\n"))[1] == (3, ("A1", "甲"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoted_line_breaks_keep_line_numbers(tmp_path: Path, end: str) -> None:
    text = end.join(["成果编号,成果名称", 'A1,"第一行', '第二行"', "", "A2,乙", ""])
    found = cells(write(tmp_path / "a.csv", text))
    assert [number for number, _ in found] == [1, 2, 5]
    assert found[1][1][1].splitlines() == ["第一行", "第二行"]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    text = '成果编号,成果名称\nA1,甲\nA2,"乙\n' + "".join(f"B{n},丙\n" for n in range(20))
    found = list(grid(write(tmp_path / "a.csv", text)).lines())
    assert len(found) == 23
    (bad,) = [line for line in found if line.troubles]
    assert bad.number == 3 and bad.troubles[0].code == "unclosed_quote"
    assert found[-1].cells == ("B19", "丙") and found[-1].number == 23


def test_two_megabytes_in_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"成果编号,成果名称\nA1,{'长' * 700_000}\nA2,短\n")
    assert [len(row[1]) for _, row in cells(path)][1:] == [700_000, 1]


def test_damaged_bytes_hold_their_row_only(tmp_path: Path) -> None:
    good = "".join(f"A{n},成果名称很长很长\n" for n in range(200)).encode()
    path = tmp_path / "a.csv"
    path.write_bytes("成果编号,成果名称\n".encode() + good + b"B1,\xff\xfe\xe6\n" + good)
    bad = [line for line in grid(path).lines() if line.troubles]
    assert [(line.number, line.troubles[0].code) for line in bad] == [(202, "bad_encoding")]
    assert "\ufffd" in bad[0].cells[1]


def test_a_wrong_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + bytes(range(128, 256)) * 50)
    with pytest.raises(InputFileError) as caught:
        open_file(path, known)
    assert caught.value.line == 2 and caught.value.remedy


def test_zero_bytes_do_not_stop_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "成果编号,成果名称\nA1,甲\x00乙\n")
    assert cells(path)[1][0] == 2


def test_gzip_and_truncated_gzip(tmp_path: Path) -> None:
    whole = gzip.compress("成果编号,成果名称\nA1,甲\n".encode() * 1000)
    (tmp_path / "a.csv.gz").write_bytes(whole)
    assert len(cells(tmp_path / "a.csv.gz")) == 2000
    (tmp_path / "b.csv.gz").write_bytes(whole[:-20])
    with pytest.raises(InputFileError):
        cells(tmp_path / "b.csv.gz")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n  \n"])
def test_empty_files_hold_no_rows(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    (body,) = open_file(tmp_path / "a.csv", known)
    assert isinstance(body, Rows) and list(body.rows()) == []


@pytest.mark.parametrize("head", [b"\xd0\xcf\x11\xe0old", b"%PDF-1.7", b"\x89PNG\r\n"])
def test_other_files_are_refused_with_a_remedy(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "a.xls").write_bytes(head + bytes(100))
    with pytest.raises(InputFileError) as caught:
        open_file(tmp_path / "a.xls", known)
    assert caught.value.remedy


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"成果编号": 5, "关键词": ["甲", "乙"], "owner": {"name": "丙"}}',
        "",
        "{bad",
        "[1]",
        '{"成果编号": "A2"}',
    ]
    (body,) = open_file(write(tmp_path / "a.jsonl", "\n".join(lines), "utf-8-sig"), known)
    assert isinstance(body, Rows)
    rows = list(body.rows())
    assert [row.line for row in rows] == [1, 3, 4, 5]
    assert rows[0].values == {"成果编号": 5, "关键词": ["甲", "乙"], "owner.name": "丙"}
    assert [bool(row.troubles) for row in rows] == [False, True, True, False]
    assert body.columns == ("成果编号", "关键词", "owner.name")


def test_json_list_and_json_without_its_ending(tmp_path: Path) -> None:
    (body,) = open_file(write(tmp_path / "a.json", '[\n {"a": 1},\n\n {"a": 2}\n]'), known)
    assert isinstance(body, Rows)
    assert [(row.line, row.values["a"]) for row in body.rows()] == [(2, 1), (4, 2)]
    (body,) = open_file(write(tmp_path / "register.txt", '{"a": 1}\n{"a": 2}\n'), known)
    assert isinstance(body, Rows) and body.count_hint == 2


def test_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {"成果编号": ["A1", "A2"], "关键词": [["甲", "乙"], None], "日期": [dt.date(2027, 1, 18), None]}
    )
    pq.write_table(table, tmp_path / "a.bin")
    (body,) = open_file(tmp_path / "a.bin", known)
    assert isinstance(body, Rows) and body.count_hint == 2
    first, second = body.rows()
    assert first.values == {"成果编号": "A1", "关键词": ["甲", "乙"], "日期": dt.date(2027, 1, 18)}
    assert (second.line, second.values["关键词"]) == (2, None)


def book(path: Path, rows: Sequence[Sequence[Any]], **more: Any) -> Path:
    work = Workbook()
    sheet = work.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in more.get("merge", ()):
        sheet.merge_cells(area)
    for name, style in more.get("formats", {}).items():
        sheet[name].number_format = style
    work.save(path)
    return path


def test_workbook_values_as_they_are_shown(tmp_path: Path) -> None:
    rows = [
        ["编号", "比例", "产能", "日期", "数"],
        [12, 0.05, 30, dt.date(2027, 1, 18), 5.0],
        [7.0, 0.125, 2.5, None, 20270118],
    ]
    formats = {"A2": "0000", "B2": "0%", "B3": "0.0%", "C2": '0"kg/h"', "C3": '0.0 "kg/h"'}
    found = cells(book(tmp_path / "a.xlsx", rows, formats=formats))
    assert found[1][1] == ("0012", "5%", "30kg/h", dt.datetime(2027, 1, 18), 5)
    assert found[2][1] == (7, "12.5%", "2.5kg/h", None, 20270118)


def test_merged_cells_fill_their_area(tmp_path: Path) -> None:
    rows = [["机构", "参数"], ["甲所", "温度"], [None, "压力"], ["乙所", "产能"]]
    found = cells(book(tmp_path / "a.xlsx", rows, merge=["A2:A3"]))
    assert [row for _, row in found[1:]] == [("甲所", "温度"), ("甲所", "压力"), ("乙所", "产能")]


def test_a_formula_without_result_names_its_cell(tmp_path: Path) -> None:
    found = list(grid(book(tmp_path / "a.xlsx", [["a", "b"], ["x", "=1+1"], ["y", "#REF!"]])).lines())
    assert found[1].cells[0] == "x"
    assert (found[1].troubles[0].code, found[1].troubles[0].column) == ("formula", 1)
    assert "B2" in found[1].troubles[0].message.en and "B3" in found[2].troubles[0].message.en


def test_empty_rows_and_hidden_worksheets(tmp_path: Path) -> None:
    work = Workbook()
    work.worksheets[0].append(["a"])
    work.worksheets[0].append([None])
    work.worksheets[0].append(["b"])
    work.create_sheet("藏").sheet_state = "hidden"
    work.save(tmp_path / "a.xlsx")
    first, second = open_file(tmp_path / "a.xlsx", known)
    assert isinstance(first, Grid) and isinstance(second, Grid)
    assert [line.number for line in first.lines()] == [1, 3]
    assert (first.hidden, second.hidden, second.worksheet) == (False, True, "藏")


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["a"]] * 50)
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputFileError):
        open_file(path, known)


def test_json_numbers_survive_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"a": 1.5, "b": 10**20, "c": True, "d": None}) + "\n")
    (body,) = open_file(path, known)
    assert isinstance(body, Rows)
    assert next(iter(body.rows())).values == {"a": 1.5, "b": 10**20, "c": True, "d": None}
