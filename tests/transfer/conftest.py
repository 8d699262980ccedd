"""A small registry in a real embedded store, and what matching needs beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder, open_encoder
from ingest.enrich import build_reader
from kg.access import View
from kg.reading import Reader
from kg.schema import load_schema
from kg.schema.model import Schema
from kg.store import open_store
from kg.store.base import GraphStore
from kg.transfer import Knowledge
from kg.vocabulary import Vocabulary, load_vocabulary
from tests.transfer.registry import Registry

Fill = Callable[[Registry], None]
Ask = Callable[[Fill], Knowledge]


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder(None)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return build_reader()


@pytest.fixture
def ask(
    tmp_path: Path, schema: Schema, encoder: Encoder, vocabulary: Vocabulary, reader: Reader
) -> Iterator[Ask]:
    """Makes a store from a registry and gives what matching knows of it."""
    opened: list[GraphStore] = []

    def make(fill: Fill) -> Knowledge:
        registry = Registry(schema)
        fill(registry)
        store = open_store(str(tmp_path / f"store{len(opened)}"), write=True)
        opened.append(store)
        registry.write(store, encoder)
        return Knowledge(View(store), reader, encoder, vocabulary, schema)

    yield make
    for store in opened:
        store.close()
