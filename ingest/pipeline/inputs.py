"""What the pipeline asks of its inputs; `ingest.mapping` gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ingest.record import MappedRow, Problem

if TYPE_CHECKING:
    from ingest.mapping.table import Table


@dataclass(frozen=True)
class Claim:
    """A total that a register states of itself: so many records of a kind, with these property values.

    `touched`: a sheet of that kind is among the inputs.
    """

    text: str
    source: str
    kind: str
    count: int
    where: Mapping[str, str] = field(default_factory=dict)
    touched: bool = True


class Inputs(Protocol):
    """Opened files: their rows, and what is known of them as a whole."""

    def rows(self) -> Iterator[MappedRow]:
        """All rows of all files, in order; may be called once."""

    @property
    def files(self) -> Sequence[str]:
        """The files that rows come from, as given."""

    @property
    def tables(self) -> Sequence[Table]:
        """The tables that rows come from, for the layout of the quarantine."""

    @property
    def warnings(self) -> Sequence[Problem]:
        """What concerns files and columns, not rows: skipped files, unknown columns."""

    @property
    def row_counts(self) -> Mapping[tuple[str, str], int]:
        """How many rows each file and worksheet had, once they were walked."""

    @property
    def sheets(self) -> Sequence[tuple[str, str]]:
        """The (source, sheet) of every sheet that is read, those without rows too."""

    @property
    def claims(self) -> Sequence[Claim]:
        """Totals that the source file asserts."""

    @property
    def count_hint(self) -> int | None:
        """About how many rows there are, for the progress bar."""
