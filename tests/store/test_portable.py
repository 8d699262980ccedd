"""Export from one store, import into the other: the content is equal."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from neo4j import GraphDatabase

from kg.errors import StoreError, StoreVersionError, UsageError
from kg.schema.model import Schema
from kg.store import open_store, stats
from kg.store.base import GraphStore
from kg.store.portable import export_store, import_store
from tests.store.conftest import Opener
from tests.store.samples import INFO, NODES, fill, node, unit
from tests.stores import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def full(store: GraphStore) -> GraphStore:
    """The small graph with what is awkward: saved and changed parts, a run, a retired and a bare node."""
    fill(store)
    store.save()
    with store.transaction() as work:
        work.upsert_nodes(
            [
                node("run-1", "Run", counts="{}"),
                node("unitop-9", "UnitOp", retired=True, list=[], text="甲\n乙\u2028丙"),
            ]
        )
        work.put_texts(["achievement-2"], ["乙 甲 甲"])
        work.put_vectors(["achievement-2"], unit(0, 0, 1)[None])
    return store


def _content(folder: Path) -> dict[str, object]:
    texts = {
        name: (folder / name).read_text("utf-8") for name in ("nodes.jsonl", "edges.jsonl", "texts.jsonl")
    }
    ids = (folder / "vectors.ids").read_text("utf-8")
    return {**texts, "ids": ids, "vectors": np.load(folder / "vectors.npy").tolist()}


def test_an_export_fills_the_other_store_with_equal_content(
    full: GraphStore, tmp_path: Path, backend: str, schema: Schema, request: pytest.FixtureRequest
) -> None:
    counts = export_store(full, tmp_path / "first")
    assert counts == {"nodes": 8, "edges": 5, "vectors": 3, "texts": 3}
    expected = stats.count(full), full.nearest(unit(1), 5), _texts(full)
    full.close()
    other = str(tmp_path / "other") if backend != "kglite" else request.getfixturevalue("neo4j_url")
    second = open_store(other, write=True, schema=schema)
    try:
        assert import_store(tmp_path / "first", second) == counts
        found = stats.count(second), second.nearest(unit(1), 5), _texts(second)
        assert found == expected
        assert second.index_info() == INFO
        export_store(second, tmp_path / "second")
    finally:
        second.close()
    assert _content(tmp_path / "first") == _content(tmp_path / "second")


def _texts(store: GraphStore) -> list[str]:
    """Ids only: Lucene counts a replaced text in its statistics until it merges."""
    return [one.id for one in store.match_text(["甲", "干燥"], 5)]


def test_import_into_a_store_that_holds_something_is_refused(full: GraphStore, tmp_path: Path) -> None:
    export_store(full, tmp_path / "out")
    with pytest.raises(StoreError, match="not empty"):
        import_store(tmp_path / "out", full)


def test_export_into_a_folder_that_holds_something_is_refused(full: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        export_store(full, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "name", ["nodes.jsonl", "edges.jsonl", "vectors.npy", "texts.jsonl", "manifest.json"]
)
def test_a_damaged_export_is_refused_and_nothing_arrives(
    full: GraphStore, tmp_path: Path, schema: Schema, name: str
) -> None:
    export_store(full, tmp_path / "out")
    file = tmp_path / "out" / name
    file.write_bytes(file.read_bytes()[:-20])
    target = open_store(str(tmp_path / "new"), write=True, schema=schema)
    with pytest.raises(StoreError, match="damaged"):
        import_store(tmp_path / "out", target)
    assert target.query("MATCH (n:Achievement) RETURN n.id AS id") == []
    target.close()


def test_a_folder_that_is_no_export_is_named(store: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no export"):
        import_store(tmp_path / "nowhere", store)


def test_an_import_that_fails_midway_leaves_the_store_empty(
    full: GraphStore, tmp_path: Path, opened: Opener, schema: Schema
) -> None:
    """The export is whole, but its schema is not this one's: it fails after the first nodes were written."""
    export_store(full, tmp_path / "out")
    fewer = {kind: spec for kind, spec in schema.kinds.items() if kind != "UnitOp"}
    target = open_store(str(tmp_path / "new"), write=True, schema=Schema(fewer, schema.edges))
    with pytest.raises(StoreError, match="UnitOp"):
        import_store(tmp_path / "out", target)
    assert target.get([one.id for one in NODES]) == {}
    target.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.store import open_store, portable
store = open_store(sys.argv[1], write=True)
portable._import_vectors = lambda folder, store: os.kill(os.getpid(), signal.SIGKILL)
portable.import_store(Path(sys.argv[2]), store)
"""


def test_a_killed_import_keeps_everybody_out_until_it_ran_again(
    full: GraphStore, url: str, tmp_path: Path, schema: Schema
) -> None:
    export_store(full, tmp_path / "out")
    full.close()
    target = url
    if url.startswith("kglite"):
        target = str(tmp_path / "new")
    else:
        with GraphDatabase.driver(
            url.replace("neo4j:" + PASSWORD + "@", ""), auth=("neo4j", PASSWORD)
        ) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, target, str(tmp_path / "out")], cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGKILL
    with pytest.raises(StoreError, match="import"):
        open_store(target, schema=schema)
    store = open_store(target, write=True, schema=schema)
    with pytest.raises(StoreError, match="import"), store.transaction() as work:
        work.upsert_nodes([NODES[0]])
    assert import_store(tmp_path / "out", store)["nodes"] == 8
    store.close()
    again = open_store(target, schema=schema)
    assert len(again.vectors([one.id for one in NODES])) == 3
    again.close()


def test_an_export_of_a_newer_version_is_refused(full: GraphStore, tmp_path: Path, opened: Opener) -> None:
    export_store(full, tmp_path / "out")
    file = tmp_path / "out" / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(StoreVersionError, match="99"):
        import_store(tmp_path / "out", full)


def test_an_empty_store_goes_there_and_back(store: GraphStore, tmp_path: Path, schema: Schema) -> None:
    assert export_store(store, tmp_path / "out") == {"nodes": 0, "edges": 0, "vectors": 0, "texts": 0}
    target = open_store(str(tmp_path / "new"), write=True, schema=schema)
    import_store(tmp_path / "out", target)
    target.close()
