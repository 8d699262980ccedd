"""Fixtures and reports for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import kglite  # noqa: F401 (before torch: its static TLS block no longer fits once torch is loaded)
import pytest

pytest_plugins = ["tests.store.summary", "tests.stores"]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real records: `ZHONGSHI_DATA`, else `../shared/data`; skips where neither is."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("ZHONGSHI_DATA", beside))
    if not (folder / "achievements.jsonl.gz").exists():
        pytest.skip("no real records: set ZHONGSHI_DATA to a folder that holds achievements.jsonl.gz")
    return folder
