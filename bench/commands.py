"""Whole commands as processes: seconds and peak memory, median over several runs."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import time
from pathlib import Path

Figure = dict[str, str | float]


def measure_commands(data: Path | None, store: Path, repeat: int) -> list[Figure]:
    """Help, fresh ingest and unchanged re-ingest; leaves `store` filled."""
    figures = [_figure("zhongshi --help", [_run(["--help"]) for _ in range(repeat)])]
    ingest = _ingest_command(data, store)
    fresh = []
    for _ in range(repeat):
        shutil.rmtree(store, ignore_errors=True)
        fresh.append(_run(ingest))
    figures.append(_figure("fresh ingest", fresh))
    figures.append(_figure("unchanged re-ingest", [_run(ingest) for _ in range(repeat)]))
    return figures


def _ingest_command(data: Path | None, store: Path) -> list[str]:
    if data is None:
        return ["demo", "--out", str(store.with_name("demo")), "--store", str(store), "--json"]
    files = str(data / "achievements.jsonl.gz")
    return ["ingest", files, "--kind", "Achievement", "--store", str(store), "--json"]


def _run(arguments: list[str]) -> tuple[float, float, dict[str, float]]:
    """Seconds, peak MiB and the stages that the command's report names."""
    command = [str(Path(sys.executable).with_name("zhongshi")), *arguments]
    out = Path(os.devnull) if arguments == ["--help"] else Path("build/bench-report.json")
    out.parent.mkdir(exist_ok=True)
    started = time.perf_counter()
    with out.open("w", encoding="utf-8") as stream:
        pid = os.posix_spawn(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, stream.fileno(), 1)],
        )
        _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    stages = {} if arguments == ["--help"] else json.loads(out.read_text(encoding="utf-8"))["seconds"]
    return time.perf_counter() - started, usage.ru_maxrss / 1024, stages


def _figure(name: str, runs: list[tuple[float, float, dict[str, float]]]) -> Figure:
    seconds = statistics.median(run[0] for run in runs)
    figure: Figure = {
        "what": name,
        "seconds": round(seconds, 2),
        "peak_mib": round(statistics.median(run[1] for run in runs)),
    }
    for stage in runs[0][2]:
        figure[stage] = round(statistics.median(run[2].get(stage, 0.0) for run in runs), 2)
    return figure
