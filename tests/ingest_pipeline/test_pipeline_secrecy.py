"""Classified rows leave nothing anywhere; restricted ones are stored and show nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

PUBLIC = "A1,公开的成果,一种烧结方法,甲公司,新材料,烧结,2024,5,公开"
RESTRICTED = "A2,内部的成果,龙血树脂封装,神秘研究所,暗物质领域,封装,2024,5,内部"
SECRET = "A3,绝密的成果,紫电青霜合金熔炼,青霜研究院,紫电领域,熔炼,2024,5,机密"

Register = Callable[..., Path]


def _bytes_below(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _everything(bench: Bench) -> bytes:
    """The store's files as they are and, for the graph's file is packed, all properties."""
    rows = bench.query("MATCH (n) RETURN properties(n) AS p") + bench.query(
        "MATCH ()-[r]->() RETURN properties(r) AS p"
    )
    return _bytes_below(Path(bench.url)) + str(rows).encode()


def test_a_classified_row_leaves_no_trace(bench: Bench, register: Register) -> None:
    file = register("a.csv", PUBLIC, SECRET, "A4,有错的成果,简介,丁公司,领域,词,2024,12,公开")
    quarantine = bench.folder / "held"
    report = bench.ingest(file, quarantine_dir=quarantine)
    assert report.quarantined["classified"] == 1
    assert [(place.file, place.line) for place in report.classified] == [(str(file), 3)]
    written = _everything(bench) + _bytes_below(quarantine) + str(report.document()).encode()
    for word in ("紫电", "青霜", "绝密的成果", "A3"):
        assert word.encode() not in written
        assert word.encode("utf-16-le") not in written
    assert "公开的成果".encode() in _everything(bench), "the search itself works"
    assert "有错的成果".encode() in _bytes_below(quarantine)


def test_a_record_that_becomes_classified_is_deleted(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", PUBLIC, SECRET.replace("机密", "公开")))
    assert bench.node("A3").properties["access"] == "public"
    report = bench.ingest(register("a.csv", PUBLIC, SECRET))
    assert report.quarantined == {"classified": 1}
    written = _everything(bench)
    for word in ("紫电", "青霜", "绝密的成果"):
        assert word.encode() not in written
    assert bench.hits("紫电青霜合金熔炼") <= {bench.node("A1").id, *_ids(bench)}


def test_a_classified_row_without_its_key_takes_the_record_of_its_name(
    bench: Bench, register: Register
) -> None:
    bench.ingest(register("a.csv", PUBLIC, SECRET.replace("机密", "公开")))
    bench.ingest(register("a.csv", PUBLIC, SECRET.replace("A3,", ",")))
    assert "紫电".encode() not in _everything(bench)
    assert bench.node("A1").properties["access"] == "public"


def _ids(bench: Bench) -> set[str]:
    return {row["id"] for row in bench.query("MATCH (n) RETURN n.id AS id")}


def test_restricted_records_are_in_no_index_and_hide_what_only_they_name(
    bench: Bench, register: Register
) -> None:
    bench.ingest(register("a.csv", PUBLIC, RESTRICTED))
    hidden = bench.node("A2")
    assert hidden.properties["access"] == "restricted"
    found = bench.hits("龙血树脂封装 神秘研究所 暗物质领域 内部的成果")
    names = {
        row["name"]: (row["access"], row["id"])
        for row in bench.query("MATCH (n) RETURN n.name AS name, n.access AS access, n.id AS id")
    }
    for name in ("内部的成果", "神秘研究所", "暗物质领域"):
        assert names[name][0] == "restricted"
        assert names[name][1] not in found
    assert names["甲公司"][0] == names["新材料"][0] == "public"


def test_parts_of_a_restricted_record_are_restricted(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", "A2,内部的成果,先混合，再在1600℃烧结,甲,乙,丙,2024,5,内部"))
    rows = bench.query("MATCH (a)-[:HAS_STEP]->(s)-[:NEEDS]->(u) RETURN s.access AS s, u.access AS u")
    assert rows and all(row == {"s": "restricted", "u": "restricted"} for row in rows)


@pytest.mark.parametrize("first", ["公开", "内部"])
def test_visibility_follows_the_mark(bench: Bench, register: Register, first: str) -> None:
    second = "内部" if first == "公开" else "公开"
    row = RESTRICTED.removesuffix("内部") + "{}"
    bench.ingest(register("a.csv", PUBLIC, row.format(first)))
    bench.ingest(register("a.csv", PUBLIC, row.format(second)))
    other = Bench(bench.folder, str(bench.folder / "fresh"), bench.schema, bench.encoder, bench.reader)
    other.ingest(register("a.csv", PUBLIC, row.format(second)))
    assert bench.dump() == other.dump()
    shown = bench.node("A2").id in bench.hits("龙血树脂封装")
    assert shown == (second == "公开")


def test_an_owner_is_public_as_soon_as_a_public_record_names_it(bench: Bench, register: Register) -> None:
    bench.ingest(register("a.csv", RESTRICTED))
    bench.ingest(register("b.csv", "B1,另一成果,简介,神秘研究所,新材料,词,2024,5,公开"))
    (owner,) = bench.query("MATCH (n:Organization) RETURN n.access AS access, n.id AS id")
    assert owner["access"] == "public" and owner["id"] in bench.hits("神秘研究所")
    (field,) = bench.query("MATCH (n:Field) WHERE n.name = '暗物质领域' RETURN n.access AS access")
    assert field["access"] == "restricted"


def test_personal_data_is_in_neither_store_nor_quarantine(bench: Bench, write: Register) -> None:
    file = write(
        "a.csv",
        "成果编号,成果名称,成果简介,完成单位,技术成熟度,联系人,联系电话",
        "A1,成果一,简介,甲公司,5,诸葛亮明,13812345678",
        "A2,成果二,简介,甲公司,12,司马昭懿,13987654321",
    )
    report = bench.ingest(file)
    assert sum(report.quarantined.values()) == 1
    written = _everything(bench)
    for word in ("诸葛亮明", "13812345678", "司马昭懿", "13987654321"):
        assert word.encode() not in written
