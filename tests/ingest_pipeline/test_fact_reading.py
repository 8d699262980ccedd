"""Reading in processes of its own: the same facts in the same order, and nothing that outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from ingest.enrich import build_reader
from ingest.pipeline.errors import ReadingStoppedError
from ingest.pipeline.fact_reading import CHUNK, LONG_JOB, fact_reading, one_ahead, read_facts

PARENT = """
import multiprocessing, time
from ingest.enrich import build_reader
from ingest.pipeline.fact_reading import LONG_JOB, fact_reading
if __name__ == "__main__":
    with fact_reading(build_reader, LONG_JOB, 2) as reading:
        next(reading.begin([[("abstract", "经喷雾干燥造粒")]] * 200))
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        time.sleep(60)
"""


def records(count: int) -> list[list[tuple[str, str]]]:
    return [
        [
            ("abstract", f"浆料经喷雾干燥造粒，日处理{n + 1} t，已完成公斤级放大"),
            ("name", f"正极材料{n}的制备"),
        ]
        for n in range(count)
    ]


def test_two_processes_read_what_one_reads_in_the_same_order() -> None:
    given = records(3 * CHUNK + 7)
    with fact_reading(build_reader, LONG_JOB, 2) as reading:
        batches = one_ahead(reading.begin, (given[:CHUNK], given[CHUNK:], []))
        found = list(chain.from_iterable(batches))
        assert reading.version == build_reader().version
    alone = read_facts(build_reader(), given)
    for one, other in zip(found, alone, strict=True):
        assert one.fields == pytest.approx(
            other.fields
        )  # a matrix product depends on the batch in its last bits
        assert replace(one, fields={}) == replace(other, fields={})
    assert [step.step.name for step in found[-1].steps] and found[-1].evidence


def test_the_next_batch_is_begun_before_one_is_handed_out() -> None:
    order: list[str] = []

    def begin(item: str) -> str:
        order.append(f"begin {item}")
        return item

    for begun in one_ahead(begin, "abc"):
        order.append(f"take {begun}")
    assert order == ["begin a", "begin b", "take a", "begin c", "take b", "take c"]


def test_a_process_that_is_killed_is_an_error_that_says_what_to_do() -> None:
    import multiprocessing

    with (
        pytest.raises(ReadingStoppedError, match="memory"),
        fact_reading(build_reader, LONG_JOB, 2) as reading,
    ):
        next(reading.begin(records(2 * CHUNK)))
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        list(reading.begin(records(20 * CHUNK)))


def test_no_process_outlives_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.kill()
    parent.wait()
    for _ in range(200):
        if not any(map(_runs, children)):
            break
        time.sleep(0.1)
    assert not any(map(_runs, children))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[2] != "Z"
