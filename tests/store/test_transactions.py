"""All or nothing, one after another, and what is refused: the same on both stores."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreLockedError, StoreMissingError
from kg.store import open_store, stats
from kg.store.base import GraphStore, Node
from tests.store.conftest import Opener
from tests.store.samples import ACHIEVEMENT, EDGES, NODES, OWNER, fill, node, unit

ROOT = Path(__file__).resolve().parents[2]


class Interrupted(BaseException):
    """Like Ctrl-C."""


@pytest.mark.parametrize("failure", [RuntimeError, Interrupted])
def test_what_raises_leaves_everything_as_it_was(store: GraphStore, failure: type[BaseException]) -> None:
    fill(store)
    before = stats.count(store), store.generation(), store.vectors(["achievement-1"])["achievement-1"]
    with pytest.raises(failure), store.transaction() as work:
        work.upsert_nodes([node("achievement-3", "Achievement")])
        work.delete_nodes(["achievement-2"])
        work.put_vectors(["achievement-1"], unit(0, 0, 1)[None])
        work.put_texts(["achievement-3"], ["低温"])
        work.drop_from_indexes(["pilotline-1"])
        raise failure
    after = stats.count(store), store.generation(), store.vectors(["achievement-1"])["achievement-1"]
    assert after[:2] == before[:2]
    assert (after[2] == before[2]).all()
    assert [one.id for one in store.match_text(["低温"], 9)] == ["achievement-1"]
    assert [one.id for one in store.match_text(["干燥"], 9)] == ["pilotline-1"]


def test_a_transaction_reads_its_own_writes_and_others_do_not(store: GraphStore) -> None:
    count = "MATCH (n:Achievement) RETURN count(n) AS number"
    with store.transaction() as work:
        work.upsert_nodes([ACHIEVEMENT])
        assert work.query(count) == [{"number": 1}]
        assert store.query(count) == [{"number": 0}]
        work.query("MATCH (n:Achievement {id: $id}) SET n.year = $year", id=ACHIEVEMENT.id, year=1999)
    assert store.get([ACHIEVEMENT.id])[ACHIEVEMENT.id].properties["year"] == 1999


def test_the_generation_rises_with_every_commit(store: GraphStore) -> None:
    first = store.generation()
    fill(store)
    second = store.generation()
    with store.transaction() as work:
        work.upsert_nodes([OWNER])
    assert first < second < store.generation()


def test_a_transaction_within_a_transaction_is_refused(store: GraphStore) -> None:
    with store.transaction() as work, pytest.raises(StoreError, match="transaction"):
        work.upsert_nodes([OWNER])
        with store.transaction():
            pass
    assert OWNER.id in store.get([OWNER.id])


def test_a_writer_is_of_no_use_after_its_transaction(store: GraphStore) -> None:
    with store.transaction() as work:
        work.upsert_nodes([OWNER])
    with pytest.raises(StoreError, match="over"):
        work.upsert_nodes([ACHIEVEMENT])


def test_two_threads_write_and_nothing_is_lost(store: GraphStore) -> None:
    with store.transaction() as work:
        work.upsert_nodes([node("unitop-0", "UnitOp", seen=0)])
    failures: list[BaseException] = []

    def write(mark: str) -> None:
        try:
            for number in range(10):
                with store.transaction() as work:
                    [row] = work.query("MATCH (n:UnitOp {id: 'unitop-0'}) RETURN n.seen AS seen")
                    kind = {"kind": "UnitOp", "seen": row["seen"] + 1}
                    work.upsert_nodes(
                        [Node("unitop-0", ("UnitOp",), kind), node(f"unitop-{mark}{number}", "UnitOp")]
                    )
                    assert store.get(["unitop-0"])
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=write, args=(mark,)) for mark in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.get(["unitop-0"])["unitop-0"].properties["seen"] == 20
    assert stats.count(store)["nodes"] == {"UnitOp": 21}


WRITER = """
import sys
from kg.store import open_store
from kg.store.base import Node
from contextlib import closing
with closing(open_store(sys.argv[1], write=True)) as store:
    for number in range(20):
        with store.transaction() as work:
            ids = ["unitop-0", f"unitop-{sys.argv[2]}{number}"]
            work.upsert_nodes([Node(one, ("UnitOp",), {}) for one in ids])
            work.query("MATCH (n:UnitOp {id: 'unitop-0'}) SET n.seen = coalesce(n.seen, 0) + 1")
"""


def test_two_processes_write_or_the_second_is_told_the_first(url: str, opened: Opener, backend: str) -> None:
    command = [sys.executable, "-c", WRITER, url]
    if backend == "kglite":
        holder = opened(write=True)
        done = subprocess.run([*command, "a"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert "StoreLockedError" in done.stderr
        assert f"process {os.getpid()}" in done.stderr
        with pytest.raises(StoreLockedError):
            open_store(url, write=True)
        holder.close()
    marks = "a" if backend == "kglite" else "ab"
    writers = [
        subprocess.Popen([*command, mark], cwd=ROOT, stderr=subprocess.PIPE, text=True) for mark in marks
    ]
    assert [writer.communicate()[1] for writer in writers] == [""] * len(marks)
    store = opened()
    assert store.get(["unitop-0"])["unitop-0"].properties["seen"] == 20 * len(marks)
    assert stats.count(store)["nodes"] == {"UnitOp": 20 * len(marks) + 1}


def test_a_reader_sees_what_was_saved_and_cannot_write(store: GraphStore, opened: Opener) -> None:
    fill(store)
    store.save()
    reader = opened()
    assert stats.count(reader) == stats.count(store)
    assert reader.nearest(unit(1), 3) == store.nearest(unit(1), 3)
    assert reader.match_text(["低温", "干燥"], 3) == store.match_text(["低温", "干燥"], 3)
    with pytest.raises(StoreError, match="read"), reader.transaction():
        pass
    with pytest.raises(StoreError, match="read"):
        reader.set_index_info(store.index_info())  # type: ignore[arg-type]


def test_a_store_opened_again_holds_what_it_held(url: str, opened: Opener) -> None:
    first = opened(write=True)
    fill(first)
    with first.transaction() as work:
        work.put_texts(["achievement-2"], ["后 来"])
    expected = stats.count(first), first.get([one.id for one in NODES]), first.nearest(unit(1), 5)
    first.close()
    again = opened(write=True)
    assert (stats.count(again), again.get([one.id for one in NODES]), again.nearest(unit(1), 5)) == expected
    assert [one.id for one in again.match_text(["后"], 5)] == ["achievement-2"]
    assert len(EDGES) == sum(again.query("MATCH ()-[r]->() RETURN count(r) AS n")[0].values())


def test_a_missing_store_is_named_to_its_reader(opened: Opener) -> None:
    with pytest.raises(StoreMissingError) as caught:
        opened()
    assert caught.value.remedy is not None


def test_a_closed_store_says_so(store: GraphStore) -> None:
    fill(store)
    store.close()
    store.close()
    for use in (
        lambda: store.query("RETURN 1 AS x"),
        lambda: store.get(["x"]),
        lambda: store.nearest(unit(1), 1),
        lambda: store.match_text(["x"], 1),
        lambda: store.generation(),
        lambda: store.save(),
        lambda: store.transaction().__enter__(),
    ):
        with pytest.raises(StoreError, match="closed"):
            use()
    assert store.health()["ready"] is False


def test_health_tells_what_a_caller_may_want_to_know(store: GraphStore, backend: str) -> None:
    fill(store)
    health = store.health()
    assert health["ready"] is True
    assert health["store"] == backend.split()[0]
    assert health["encoder"] == "test-encoder"
    assert health["version"]
