"""Reads the texts of records, ahead of whoever writes them: in processes of its own where a job is long."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context, parent_process
from os import _exit as leave_at_once
from typing import Protocol, TypeVar

from ingest.pipeline.errors import ReadingStoppedError
from ingest.pipeline.facts import Facts, as_one, facts_of
from kg.reading import Reader
from kg.wording import Sentence

LONG_JOB = 4_000
"""Records from which on further processes pay for their start, 3 s and 250 MB each (docs/reading.md)."""
CHUNK = 100
"""Records that a process reads at once."""

Item = TypeVar("Item")
Begun = TypeVar("Begun")
Texts = Sequence[tuple[str, str]]
"""The texts of a record: field and text."""


def read_facts(reader: Reader, records: Sequence[Texts]) -> list[Facts]:
    """The facts of each record, in order; its fields are classified once, of all its texts."""
    readings = reader.read_many((text for texts in records for _, text in texts), fields=False)
    read = [[next(readings) for _ in texts] for texts in records]
    fields = reader.classify([as_one(texts) for texts in records])
    return [facts_of(*record) for record in zip(records, read, fields, strict=True)]


class FactReading(Protocol):
    """Reads records."""

    @property
    def version(self) -> str:
        """The reader's."""

    def begin(self, records: Sequence[Texts]) -> Iterator[Facts]:
        """The facts of each record, in order, to be fetched now or later."""


@contextmanager
def fact_reading(reader: Callable[[], Reader], records: int, processes: int) -> Iterator[FactReading]:
    """What reads so many records: further processes where they pay, else this one, which makes its reader
    when it reads."""
    if records < LONG_JOB or processes < 2:
        yield ReadingHere(reader)
        return
    made = reader()
    workers = ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (made,))
    try:
        yield _ReadingAhead(workers, made.version)
    except BrokenProcessPool as exc:
        raise ReadingStoppedError(
            Sentence(
                "读取文本的进程被系统终止（多半是内存不足）",
                "a process that reads texts was ended, most likely for want of memory",
            ),
            remedy=Sentence("腾出内存后再运行同一命令", "make room in memory and run the same command again"),
        ) from exc
    finally:
        workers.shutdown(cancel_futures=True)


def one_ahead(begin: Callable[[Item], Begun], items: Iterable[Item]) -> Iterator[Begun]:
    """Begins each item before the one in front of it is handed out."""
    begun: list[Begun] = []
    for item in items:
        begun.append(begin(item))
        if len(begun) > 1:
            yield begun.pop(0)
    yield from begun


class ReadingHere:
    """Reads in this process, when the facts are fetched."""

    def __init__(self, reader: Callable[[], Reader]) -> None:
        self._reader = reader

    @property
    def version(self) -> str:
        return self._reader().version

    def begin(self, records: Sequence[Texts]) -> Iterator[Facts]:
        yield from read_facts(self._reader(), records) if records else ()


class _ReadingAhead:
    """Reads in other processes, from the moment on that `begin` is called."""

    def __init__(self, workers: ProcessPoolExecutor, version: str) -> None:
        self._workers, self.version = workers, version

    def begin(self, records: Sequence[Texts]) -> Iterator[Facts]:
        chunks = [records[first : first + CHUNK] for first in range(0, len(records), CHUNK)]
        read = self._workers.map(_read_chunk, chunks)
        return (facts for chunk in read for facts in chunk)


@cache
def _own_reader() -> list[Reader]:
    """The reader of a worker: one place for a process to keep it in."""
    return []


def _prepare(reader: Reader) -> None:
    """Begin a worker: Ctrl-C is its parent's to handle, and it does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _own_reader().append(reader)


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        leave_at_once(1)


def _read_chunk(records: Sequence[Texts]) -> list[Facts]:
    return read_facts(_own_reader()[0], records)
