"""The reader's facts in the graph: where they stand, what a newer reader replaces, what a person corrects."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from workbench import Bench

from embeddings.encoder import Encoder
from ingest.pipeline import Options
from ingest.pipeline.corrections import Correction, parse_correction
from ingest.pipeline.rereading import Rereading
from kg.errors import EncoderMismatchError, UsageError
from kg.reading import FieldScore, Reader, Reading
from kg.store import open_store

ROW = (
    "A1,高镍三元材料,将前驱体混合后在800℃烧结并气流粉碎。已完成公斤级放大，产品经第三方检测。目标是建成吨级中试线。,"
    "某大学,新能源,正极材料,2024,4,公开"
)
FACTS = (
    "MATCH (a:Achievement {key: 'A1'})-[r]->(e:EvidenceItem) "
    "RETURN type(r) AS edge, e.name AS name, e.text AS text, e.`start` AS start, e.`end` AS stop, "
    "e.field AS field, e.component AS component ORDER BY start"
)
STEPS = "MATCH (a {key: 'A1'})-[:HAS_STEP]->(s) RETURN s.name AS name, s.component AS component"


@pytest.fixture
def file(register: Callable[..., Path]) -> Path:
    return register("a.csv", ROW)


@dataclass(frozen=True)
class Newer:
    """A later version of the reader that no longer sees 气流粉碎."""

    inner: Reader
    version: str = "reader-later"

    def read(self, text: str) -> Reading:
        found = self.inner.read(text)
        return replace(found, unit_ops=tuple(one for one in found.unit_ops if one.name != "气流粉碎"))

    def read_many(self, texts: Iterable[str], *, fields: bool = True) -> Iterator[Reading]:
        for found in self.inner.read_many(texts, fields=fields):
            yield replace(found, unit_ops=tuple(one for one in found.unit_ops if one.name != "气流粉碎"))

    def classify(self, texts: Sequence[str]) -> list[tuple[FieldScore, ...]]:
        return self.inner.classify(texts)


def steps(bench: Bench) -> dict[str, str]:
    return {row["name"]: row["component"] for row in bench.query(STEPS)}


def corrected(bench: Bench, *given: Correction) -> dict[str, list[str]]:
    store = open_store(bench.url, write=True)
    try:
        rereading = Rereading(store, bench.schema, lambda: bench.encoder, bench.reader)
        return rereading.correct(store.find("A1")[0], given)
    finally:
        store.close()


def test_evidence_stands_with_its_words_place_and_version(bench: Bench, file: Path) -> None:
    bench.ingest(file)
    found = bench.query(FACTS)
    abstract = ROW.split(",")[2]
    assert found and {row["component"] for row in found} == {bench.reader.version}
    assert all(
        abstract[row["start"] : row["stop"]] == row["text"] for row in found if row["field"] == "abstract"
    )
    edges = {row["edge"] for row in found}
    assert "PROVED_BY" in edges and "AIMS_AT" in edges, found
    assert not [row for row in found if "中试线" in row["text"] and row["edge"] == "PROVED_BY"]


def test_a_run_counts_what_it_read_by_component_as_it_stands_in_the_graph(bench: Bench, file: Path) -> None:
    counts = bench.ingest(file).document()["read_facts"]
    assert list(counts) == ["unit_ops", "quantities", "maturity", "fields", "terms", "flags", "conditions"]
    assert counts["unit_ops"] == len(steps(bench)) == 3 and counts["quantities"] == 1
    assert counts["maturity"] == len(bench.query(FACTS)) > 0 and counts["terms"] > 0
    assert not any(bench.ingest(file).read_facts.values()), "an unchanged record is not read again"


def test_a_newer_reader_replaces_its_own_facts_and_nothing_else(bench: Bench, file: Path) -> None:
    bench.ingest(file)
    assert "气流粉碎" in steps(bench)
    before = bench.dump()
    bench.encoder.texts.clear()
    newer = replace(bench, reader=Newer(bench.reader))
    report = newer.ingest(file)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert "气流粉碎" not in steps(bench) and set(steps(bench).values()) == {"reader-later"}
    after = bench.dump()
    [record] = [node for node in after["nodes"] if node.startswith("achievement-")]
    kept = {
        name: value
        for name, value in before["nodes"][record][1].items()
        if name not in ("reader", "quantities")
    }
    assert kept.items() <= after["nodes"][record][1].items()
    assert not [text for text in bench.encoder.texts if "高镍" in text], "the record is not embedded again"
    bench.ingest(file)
    assert bench.dump() == before, "and back again"


def test_a_correction_outlives_a_changed_row_and_a_newer_reader(
    bench: Bench, file: Path, register: Callable[..., Path]
) -> None:
    bench.ingest(file)
    wrong = Correction("unit_op", "烧结", "wrong", "2026-11-25", "no: calcination")
    right = Correction("unit_op", "煅烧", "right", "2026-11-25")
    found = corrected(bench, wrong, right, Correction("field", "新能源", "right", "2026-11-25"))
    assert "煅烧" in found["unit_ops"] and "烧结" not in found["unit_ops"] and "新能源" in found["fields"]
    bench.ingest(register("b.csv", ROW.replace("800℃", "820℃")))
    assert {"煅烧"} <= set(steps(bench)) and "烧结" not in steps(bench)
    replace(bench, reader=Newer(bench.reader)).ingest(register("c.csv", ROW.replace("800℃", "820℃")))
    assert "煅烧" in steps(bench) and "烧结" not in steps(bench)
    back = corrected(bench, Correction("unit_op", "烧结", "right", "2026-11-26"))
    assert "烧结" in back["unit_ops"], "the last word counts"


def test_corrections_are_kept_with_who_says_so(bench: Bench, file: Path) -> None:
    bench.ingest(file)
    corrected(bench, Correction("unit_op", "烧结", "wrong", "2026-11-25", "张工"))
    [row] = bench.query("MATCH (a:Achievement {key: 'A1'}) RETURN a.corrections AS found")
    assert [json.loads(text)["note"] for text in row["found"]] == ["张工"]


def test_what_names_no_fact_is_refused() -> None:
    for text in ("造粒", "process=造粒", "unit_op="):
        with pytest.raises(UsageError, match="names no fact"):
            parse_correction(text, "wrong", "2026-11-25")


def test_what_is_retired_is_not_read_again_and_leaves_no_owner_behind(
    bench: Bench, register: Callable[..., Path]
) -> None:
    other = ROW.replace("A1,", "A2,").replace("某大学", "乙公司").replace("新能源", "核技术")
    bench.ingest(register("a.csv", ROW, other))
    bench.ingest(register("a.csv", ROW), complete=True)
    store = open_store(bench.url, write=True)
    try:
        assert (
            Rereading(store, bench.schema, lambda: bench.encoder, Newer(bench.reader))
            .all(Options(batch=100))
            .records
            == 1
        )
    finally:
        store.close()
    seen = "MATCH (n) WHERE n.access = 'public' AND NOT n.retired RETURN n.name AS name, n.stated_by AS by"
    [gone] = [row["id"] for row in bench.query("MATCH (n:Achievement {key: 'A2'}) RETURN n.id AS id")]
    rows = bench.query(seen)
    assert not [row for row in rows if row["by"] == gone]
    assert not {"乙公司", "核技术"} & {row["name"] for row in rows}
    bench.ingest(register("a.csv", ROW, other))
    assert {"乙公司", "核技术"} <= {row["name"] for row in bench.query(seen)}


def test_a_step_taken_away_leaves_its_numbers_with_the_record(bench: Bench, file: Path) -> None:
    bench.ingest(file)
    corrected(bench, Correction("unit_op", "烧结", "wrong", "2026-11-25"))
    [row] = bench.query("MATCH (a:Achievement {key: 'A1'}) RETURN a.quantities AS found")
    assert "800℃" in [json.loads(text)["text"] for text in row["found"]]


def test_a_correction_goes_by_the_listed_name() -> None:
    assert parse_correction("unit_op=喷干", "right", "2026-11-25").name == "喷雾干燥"


def test_another_encoder_is_refused_before_it_writes(bench: Bench, file: Path, encoder: Encoder) -> None:
    bench.ingest(file)

    class Other:
        name, dimension, fingerprint = "other", 256, "0" * 64
        encode = staticmethod(encoder.encode)

    store = open_store(bench.url, write=True)
    try:
        rereading = Rereading(store, bench.schema, Other, bench.reader)
        with pytest.raises(EncoderMismatchError, match="other"):
            rereading.correct(store.find("A1")[0], [Correction("unit_op", "怪异步骤", "right", "2026-11-25")])
    finally:
        store.close()
