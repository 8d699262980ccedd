"""kill -9 at any moment, then the same command again: as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

from ingest.mapping import open_inputs
from ingest.pipeline import InterruptedRunError, Options, run

ROWS = 600
SCRIPT = """
import sys
from pathlib import Path
from embeddings.encoder import open_encoder
from ingest.enrich import build_reader
from ingest.mapping import open_inputs
from ingest.pipeline import Options, run
from kg.schema import load_schema
from kg.store import open_store
store, *files = sys.argv[1:]
schema = load_schema()
inputs = open_inputs([Path(f) for f in files], kind=None, source_file=None, schema=schema)
opened = open_store(store, write=True)
show = lambda stage, done, total: print(stage, done, flush=True)
run(inputs, opened, open_encoder, build_reader, schema, Options(batch=50, progress=show))
opened.close()
"""


@pytest.fixture
def files(register: Callable[..., Path]) -> list[Path]:
    rows = [
        f"A{n},材料{n}的制备,将原料混合后在{900 + n}℃烧结并粉碎,单位{n % 37},领域{n % 11},材料,2024,5,公开"
        for n in range(ROWS)
    ]
    return [register("one.csv", *rows[: ROWS // 2]), register("two.csv", *rows[ROWS // 2 :])]


@pytest.mark.parametrize("seed", range(4))
def test_killed_and_run_again_equals_a_run_in_one_go(bench: Bench, files: list[Path], seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(2):
        _run_and_kill(bench, files, after=chance.randrange(1, 10), pause=chance.random() * 0.15)
    held = {row["id"] for row in bench.query("MATCH (n:Achievement) RETURN n.id AS id")}
    bench.encoder.texts.clear()
    report = bench.ingest(*files)
    assert report.new + report.changed + report.unchanged == ROWS
    assert report.unchanged <= len(held)
    written = [text for text in bench.encoder.texts if "的制备" in text]
    assert len(written) == report.new + report.changed, "unchanged records are not embedded again"
    fresh = Bench(bench.folder, str(bench.folder / "fresh"), bench.schema, bench.encoder, bench.reader)
    fresh.ingest(*files)
    assert bench.dump() == fresh.dump()


def _run_and_kill(bench: Bench, files: list[Path], *, after: int, pause: float) -> None:
    """Start an ingest and kill it a moment after its n-th batch was committed."""
    command = [sys.executable, "-c", SCRIPT, bench.url, *map(str, files)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seen = 0
    for line in process.stdout:
        seen += line.startswith("write")
        if seen >= after:
            break
    time.sleep(pause)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_ctrl_c_keeps_what_was_written(bench: Bench, files: list[Path]) -> None:
    def stop(stage: str, done: int, total: int | None) -> None:
        if stage == "write" and done >= 200:
            raise KeyboardInterrupt

    with pytest.raises(InterruptedRunError) as caught:
        bench.ingest(*files, batch=50, progress=stop)
    assert caught.value.exit_code == 1 and "again" in str(caught.value.remedy)
    assert len(bench.query("MATCH (n:Achievement) WHERE size(n.provenance) > 0 RETURN n.id AS id")) == 200
    report = bench.ingest(*files)
    assert (report.new, report.unchanged) == (ROWS - 200, 200)


def test_a_failed_run_leaves_the_store_as_it_was(bench: Bench, files: list[Path]) -> None:
    """The reader fails in the fourth batch: the three before it are given up, what stood before is there."""

    class Failing:
        version = bench.reader.version
        calls = 0

        def read(self, text: str) -> object:
            return bench.reader.read(text)

        def classify(self, texts: object) -> object:
            return bench.reader.classify(texts)  # type: ignore[arg-type]

        def read_many(self, texts: object, *, fields: bool = True) -> object:
            self.calls += 1
            if self.calls == 4:
                raise RuntimeError("the reader broke")
            return bench.reader.read_many(texts, fields=fields)  # type: ignore[arg-type]

    bench.ingest(files[0])
    before = bench.dump()
    inputs = open_inputs(files, kind=None, source_file=None, schema=bench.schema)
    store, reader = bench.open(write=True), Failing()
    with pytest.raises(RuntimeError):
        run(inputs, store, lambda: bench.encoder, lambda: reader, bench.schema, Options(batch=50))  # type: ignore[arg-type,return-value]
    store.close()
    assert bench.dump() == before
    report = bench.ingest(*files)
    assert (report.new, report.unchanged) == (ROWS // 2, ROWS // 2)


@pytest.mark.parametrize("room", [2_000, 60_000, 300_000])
def test_a_full_disk_leaves_the_store_as_it_was_and_readable(
    bench: Bench, files: list[Path], room: int
) -> None:
    """A limit on the size of files stands in for the disk; the command then ends with 1 and a remedy."""
    bench.ingest(files[0])
    before = bench.dump()

    def zhongshi(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name("zhongshi"), *words, "--json", "--store", bench.url],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY)),
        )

    done = zhongshi("ingest", *map(str, files))
    assert done.returncode == 1, done.stdout
    error = json.loads(done.stdout)["error"]
    assert "df -h" in str(error["remedy"]), error
    assert zhongshi("search", "材料").returncode == 0
    assert bench.dump() == before
    bench.ingest(*files)
    fresh = Bench(bench.folder, str(bench.folder / "fresh"), bench.schema, bench.encoder, bench.reader)
    fresh.ingest(*files)
    assert bench.dump() == fresh.dump()
