"""An Excel sheet to fill in for a kind; its headers are read back without a source file."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.schema.model import Schema
from kg.schema.template import TemplateColumn, template_headers
from kg.wording import Sentence, one_of

NEEDED, FREE = "FFE699", "DDEBF7"


def write_template(schema: Schema, kind: str, path: Path) -> None:
    """Write the sheet of `kind` to `path` (.xlsx): headers in both languages, and a worksheet that explains.

    Raises `UsageError` for an unknown kind or one that is never a sheet of its own.
    """
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    spec = schema.kind(kind)
    if spec.derived:
        raise UsageError(
            Sentence(
                f"{spec.label.zh}（{spec.name}）没有自己的表", f"{spec.name} is never a sheet of its own"
            ),
            field="kind",
            remedy=one_of(one.name for one in schema.kinds.values() if not one.derived),
        )
    columns = _columns(schema, spec.name)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = spec.label.zh
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(1, at, header(column))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=NEEDED if column.required else FREE)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.comment = Comment(f"{column.help_zh}\n{column.help_en}", "zhongshi")
        sheet.column_dimensions[get_column_letter(at)].width = max(14, 2 * len(column.zh) + 4)
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("填写说明 notes")
    notes.append(["列 column", "必填 required", "怎样填写", "how to fill in"])
    for column in columns:
        required = "是 yes" if column.required else ""
        notes.append([header(column), required, column.help_zh, column.help_en])
    for letter, width in (("A", 32), ("B", 14), ("C", 50), ("D", 60)):
        notes.column_dimensions[letter].width = width
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def header(column: TemplateColumn) -> str:
    """A column's header, in both languages."""
    return f"{column.zh} ({column.en})"


def _columns(schema: Schema, kind: str) -> list[TemplateColumn]:
    """The schema's columns; where distances can be stated, the kilometres too."""
    columns = template_headers(schema, kind)
    if any(one.edge == "AWAY_FROM" for one in schema.kinds[kind].references.values()):
        columns.append(TemplateColumn("距离", "km", "到目的地的公里数", "kilometres to the place before"))
    return columns
