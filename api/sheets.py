"""Sheets that a broker can send: an answer as Excel, CSV or Markdown."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.tables import TABLES, Table, Yuan
from kg.errors import UsageError
from kg.wording import Sentence

if TYPE_CHECKING:
    from pandas import DataFrame


def write_sheet(name: str, document: dict[str, Any], heading: Table, out: Path, lang: str) -> None:
    """Write the answer of a command to `out`, by its extension; raises `UsageError` for any other.

    The heading (what was asked, when, of which data) stands last, so that the answer is the first sheet of
    a book and the first table of a CSV file; first in Markdown, which is read from the top. The file is
    complete or not there: it is written aside and renamed.
    """
    writers: dict[str, Callable[[Sequence[Table]], bytes]] = {
        ".xlsx": _xlsx,
        ".csv": _csv,
        ".md": lambda tables: _markdown(tables, lang),
    }
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise UsageError(
            Sentence(f"{out.name}：写不出这种文件", f"{out.name}: unknown kind of sheet"),
            field="out",
            remedy=Sentence("扩展名用 .xlsx、.csv 或 .md", "end it in .xlsx, .csv or .md"),
        )
    tables = TABLES[name](document, lang)
    content = writer([heading, *tables] if out.suffix.lower() == ".md" else [*tables, heading])
    aside = out.with_name(f".{out.name}.part")
    aside.write_bytes(content)
    aside.replace(out)


def _xlsx(tables: Sequence[Table]) -> bytes:
    import pandas as pd

    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as book:
        for table in tables:
            _frame(table).to_excel(book, sheet_name=table.title[:31], index=False)
            _lay_out(book.sheets[table.title[:31]], table)
    return stream.getvalue()


def _lay_out(sheet: Any, table: Table) -> None:
    """A bold header that stays in sight and filters; cells that wrap, columns as wide as needed."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(table.widths(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cells, row in zip(sheet.iter_rows(min_row=2), table.rows, strict=True):
        for cell, value in zip(cells, row, strict=True):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, Yuan):
                cell.number_format = "#,##0.##" if value % 1 else "#,##0"


def _frame(table: Table) -> DataFrame:
    """Cells as they are: without `object`, a column of years with a gap turns into 2021.0."""
    import pandas as pd

    return pd.DataFrame(
        [[_plain(cell) for cell in row] for row in table.rows], columns=list(table.header), dtype=object
    )


def _plain(cell: object) -> object:
    """A cell that a spreadsheet takes as data: text that looks like a formula stays text."""
    if isinstance(cell, Yuan):
        return int(cell) if cell.is_integer() else round(float(cell), 2)
    if not isinstance(cell, str):
        return cell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cleaned = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{cleaned}" if cleaned[:1] in ("=", "+", "-", "@") else cleaned


def _csv(tables: Sequence[Table]) -> bytes:
    """With a BOM, so that Excel reads the Chinese; tables follow each other after an empty line."""
    texts = [_frame(table).to_csv(index=False, lineterminator="\r\n") for table in tables]
    return "\r\n".join(texts).encode("utf-8-sig")


def _markdown(tables: Sequence[Table], lang: str) -> bytes:
    parts: list[str] = []
    for table in tables:
        lines = [_markdown_row(table.header, lang), _markdown_row(["---"] * len(table.header), lang)]
        lines += [_markdown_row(row, lang) for row in table.rows]
        parts.append(f"## {table.title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts).encode()


def _markdown_row(cells: Sequence[object], lang: str) -> str:
    texts = (_read(cell, lang).replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return "| " + " | ".join(texts) + " |"


def _read(cell: object, lang: str) -> str:
    """A cell as it is read, not reckoned with."""
    if isinstance(cell, Yuan):
        unit = "yuan" if lang == "en" else "元"
        return f"{cell:,.0f} {unit}" if cell.is_integer() else f"{cell:,.2f} {unit}"
    return "" if cell is None else str(cell)
