"""What a node remembers of the rows that stated it: one statement per source sheet, kept as JSON strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ingest.record import Place, Record, Reference


@dataclass(frozen=True)
class Statement:
    """One row's part in a node. `hash` is the row's content; a later row with the same hash is unchanged."""

    source: str
    sheet: str
    key: str
    file: str
    line: int
    run: str
    date: str
    hash: str
    restricted: bool = False
    worksheet: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """The source sheet (or the share of it) that this row stands for."""
        return self.source, self.sheet

    @property
    def whole(self) -> tuple[str, str]:
        """The source sheet that this row stands on."""
        return self.source, whole_sheet(self.sheet)

    def dump(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def parse_statements(texts: Iterable[str]) -> list[Statement]:
    """Statements of a node's `provenance`; unknown keys of later versions are passed over."""
    names = Statement.__dataclass_fields__
    return [
        Statement(**{"key": "", **{name: value for name, value in json.loads(text).items() if name in names}})
        for text in texts
    ]


def statement_of(record: Record, run: str, date: str) -> Statement:
    """The statement that a record's row leaves on its node."""
    return Statement(
        source=record.source,
        sheet=record.sheet,
        key=record.key,
        file=record.place.file,
        line=record.place.line,
        run=run,
        date=date,
        hash=record.content_hash,
        restricted=record.restricted,
        worksheet=record.place.worksheet,
    )


def stated_sheet(source: str, sheet: str) -> str:
    """The `sheet` of edges and child nodes: with its source, for two sources may both have a sheet 机构."""
    return f"{source}/{sheet}"


_SHARE = re.compile(r"#[0-9a-f]{12}$")


def whole_sheet(sheet: str) -> str:
    """The sheet's own name: where several rows add to one record, each row states its own share of it."""
    return _SHARE.sub("", sheet)


@dataclass(frozen=True)
class Pending:
    """A reference that named nothing yet, remembered on its node until a later run knows what it names."""

    source: str
    sheet: str
    file: str
    line: int
    reference: Reference
    worksheet: str = ""

    def dump(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def place(self) -> Place:
        return Place(self.file, self.worksheet, self.line)


def pending_of(record: Record, reference: Reference) -> Pending:
    place = record.place
    return Pending(record.source, record.sheet, place.file, place.line, reference, place.worksheet)


def parse_pending(texts: Iterable[str]) -> list[Pending]:
    found = []
    for text in texts:
        item = json.loads(text)
        found.append(Pending(**{**item, "reference": Reference(**item["reference"])}))
    return found
