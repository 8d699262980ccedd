"""Reads every row once, before anything is written, and sets aside what cannot be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.pipeline.facts import READ_LIMIT
from ingest.pipeline.provenance import whole_sheet
from ingest.record import ClassifiedRow, HeldRow, MappedRow, Problem, Record
from kg.wording import Sentence

DUPLICATE = "duplicate_id"


@dataclass
class Gathered:
    """All rows of the inputs. `twins` repeat an earlier row of their sheet word for word."""

    records: list[Record] = field(default_factory=list)
    held: list[HeldRow] = field(default_factory=list)
    classified: list[ClassifiedRow] = field(default_factory=list)
    warnings: list[tuple[Problem, ...]] = field(default_factory=list)
    twins: list[Record] = field(default_factory=list)

    @property
    def quarantined(self) -> dict[str, int]:
        """Rows held back by their first problem's code; classified ones among them."""
        counts: dict[str, int] = {}
        for row in self.held:
            code = row.problems[0].code if row.problems else "invalid"
            counts[code] = counts.get(code, 0) + 1
        if self.classified:
            counts["classified"] = len(self.classified)
        return dict(sorted(counts.items()))

    @property
    def sheets(self) -> dict[tuple[str, str], str]:
        """The source sheets that had rows, each with its kind."""
        refused = {(row.source, row.sheet): row.kind for row in self.refused if row.kind}
        return refused | {(row.source, whole_sheet(row.sheet)): row.kind for row in self.records}

    @property
    def refused(self) -> list[HeldRow | ClassifiedRow]:
        """Rows that do not reach the store."""
        return [*self.held, *self.classified]


def gather(rows: Iterable[MappedRow]) -> Gathered:
    """Read all rows. The first row of a key on a sheet counts; a later one with other content is held, and
    restricts the first where it is restricted."""
    found = Gathered()
    first: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.warnings:
            found.warnings.append(row.warnings)
        outcome = row.outcome
        if isinstance(outcome, ClassifiedRow):
            found.classified.append(outcome)
        elif isinstance(outcome, HeldRow):
            found.held.append(outcome)
        else:
            _sort_in(found, first, outcome, row)
    return found


def _sort_in(found: Gathered, first: dict[tuple[str, str, str], int], record: Record, row: MappedRow) -> None:
    long = [
        name
        for name, value in record.properties.items()
        if isinstance(value, str) and len(value) > READ_LIMIT
    ]
    if long:
        found.warnings.append(tuple(_partly_read(record, name) for name in long))
    at = first.setdefault((record.source, record.sheet, record.key), len(found.records))
    if at == len(found.records):
        found.records.append(record)
        return
    earlier = found.records[at]
    if earlier.content_hash == record.content_hash:
        found.twins.append(record)
        return
    found.held.append(_duplicate(earlier, record, row))
    if record.restricted and not earlier.restricted:
        found.records[at] = replace(earlier, restricted=True)


def _partly_read(record: Record, name: str) -> Problem:
    message = Sentence(
        f"只从前 {READ_LIMIT:,} 个字符里读工艺步骤；检索用全文",
        f"only the first {READ_LIMIT:,} characters are read for process steps; all are searched",
    )
    remedy = Sentence("检查前后的引号，或写短些", "check the quotes around it, or shorten it")
    return Problem("partly_read", message, record.place, name, remedy)


def _duplicate(earlier: Record, record: Record, row: MappedRow) -> HeldRow:
    zh, en = f"第 {earlier.place.line} 行", f"line {earlier.place.line}"
    if earlier.place.file != record.place.file or earlier.place.worksheet != record.place.worksheet:
        where = " ".join(filter(None, (earlier.place.file, earlier.place.worksheet)))
        zh, en = f"{where} {zh}", f"{where} {en}"
    problem = Problem(
        DUPLICATE,
        Sentence(
            f"第 {record.place.line} 行与{zh}的编号同为“{record.key}”，内容不同",
            f"line {record.place.line} has the id {record.key!r} of {en} with different content",
        ),
        record.place,
        record.key_column or None,
        Sentence(
            "两行留一行，或给这一行另编一个编号；若几行本来就补充同一条记录，"
            "在来源描述文件里给这张表写 several: true",
            "keep one of the two rows, or give this one an id of its own; if "
            "several rows are meant to add to "
            "one record, say 'several: true' for the sheet in a source file",
        ),
    )
    return HeldRow(
        record.place,
        row.cells,
        (problem,),
        record.sheet,
        record.source,
        record.kind,
        record.key,
        record.name,
        record.uscc,
        record.restricted,
    )
