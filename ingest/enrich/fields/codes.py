"""From classification codes to fields, by reviewed tables (`clc.csv`, `ipc.csv`, `csl.csv`).

A table's row says for a code and all codes below it (longest code first; of several rows the first whose
`words` stand in the title) which fields a record with it has; none is an answer too. `how`: empty counts;
`alone` counts only where no other code of the record does (a patent on a lamp also has the code of its
housing); `skip` never counts (indexing codes); `unclear` cannot be told from the code.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.enrich.fields.errors import FieldsError
from ingest.enrich.fields.scheme import Scheme

_HERE = Path(__file__).parent
_HOW = {"", "alone", "skip", "unclear"}


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    code: str
    how: str
    fields: frozenset[str]
    words: re.Pattern[str] | None


@dataclass(frozen=True)
class CodeTable:
    """A table by code."""

    rows: dict[str, list[Row]]

    def fields(self, codes: Iterable[str], title: str) -> frozenset[str] | None:
        """The fields of a record with these codes; empty for none of them, None where it can't be told."""
        found = [row for code in codes if (row := self._row(code, title)) and row.how != "skip"]
        sure = [row for row in found if not row.how]
        alone = [row for row in found if row.how == "alone"]
        fields = frozenset[str]().union(*(row.fields for row in sure or alone))
        if not fields and (not found or any(row.how == "unclear" for row in found)):
            return None
        return fields

    def _row(self, code: str, title: str) -> Row | None:
        for size in range(len(code), 0, -1):
            for row in self.rows.get(code[:size], ()):
                if row.words is None or row.words.search(title):
                    return row
        return None


def load_codes(name: str, scheme: Scheme) -> CodeTable:
    """The table `clc`, `ipc` or `csl`. Raises FieldsError for an unknown field, word or a double row."""
    path = _HERE / f"{name}.csv"
    rows: dict[str, list[Row]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), 2):
            fields = frozenset(cells["fields"].split(";")) - {""}
            wrong = fields - set(scheme.names) or {cells["how"]} - _HOW
            before = rows.setdefault(cells["code"], [])
            if wrong or (before and before[-1].words is None):
                what = (
                    f"unknown: {', '.join(wrong)}" if wrong else "never reached: an earlier row always holds"
                )
                raise FieldsError(f"{cells['code']}: {what}", file=str(path), line=line)
            words = re.compile(cells["words"]) if cells["words"] else None
            before.append(Row(cells["code"], cells["how"], fields, words))
    return CodeTable(rows)
