"""Delimited text: comma, semicolon, tab and their kin, quoted line breaks, stray quotes."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.encoding import (
    Encoding,
    detect,
    has_bad_bytes,
    open_bytes,
    unreadable,
    without_bad_bytes,
)
from ingest.readers.model import Line, Merge, Trouble
from kg.wording import Sentence

DELIMITERS = ("\t", ",", ";", "，", "；", "|", "｜", "\x01")
MAX_LINES = 5_000  # a quoted cell of more lines is a quote that was never closed
MAX_CHARACTERS = 32 << 20
HEAD = 200  # lines that the delimiter is judged on
_BAD_BYTES = Sentence("这里有的字节不合文件的编码", "bytes here are not in the file's encoding")
Score = Callable[[Sequence[str]], float]
"""How much a row looks like a wanted header: the number of cells that are known headers."""


@dataclass(frozen=True)
class DelimitedGrid:
    """A text file with one record a line."""

    path: Path
    encoding: Encoding
    delimiter: str
    skip: int = 0
    worksheet: str = ""
    hidden: bool = False
    merges: tuple[Merge, ...] = ()

    @property
    def count_hint(self) -> int | None:
        return self.encoding.lines

    def lines(self) -> Iterator[Line]:
        try:
            with _text(self.path, self.encoding) as stream:
                yield from _records(_Source(stream, self.skip), self.delimiter)
        except (OSError, EOFError, zlib.error) as exc:
            raise unreadable(self.path, exc) from exc


def open_delimited(path: Path, score: Score) -> DelimitedGrid:
    """The grid of a text file; its delimiter is the one that finds most known headers, then the steadiest."""
    csv.field_size_limit(
        max(csv.field_size_limit(), MAX_CHARACTERS)
    )  # one limit per process; only ever raised
    encoding = detect(path)
    with _text(path, encoding) as stream:
        first = stream.readline(1000)
        told = re.fullmatch(r'"?sep=(.)"?\s*', first)
        head = (first, *(line for _, line in zip(range(HEAD), stream, strict=False)))
    if told:
        return DelimitedGrid(path, encoding, told.group(1), skip=1)
    return DelimitedGrid(path, encoding, sniff(head, score))


def sniff(head: Sequence[str], score: Score) -> str:
    """The delimiter of these first lines."""
    found = [
        (*_fit(head, mark, score), -rank, mark) for rank, mark in enumerate(DELIMITERS) if _has(head, mark)
    ]
    return max(found)[-1] if found else ","


def _has(head: Sequence[str], mark: str) -> bool:
    return any(mark in line for line in head)


def _fit(head: Sequence[str], mark: str, score: Score) -> tuple[float, float, int]:
    """Known headers in the best row, share of rows of the usual width (1 wide does not count), that width."""
    rows = [row for row in csv.reader(iter(head), delimiter=mark) if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows)
    width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
    steady = times / len(rows) if rows and width > 1 else 0.0
    return max((score(row) for row in rows[:40] if len(row) > 1), default=0.0), round(steady, 2), width


def _text(path: Path, encoding: Encoding) -> io.TextIOWrapper:
    return io.TextIOWrapper(open_bytes(path), encoding=encoding.name, errors="surrogateescape", newline="")


class _Source:
    """Physical lines with their numbers, which remembers the lines of the record under way."""

    def __init__(self, stream: io.TextIOWrapper, skip: int) -> None:
        self.stream = stream
        self.number = 0
        self.held: list[str] = []
        self.size = 0
        self.waiting: list[str] = []
        self.capped = False
        self.ended = False
        for _ in range(skip):
            self.number += bool(stream.readline())

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        if len(self.held) >= MAX_LINES or self.size > MAX_CHARACTERS:
            self.capped = True
            raise StopIteration
        line = self.waiting.pop() if self.waiting else self.stream.readline()
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.held.append(line)
        self.size += len(line)
        return line

    def take(self) -> tuple[int, list[str]]:
        """The number of the record's first line, and its lines; the next record starts after them."""
        held, self.held, self.size = self.held, [], 0
        return self.number - len(held) + 1, held

    def give_back(self, lines: list[str]) -> None:
        """Read these lines again."""
        self.number -= len(lines)
        self.waiting.extend(reversed(lines))
        self.capped = self.ended = False


def _records(source: _Source, delimiter: str) -> Iterator[Line]:
    """Records; a quote that is never closed costs its own line only."""
    while True:
        for row in csv.reader(source, delimiter=delimiter):
            number, held = source.take()
            if len(held) > 1 and (source.capped or source.ended) and _unclosed(held):
                source.give_back(held[1:])
                row = next(csv.reader([held[0].rstrip("\r\n")], delimiter=delimiter, quoting=csv.QUOTE_NONE))
                yield _line(
                    number,
                    row,
                    (
                        Trouble(
                            "unclosed_quote",
                            Sentence("引号没有闭合", "a quote is opened and never closed"),
                            remedy=Sentence('补上引号，或写两个（""）', 'close the quote, or double it ("")'),
                        ),
                    ),
                )
                break
            if any(row):
                yield _line(number, row)
        else:
            return


def _unclosed(held: list[str]) -> bool:
    return sum(line.count('"') for line in held) % 2 == 1 or len(held) >= MAX_LINES


def _line(number: int, row: list[str], troubles: tuple[Trouble, ...] = ()) -> Line:
    if any(has_bad_bytes(cell) for cell in row):
        bad = tuple(
            Trouble("bad_encoding", _BAD_BYTES, at, Sentence("重新填写这个值", "type the value again"))
            for at, cell in enumerate(row)
            if has_bad_bytes(cell)
        )
        row = [without_bad_bytes(cell) for cell in row]
        troubles += bad
    return Line(number, tuple(cell or None for cell in row), troubles)
