"""A store in which restricted and retired records of every kind stand beside public ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.conftest import document
from tests.project.hidden_register import hidden_keys, write_register


def fill(url: str, folder: Path, *marks: str) -> None:
    """Ingest the register with the rows of these marks; those of GONE are then retired by a full export."""
    source = write_register(folder / "whole", *marks)
    document("ingest", source.parent, "--source", source, "--store", url)
    if "GONE" in marks:
        source = write_register(folder / "kept", *(set(marks) - {"GONE"}))
        report = document("ingest", source.parent, "--source", source, "--complete", "--store", url)
        assert report["gone"] == len(hidden_keys("GONE"))


@pytest.fixture(scope="session")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that register; the embedded store is its `store`."""
    folder = tmp_path_factory.mktemp("hidden")
    fill(str(folder / "store"), folder, "HUSH", "GONE")
    return folder
