"""The registry of this folder, ingested once through the command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.transfer.cases import door
from tests.transfer.cases.reading import HERE, not_yet


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What not-yet.yml names must fail, and only that may."""
    waiting = not_yet()
    for item in items:
        if HERE in item.path.parents and (reason := waiting.get(label(item))):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


def label(item: pytest.Item) -> str:
    """A test's name as not-yet.yml has it: test[case]."""
    called = getattr(item, "callspec", None)
    return f"{getattr(item, 'originalname', item.name)}[{called.id}]" if called else item.name


@dataclass(frozen=True)
class Base:
    """The ingested registry: its files, its store, the report of the run and an app over it."""

    folder: Path
    store: Path
    report: dict[str, Any]
    client: TestClient


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    folder = tmp_path_factory.mktemp("cases")
    files = door.written(folder / "files")
    report = door.ingested(files, folder / "store")
    with door.served(folder / "store") as client:
        yield Base(files, folder / "store", report, client)
