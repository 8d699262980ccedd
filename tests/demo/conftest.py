"""A registry of 500 achievements, written once."""

from __future__ import annotations

import pytest
from demo_files import Demo, read_truth

from ingest.demo import write_registry


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    files = write_registry(tmp_path_factory.mktemp("demo"), achievements=500)
    return Demo(files, read_truth(files.truth))
