"""Sheets that a broker can send: an answer as Excel, CSV or Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from api.tables import TABLES, Table
from kg.errors import UsageError


def write_sheet(name: str, document: dict[str, Any], out: Path, lang: str) -> None:
    """Write the answer of a command to `out`, by its extension; raises `UsageError` for any other.

    The file is complete or not there: it is written aside and renamed.
    """
    writers: dict[str, Callable[[Sequence[Table]], bytes]] = {".xlsx": _xlsx, ".csv": _csv, ".md": _markdown}
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise UsageError(
            f"{out.name}: unknown kind of sheet", field="out", remedy="end it in .xlsx, .csv or .md"
        )
    content = writer(TABLES[name](document, lang))
    aside = out.with_name(f".{out.name}.part")
    aside.write_bytes(content)
    aside.replace(out)


def _xlsx(tables: Sequence[Table]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title[:31])
        for row in (table.header, *table.rows):
            sheet.append([_plain(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for number, width in enumerate(table.widths(), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _plain(cell: object) -> object:
    """A cell that Excel takes as data: text that looks like a formula stays text."""
    if isinstance(cell, str):
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        cleaned = ILLEGAL_CHARACTERS_RE.sub("", cell)
        return f"'{cleaned}" if cleaned[:1] in ("=", "+", "@") else cleaned
    return cell


def _csv(tables: Sequence[Table]) -> bytes:
    """With a BOM, so that Excel reads the Chinese; tables follow each other after an empty line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        writer.writerow(table.header)
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8-sig")


def _markdown(tables: Sequence[Table]) -> bytes:
    parts: list[str] = []
    for table in tables:
        lines = [_markdown_row(table.header), _markdown_row(["---"] * len(table.header))]
        lines += [_markdown_row(row) for row in table.rows]
        parts.append(f"## {table.title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts).encode()


def _markdown_row(cells: Sequence[object]) -> str:
    texts = ("" if cell is None else str(cell).replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return "| " + " | ".join(texts) + " |"
