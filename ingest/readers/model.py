"""What a reader gives: lines of a grid whose header is still to be found, or rows that name their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from kg.wording import Sentence

Cell = Any
"""str, int, float, bool, date, datetime, a list of these, or None for an empty cell."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a reader could not read at a line.

    `column` is the place in the line (0-based, None: the whole line). `code` is stable.
    """

    code: str
    message: Sentence
    column: int | None = None
    remedy: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grid: its 1-based number in the file or worksheet and its cells, left to right."""

    number: int
    cells: tuple[Cell, ...]
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """One row with named cells. `raw` holds the line as it stood where it could not be taken apart."""

    line: int
    values: Mapping[str, Cell]
    troubles: tuple[Trouble, ...] = ()
    raw: str | None = None
    short: bool = False


@dataclass(frozen=True)
class Merge:
    """A merged area of a worksheet; rows and columns are 1-based, ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@runtime_checkable
class Grid(Protocol):
    """A sheet without a known header: delimited text or a worksheet."""

    @property
    def worksheet(self) -> str: ...

    @property
    def hidden(self) -> bool: ...

    @property
    def count_hint(self) -> int | None: ...

    @property
    def merges(self) -> tuple[Merge, ...]: ...

    def lines(self) -> Iterator[Line]:
        """All lines with something in them, from the top; may be called again."""


@runtime_checkable
class Rows(Protocol):
    """A sheet whose rows name their columns: JSON lines, Parquet."""

    @property
    def worksheet(self) -> str: ...

    @property
    def count_hint(self) -> int | None: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[Cells]:
        """All rows, from the top; may be called again."""


@dataclass(frozen=True)
class NoRows:
    """A file that holds nothing at all."""

    worksheet: str = ""
    count_hint: int | None = 0
    columns: tuple[str, ...] = field(default=())

    def rows(self) -> Iterator[Cells]:
        return iter(())
