"""The reader as a whole: its pipeline, offsets, awkward texts, and which quantity belongs to which step."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.enrich import build_reader
from ingest.enrich.pipeline import build_pipeline
from kg.reading import Reader, Reading, steps
from kg.vocabulary.loading import VocabularyError


@pytest.fixture(scope="module")
def reader() -> Reader:
    return build_reader()


TEXT = "经喷雾干燥造粒，日处理 2 t，粒径5–10 μm；在1600℃真空烧结2 h，成品密度99%。"


def test_a_reading_holds_all_facts_with_offsets(reader: Reader) -> None:
    reading = reader.read(TEXT)
    assert [mention.text for mention in reading.unit_ops] == ["喷雾干燥造粒", "真空烧结"]
    assert [TEXT[m.start : m.end] for m in reading.quantities] == ["2 t", "5–10 μm", "1600℃", "2 h", "99%"]


def test_quantities_belong_to_the_nearest_operation_of_their_clause(reader: Reader) -> None:
    found = steps(reader.read(TEXT), TEXT)
    held = {step.name: [TEXT[q.start : q.end] for q in step.quantities] for step in found.steps}
    assert held == {"喷雾造粒": ["2 t", "5–10 μm"], "真空烧结": ["1600℃", "2 h"]}
    assert [TEXT[q.start : q.end] for q in found.loose] == ["99%"]


def test_a_quantity_of_a_rejected_operation_stays_with_it(reader: Reader) -> None:
    text = "传统烧结在1700℃下进行，能耗高；本项目在900℃低温共烧。"
    found = steps(reader.read(text), text)
    assert [(step.name, step.own, [q.quantity.value for q in step.quantities]) for step in found.steps] == [
        ("低温共烧", True, [900]),
        ("烧结", False, [1700]),
    ]


def test_many_texts_read_as_one_by_one(reader: Reader) -> None:
    texts = [TEXT, "", "no Chinese at all, 5 m", "经球磨后过筛。"]
    assert list(reader.read_many(texts)) == [reader.read(text) for text in texts]


def test_fields_can_be_left_out_and_classified_apart(reader: Reader) -> None:
    texts = ["一种玉米育种方法，提高水稻产量。", ""]
    full = [replace(reading, fields=()) for reading in reader.read_many(texts)]
    assert list(reader.read_many(texts, fields=False)) == full
    assert reader.classify(texts) == [reading.fields for reading in reader.read_many(texts)]
    assert reader.classify(texts)[0]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "plain English", "\ud800", "，。；", "🧪🧪", "$1 0 \\mathrm { k g }$"]
)
def test_odd_texts_read_without_a_fact_or_a_crash(reader: Reader, text: str) -> None:
    assert reader.read(text).unit_ops == ()


def test_offsets_count_code_points(reader: Reader) -> None:
    text = "🧪𠮷经球磨3 h"
    reading = reader.read(text)
    assert text[reading.unit_ops[0].start : reading.unit_ops[0].end] == "球磨"
    assert text[reading.quantities[0].start : reading.quantities[0].end] == "3 h"


def test_two_megabytes_are_read(reader: Reader) -> None:
    sentence = "经球磨、烧结制得陶瓷，温度1600℃。"
    count = 2_000_000 // len(sentence.encode()) + 1
    reading = reader.read(sentence * count)
    assert len(reading.unit_ops) == 2 * count
    assert len(reading.quantities) == count


def test_components_write_spans_that_any_spacy_user_can_take() -> None:
    nlp = build_pipeline()
    assert nlp.pipe_names[:3] == ["zhongshi_unit_operations", "zhongshi_quantities", "zhongshi_maturity"]
    doc = nlp(TEXT)
    assert [span.label_ for span in doc.spans["unit_ops"]] == ["喷雾造粒", "真空烧结"]
    assert [span.start_char for span in doc.spans["quantities"]] == [TEXT.index("2 t"), *(
        TEXT.index(words) for words in ("5–10", "1600", "2 h", "99%")
    )]  # fmt: skip
    assert len(doc) == len(TEXT)


def test_another_vocabulary_changes_the_version_and_the_reading(tmp_path: Path, reader: Reader) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("family: 织\nops:\n  踏花: {en: treading, also: [踏纹]}\n", encoding="utf-8")
    own = build_reader(file)
    assert own.version != reader.version
    assert [m.name for m in own.read("布料先踏纹再烧结。").unit_ops] == ["踏花"]


def test_a_wrong_vocabulary_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError):
        build_reader(tmp_path / "missing.yaml")


def test_building_a_reader_does_not_import_spacy() -> None:
    program = (
        "import sys; from ingest.enrich import build_reader; build_reader(); print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_empty_text_is_an_empty_reading(reader: Reader) -> None:
    assert reader.read("") == Reading()
