"""One row becomes a record, a held row, or a classified one; its secrecy mark is looked at first."""

from __future__ import annotations

import fnmatch
from typing import Any

from ingest.mapping.build import RowBuilder, key_of, shown
from ingest.mapping.cells import is_empty, text_of
from ingest.mapping.plan import Plan
from ingest.readers.model import Cells
from ingest.record import ClassifiedRow, MappedRow, Place, Problem
from ingest.secrecy import Secrecy, is_classified_mark, may_hide_mark, secrecy_of
from kg.values.tidy import tidy
from kg.wording import Sentence

TOTALS = frozenset({"合计", "总计", "小计", "共计", "总数", "total", "subtotal"})
NOTES = (
    "注：",
    "注:",
    "备注：",
    "备注:",
    "说明：",
    "说明:",
    "填表",
    "制表",
    "填报",
    "审核人",
    "数据来源",
    "截至",
    "截止",
)
_NOTE = Sentence(
    "不用管；若是一条记录，第一格换个词开头",
    "nothing to do; if it is a record, let its first cell begin with another word",
)
STARTS = (*NOTES, *TOTALS, "合 计", "总 计", "小 计", "Total", "TOTAL")


class RowMapper:
    """Maps the rows of one table."""

    def __init__(self, plan: Plan, file: str, worksheet: str, floor: Secrecy = Secrecy.NORMAL) -> None:
        self.plan = plan
        self.file = file
        self.worksheet = worksheet
        self.floor = floor
        self.last: dict[str, Any] = {}
        self.skipped: list[Problem] = []

    def map(self, row: Cells) -> MappedRow | None:
        """What became of a row; None where it is no record of this sheet (filtered out, a note, a total)."""
        place = Place(self.file, self.worksheet, row.line)
        if self.plan.fill_down:
            row = self._filled(row)
        level = max(self.floor, secrecy_of(row.values.get(column) for column in self.plan.secrecy))
        if not self._wanted(row):
            return None
        if level is Secrecy.CLASSIFIED or self._stray_mark(row):
            return MappedRow(self._classified(row, place))
        if row.raw is None and self._is_note(row, place):
            return None
        return RowBuilder(self.plan, row, place, level).result()

    def _classified(self, row: Cells, place: Place) -> ClassifiedRow:
        plan = self.plan
        name, code = shown(plan, row, "name"), shown(plan, row, "uscc")
        return ClassifiedRow(
            place, plan.source, plan.spec.name, plan.kind.name, key_of(plan, row), name, code
        )

    def _stray_mark(self, row: Cells) -> bool:
        """Whether a mark stands in a column that is not known to hold marks."""
        return any(map(is_classified_mark, row.values.values())) or (
            bool(row.troubles) and self._loose_mark(row)
        )

    def _loose_mark(self, row: Cells) -> bool:
        """Whether a row that could not be taken apart may hide a mark in a cell of its own."""
        if not any(trouble.column is None for trouble in row.troubles):
            return False
        texts = [row.raw] if row.raw is not None else [text_of(value) for value in row.values.values()]
        short = [text for text in texts if row.raw is not None or len(text) < 40]
        return any(may_hide_mark(text) for text in short)

    def _filled(self, row: Cells) -> Cells:
        values = dict(row.values)
        for column in self.plan.fill_down:
            if is_empty(text_of(values.get(column))):
                values[column] = self.last.get(column)
            else:
                self.last[column] = values[column]
        return Cells(row.line, values, row.troubles, row.raw, row.short)

    def _wanted(self, row: Cells) -> bool:
        return all(
            any(fnmatch.fnmatchcase(tidy(text_of(row.values.get(column))), tidy(value)) for value in allowed)
            for column, allowed in self.plan.where.items()
        )

    def _is_note(self, row: Cells, place: Place) -> bool:
        """A total or a note below the table: reported, not read."""
        first = next((text for value in row.values.values() if (text := text_of(value))), None)
        if first is None:
            return True
        if len(first) > 200 or not first.startswith(STARTS):
            return False
        filled = [text for value in row.values.values() if (text := text_of(value))]
        total = "".join(first.split()).casefold().rstrip(":：") in TOTALS
        distinct = len(set(filled))  # a note in a merged cell fills every column with the same words
        note = distinct == 1 and len(row.values) > 2 and first.startswith(NOTES)
        if total or note:
            code = "total_row" if total else "note_row"
            said = Sentence(f"“{first[:40]}”不是记录", f"'{first[:40]}' is no record")
            self.skipped.append(Problem(code, said, place, remedy=_NOTE))
        return total or note
