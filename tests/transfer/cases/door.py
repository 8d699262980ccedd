"""The public door of the registry: what is ingested, asked and handed back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.main import main as command
from api.wiring import Services
from tests.transfer.cases.reading import REGISTRY, TODAY

BOOK = "产线台账.xlsx"


def written(folder: Path) -> Path:
    """A copy of the registry's files; the lines become a workbook with titles and real dates."""
    shutil.copytree(REGISTRY, folder)
    lines = folder / "产线.csv"
    workbook(lines, folder / BOOK)
    lines.unlink()
    return folder


def workbook(rows: Path, book: Path) -> None:
    """A sheet as an office has it: a title over everything, dates as dates, numbers as numbers."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["中试产线台账（示例，全部虚构）"])
    sheet.append([])
    with rows.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            sheet.append([cell(text) for text in row])
    made.save(book)


def cell(text: str) -> str | float | date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return float(text) if text.isascii() and text.replace(".", "", 1).isdigit() else text or None


@dataclass(frozen=True)
class Done:
    """How a command ended and what it wrote to stdout."""

    exit_code: int
    stdout: str

    @property
    def document(self) -> dict[str, Any]:
        found = json.loads(self.stdout)
        assert isinstance(found, dict)
        return found

    @property
    def error(self) -> dict[str, Any]:
        found = self.document["error"]
        assert isinstance(found, dict)
        return found


def run(*words: object) -> Done:
    """The command in this process with `--json`, exit code and all: a process of its own takes a second."""
    out, before = io.StringIO(), sys.argv
    sys.argv = ["zhongshi", *map(str, words), "--json"]
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO()), pytest.raises(SystemExit) as left:
            command()
    finally:
        sys.argv = before
    assert isinstance(left.value.code, int)
    return Done(left.value.code, out.getvalue())


def ingested(folder: Path, store: Path) -> dict[str, Any]:
    """The report of `zhongshi ingest` on a copy of the registry."""
    held = ("--quarantine-dir", folder / "held")
    done = run("ingest", folder, "--source", folder / "来源.yaml", "--store", store, *held)
    assert done.exit_code == 0, done.stdout
    return done.document


@contextmanager
def served(store: Path) -> Iterator[TestClient]:
    """The HTTP app over a store, in this process."""
    services = Services.from_options(str(store), None)
    with services.store() as opened, TestClient(create_app(services, opened)) as client:
        yield client


def asked_of(client: TestClient, ask: Mapping[str, str], limit: int = 20) -> dict[str, Any]:
    """The document of `/routes`."""
    answer = client.get("/routes", params={"limit": str(limit), "as_of": TODAY, **ask})
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert isinstance(document, dict)
    return document


def handed_back(store: Path, requirement: object, file: Path, as_of: str = TODAY) -> Done:
    """`zhongshi routes --requirement` on an edited requirement (JSON is YAML)."""
    file.write_text(json.dumps(requirement, ensure_ascii=False, indent=1), encoding="utf-8")
    return run("routes", "--requirement", file, "--store", store, "--as-of", as_of, "--limit", 20)
