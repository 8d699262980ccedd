"""Writes ordinary files, byte for byte the same each time."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Cell = str | int | float | None
STAMP = (2026, 6, 30, 9, 0, 0)
STAMPED = b"2026-06-30T09:00:00Z"


@dataclass(frozen=True)
class Sheet:
    """A table with the lines that stand above its header."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()


def write_delimited(path: Path, sheet: Sheet, *, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """A CSV or TSV file; a character that the encoding lacks is an error."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """One compact JSON document a line."""
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_bytes(text.encode("utf-8"))


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """A workbook with titles merged over the columns and notes below them, then the header."""
    from openpyxl import Workbook

    book = Workbook(write_only=False)
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in sheets:
        table = book.create_sheet(sheet.name)
        for number, line in enumerate(sheet.above, 1):
            table.cell(number, 1, line)
            if number == 1:
                table.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(sheet.header))
        table.append(list(sheet.header))
        for row in sheet.rows:
            table.append([None if cell == "" else cell for cell in row])
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_settled(raw.getvalue()))


def _settled(raw: bytes) -> bytes:
    """The same workbook with fixed times and stored uncompressed: no clock and no zlib shows in it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", STAMPED, content)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.create_system = 3
            new.writestr(entry, content)
    return result.getvalue()
