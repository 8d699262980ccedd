"""The real records on both stores, with the demonstration lines beside them; loaded once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.wiring import Services
from kg.access import View
from kg.transfer import Knowledge
from tests.api.conftest import document
from tests.stores import empty_server

Rows = list[dict[str, str]]


def rows_of(file: Path) -> Rows:
    """The records of a file as they are, by nothing of ours."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


@pytest.fixture(scope="session")
def achievements(real_data: Path) -> Rows:
    return rows_of(real_data / "achievements.jsonl.gz")


@pytest.fixture(scope="session")
def needs(real_data: Path) -> Rows:
    return rows_of(real_data / "needs.jsonl.gz")


@pytest.fixture(scope="module", params=["kglite", "neo4j"])
def real_store(
    request: pytest.FixtureRequest, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """URL and reports of a store that holds every real record and the demonstration supply."""
    folder = tmp_path_factory.mktemp(request.param)
    url = str(folder / "store")
    if request.param == "neo4j":
        server = request.getfixturevalue("neo4j_server")
        empty_server(server)
        url = server.url
    reports = {
        "achievements": document(
            "ingest", real_data / "achievements.jsonl.gz", "--kind", "Achievement", "--store", url
        ),
        "needs": document("ingest", real_data / "needs.jsonl.gz", "--kind", "Need", "--store", url),
        "demo": document("demo", "--out", folder / "demo", "--achievements", 100, "--mix", "--store", url),
    }
    yield {"url": url, "backend": request.param, **reports}


@pytest.fixture(scope="module")
def knowledge(real_store: dict[str, Any]) -> Iterator[Knowledge]:
    services = Services(real_store["url"])
    with services.store() as store:
        yield services.knowledge(View(store))
