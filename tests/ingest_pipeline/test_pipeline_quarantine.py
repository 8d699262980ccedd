"""Held rows come out in their file's own format, and go back in once they are mended."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import HEADER, Bench

from ingest.pipeline import QuarantinedError
from ingest.quarantine import REASON_COLUMN

GOOD = "A1,好成果,简介一,甲公司,新材料,烧结,2024,5,公开"
BAD = "A2,坏成果,简介二,乙公司,新材料,粉碎,2024,12,公开"

Register = Callable[..., Path]


def _held(report: object) -> Path:
    (path,) = report.quarantine_files  # type: ignore[attr-defined]
    return Path(path)


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [("成果.csv", ",", "utf-8"), ("成果.csv", ";", "gb18030"), ("成果.txt", "\t", "utf-8-sig")],
)
def test_delimited_text_goes_round(
    bench: Bench, write: Register, name: str, delimiter: str, encoding: str
) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADER, GOOD, BAD)]
    report = bench.ingest(write(name, *lines, encoding=encoding))
    assert report.quarantined == {"bad_value": 1}
    held = _held(report)
    assert held.name == name
    expected = "gb18030" if encoding == "gb18030" else "utf-8-sig"
    text = held.read_text(encoding=expected)
    (row,) = csv.DictReader(text.splitlines(), delimiter=delimiter)
    assert row["成果编号"] == "A2" and "12" in row[REASON_COLUMN]
    held.write_text(text.replace(f"{delimiter}12{delimiter}", f"{delimiter}6{delimiter}"), encoding=expected)
    _feed_back(bench, held)


def _feed_back(bench: Bench, held: Path) -> None:
    report = bench.ingest(held)
    assert (report.new, report.quarantined) == (1, {})
    assert "skipped_column" not in report.warnings
    node = bench.node("A2")
    assert node.properties["trl"] == 6
    assert not any(REASON_COLUMN in name for name in node.properties)


def test_warnings_count_rows(bench: Bench, write: Register) -> None:
    """Columns that are not read, personal ones and a file that is passed over, beside three rows."""
    file = write("a.csv", "成果编号,成果名称,联系人,电话,甲列,乙列", *(f"A{n},名{n},x,x,x,x" for n in "123"))
    report = bench.ingest(file)
    assert report.warnings == {"personal_column": 3, "skipped_column": 3}
    assert [problem.code for problem in report.problems].count("skipped_column") == 2, "each is told"


def test_a_workbook_keeps_its_worksheets(bench: Bench) -> None:
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    book.remove(book.active)
    for title, shift in (("一所", 0), ("二所", 10)):
        sheet = book.create_sheet(title)
        sheet.append(["2026年成果登记表"])
        sheet.append(HEADER.split(","))
        for row in (GOOD, BAD):
            cells = row.split(",")
            sheet.append(
                [f"A{int(cells[0][1:]) + shift}", *cells[1:6], int(cells[6]), int(cells[7]), cells[8]]
            )
    path = bench.folder / "成果.xlsx"
    book.save(path)
    held = _held(bench.ingest(path))
    mended = load_workbook(held)
    assert mended.sheetnames == ["一所", "二所"]
    for sheet in mended:
        header = next(cells for cells in sheet.iter_rows() if cells[0].value == "成果编号")
        column = [cell.value for cell in header].index("技术成熟度") + 1
        sheet.cell(header[0].row + 1, column).value = 6
    mended.save(held)
    report = bench.ingest(held)
    assert (report.new, report.quarantined) == (2, {})
    assert {bench.node(key).properties["trl"] for key in ("A2", "A12")} == {6}


@pytest.mark.parametrize("name", ["成果.jsonl", "成果.jsonl.gz"])
def test_json_lines_go_round(bench: Bench, name: str) -> None:
    path = bench.folder / name
    rows = [dict(zip(HEADER.split(","), row.split(","), strict=True)) for row in (GOOD, BAD)]
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    held = _held(bench.ingest(path))
    raw = gzip.decompress(held.read_bytes()) if name.endswith("gz") else held.read_bytes()
    row = json.loads(raw)
    assert row[REASON_COLUMN]
    row["技术成熟度"] = 6
    mended = json.dumps(row, ensure_ascii=False).encode()
    held.write_bytes(gzip.compress(mended) if name.endswith("gz") else mended)
    _feed_back(bench, held)


def test_parquet_goes_round(bench: Bench) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    rows = [dict(zip(HEADER.split(","), row.split(","), strict=True)) for row in (GOOD, BAD)]
    table = pa.Table.from_pylist([{**row, "技术成熟度": int(row["技术成熟度"])} for row in rows])
    path = bench.folder / "成果.parquet"
    parquet.write_table(table, path)
    held = _held(bench.ingest(path))
    found = parquet.read_table(held)
    assert found.schema.field("技术成熟度").type == pa.int64()
    mended = [{**row, "技术成熟度": 6} for row in found.to_pylist()]
    parquet.write_table(pa.Table.from_pylist(mended, schema=found.schema), held)
    _feed_back(bench, held)


def test_the_pattern_of_the_source_file_still_fits(bench: Bench, register: Register, write: Register) -> None:
    source = write(
        "source.yaml",
        "source: 某院",
        "sheets:",
        "  成果:",
        "    file: 成果*.csv",
        "    kind: Achievement",
        "    key: 成果编号",
        "    columns: {成果名称: name, 技术成熟度: trl}",
    )
    held = _held(bench.ingest(register("成果2026.csv", GOOD, BAD), source=source))
    held.write_text(held.read_text(encoding="utf-8-sig").replace(",12,", ",6,"), encoding="utf-8-sig")
    report = bench.ingest(held, source=source)
    assert (report.new, report.quarantined) == (1, {})
    assert bench.node("A2").properties["source"] == "某院"


def test_a_unit_above_the_header_is_not_lost(bench: Bench, write: Register) -> None:
    file = write(
        "基金.csv",
        "基金一览表,,,",
        "单位：万元,,,",
        "基金编号,基金名称,基金规模,投资阶段",
        "F1,甲基金,5000,TRL 4～6",
        "F2,乙基金,8000,TRL 4～12",
    )
    held = _held(bench.ingest(file))
    held.write_text(held.read_text(encoding="utf-8-sig").replace("4～12", "4～7"), encoding="utf-8-sig")
    assert bench.ingest(held).new == 1
    assert bench.node("F1").properties["size"] == 5000e4
    assert bench.node("F2").properties["size"] == 8000e4


def test_two_files_of_one_name_keep_apart(bench: Bench, register: Register) -> None:
    one = register("甲/成果.csv", BAD)
    two = register("乙/成果.csv", BAD.replace("A2", "A3"))
    report = bench.ingest(one, two)
    assert len(set(report.quarantine_files)) == 2
    assert all(Path(path).name == "成果.csv" for path in report.quarantine_files)


def test_text_that_looks_like_a_formula_stays_text(bench: Bench) -> None:
    from openpyxl import Workbook, load_workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("成果")
    sheet.append(HEADER.split(","))
    cells = []
    for value in BAD.replace("坏成果", "=1+1").split(","):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        cells.append(cell)
    sheet.append(cells)
    path = bench.folder / "成果.xlsx"
    book.save(path)
    held = load_workbook(_held(bench.ingest(path)))["成果"]
    values = [cell for row in held.iter_rows() for cell in row if cell.value == "=1+1"]
    assert values and values[0].data_type == "s"


def test_strict_writes_nothing(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", GOOD))
    before = bench.dump()
    file = register("b.csv", GOOD.replace("A1", "A9"), BAD)
    with pytest.raises(QuarantinedError) as caught:
        bench.ingest(file, strict=True)
    assert (caught.value.file, caught.value.line, caught.value.exit_code) == (str(file), 3, 1)
    assert bench.dump() == before
    assert len(bench.query("MATCH (r:Run) RETURN r.id AS id")) == 1
