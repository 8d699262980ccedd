"""Rows held back, written in their file's own format so that a person can mend them and feed them in again.

Each file keeps its name (a source file's pattern still fits it) inside a folder of the run, and gains one
column, `REASON_COLUMN`, which reading ignores. Classified rows are never here.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.readers import open_file
from ingest.readers.delimited import DelimitedGrid
from ingest.readers.jsonl import JsonLines, JsonList
from ingest.readers.parquet import ParquetRows
from ingest.record import HeldRow

REASON_COLUMN = "隔离原因 quarantine_reason"
_EXCEL_CELL = 32_767
"""Characters that one Excel cell takes."""


def write_quarantine(held: Sequence[HeldRow], folder: Path) -> list[Path]:
    """Write the held rows below `folder`, one file per input file; returns the files."""
    by_file: dict[str, list[HeldRow]] = {}
    for row in held:
        by_file.setdefault(row.place.file, []).append(row)
    written = []
    for file, rows in by_file.items():
        target = _free(folder, Path(file).name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(Path(file), rows, target)
        written.append(target)
    return written


def reason(row: HeldRow) -> str:
    """Why a row is held, for a person: every problem with its field and remedy."""
    parts = []
    for problem in row.problems:
        head = f"{problem.field}: {problem.message}" if problem.field else problem.message
        parts.append(f"{head} ({problem.remedy})" if problem.remedy else head)
    return "; ".join(parts)


def _free(folder: Path, name: str) -> Path:
    """A place for a file of this name: two inputs of one name get folders of their own."""
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / str(number) / name
    return target


def _write(source: Path, rows: Sequence[HeldRow], target: Path) -> None:
    known = {str(column) for row in rows for column in row.cells}
    shape = open_file(source, lambda cells: sum(str(cell).strip() in known for cell in cells if cell))[0]
    tables = [{**row.cells, REASON_COLUMN: reason(row)} for row in rows]
    if isinstance(shape, DelimitedGrid):
        _write_delimited(tables, target, shape.encoding.name, shape.delimiter)
    elif isinstance(shape, JsonLines | JsonList):
        _write_json(tables, target, shape.encoding, as_list=isinstance(shape, JsonList))
    elif isinstance(shape, ParquetRows):
        _write_parquet(tables, source, target)
    else:
        _write_workbook(rows, target)


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """All columns in the order of their first row, the reason last."""
    names = dict.fromkeys(name for row in rows for name in row if name != REASON_COLUMN)
    return [*names, REASON_COLUMN]


def _bytes(target: Path, content: bytes) -> None:
    target.write_bytes(gzip.compress(content, mtime=0) if target.suffix == ".gz" else content)


def _write_delimited(rows: Sequence[Mapping[str, Any]], target: Path, encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    columns = _columns(rows)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_plain(row.get(name)) for name in columns] for row in rows)
    _bytes(target, text.getvalue().encode(_with_mark(encoding), errors="replace"))


def _with_mark(encoding: str) -> str:
    """UTF-8 gets its byte order mark, for Excel takes it for GBK without."""
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _write_json(rows: Sequence[Mapping[str, Any]], target: Path, encoding: str, *, as_list: bool) -> None:
    lines = [json.dumps(row, ensure_ascii=False, default=str) for row in rows]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if as_list else "\n".join(lines) + "\n"
    _bytes(target, text.encode("utf-8" if encoding == "utf-8-sig" else encoding, errors="replace"))


def _write_parquet(rows: Sequence[Mapping[str, Any]], source: Path, target: Path) -> None:
    """The input's own column types where the rows fit them, else text."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema = parquet.read_schema(source)
    columns = _columns(rows)
    arrays = []
    for name in columns:
        values = [row.get(name) for row in rows]
        kind = schema.field(name).type if name in schema.names else None
        try:
            arrays.append(pa.array(values, type=kind))
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            arrays.append(pa.array([None if value is None else str(value) for value in values]))
    parquet.write_table(pa.table(dict(zip(columns, arrays, strict=True))), target)


def _write_workbook(rows: Sequence[HeldRow], target: Path) -> None:
    """One worksheet per worksheet that has held rows, under its own name."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheets: dict[str, list[HeldRow]] = {}
    for row in rows:
        sheets.setdefault(row.place.worksheet, []).append(row)
    for name, held in sheets.items():
        sheet = book.create_sheet(name or None)
        tables = [{**row.cells, REASON_COLUMN: reason(row)} for row in held]
        columns = _columns(tables)
        sheet.append(columns)
        for table in tables:
            sheet.append([_cell(sheet, table.get(column)) for column in columns])
    book.save(target)


def _cell(sheet: Any, value: Any) -> Any:
    """What Excel takes: no lists, no control characters, no text that it would run as a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, list | tuple):
        value = "；".join(map(str, value))
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_EXCEL_CELL])
    cell.data_type = "s"
    return cell
