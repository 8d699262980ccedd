"""Finds the header of a sheet: below titles and notes, over two lines, merged; then gives rows with names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.mapping.headers import LEVELS, MONEY, distinct, normal_header
from ingest.readers.model import Cells, Grid, Line, Merge, Rows, Trouble
from kg.values.tidy import tidy
from kg.wording import Sentence

_QUOTE = Sentence("含有分隔符的值要加引号", "put quotes around a value that holds the delimiter")
DEPTH = 60  # lines that are searched for the header
DEEPEST = 3
"""Lines of a header at most."""
Score = Callable[[Sequence[str]], float]
_UNIT_NOTE = re.compile(r"(?:金额|货币|计量)?单位\s*[:：]\s*(?:人民币)?\s*([十百千]?[万亿]?元)")


@dataclass(frozen=True)
class Header:
    """Where the header ends, its column names, what stands above it, and a unit of money stated there."""

    line: int
    columns: tuple[str, ...]
    titles: tuple[str, ...] = ()
    money_unit: str | None = None
    levels: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Table:
    """A sheet with a header: rows come with named cells."""

    file: str
    body: Grid | Rows
    header: Header
    score: Score

    @property
    def worksheet(self) -> str:
        return self.body.worksheet

    @property
    def columns(self) -> tuple[str, ...]:
        return self.header.columns

    def rows(self) -> Iterator[Cells]:
        """The rows below the header, with the file's own line numbers."""
        if isinstance(self.body, Rows):
            yield from self.body.rows()
            return
        fresh = True
        for line in self.body.lines():
            if line.number <= self.header.line or self._is_header_again(line, fresh):
                continue
            fresh = False
            yield _named(line, self.columns, flat=not self.worksheet)

    def _is_header_again(self, line: Line, fresh: bool) -> bool:
        """A header line that is repeated further down, or its English echo right below it."""
        first = next((cell for cell in line.cells if cell is not None), None)
        if not isinstance(first, str) or len(first) > 60:
            return False
        if first in self._first_words or normal_header(first) in self._first_words:
            texts = tuple(normal_header(str(cell)) if cell is not None else "" for cell in line.cells)
            if any(texts[: len(level)] == level[: len(texts)] for level in self.header.levels):
                return True
        words = [cell for cell in line.cells if isinstance(cell, str)] if fresh else []
        return len(words) > 1 and self.score(words) >= max(2, 0.6 * len(words))

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(next((word for word in level if word), "") for level in self.header.levels)


def find_header(grid: Grid, score: Score, lines: tuple[int, ...] = ()) -> Header | None:
    """The header with most known words among the first lines (or on `lines`); None where no line has one."""
    head = [line for _, line in zip(range(DEPTH), grid.lines(), strict=False)]
    if lines:
        return _at(head, lines, grid.merges)
    best: tuple[float, float, int, Header] | None = None
    for at, line in enumerate(head):
        for candidate in _candidates(head, at, grid.merges):
            hits = score([name for name in candidate.columns if name])
            deeper = candidate.line - line.number
            if hits > 0 and (best is None or (hits, -deeper) > best[:2]):
                best = (hits, -deeper, at, candidate)
    return _with_titles(best[3], head, best[2]) if best else None


def _candidates(head: Sequence[Line], at: int, merges: Sequence[Merge]) -> Iterator[Header]:
    """The line alone, and together with the lines below it where merged cells join them; cells merged
    downwards make all their lines header."""
    line = head[at]
    spanning = [
        m for m in merges if m.top <= line.number <= m.bottom and (m.right > m.left or m.bottom > m.top)
    ]
    wide = sum(m.right - m.left + 1 for m in spanning) < 0.9 * max(len(line.cells), 1) or len(spanning) > 1
    joined = max((m.bottom for m in spanning), default=line.number) - line.number + 1
    least = joined if wide and joined <= DEEPEST and at + joined <= len(head) else 1
    if least == 1:
        yield _header((line,))
    if spanning and wide:
        for depth in range(max(least, 2), DEEPEST + 1):
            if at + depth <= len(head):
                yield _header(tuple(head[at : at + depth]))


def _header(lines: tuple[Line, ...]) -> Header:
    width = max(len(line.cells) for line in lines)
    levels = [
        tuple(_word(line.cells[i]) if i < len(line.cells) else "" for i in range(width)) for line in lines
    ]
    names = (LEVELS.join(dict.fromkeys(level[i] for level in levels if level[i])) for i in range(width))
    folded = tuple(tuple(normal_header(word) for word in level) for level in levels)
    return Header(lines[-1].number, distinct(names), levels=folded)


def _word(cell: object) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _at(head: Sequence[Line], lines: tuple[int, ...], merges: Sequence[Merge]) -> Header | None:
    chosen = tuple(line for line in head if line.number in lines)
    if not chosen:
        return None
    return _with_titles(_header(chosen), head, head.index(chosen[0]))


def _with_titles(header: Header, head: Sequence[Line], at: int) -> Header:
    titles = tuple(dict.fromkeys(_word(c) for line in head[:at] for c in line.cells if c is not None))
    unit = next((found[1] for title in titles if (found := _UNIT_NOTE.search(tidy(title)))), None)
    return replace(header, titles=titles, money_unit=unit if unit and MONEY.match(unit) else None)


def _named(line: Line, columns: tuple[str, ...], *, flat: bool) -> Cells:
    """A line with its cells by column. Only text files must have as many cells as headers: in a worksheet,
    cells to the right are side notes and empty ones are not there."""
    cells = line.cells
    values = {name: cells[at] if at < len(cells) else None for at, name in enumerate(columns) if name}
    troubles = line.troubles
    if troubles:
        places = {name: at for at, name in enumerate(values)}
        troubles = tuple(_moved(one, columns, places) for one in troubles if _matters(one, columns))
    extra = [cell for cell in cells[len(columns) :] if cell is not None] if flat else []
    if extra:
        message = Sentence(
            f"这一行有 {len(cells)} 格，表头有 {len(columns)} 格",
            f"the row has {len(cells)} cells, the header {len(columns)}",
        )
        troubles = (*troubles, Trouble("ragged_row", message, remedy=_QUOTE))
        values |= {f"+{number}": cell for number, cell in enumerate(extra, 1)}
    return Cells(line.number, values, troubles, short=flat and len(cells) < len(columns))


def _matters(trouble: Trouble, columns: tuple[str, ...]) -> bool:
    """Whether a trouble concerns the row or a cell under a header."""
    return trouble.column is None or (trouble.column < len(columns) and bool(columns[trouble.column]))


def _moved(trouble: Trouble, columns: tuple[str, ...], places: Mapping[str, int]) -> Trouble:
    """The trouble with its column counted among the named ones."""
    return trouble if trouble.column is None else replace(trouble, column=places[columns[trouble.column]])
