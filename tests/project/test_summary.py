"""What a run of the tests says at its end: the contract suite per store, and what was skipped and why."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest

@pytest.fixture
def real_data():
    pytest.skip("no achievements.jsonl.gz in ../shared/data")

@pytest.fixture(params=["kglite", "neo4j", "neo4j 2026.08.1"])
def backend(request):
    if request.param == "neo4j":
        pytest.skip("Neo4j 5.26.30: no Java 17 or newer")
    if request.param != "kglite":
        pytest.skip("no Java 21 or newer")

def test_contract(backend): pass

def test_another(backend): pass

@pytest.mark.store("kglite")
def test_of_the_embedded_one(): pass

def test_of_records(real_data): pass

def test_without_an_extra(): pytest.importorskip("no_such_package", reason="the extra is not installed")

def test_plain(): pass
"""
COUNTED = """
import pytest

@pytest.fixture
def real_data(): return None

def test_records(real_data, record_property): record_property("said", "routes of 200 results: 4 ok")

def test_more_records(real_data): pytest.skip("no server")
"""
WHOLE = [
    "other tests: 1 skipped: the extra is not installed",
    "real records: skipped, no achievements.jsonl.gz in ../shared/data",
    "second version, neo4j 2026.08.1: skipped, no Java 21 or newer",
    "store neo4j could not run: Neo4j 5.26.30: no Java 17 or newer",
    "store kglite: 3 passed, 0 skipped",
    "store neo4j: 0 passed, 2 skipped",
]


def _last_lines(tmp_path: Path, suite: str, *options: str) -> list[str]:
    (tmp_path / "test_suite.py").write_text(suite, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.summary", "--rootdir", str(tmp_path), *options]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    lines = done.stdout.splitlines()
    end = max(number for number, line in enumerate(lines) if re.search(r"\d (\w+) in [\d.]+s", line))
    return lines[end + 1 :]


@pytest.mark.parametrize("options", [(), ("-q",), ("-q", "-p", "no:xdist"), ("-v",)])
def test_a_whole_run_ends_with_the_two_lines_of_the_contract_suite(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert _last_lines(tmp_path, SUITE, *options) == WHOLE


def test_a_selection_counts_what_it_selected(tmp_path: Path) -> None:
    assert _last_lines(tmp_path, SUITE, "-q", "-k", "another or plain") == [
        WHOLE[2],
        WHOLE[3],
        "store kglite: 1 passed, 0 skipped",
        "store neo4j: 0 passed, 1 skipped",
    ]
    assert _last_lines(tmp_path, SUITE, "-q", "-k", "plain") == []


def test_a_failure_is_counted(tmp_path: Path) -> None:
    broken = SUITE.replace("def test_another(backend): pass", "def test_another(backend): assert False")
    assert _last_lines(tmp_path, broken, "-q")[-2:] == [
        "store kglite: 2 passed, 0 skipped, 1 failed",
        "store neo4j: 0 passed, 2 skipped",
    ]


def test_what_the_tests_of_real_records_count_is_said(tmp_path: Path) -> None:
    assert _last_lines(tmp_path, COUNTED, "-q") == [
        "real records: routes of 200 results: 4 ok",
        "real records: 1 passed, 1 skipped (no server)",
    ]
