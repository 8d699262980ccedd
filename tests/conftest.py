"""Fixtures and reports for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import kglite  # noqa: F401 (before torch: its static TLS block no longer fits once torch is loaded)
import pytest

pytest_plugins = ["tests.summary", "tests.stores"]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real records: `ZHONGSHI_DATA`, else `../shared/data`; skips where neither is."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("ZHONGSHI_DATA", beside))
    if not (folder / "achievements.jsonl.gz").exists():
        named = "the folder of ZHONGSHI_DATA" if "ZHONGSHI_DATA" in os.environ else "../shared/data"
        pytest.skip(f"no achievements.jsonl.gz in {named}: name its folder in ZHONGSHI_DATA")
    return folder
