"""What only the embedded store promises: it survives kill -9, a full disk and a newer version."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from kg.errors import StoreError, StoreVersionError, UsageError
from kg.schema.model import Schema
from kg.store import open_store, stats
from kg.store.base import GraphStore
from tests.store.samples import INFO, fill, node, unit

pytestmark = pytest.mark.store("kglite")
ROOT = Path(__file__).resolve().parents[2]

KILLED = """
import sys
import numpy as np
from kg.store import open_store
from kg.store.base import Edge, IndexInfo, Node
store = open_store(sys.argv[1], write=True)
store.set_index_info(IndexInfo("test-encoder", 8, "0123abcd"))
first = store.query("MATCH (n:Achievement) RETURN count(n) AS n")[0]["n"]
for number in range(first, first + 100_000):
    one, owner = f"achievement-{number}", f"organization-{number % 7}"
    with store.transaction() as work:
        work.upsert_nodes([Node(one, ("Achievement",), {"key": str(number), "text": "词" * 500}),
                           Node(owner, ("Organization",), {})])
        work.upsert_edges([Edge(one, "OWNED_BY", owner, {"stated_by": one, "sheet": "s"})])
        work.put_vectors([one], np.eye(1, 8, number % 8, dtype=np.float32))
        work.put_texts([one], [f"词 号{number}"])
    print(number, flush=True)
    if number % 11 == 10:
        store.save()
"""


def test_kill_9_at_any_moment_loses_nothing_acknowledged(tmp_path: Path, schema: Schema) -> None:
    moments = random.Random(4)
    for _ in range(6):
        acknowledged = _write_until_killed(tmp_path / "store", moments.uniform(0.05, 0.6))
        with closing(open_store(str(tmp_path / "store"), schema=schema)) as reader:
            _check_whole(reader, acknowledged)
        with closing(open_store(str(tmp_path / "store"), write=True, schema=schema)) as writer:
            _check_whole(writer, acknowledged)


def _write_until_killed(folder: Path, seconds: float) -> int:
    """Let a process write, kill it some time after its first commit; the last number it acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    lines = [writer.stdout.readline()]
    time.sleep(seconds)
    os.kill(writer.pid, signal.SIGKILL)
    lines += writer.stdout.readlines()
    writer.wait()
    return int([line for line in lines if line.endswith("\n")][-1])


def _check_whole(store: GraphStore, acknowledged: int) -> None:
    number = store.query("MATCH (n:Achievement) RETURN count(n) AS n")[0]["n"]
    assert number >= acknowledged + 1
    assert store.query("MATCH (:Achievement)-[r:OWNED_BY]->() RETURN count(r) AS n")[0]["n"] == number
    ids = [f"achievement-{one}" for one in range(number)]
    assert set(store.get(ids)) == set(store.vectors(ids)) == set(ids)
    assert [one.id for one in store.match_text([f"号{number - 1}"], 5)] == [ids[-1]]
    assert len(store.match_text(["词"], number + 10)) == number


FULL = """
import resource, sys
import numpy as np
from kg.errors import StoreError
from kg.store import open_store
from kg.store.base import Node
store = open_store(sys.argv[1], write=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
written = 0
try:
    for number in range(200):
        with store.transaction() as work:
            ids = [f"unitop-{number}-{one}" for one in range(50)]
            noise = np.random.default_rng(number).integers(0x4E00, 0x9FFF, (50, 400))
            texts = ["".join(map(chr, row)) for row in noise]
            work.upsert_nodes([Node(one, ("UnitOp",), {"text": text}) for one, text in zip(ids, texts)])
            work.put_texts(ids, ["满 " * 20] * 50)
        written += 1
    store.save()
except StoreError as exc:
    print(written, exc.message.en, "|", exc.remedy)
    after = store.query("MATCH (n:UnitOp) WHERE n.text IS NOT NULL RETURN count(n) AS n")[0]["n"]
    assert after == written * 50, (after, written)
    del exc
else:
    sys.exit("the disk was never full")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.transaction() as work:
    work.upsert_nodes([Node("unitop-later", ("UnitOp",), {})])
    work.put_texts(["unitop-later"], ["后来"])
store.close()
sys.exit(7)
"""


