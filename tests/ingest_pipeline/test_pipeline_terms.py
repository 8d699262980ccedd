"""Terms link records: what makes one, who may see it, and what outlives a new reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench import Bench

from ingest.pipeline.corrections import Correction
from ingest.pipeline.rereading import Rereading
from kg.access import View
from kg.reading import FieldScore, Reader, Reading
from kg.store import open_store

Register = Callable[..., Path]
TERMS = (
    "MATCH (a:Achievement)-[:MENTIONS]->(t:Term) RETURN t.name AS name, a.key AS record ORDER BY name, record"
)


def row(key: str, keywords: str, access: str = "公开", abstract: str = "简单说明。") -> str:
    return f"{key},标题{key},{abstract},某大学,新能源,{keywords},2024,4,{access}"


def terms(bench: Bench) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in bench.query(TERMS):
        found.setdefault(one["name"], []).append(one["record"])
    return found


def nodes(bench: Bench) -> list[tuple[str, str]]:
    return [
        (one["name"], one["access"])
        for one in bench.query("MATCH (t:Term) RETURN t.name AS name, t.access AS access")
    ]


def test_keywords_that_two_records_state_link_them_however_they_are_written(
    bench: Bench, register: Register
) -> None:
    rows = (row("A1", "ＬiＦePO4；喷雾造粒"), row("A2", "lifepo4；喷雾制粒"), row("A3", "LiFePO4；孤例"))
    bench.ingest(register("a.csv", *rows))
    assert terms(bench) == {"LiFePO4": ["A1", "A2", "A3"], "喷雾造粒": ["A1", "A2"]}


def test_the_order_of_files_and_a_second_run_change_nothing(
    bench: Bench, register: Register, tmp_path: Path
) -> None:
    first, second = register("a.csv", row("A1", "石墨烯")), register("b.csv", row("A2", "石墨烯"))
    bench.ingest(first)
    assert terms(bench) == {}
    bench.ingest(second)
    assert terms(bench) == {"石墨烯": ["A1", "A2"]}
    before = bench.dump()
    bench.ingest(first, second)
    assert bench.dump() == before
    other = replace(bench, url=str(tmp_path / "other"))
    other.ingest(second, first)
    assert terms(other) == terms(bench)


def test_read_terms_link_three_records(bench: Bench, register: Register) -> None:
    text = "采用磷酸铁锂正极材料。"
    bench.ingest(register("a.csv", row("A1", "", abstract=text), row("A2", "", abstract=text)))
    assert terms(bench) == {}
    bench.ingest(register("b.csv", row("A3", "", abstract=text)))
    assert ["A1", "A2", "A3"] in terms(bench).values()


def test_a_restricted_record_neither_counts_nor_mentions(bench: Bench, register: Register) -> None:
    bench.ingest(
        register(
            "a.csv",
            row("A1", "石墨烯"),
            row("A2", "石墨烯", "内部"),
            row("A3", "密词", "内部"),
            row("A4", "密词", "内部"),
        )
    )
    assert nodes(bench) == []
    bench.ingest(register("b.csv", row("A1", "石墨烯"), row("A2", "石墨烯")))
    assert terms(bench) == {"石墨烯": ["A1", "A2"]}
    bench.ingest(register("c.csv", row("A1", "石墨烯"), row("A2", "石墨烯", "内部")))
    assert nodes(bench) == []


def test_a_record_that_is_gone_mentions_nothing(bench: Bench, register: Register) -> None:
    file = register("a.csv", *(row(key, "石墨烯") for key in ("A1", "A2", "A3")))
    bench.ingest(file)
    bench.ingest(register("a.csv", row("A1", "石墨烯"), row("A2", "钙钛矿")), complete=True)
    assert nodes(bench) == []


def test_show_of_a_term_gives_its_records_and_a_thing_of_that_name_comes_first(
    bench: Bench, register: Register
) -> None:
    bench.ingest(register("a.csv", row("A1", "石墨烯；新能源"), row("A2", "石墨烯；新能源")))
    store = open_store(bench.url)
    try:
        view = View(store)
        assert {near.node.properties["key"] for near in view.neighbours(view.one("石墨烯").id)} == {
            "A1",
            "A2",
        }
        assert view.one("新能源").kind == "Field"
    finally:
        store.close()


@dataclass(frozen=True)
class Newer:
    """A later reader that finds no term."""

    inner: Reader
    version: str = "reader-later"

    def read(self, text: str) -> Reading:
        return replace(self.inner.read(text), terms=())

    def read_many(self, texts: Iterable[str], *, fields: bool = True) -> Iterator[Reading]:
        return (replace(one, terms=()) for one in self.inner.read_many(texts, fields=fields))

    def classify(self, texts: Sequence[str]) -> list[tuple[FieldScore, ...]]:
        return self.inner.classify(texts)


def test_a_newer_reader_replaces_its_mentions_and_a_correction_outlives_it(
    bench: Bench, register: Register
) -> None:
    text = "采用磷酸铁锂正极材料。"
    file = register("a.csv", *(row(key, "石墨烯", abstract=text) for key in ("A1", "A2", "A3")))
    bench.ingest(file)
    assert len(terms(bench)) > 1
    store = open_store(bench.url, write=True)
    try:
        rereading = Rereading(store, bench.schema, lambda: bench.encoder, bench.reader)
        rereading.correct(store.find("A1")[0], [Correction("term", "石墨烯", "wrong", "2026-11-25")])
    finally:
        store.close()
    assert terms(bench)["石墨烯"] == ["A2", "A3"]
    replace(bench, reader=Newer(bench.reader)).ingest(file)
    assert terms(bench) == {"石墨烯": ["A2", "A3"]}
