"""The steps of the distillation, each on a small case."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from embeddings import EncoderError
from embeddings.distil import Document, distil, read_corpus
from embeddings.distil.start import centre, starting_point
from embeddings.distil.student import Student
from embeddings.distil.texts import training_texts
from embeddings.distil.vocabulary import build_vocabulary
from embeddings.distil.words import Lexicon
from embeddings.export import write_int8
from embeddings.static import normalise, read_static


class _EveryPairIsANoun:
    def cut(self, text: str) -> list[tuple[str, str]]:
        return [(text[i : i + 2], "n") for i in range(0, len(text), 2)]


@pytest.fixture
def lexicon() -> Lexicon:
    general = {"石": 90, "墨": 60, "烯": 5, "石墨": 40, "石墨烯": 20, "薄膜": 70, "水稻": 300}
    words = ("水稻", "薄膜", "石墨", "石墨烯")
    return Lexicon(general, Counter({"石墨烯": 9}), Counter({"cvd": 7}), words, words, _EveryPairIsANoun())


def test_the_corpus_is_read_by_source_and_in_lower_case(tmp_path: Path) -> None:
    rows = [
        {"title": "CVD石墨烯", "abstract": "Cu 箔", "source": "open"},
        {"title": "他处", "abstract": "摘要", "source": "closed"},
        {"title": "没有摘要", "abstract": "", "source": "open"},
    ]
    with gzip.open(tmp_path / "rows.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    assert read_corpus(tmp_path / "rows.jsonl.gz", "open") == (Document("cvd石墨烯", "cu 箔"),)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"title": "a", "abstract": "b"}\n{"title": \n', encoding="utf-8")
    with pytest.raises(EncoderError, match="line 2"):
        read_corpus(tmp_path / "rows.jsonl")


def test_a_tiny_corpus_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="at least 100"):
        distil(tmp_path, [Document("a", "b")], tmp_path / "out")


def test_training_texts_are_seeded_and_pair_a_title_with_its_abstract(lexicon: Lexicon) -> None:
    corpus = [Document("石墨烯薄膜", "甲"), Document("水稻育种方法", "乙"), Document("石墨烯薄膜", "丙")]
    found = training_texts(corpus, lexicon, random.Random(7))
    assert found == training_texts(corpus, lexicon, random.Random(7))
    assert found != training_texts(corpus, lexicon, random.Random(8))
    assert found.real == 6
    for one, other in found.pairs:
        assert found.texts[other].startswith(("石墨烯薄膜。甲", "水稻育种方法。乙")[one % 2])


def test_the_most_frequent_words_are_kept_and_every_character(lexicon: Lexicon) -> None:
    vocabulary = build_vocabulary(lexicon, ["膜", "##x", "cvd", "[CLS]"], keep=2)
    assert vocabulary.tokens[:6] == ("石", "墨", "烯", "膜", "石墨烯", "水稻")
    assert len(vocabulary.tokens) == len(vocabulary.log_probability) == len(vocabulary.weight)


def test_the_tokenizer_takes_the_longest_likely_word_and_folds_width_and_case(lexicon: Lexicon) -> None:
    tokenizer = build_vocabulary(lexicon, ["膜"], keep=9).tokenizer()
    assert tokenizer.encode("石墨烯薄膜ＣＶＤ").tokens == ["石墨烯", "薄膜", "cvd"]
    assert tokenizer.encode("쓰").ids == [0]


def test_the_start_is_centred_and_makes_common_words_light() -> None:
    rng = np.random.default_rng(0)
    words = rng.normal(size=(50, 16)).astype(np.float32) + 3
    start = starting_point(words, words[:20], np.array([1e6] + [1.0] * 49), 8)
    assert start.rows.shape == (51, 8) and not start.rows[0].any()
    assert np.allclose(np.linalg.norm(start.goals, axis=1), 1, atol=1e-5)
    lengths = np.linalg.norm(start.rows[1:], axis=1)
    assert lengths[0] < lengths[1:].min()


def test_centring_brings_the_mean_of_unit_vectors_to_zero_and_spares_the_unknown() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(100, 16)).astype(np.float32) + 0.5
    ids = [rng.integers(1, 100, size=rng.integers(2, 30)) for _ in range(400)]
    moved = centre(rows, ids)
    vectors = normalise(np.vstack([moved[text].mean(axis=0) for text in ids]))
    assert np.linalg.norm(vectors.mean(axis=0)) < 0.01
    assert not moved[0].any()


def test_int8_rows_keep_their_direction(tmp_path: Path, lexicon: Lexicon) -> None:
    tokenizer = build_vocabulary(lexicon, ["膜"], keep=9).tokenizer()
    rows = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 64)).astype(np.float32)
    rows[0] = 0
    write_int8(rows, tokenizer, tmp_path / "model")
    read = read_static(tmp_path / "model").rows
    assert (normalise(read[1:]) * normalise(rows[1:])).sum(axis=1).min() > 0.9999
    assert not read[0].any()


def test_training_is_seeded_and_turns_the_student_towards_the_teacher() -> None:
    pytest.importorskip("torch", reason="the extra transformers is not installed")
    rng = np.random.default_rng(0)
    words = rng.normal(size=(200, 32)).astype(np.float32)
    ids = [rng.integers(1, 201, size=6) for _ in range(300)]
    # The teacher weighs its words: the second half of them counts four times as much.
    share = np.where(np.arange(200) < 100, 1, 4)[:, None]
    texts = normalise(np.vstack([(words * share)[text - 1].mean(axis=0) for text in ids]))
    start = starting_point(words, texts, np.ones(200), 32)
    pairs = np.array([(i, i) for i in range(300)])

    def cosine(rows: np.ndarray) -> float:
        found = normalise(np.vstack([rows[text].mean(axis=0) for text in ids]))
        return float((found * start.goals).sum(axis=1).mean())

    students = [Student(start, ids) for _ in range(2)]
    before = cosine(students[0].rows())
    for student in students:
        student.train(pairs, 60, 3, lambda message: None)
    assert cosine(students[0].rows()) > before + 0.05
    assert np.array_equal(students[0].rows(), students[1].rows())
