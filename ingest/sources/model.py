"""A source file in memory. Headers may hold `{n}`, which stands for 1, 2, 3 … in repeated column groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Bound = Literal["low", "high"]


@dataclass(frozen=True)
class Repair:
    """How a cell is put right before it is read: exact values, patterns, what counts as empty.

    Order: `replace` patterns, then `remove_prefix` and `remove_suffix`, then `map`, then `empty`.
    """

    map: Mapping[str, str | None] = field(default_factory=dict)
    replace: tuple[tuple[re.Pattern[str], str], ...] = ()
    remove_prefix: tuple[str, ...] = ()
    remove_suffix: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


NO_REPAIR = Repair()


@dataclass(frozen=True)
class Target:
    """Where a column goes.

    `name` is a property or a reference of the sheet's kind, or `secrecy`, `synthetic`. `bound` says that the
    column holds one end of a window. `pattern` picks a part of the cell (its first group). `by` and `kind`
    narrow a reference; `separators` split a cell into several values.
    """

    name: str
    role: Literal["property", "reference", "secrecy", "synthetic"]
    bound: Bound | None = None
    unit: str | None = None
    separators: tuple[str, ...] = ()
    by: Literal["key", "name", "any"] = "any"
    kind: str | None = None
    pattern: re.Pattern[str] | None = None
    repair: Repair = NO_REPAIR


@dataclass(frozen=True)
class Limits:
    """Columns that state limits of a capability or a line.

    `parameter` (its name) or `parameter_column` (the header whose cell names it); the value in `column` as
    text, or in `low` and `high`; the unit as `unit`, in `unit_column`, or in the value's own header. With
    neither parameter nor parameter_column the cell of `column` holds `name: value` pairs, parted by
    `separators`.
    """

    parameter: str | None = None
    parameter_column: str | None = None
    column: str | None = None
    low: str | None = None
    high: str | None = None
    unit: str | None = None
    unit_column: str | None = None
    separators: tuple[str, ...] = ()
    better: Literal["higher", "lower", "within"] | None = None
    repair: Repair = NO_REPAIR

    @property
    def columns(self) -> tuple[str, ...]:
        names = (self.parameter_column, self.column, self.low, self.high, self.unit_column)
        return tuple(name for name in names if name)


@dataclass(frozen=True)
class Distances:
    """Distances that a register states: `place` and `km` are headers; `places` has one column a place.

    A place may be the key or name of a body or a line; `kind` says what it is (none: whatever it names).
    """

    place: str | None = None
    km: str | None = None
    places: tuple[str, ...] = ()
    unit: str | None = None
    kind: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in (self.place, self.km, *self.places) if name)


@dataclass(frozen=True)
class SheetSpec:
    """One sheet of a source. `name` is stable; `files` and `worksheets` are glob patterns (any where empty).

    `header` holds the 1-based lines of the header (none: found by its words). `several` says that several
    rows add to one record. `where` keeps only the rows whose columns hold one of the given values.
    `usual_headers` says that columns which are not described are read by the schema's own headers.
    """

    name: str
    kind: str
    line: int
    key: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()
    header: tuple[int, ...] = ()
    columns: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    limits: tuple[Limits, ...] = ()
    distances: tuple[Distances, ...] = ()
    constants: Mapping[str, tuple[Target, str]] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    several: bool = False
    usual_headers: bool = False

    @property
    def maps_nothing(self) -> bool:
        """Whether a record of this sheet would have its key and nothing else."""
        stated = self.columns or self.limits or self.distances or self.constants
        return not (stated or self.usual_headers)


@dataclass(frozen=True)
class Total:
    """A number that the source claims: how many records of `kind` (with these property values) there are."""

    claim: str
    count: int
    kind: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceFile:
    """A whole source file."""

    path: Path
    name: str
    sheets: tuple[SheetSpec, ...]
    synthetic: bool = False
    totals: tuple[Total, ...] = ()
