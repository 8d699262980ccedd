"""A small demonstration registry, loaded once through the command itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sys.executable).with_name("zhongshi")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would; its output as text."""
    words = [str(COMMAND), *map(str, arguments)]
    # readline, which pytest imports, puts a COLUMNS into the environment of every child that is given none
    options.setdefault("env", dict(os.environ))
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=300, **options)


def document(*arguments: object) -> dict[str, Any]:
    """The JSON document of a command that must succeed."""
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    loaded = json.loads(done.stdout)
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of `zhongshi demo` with 300 achievements; `store` and `out` say where things are."""
    folder = tmp_path_factory.mktemp("demo")
    store = folder / "store"
    report = document("demo", "--out", folder / "files", "--achievements", 300, "--store", store)
    return {**report, "store": str(store)}


@pytest.fixture(scope="session")
def truth(demo: dict[str, Any]) -> list[dict[str, Any]]:
    """What the generator planted."""
    lines = Path(demo["truth"]).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
