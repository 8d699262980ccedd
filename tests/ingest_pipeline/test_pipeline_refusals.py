"""What one row calls classified stays out, in whatever order files, sheets, rows and runs come."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

from kg.access import View
from kg.store import open_store
from kg.store.portable import export_store, import_store
from kg.store.stats import count
from kg.values.uscc import is_uscc
from tests.stores import neo4j_server, neo4j_url

__all__ = ["neo4j_server", "neo4j_url"]

Write = Callable[..., Path]
SOURCE = """source: 某市登记
sheets:
  甲表:
    file: two_a*
    kind: Achievement
    key: 编号
    columns: {名称: name}
  乙表:
    file: two_b*
    kind: Achievement
    key: 编号
    columns: {简介: abstract}
"""
NAMES = ("编号,名称", "1,甲名", "2,紫电青霜", "3,丙名")
MARKS = ("编号,简介,密级", "1,x,内部", "2,绝不外传,机密", "3,z,")
ACCESS = "MATCH (n:Achievement) WHERE NOT n.retired RETURN n.key AS key, n.access AS access"


@pytest.fixture(params=["kglite", "neo4j"])
def store(request: pytest.FixtureRequest, bench: Bench) -> Bench:
    """The bench on either store."""
    if request.param == "kglite":
        return bench
    url = request.getfixturevalue("neo4j_url")
    return Bench(bench.folder, url, bench.schema, bench.encoder, bench.reader)


def _seen(bench: Bench) -> dict[str, str]:
    return {row["key"]: row["access"] for row in bench.query(ACCESS)}


def _everything(bench: Bench) -> str:
    nodes = bench.query("MATCH (n) RETURN properties(n) AS p")
    edges = bench.query("MATCH ()-[r]->() RETURN properties(r) AS p")
    files = [path for path in bench.folder.glob("quarantine/**/*") if path.is_file()]
    return str(nodes) + str(edges) + "".join(path.read_text() for path in files)


def _assert_untold(bench: Bench) -> None:
    told = _everything(bench)
    assert "紫电" not in told and "绝不外传" not in told
    assert not any("紫电" in text or "绝不" in text for text in bench.encoder.texts)


@pytest.mark.parametrize("order", ["ab", "ba", "a b", "b a", "b a b", "a b a a"])
def test_two_sheets_of_one_record_in_any_order(store: Bench, write: Write, order: str) -> None:
    source = write("s.yaml", SOURCE)
    files = {"a": write("two_a.csv", *NAMES), "b": write("two_b.csv", *MARKS)}
    for run in order.split():
        report = store.ingest(*(files[one] for one in run), source=source)
    held = len(run)
    assert report.quarantined == {"classified": held}
    assert _seen(store) == {"1": "restricted", "3": "public"}
    assert "紫电" not in _everything(store) and "绝不外传" not in _everything(store)
    if order.split()[0] != "a":  # there it was still open
        assert not any("紫电" in text for text in store.encoder.texts)
    before = store.dump()
    again = store.ingest(*(files[one] for one in run), source=source)
    assert (again.new, again.changed, again.quarantined) == (0, 0, {"classified": held})
    assert store.dump() == before


@pytest.mark.parametrize("order", list(itertools.permutations(["公开", "机密", "内部"])))
def test_rows_of_one_key_on_one_sheet(bench: Bench, register: Write, order: tuple[str, ...]) -> None:
    rows = [f"V1,紫电青霜{mark},简介,甲,乙,丙,2024,5,{mark}" for mark in order]
    for _ in range(2):
        report = bench.ingest(register("a.csv", *rows))
        assert (report.read, report.quarantined) == (3, {"classified": 3})
        assert [place.line for place in sorted(report.classified, key=lambda one: one.line)] == [2, 3, 4]
        assert _seen(bench) == {} and not report.quarantine_files
        assert "V1" not in str(report.document())
        _assert_untold(bench)


@pytest.mark.parametrize("order", [("公开", "内部"), ("内部", "公开")])
def test_a_restricted_row_of_one_key_restricts_the_other(
    bench: Bench, register: Write, order: tuple[str, str]
) -> None:
    rows = [f"V1,同号件,简介{mark},甲,乙,丙,2024,5,{mark}" for mark in order]
    first = bench.ingest(register("a.csv", *rows))
    assert (first.new, first.quarantined) == (1, {"duplicate_id": 1})
    assert _seen(bench) == {"V1": "restricted"}
    again = bench.ingest(register("a.csv", *rows))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert _seen(bench) == {"V1": "restricted"} and not bench.hits("同号件") & {bench.node("V1").id}


def test_a_row_that_is_held_back_is_not_copied(bench: Bench, write: Write) -> None:
    source = write("s.yaml", SOURCE.replace("{名称: name}", "{名称: name, 成熟度: trl}"))
    a = write("two_a.csv", "编号,名称,成熟度", "1,甲名,12", "2,紫电青霜,12", ",紫电青霜,5")
    report = bench.ingest(a, write("two_b.csv", *MARKS, "2,另一行,公开"), source=source)
    assert report.quarantined == {"bad_value": 1, "classified": 4}
    copied = Path(report.quarantine_files[0]).read_text(encoding="utf-8-sig")
    assert "甲名" in copied and "紫电" not in copied
    _assert_untold(bench)


def test_a_row_of_the_same_sheet_that_states_another_level_lifts_the_refusal(
    store: Bench, write: Write
) -> None:
    source, a = write("s.yaml", SOURCE), write("two_a.csv", *NAMES)
    store.ingest(a, write("two_b.csv", *MARKS), source=source)
    for silent in (("编号,简介,密级", "2,绝不外传,"), ("编号,简介", "2,绝不外传")):
        assert store.ingest(write("two_b.csv", *silent), source=source).quarantined == {"classified": 1}
    store.ingest(write("two_b.csv", "编号,简介,密级", "2,绝不外传,公开"), a, source=source)
    assert _seen(store) == {"1": "restricted", "2": "public", "3": "public"}
    assert store.node("2").properties["name"] == "紫电青霜"
    assert store.query("MATCH (n:Refusal) RETURN n.id AS id") == []
    store.ingest(write("two_b.csv", "编号,简介,密级", "2,绝不外传,绝密"), source=source)
    assert "2" not in _seen(store) and "紫电" not in _everything(store)


def test_another_sheet_lifts_nothing(bench: Bench, write: Write) -> None:
    source = write("s.yaml", SOURCE)
    bench.ingest(write("two_b.csv", *MARKS), source=source)
    report = bench.ingest(write("two_a.csv", "编号,名称,密级", "2,紫电青霜,公开"), source=source)
    assert report.quarantined == {"classified": 1} and "紫电" not in _everything(bench)


def test_a_complete_export_neither_brings_back_nor_leaves_a_ghost(bench: Bench, write: Write) -> None:
    source = write("s.yaml", SOURCE)
    bench.ingest(write("two_a.csv", *NAMES), source=source)
    shorter = write("two_a.csv", *NAMES[:2], NAMES[3])
    report = bench.ingest(shorter, write("two_b.csv", *MARKS), source=source, complete=True)
    assert report.gone == 0, "the second sheet states 3 too"
    assert "2" not in {row["key"] for row in bench.query("MATCH (n) RETURN n.key AS key")}
    assert "紫电" not in _everything(bench)


def test_a_body_is_known_by_its_code_in_another_register(bench: Bench, write: Write) -> None:
    start = "91510700MA6240XX0"
    code = next(start + mark for mark in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_uscc(start + mark))
    sheet = "source: {}\nsheets:\n  名录:\n    kind: Organization\n    key: 号\n"
    sheet += "    columns: {{名: name, 代码: uscc}}"
    first = write("one.yaml", sheet.format("甲名录"))
    second = write("two.yaml", sheet.format("乙名录"))
    open_row = write("b.csv", "号,名,代码", f"Z9,紫电青霜院,{code}")
    bench.ingest(write("a.csv", "号,名,代码,密级", f"K1,紫电青霜院,{code},秘密"), source=first)
    assert bench.ingest(open_row, source=second).quarantined == {"classified": 1}
    assert "紫电" not in _everything(bench)


def test_the_memory_names_nothing_and_survives_export_and_import(
    store: Bench, write: Write, tmp_path: Path
) -> None:
    source, a = write("s.yaml", SOURCE), write("two_a.csv", *NAMES)
    store.ingest(a, write("two_b.csv", *MARKS), source=source)
    opened = store.open()
    try:
        assert "Refusal" not in str(count(opened)["nodes"])
        export_store(opened, tmp_path / "out")
    finally:
        opened.close()
    exported = "".join(path.read_text(errors="replace") for path in (tmp_path / "out").iterdir())
    assert "紫电" not in exported and "绝不外传" not in exported and '"key":"2"' not in exported
    other = Bench(store.folder, str(tmp_path / "other"), store.schema, store.encoder, store.reader)
    filled = open_store(other.url, write=True)
    try:
        import_store(tmp_path / "out", filled)
    finally:
        filled.close()
    assert other.ingest(a, source=source).quarantined == {"classified": 1}
    assert _seen(other) == {"1": "restricted", "3": "public"}


def test_a_reader_cannot_ask_for_a_refusal(bench: Bench, write: Write) -> None:
    bench.ingest(write("two_b.csv", *MARKS), source=write("s.yaml", SOURCE))
    (refusal,) = bench.query("MATCH (n:Refusal) RETURN n.id AS id")
    opened = bench.open()
    try:
        view = View(opened)
        assert not view.find(refusal["id"]) and not view.withheld(refusal["id"]) and not view.withheld("2")
    finally:
        opened.close()
