"""Wires the concrete parts together: the command line and the app both start here, nothing else does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kg.errors import BadValueError, UsageError, ZhongshiError
from kg.wording import Sentence

if TYPE_CHECKING:
    from embeddings.encoder import Encoder
    from kg.access import View
    from kg.reading import FieldScore, Reader, Reading
    from kg.schema.model import Schema
    from kg.store.base import GraphStore
    from kg.transfer import Knowledge
    from kg.vocabulary import Vocabulary

DEFAULT_STORE = "./zhongshi-data"


class EncoderUnavailableError(ZhongshiError):
    """The encoder that was asked for cannot be opened here."""

    code = "encoder"


@contextmanager
def encoder_failures() -> Iterator[None]:
    """Say what went wrong with an encoder as one of our errors."""
    from embeddings.errors import EncoderError

    try:
        yield
    except EncoderError as exc:
        raise EncoderUnavailableError(Sentence(*exc.message), remedy=Sentence(*exc.remedy)) from exc


@dataclass(frozen=True)
class LazyReader:
    """A reader built on first use: most questions have no text to read, and building takes seconds."""

    build: Callable[[], Reader]

    @property
    def version(self) -> str:
        return self.build().version

    def read(self, text: str) -> Reading:
        return self.build().read(text)

    def read_many(self, texts: Iterable[str], *, fields: bool = True) -> Iterator[Reading]:
        return self.build().read_many(texts, fields=fields)

    def classify(self, texts: Sequence[str]) -> list[tuple[FieldScore, ...]]:
        return self.build().classify(texts)


@dataclass(frozen=True)
class Services:
    """The parts that every command needs, each made when first used and then kept."""

    store_url: str
    encoder_name: str | None = None

    @classmethod
    def from_options(cls, store: str | None, encoder: str | None = None) -> Services:
        """Services for an option, else the environment, else the default store."""
        url = store or os.environ.get("ZHONGSHI_STORE") or DEFAULT_STORE
        return cls(url, encoder or os.environ.get("ZHONGSHI_ENCODER"))

    @cached_property
    def schema(self) -> Schema:
        from kg.schema import load_schema

        return load_schema()

    @cached_property
    def encoder(self) -> Encoder:
        from embeddings.encoder import open_encoder

        with encoder_failures():
            return open_encoder(self.encoder_name)

    @cached_property
    def reader(self) -> Reader:
        from ingest.enrich import STEPS, build_reader

        return build_reader(facts=STEPS)

    @cached_property
    def full_reader(self) -> Reader:
        """The reader of every sort of fact, for a person who wants to see a text read."""
        from ingest.enrich import build_reader

        return build_reader()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        from kg.vocabulary import load_vocabulary

        return load_vocabulary()

    def knowledge(self, view: View) -> Knowledge:
        """What matching needs of a view; the reader is built when a text must be read."""
        from kg.transfer import Knowledge

        return Knowledge(view, LazyReader(lambda: self.reader), self.encoder, self.vocabulary, self.schema)

    @contextmanager
    def store(self, *, write: bool = False) -> Iterator[GraphStore]:
        """The store, closed at the end of the block."""
        from kg.store import open_store

        opened = open_store(self.store_url, write=write)
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def view(self) -> Iterator[View]:
        """The store as a public reader sees it."""
        from kg.access import View

        with self.store() as opened:
            yield View(opened)


def last_day(text: str, field: str) -> date:
    """The last day of a date, a month or a year (2027-06 lasts to the 30th); raises as `as_of_date`."""
    from kg.values.dates import date_span, parse_date

    try:
        iso = parse_date(text)
        return date_span(iso)[1] if iso else as_of_date(text, field)
    except BadValueError:
        return as_of_date(text, field)


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def as_of_date(text: str | None, field: str = "as-of") -> date:
    """A calendar day: as given (ISO 8601), else today; raises `UsageError` that names `field`."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(
            Sentence(f"“{text}”不是日期", f"{text!r} is not a date"),
            field=field,
            remedy=Sentence("写成 YYYY-MM-DD，如 2027-01-18", "write YYYY-MM-DD"),
        ) from exc
