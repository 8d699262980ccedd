"""Tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Drawn
from rich.text import Text

from api.cli.render.wrapping import Wrapped, console
from api.tables import Table

SHORT = 12
"""Columns no wider than this never wrap; wider ones share what is left, none below `LEAST` if that fits."""
LEAST = 24
GAP = 3


def print_line(screen: Console, text: Text, indent: int = 0) -> None:
    """A line of text; where it wraps it stays indented."""
    screen.print(Padding(Wrapped(text), (0, 0, 0, indent), expand=False))


def print_tables(tables: Sequence[Table]) -> None:
    """Print tables one under the other, each under its title."""
    screen = console()
    for table in tables:
        print_line(screen, Text(table.title, style="bold"))
        screen.print(_drawn(table, screen.width))


def _drawn(table: Table, width: int) -> Drawn:
    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_header=any(table.header))
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    widest = [
        max(cell_len(line) for text in (column, *(row[number] for row in rows)) for line in text.split("\n"))
        for number, column in enumerate(table.header)
    ]
    least = _least(widest, width)
    for column, cells in zip(table.header, widest, strict=True):
        short = cells <= SHORT
        drawn.add_column(
            column, overflow="fold", no_wrap=short, min_width=cells if short else min(cells, least)
        )
    for row in rows:
        drawn.add_row(*(Wrapped(Text(cell)) for cell in row))
    return drawn


def _least(widest: Sequence[int], width: int) -> int:
    """Cells that each wide column has at least, on a screen of this width."""
    wide = sum(cells > SHORT for cells in widest)
    left = width - sum(cells for cells in widest if cells <= SHORT) - GAP * len(widest)
    return min(LEAST, max(left // wide, 1)) if wide else LEAST


def _cell(cell: object) -> str:
    return "" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else str(cell)
