"""Tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from api.tables import Table


def console() -> Console:
    """The terminal; wide enough for a table where the output goes to a file."""
    found = Console()
    return found if found.is_terminal else Console(width=120)


def print_tables(tables: Sequence[Table]) -> None:
    """Print tables one under the other."""
    screen = console()
    for table in tables:
        drawn = Drawn(title=table.title, title_justify="left", show_lines=False)
        for column in table.header:
            drawn.add_column(column, overflow="fold")
        for row in table.rows:
            drawn.add_row(*(Text(_cell(cell)) for cell in row))
        screen.print(drawn)


def _cell(cell: object) -> str:
    return "" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else str(cell)
