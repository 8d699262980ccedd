"""Excel workbooks, streamed: merged cells, formulas, dates and number formats as a person sees them."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from ingest.readers.encoding import CHUNK, unreadable
from ingest.readers.model import Cell, Line, Merge, Trouble
from kg.errors import InputFileError
from kg.wording import Sentence

MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


@dataclass(frozen=True)
class Worksheet:
    """One worksheet of a workbook."""

    path: Path
    worksheet: str
    hidden: bool
    count_hint: int | None
    sheet: Any

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        with self.sheet._get_source() as source:
            return tuple(sorted(_merges(source), key=lambda merge: (merge.top, merge.left)))

    def lines(self) -> Iterator[Line]:
        fill = _Fill(self.merges)
        try:
            with self.sheet._get_source() as source:
                for number, cells in _parser(self.sheet, source).parse():
                    if line := _line(number, cells, fill, self.sheet):
                        yield line
        except (zipfile.BadZipFile, OSError, EOFError, ParseError, KeyError, IndexError, ValueError) as exc:
            raise unreadable(self.path, exc) from exc


def open_workbook(path: Path) -> list[Worksheet]:
    """The worksheets of an .xlsx or .xlsm file, in order; raises `InputFileError` where it cannot be read."""
    import warnings

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that hold no data
            book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True, keep_links=False)
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        ParseError,
    ) as exc:
        raise InputFileError(
            Sentence(
                f"{path.name} 不是能读的 Excel 工作簿：{exc}",
                f"{path.name} is not a readable Excel workbook: {exc}",
            ),
            file=str(path),
            remedy=Sentence(
                "用 Excel 或 WPS 打开，重新另存为 .xlsx", "open it in Excel or WPS and save it again as .xlsx"
            ),
        ) from exc
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_get_source")]
    return [
        Worksheet(path, sheet.title, sheet.sheet_state != "visible", sheet.max_row, sheet) for sheet in sheets
    ]


def _merges(source: IO[bytes]) -> Iterator[Merge]:
    """The merged areas; they stand after the cells, so the whole part is unpacked once."""
    from openpyxl.utils import column_index_from_string as index

    tail = b""
    while chunk := source.read(CHUNK):
        text = tail + chunk
        end = 0
        for found in MERGE.finditer(text):
            left, top, right, bottom = (part.decode() for part in found.groups())
            yield Merge(int(top), index(left), int(bottom), index(right))
            end = found.end()
        tail = text[max(end, len(text) - 200) :]


def _parser(sheet: Any, source: IO[bytes]) -> Any:
    """openpyxl's own cell parser, which also tells a formula without a stored result."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                cell["data_type"] = "f"
            return cell

        def parse_formatting(self, element: Any) -> None:
            pass

        def parse_extensions(self, element: Any) -> None:
            pass

    book = sheet.parent
    return Parser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


class _Fill:
    """Gives the cells of a merged area the value of its top left cell."""

    def __init__(self, merges: tuple[Merge, ...]) -> None:
        self.waiting = list(reversed(merges))
        self.open: list[tuple[Merge, Cell]] = []

    def apply(self, number: int, cells: dict[int, Cell]) -> None:
        self.open = [(merge, value) for merge, value in self.open if merge.bottom >= number]
        while self.waiting and self.waiting[-1].top <= number:
            merge = self.waiting.pop()
            if merge.top == number:
                self.open.append((merge, cells.get(merge.left)))
        for merge, value in self.open:
            if value is not None:
                for column in range(merge.left, merge.right + 1):
                    if cells.get(column) is None:
                        cells[column] = value


def _line(number: int, raw: list[dict[str, Any]], fill: _Fill, sheet: Any) -> Line | None:
    cells: dict[int, Cell] = {}
    troubles: list[Trouble] = []
    for cell in raw:
        value, trouble = _value(cell, sheet)
        if trouble:
            troubles.append(trouble)
        if value is not None and value != "":
            cells[cell["column"]] = value
    fill.apply(number, cells)
    if not cells and not troubles:
        return None
    width = max((*cells, *((t.column or 0) + 1 for t in troubles)))
    return Line(number, tuple(cells.get(column) for column in range(1, width + 1)), tuple(troubles))


def _value(cell: Mapping[str, Any], sheet: Any) -> tuple[Cell, Trouble | None]:
    value, kind, column = cell["value"], cell["data_type"], cell["column"]
    if kind == "f":
        empty = Sentence("里是公式，没有存结果", "holds a formula without a stored result")
        return None, _trouble(cell, "formula", empty, column)
    if kind == "e" or value in ERRORS:
        return None, _trouble(
            cell, "formula", Sentence(f"里是错误值 {value}", f"holds the error {value}"), column
        )
    if isinstance(value, str):
        return value.replace("_x000D_", "").strip("\x00") or None, None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, _format(sheet, cell["style_id"])), None
    return value, None


def _trouble(cell: Mapping[str, Any], code: str, what: Sentence, column: int) -> Trouble:
    from openpyxl.utils import get_column_letter

    name = f"{get_column_letter(column)}{cell['row']}"
    return Trouble(
        code,
        Sentence(f"单元格 {name} {what.zh}", f"cell {name} {what.en}"),
        column - 1,
        Sentence(
            "用 Excel 打开，计算后保存；或直接填值",
            "open the file in Excel, let it calculate, save; or type the value",
        ),
    )


def _format(sheet: Any, style: int) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    book = sheet.parent
    try:
        number = book._cell_styles[style].numFmtId
    except IndexError:
        return "General"
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "General")
    try:
        return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
    except IndexError:
        return "General"


def _number(value: float, style: str) -> Cell:
    """A number as it is shown where the format says more than the number: 0012, 5%, 30 "kg/h"."""
    whole = int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
    if style == "General":
        return whole
    first = style.split(";")[0]
    if isinstance(whole, int) and re.fullmatch(r"0{2,}", first):
        return str(whole).zfill(len(first))
    if first.rstrip("_) ").endswith("%"):
        return f"{round(value * 100, 10):g}%"
    if unit := re.search(r'[0#?]\s*"([^"]+)"\s*$', first):
        return f"{whole}{unit.group(1)}"
    return whole


def is_date(value: Cell) -> bool:
    """Whether Excel gave a date or a time."""
    return isinstance(value, (dt.date, dt.time, dt.timedelta))
