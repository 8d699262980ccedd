"""Where a line ends: on a terminal at its width, as people end lines; in a pipe nowhere.

Rich breaks at blanks and, for want of them, anywhere: in a Chinese sentence that is in the middle of a number
or before a comma.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

UNBOUNDED = 100_000
"""Cells of a line in a pipe, where nobody has set COLUMNS."""
_WIDE = "\u2e80-\u2fff\u3040-\ud7ff\uf900-\ufaff"
_OPENING = "（《〈“‘〔【「『(\\["
_CLOSING = "，。、；：！？）》〉”’〕】」』…%‰℃°),.;:!?\\]"
_RUN = rf"[^\s{_WIDE}{_OPENING}{_CLOSING}]+"
_BRACKETED = rf"[（〔(][^（〔()）〕\s]{{1,4}}[）〕)][{_CLOSING}]*"
_UNIT = r"(?:(?<=[0-9]) (?:[万亿]?元|公里|[天批次步级]|个月|[A-Za-zμΩ℃°/·²³]+))?"
_PIECE = re.compile(rf"{_BRACKETED}\s*|[{_OPENING}]*(?:{_RUN}(?:[.,:/]{_RUN})*{_UNIT}|\S)?[{_CLOSING}]*\s*")
"""What no line is broken in: a short word in brackets; a number with its unit, a Latin word or a Chinese
character, with the marks around it."""
_SLACK = 5
"""A line rather ends at a blank, where that leaves no more than a fifth of it empty."""


class Wrapped:
    """Text that is broken between its pieces, and within one only where it is wider than a line."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for line in self.text.split("\n", allow_blank=True):
            yield from broken(line, options.max_width)


def broken(line: Text, width: int) -> list[Text]:
    """The lines of `width` cells that a line is broken into, the blanks at each end left out."""
    if line.cell_len <= width:
        return [line]
    ends, used, blank = list[int](), 0, (0, 0)
    for start, piece in _pieces(line.plain, width):
        if used and used + cell_len(piece.rstrip()) > width:
            at, before = blank if blank[1] * _SLACK >= width * (_SLACK - 1) else (start, used)
            ends.append(at)
            used, blank = used - before, (0, 0)
        used += cell_len(piece)
        if piece.endswith(" "):
            blank = (start + len(piece), used)
    parts = list(line.divide(ends))
    for part in parts:
        part.rstrip()
    return parts


def _pieces(text: str, width: int) -> Iterator[tuple[int, str]]:
    """Pieces with their place; one that no line holds comes character by character."""
    for found in _PIECE.finditer(text):
        if cell_len(found[0].rstrip()) <= width:
            yield found.start(), found[0]
        else:
            yield from enumerate(found[0], start=found.start())


class Unpadded:
    """A stream without the blanks that fill a table's last column; it is handed whole lines."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.encoding = stream.encoding

    def write(self, text: str) -> int:
        return self.stream.write(re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE))

    def flush(self) -> None:
        self.stream.flush()

    def isatty(self) -> bool:
        return False


def console() -> Console:
    """The terminal; in a pipe or a file lines are as long as they are, unless COLUMNS says how wide."""
    found = Console(highlight=False)
    if found.is_terminal:
        return found
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() and int(asked) else UNBOUNDED
    return Console(file=Unpadded(sys.stdout), width=width, highlight=False)  # type: ignore[arg-type]
