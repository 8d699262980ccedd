"""Tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from api.tables import Table

SHORT = 12
"""Columns no wider than this never wrap; wider ones share what is left, none below `LEAST`."""
LEAST = 24


def console() -> Console:
    """The terminal; wide enough for a table where the output goes to a file."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(width=120, highlight=False)


def print_tables(tables: Sequence[Table]) -> None:
    """Print tables one under the other."""
    screen = console()
    for table in tables:
        drawn = Drawn(
            title=Text(table.title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
        )
        rows = [[_cell(cell) for cell in row] for row in table.rows]
        for number, column in enumerate(table.header):
            widest = max(
                cell_len(line)
                for text in (column, *(row[number] for row in rows))
                for line in text.split("\n")
            )
            short = widest <= SHORT
            drawn.add_column(
                column, overflow="fold", no_wrap=short, min_width=widest if short else min(widest, LEAST)
            )
        for row in rows:
            drawn.add_row(*map(Text, row))
        screen.print(drawn)


def _cell(cell: object) -> str:
    return "" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else str(cell)
