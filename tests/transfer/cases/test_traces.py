"""Every number of a route leads to a row of a sheet, and that row says it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.transfer.cases import door
from tests.transfer.cases.conftest import Base

QUESTIONS = [
    {"key": "A01"},
    {"key": "A05"},
    {"need": "需要混料50 kg，真空干燥100℃"},
    {"need": "需要磨削，加工精度±6 μm，然后芯片封装"},
    {"need": "需要100 kg/h的喷雾造粒"},
]


def row_of(folder: Path, source: Mapping[str, Any]) -> list[str]:
    """The cells of the row that a source names."""
    file = folder / Path(source["file"]).name
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        return [str(cell.value) for cell in sheet[source["line"]]]
    return list(csv.reader(file.read_text(encoding="utf-8").splitlines()))[source["line"] - 1]


def stated(step: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (proof for proof in step["proof"] if proof["verdict"] != "unknown")
    yield from step["bill"]
    yield from step["schedule"]["stated"]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_every_number_leads_to_the_row_that_states_it(base: Base, ask: Mapping[str, str]) -> None:
    for route in door.asked_of(base.client, ask)["routes"]:
        for step in route["steps"]:
            keys = {step["capability"]["key"], step["institution"]["key"], (step["line"] or {}).get("key")}
            for entry in stated(step):
                row = row_of(base.folder, entry["source"])
                assert row[0] in keys, (entry, row)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_every_bill_adds_up(base: Base, ask: Mapping[str, str]) -> None:
    for route in door.asked_of(base.client, ask)["routes"]:
        for step in route["steps"]:
            assert all(part["amount"] == part["count"] * part["each"] for part in step["bill"])
            if step["cost"] is not None:
                assert step["cost"] == sum(part["amount"] for part in step["bill"])