@pytest.mark.parametrize("limit", [4_000, 200_000, 2_000_000])
def test_a_full_disk_leaves_the_last_good_state(tmp_path: Path, schema: Schema, limit: int) -> None:
    """A real limit on the size of files stands in for the disk: writes fail with EFBIG, at once or later.

    When there is space again, the same store writes on.
    """
    folder = tmp_path / "store"
    with closing(open_store(str(folder), write=True, schema=schema)) as store:
        fill(store)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert "space" in done.stdout
    written = int(done.stdout.split()[0])
    with closing(open_store(str(folder), write=True, schema=schema)) as store:
        assert stats.count(store)["nodes"] == {
            "Achievement": 2, "PilotInstitution": 1, "PilotLine": 1, "ProcessStep": 1,
            "UnitOp": 2 + 50 * written,
        }  # fmt: skip
        assert [one.id for one in store.nearest(unit(1), 1)] == ["achievement-1"]
        assert len(store.match_text(["满"], 100_000)) == 50 * written
        assert [one.id for one in store.match_text(["后来"], 5)] == ["unitop-later"]


def test_a_store_of_a_newer_version_is_refused_with_a_remedy(tmp_path: Path, schema: Schema) -> None:
    open_store(str(tmp_path), write=True, schema=schema).close()
    manifest = tmp_path / "zhongshi.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 99}))
    for write in (True, False):
        with pytest.raises(StoreVersionError, match="99") as caught:
            open_store(str(tmp_path), write=write, schema=schema)
        assert "upgrade" in str(caught.value.remedy)


def test_a_damaged_graph_or_manifest_is_named(tmp_path: Path, schema: Schema) -> None:
    open_store(str(tmp_path), write=True, schema=schema).close()
    manifest = (tmp_path / "zhongshi.json").read_text()
    (tmp_path / "zhongshi.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        open_store(str(tmp_path), schema=schema)
    (tmp_path / "zhongshi.json").write_text(manifest)
    (tmp_path / "graph.kgl").write_bytes(b"nothing of the kind")
    with pytest.raises(StoreError):
        open_store(str(tmp_path), schema=schema)


def test_a_path_and_its_url_are_the_same_store_and_other_schemes_are_refused(
    tmp_path: Path, schema: Schema
) -> None:
    folder = tmp_path / "有 空格"
    with closing(open_store(f"kglite://{folder}", write=True, schema=schema)) as store:
        fill(store)
        assert store.url == f"kglite://{folder}"
    with closing(open_store(str(folder), schema=schema)) as store:
        assert store.index_info() == INFO
    with pytest.raises(UsageError, match="mysql"):
        open_store("mysql://host/db", schema=schema)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        open_store(str(tmp_path / "file"), write=True, schema=schema)


def test_a_long_series_of_small_writes_is_joined_and_searched_alike(tmp_path: Path, schema: Schema) -> None:
    with closing(open_store(str(tmp_path), write=True, schema=schema)) as store:
        store.set_index_info(INFO)
        for number in range(80):
            with store.transaction() as work:
                work.upsert_nodes([node(f"unitop-{number % 50:02}", "UnitOp")])
                work.put_vectors([f"unitop-{number % 50:02}"], np.eye(1, 8, number % 8, dtype=np.float32))
                work.put_texts([f"unitop-{number % 50:02}"], [f"词 第{number}"])
            if number in (3, 40, 41):
                store.save()
        expected = _answers(store)
        store.save()
        assert _answers(store) == expected
    with closing(open_store(str(tmp_path), schema=schema)) as reader:
        assert _answers(reader) == expected
    assert len(expected[1]) == 50


def _answers(store: GraphStore) -> tuple[object, ...]:
    return (
        store.nearest(unit(1, 0.2, 0.1), 60),
        store.match_text(["词", "第79", "第3"], 60),
        store.match_text(["词"], 5, kinds=["UnitOp"]),
        store.nearest(unit(0, 0, 1), 60, kinds=["UnitOp"]),
    )


def test_a_reader_that_a_writer_overtook_reads_the_newer_state(tmp_path: Path, schema: Schema) -> None:
    """The reader opened before the writer joined its index files and removed the old ones."""
    with closing(open_store(str(tmp_path), write=True, schema=schema)) as writer:
        fill(writer)
        writer.save()
        with closing(open_store(str(tmp_path), schema=schema)) as reader:
            for number in range(3):
                with writer.transaction() as work:
                    work.put_texts(["achievement-1"], [f"新{number} " * 50])
                    work.put_vectors(["achievement-1"], unit(0, 0, 0, 0, number + 1)[None])
                writer.save()
            assert [one.id for one in reader.match_text(["新2"], 5)] == ["achievement-1"]
            assert reader.nearest(unit(0, 0, 0, 0, 1), 1)[0].id == "achievement-1"
