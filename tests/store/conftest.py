"""The contract suite's fixtures: one test runs on each store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kg.schema import load_schema
from kg.schema.model import Schema
from kg.store import open_store
from kg.store.base import GraphStore
from tests.stores import SECOND_VERSION, empty_server

Opener = Callable[..., GraphStore]
SECOND = f"neo4j {SECOND_VERSION}"
BACKENDS = ("kglite", "neo4j", SECOND)


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty store that nobody has written yet."""
    if backend == "kglite":
        return f"kglite://{tmp_path / 'store'}"
    server = request.getfixturevalue("neo4j_server" if backend == "neo4j" else "second_neo4j_server")
    empty_server(server)
    return str(server.url)


@pytest.fixture
def opened(url: str, schema: Schema) -> Iterator[Opener]:
    """Opens the test's store, or another URL, and closes what it opened."""
    with ExitStack() as stack:

        def open_it(other: str = url, *, write: bool = False) -> GraphStore:
            return stack.enter_context(closing(open_store(other, write=write, schema=schema)))

        yield open_it


@pytest.fixture
def store(opened: Opener) -> GraphStore:
    """The test's store, open to write."""
    return opened(write=True)
