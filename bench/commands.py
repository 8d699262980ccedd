"""Whole commands as processes: seconds, peak memory and the stages that their report names."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import AGAIN, FRESH, HELP, Figure, median
from ingest.demo import write_registry

SUPPLY = 100
"""Generated results that come with the generated lines beside real records."""


@dataclass(frozen=True)
class Run:
    """One run of a command."""

    seconds: float
    peak_mb: float
    report: dict[str, Any]


def measure_commands(data: Path | None, folder: Path, repeat: int) -> list[Figure]:
    """Help, fresh ingest and unchanged re-ingest; leaves `folder`/store filled."""
    store = folder / "store"
    ingest = _ingest(data, folder)
    _run(["--help"], folder)  # the first start of all reads the packages from disk
    figures = [_figure(HELP, [_run(["--help"], folder) for _ in range(repeat)])]
    fresh = []
    for _ in range(repeat):
        shutil.rmtree(store, ignore_errors=True)
        fresh.append(_run(ingest, folder))
    figures.append(_figure(FRESH, fresh))
    figures.append(_figure(AGAIN, [_run(ingest, folder) for _ in range(repeat)]))
    return figures


def add_supply(folder: Path) -> None:
    """Put the generated lines and funds beside the real records: routes must lead somewhere."""
    words = ["demo", "--out", str(folder / "supply"), "--achievements", str(SUPPLY), "--mix"]
    _run([*words, "--store", str(folder / "store"), "--json"], folder)


def _ingest(data: Path | None, folder: Path) -> list[str]:
    where = ["--store", str(folder / "store"), "--json"]
    if data is not None:
        return ["ingest", str(data / "achievements.jsonl.gz"), "--kind", "Achievement", *where]
    written = write_registry(folder / "demo")
    return ["ingest", *map(str, written.paths), "--source", str(written.source), *where]


def _run(words: Sequence[str], folder: Path) -> Run:
    """Run the command; its peak is that of the process, as the kernel counted it."""
    command = [str(Path(sys.executable).with_name("zhongshi")), *words]
    out = folder / "report.json"
    with out.open("w", encoding="utf-8") as stream:
        actions = [(os.POSIX_SPAWN_DUP2, stream.fileno(), 1)]
        started = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    report = json.loads(out.read_text(encoding="utf-8")) if "--json" in words else {}
    return Run(seconds, usage.ru_maxrss * 1024 / 1e6, report)


def _figure(what: str, runs: Sequence[Run]) -> Figure:
    values = median([{"s": run.seconds, "MB peak": run.peak_mb} for run in runs])
    stages = median([run.report.get("seconds", {}) for run in runs])
    return Figure(what, int(runs[0].report.get("read", 1)), values, stages)
