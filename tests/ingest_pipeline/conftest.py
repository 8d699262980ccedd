"""Fixtures of the ingest tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import HEADER, Bench, CountingEncoder

from embeddings.encoder import Encoder, open_encoder
from ingest.enrich import build_reader
from kg.reading import Reader
from kg.schema import load_schema
from kg.schema.model import Schema


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return build_reader()


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture
def bench(tmp_path: Path, schema: Schema, encoder: Encoder, reader: Reader) -> Bench:
    store = tmp_path / "store"
    return Bench(tmp_path, str(store), schema, CountingEncoder(encoder), reader)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file: `write("a.csv", line, line, …)`."""

    def write_file(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
        return path

    return write_file


@pytest.fixture
def register(write: Callable[..., Path]) -> Callable[..., Path]:
    """Write a register of achievements under the usual headers: `register("a.csv", row, row, …)`."""

    def write_register(name: str, *rows: str) -> Path:
        return write(name, HEADER, *rows)

    return write_register
