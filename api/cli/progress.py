"""Progress of long work, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from api.cli.output import say
from api.words import stage_word

if TYPE_CHECKING:
    from ingest.progress import Progress

EVERY = 5.0
"""Seconds between two lines where stderr is no terminal."""


@contextmanager
def progress_bars(lang: str) -> Iterator[Progress]:
    """A progress bar per stage on stderr; plain lines now and then where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield plain_lines(lang)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage_word(stage, lang), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance


def plain_lines(lang: str, clock: Callable[[], float] = monotonic) -> Progress:
    """Says the stage, how much is done and of how much, at most every `EVERY` seconds; work that is done
    sooner says nothing."""
    last = clock()

    def advance(stage: str, done: int, total: int | None) -> None:
        nonlocal last
        if clock() - last >= EVERY:
            last = clock()
            of = f"{done:,}" if total is None else f"{done:,}/{total:,}"
            say(f"{stage_word(stage, lang)} {of}")

    return advance
