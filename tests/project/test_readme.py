"""The README's commands run, and it shows what they print."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tools.readme import README, SMALL, renewed, shell

TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line.removeprefix("$ ")
    for block in BLOCKS
    for line in block.splitlines()
    if re.match(r"(\$ )?zhongshi ", line)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader of the README stands: the demonstration store, and a register with its source file."""
    folder = tmp_path_factory.mktemp("readme")
    done = shell(SMALL, folder)
    assert done.returncode == 0, done.stderr
    shutil.move(folder / "登记表" / "source.yaml", folder / "来源.yaml")
    return folder


def test_there_are_commands_to_run() -> None:
    assert {line.split()[1] for line in COMMANDS} >= {
        "ingest",
        "check",
        "search",
        "match",
        "routes",
        "screen",
    }


@pytest.mark.parametrize("line", [line for line in COMMANDS if not line.startswith("zhongshi serve")])
def test_a_command_of_the_readme_succeeds(folder: Path, line: str) -> None:
    done = shell(line, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_the_server_of_the_readme_answers(folder: Path) -> None:
    assert "zhongshi serve" in TEXT
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("zhongshi")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        assert _answer(f"http://127.0.0.1:{port}/search?q=喷雾造粒", process).json()["hits"]
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answer(url: str, process: subprocess.Popen[bytes]) -> httpx.Response:
    for _ in range(600):
        try:
            return httpx.get(url, timeout=60)
        except httpx.TransportError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_what_the_readme_shows_is_what_the_commands_print(folder: Path) -> None:
    assert renewed(TEXT, folder) == TEXT, "run: make docs"


def test_the_make_targets_and_the_route_of_the_readme_are_the_makefiles() -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z0-9-]+)", TEXT, re.MULTILINE))
    assert named and named <= targets
    shown = re.search(r"^DEMO_KEY \?= (\S+)$", makefile, re.MULTILINE)
    assert shown and f"$ zhongshi routes {shown[1]} --limit 1" in TEXT
