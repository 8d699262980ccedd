"""What a run did, as INTERFACE's document: every row counted once, every problem with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from ingest.record import Place, Problem

Document = dict[str, object]
LISTED = 1000
"""How many problems and gone records the document spells out; the counts are always whole."""


@dataclass(frozen=True)
class Unresolved:
    """A reference that names nothing known, and why: `unknown` or `ambiguous`."""

    place: Place
    field: str
    value: str
    reason: str = "unknown"

    def document(self) -> Document:
        return {
            "file": self.place.file,
            "worksheet": self.place.worksheet or None,
            "line": self.place.line,
            "field": self.field,
            "value": self.value,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Total:
    """A claimed total beside what was counted; `claim` is its text, `claimed` the number in it."""

    claim: str
    claimed: int
    counted: int

    @property
    def agrees(self) -> bool:
        return self.claimed == self.counted

    def document(self) -> Document:
        return {
            "claim": self.claim,
            "claimed": self.claimed,
            "counted": self.counted,
            "agrees": self.agrees,
        }


@dataclass(frozen=True)
class Gone:
    """A record that is retired, or would be by a run that writes."""

    id: str
    key: str
    name: str

    def document(self) -> Document:
        return {"id": self.id, "key": self.key, "name": self.name}


@dataclass(frozen=True)
class RunReport:
    """The outcome of a run. `quarantined` and `warnings` count rows by reason; `run` is None where nothing
    was written."""

    new: int
    changed: int
    unchanged: int
    gone: int
    quarantined: dict[str, int]
    quarantine_files: tuple[str, ...]
    warnings: dict[str, int]
    problems: tuple[Problem, ...]
    classified: tuple[Place, ...]
    unresolved: tuple[Unresolved, ...]
    totals: tuple[Total, ...]
    seconds: dict[str, float]
    run: str | None = None
    gone_records: tuple[Gone, ...] = ()
    read_facts: dict[str, int] | None = None
    """None where no text was read: a dry run."""

    @property
    def read(self) -> int:
        return self.new + self.changed + self.unchanged + sum(self.quarantined.values())

    def document(self) -> Document:
        """INTERFACE's document, with `run`, `classified` (places only), the first `problems` in words (as
        sentences, until it is `told`) and the first `gone_records`; `read_facts` counts what was read of the
        texts, by component."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "gone": self.gone,
            "quarantined": dict(self.quarantined),
            "quarantine_files": list(self.quarantine_files),
            "warnings": dict(self.warnings),
            "unresolved": [item.document() for item in self.unresolved],
            "totals": [item.document() for item in self.totals],
            "seconds": {stage: round(value, 3) for stage, value in self.seconds.items()},
            "run": self.run,
            "classified": [
                {"file": place.file, "worksheet": place.worksheet or None, "line": place.line}
                for place in self.classified
            ],
            "problems": [_problem(item) for item in self.problems[:LISTED]],
            "read_facts": None if self.read_facts is None else dict(self.read_facts),
            "gone_records": [item.document() for item in self.gone_records[:LISTED]],
        }


def _problem(problem: Problem) -> Document:
    return {
        "code": problem.code,
        "message": problem.message,
        "file": problem.place.file,
        "worksheet": problem.place.worksheet or None,
        "line": problem.place.line,
        "field": problem.field,
        "remedy": problem.remedy,
    }


COLUMN_CODES = frozenset({"skipped_column", "personal_column", "duplicate_column", "missing_column"})
"""Warnings about a column, which befall every row of its table."""


def rows_by_code(
    warnings: Iterable[Sequence[Problem]],
    beside: Iterable[Problem] = (),
    rows: Mapping[tuple[str, str], int] | None = None,
) -> dict[str, int]:
    """How many rows each code befell; a row with the same warning twice counts once.

    `beside` are warnings about files, columns and lines below a table. One about a column counts the `rows`
    of its file and worksheet, each once; any other (a file that is passed over) counts as one.
    """
    counts: Counter[str] = Counter()
    for row in warnings:
        counts.update({problem.code for problem in row})
    tables: set[tuple[str, str, str]] = set()
    for problem in beside:
        place = (problem.place.file, problem.place.worksheet)
        if problem.code not in COLUMN_CODES:
            counts[problem.code] += 1
        elif (problem.code, *place) not in tables:
            tables.add((problem.code, *place))
            counts[problem.code] += (rows or {}).get(place, 0)
    return dict(sorted((code, count) for code, count in counts.items() if count))


@dataclass
class Clock:
    """Seconds spent per stage; stages may be entered again and again."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start
