"""Rows held back, written in their file's own format so that a person can mend them and feed them in again.

Each file keeps its name (a source file's pattern still fits it), its worksheets, and what stands above the
header, line by line (a unit of money or a mark of secrecy may be there). It gains one column,
`REASON_COLUMN`, which reading ignores. Classified rows are never here.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.mapping.table import Table
from ingest.readers.delimited import DelimitedGrid
from ingest.readers.jsonl import JsonLines, JsonList
from ingest.readers.model import Grid
from ingest.readers.parquet import ParquetRows
from ingest.record import HeldRow, Problem
from kg.wording import Lang, Sentence, sentence

REASON_COLUMN = "隔离原因 quarantine_reason"
RAW_COLUMN = "原始行 raw_line"
"""Holds a line that could not be taken apart."""

_EXCEL_CELL = 32_767
"""Characters that one Excel cell takes."""

Cells = list[Any]


@dataclass(frozen=True)
class Part:
    """The held rows of one table."""

    table: Table
    rows: Sequence[HeldRow]
    lang: Lang

    def named(self) -> list[dict[str, Any]]:
        """The rows by column name, with their reason."""
        return [_named(row, self.lang) for row in self.rows]


def write_quarantine(
    held: Sequence[HeldRow], tables: Sequence[Table], folder: Path, lang: Lang
) -> list[Path]:
    """Write the held rows below `folder`, one file per input file; returns the files. `lang` is the language
    of the reasons."""
    by_place = {(table.file, table.worksheet): table for table in tables}
    rows: dict[tuple[str, str], list[HeldRow]] = {}
    for row in held:
        rows.setdefault((row.place.file, row.place.worksheet), []).append(row)
    by_file: dict[str, list[Part]] = {}
    for place, found in rows.items():
        by_file.setdefault(place[0], []).append(Part(by_place[place], found, lang))
    written = []
    for file, parts in by_file.items():
        target = _free(folder, Path(file).name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(parts, target)
        written.append(target)
    return written


def reason(row: HeldRow, lang: Lang) -> str:
    """Why a row is held: every problem with its code, which a machine can read, then field, words, remedy."""
    return "; ".join(f"{problem.code}: {_told(problem).said(lang)}" for problem in row.problems)


def _told(problem: Problem) -> Sentence:
    said, field = sentence(problem.message), problem.field
    zh, en = (f"{field}：{said.zh}", f"{field}: {said.en}") if field else (said.zh, said.en)
    advice = problem.remedy and sentence(problem.remedy)
    return Sentence(f"{zh}（{advice.zh}）", f"{en} ({advice.en})") if advice else Sentence(zh, en)


def _named(row: HeldRow, lang: Lang) -> dict[str, Any]:
    cells = {(name or RAW_COLUMN): value for name, value in row.cells.items()}
    return cells | {REASON_COLUMN: reason(row, lang)}


def _free(folder: Path, name: str) -> Path:
    """A place for a file of this name: two inputs of one name get folders of their own."""
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / str(number) / name
    return target


def _write(parts: Sequence[Part], target: Path) -> None:
    body = parts[0].table.body
    if isinstance(body, DelimitedGrid):
        _write_delimited(parts[0], body, target)
    elif isinstance(body, JsonLines | JsonList):
        _write_json(parts[0].named(), target, body.encoding, as_list=isinstance(body, JsonList))
    elif isinstance(body, ParquetRows):
        _write_parquet(parts[0].named(), body.path, target)
    else:
        _write_workbook(parts, target)


def _lines(part: Part) -> list[Cells]:
    """The lines of a grid: what stands above the header and the header as they were, then the held rows."""
    table = part.table
    assert isinstance(table.body, Grid)
    width = len(table.header.columns)
    lines: list[Cells] = [[] for _ in range(table.header.line)]
    for line in table.body.lines():
        if line.number > table.header.line:
            break
        lines[line.number - 1] = list(line.cells)
    header = lines[-1]
    lines[-1] = [*header, *[None] * (width - len(header)), REASON_COLUMN]
    return [*lines, *(_positioned(row, table.header.columns, part.lang) for row in part.rows)]


def _positioned(row: HeldRow, columns: Sequence[str], lang: Lang) -> Cells:
    """A row's cells in their places, the reason, then what stood beyond the last column."""
    beyond = [value for name, value in row.cells.items() if name not in columns]
    return [*(row.cells.get(name) if name else None for name in columns), reason(row, lang), *beyond]


def _write_delimited(part: Part, body: DelimitedGrid, target: Path) -> None:
    text = io.StringIO()
    lines = _lines(part)
    if body.skip:
        text.write(f"sep={body.delimiter}\r\n")
        del lines[0]
    writer = csv.writer(text, delimiter=body.delimiter, lineterminator="\r\n")
    writer.writerows([_plain(value) for value in cells] for cells in lines)
    encoding = "utf-8-sig" if body.encoding.name == "utf-8" else body.encoding.name
    _put(target, text.getvalue().encode(encoding, errors="replace"))


def _put(target: Path, content: bytes) -> None:
    target.write_bytes(gzip.compress(content, mtime=0) if target.suffix == ".gz" else content)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _write_json(rows: Sequence[Mapping[str, Any]], target: Path, encoding: str, *, as_list: bool) -> None:
    lines = [json.dumps(row, ensure_ascii=False, default=str) for row in rows]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if as_list else "\n".join(lines) + "\n"
    _put(target, text.encode("utf-8" if encoding == "utf-8-sig" else encoding, errors="replace"))


def _write_parquet(rows: Sequence[Mapping[str, Any]], source: Path, target: Path) -> None:
    """The input's own column types where the rows fit them, else text."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema = parquet.read_schema(source)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    arrays = []
    for name in columns:
        values = [row.get(name) for row in rows]
        kind = schema.field(name).type if name in schema.names else None
        try:
            arrays.append(pa.array(values, type=kind))
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            arrays.append(pa.array([None if value is None else str(value) for value in values]))
    parquet.write_table(pa.table(dict(zip(columns, arrays, strict=True))), target)


def _write_workbook(parts: Sequence[Part], target: Path) -> None:
    """One worksheet per worksheet that has held rows, under its own name, merged headers merged again."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for part in parts:
        sheet = book.create_sheet(part.table.worksheet or None)
        for number, cells in enumerate(_lines(part), 1):
            for column, value in enumerate(cells, 1):
                if value is not None:
                    _set_cell(sheet.cell(number, column), value)
        _merge_again(sheet, part.table)
    book.save(target)


def _merge_again(sheet: Any, table: Table) -> None:
    assert isinstance(table.body, Grid)
    for merge in table.body.merges:
        if merge.bottom <= table.header.line:
            sheet.merge_cells(
                start_row=merge.top,
                start_column=merge.left,
                end_row=merge.bottom,
                end_column=merge.right,
            )


def _set_cell(cell: Any, value: Any) -> None:
    """What Excel takes: no lists, no control characters, no text that it would run as a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, list | tuple):
        value = "；".join(map(str, value))
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_EXCEL_CELL]
    cell.data_type = "s"
