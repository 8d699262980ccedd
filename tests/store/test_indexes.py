"""Vectors and full text: the same on both stores."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import EncoderMismatchError, StoreError
from kg.store.base import GraphStore, IndexInfo, Scored, Vectors
from tests.store.conftest import Opener
from tests.store.samples import INFO, NODES, OWNER, fill, node, unit


def _ids(found: list[Scored]) -> list[str]:
    return [one.id for one in found]


def test_nearest_scores_the_raw_cosine_best_first(store: GraphStore) -> None:
    fill(store)
    found = store.nearest(unit(1), 10)
    assert _ids(found) == ["achievement-1", "achievement-2", "pilotline-1"]
    expected = [1 / np.sqrt(1.01), 1 / np.sqrt(2), 0.0]
    assert [one.score for one in found] == pytest.approx(expected, abs=6e-6)


def test_a_vector_finds_itself_with_one(store: GraphStore) -> None:
    fill(store)
    [found] = store.nearest(unit(1, 1), 1)
    assert found == Scored("achievement-2", 1.0)


def test_vectors_come_back_as_they_were_put(store: GraphStore) -> None:
    fill(store)
    found = store.vectors(["achievement-1", "nothing", "organization-1"])
    assert list(found) == ["achievement-1"]
    assert found["achievement-1"].dtype == np.float32
    assert np.array_equal(found["achievement-1"], unit(1, 0.1))


def test_nearest_keeps_to_kinds_and_their_children(store: GraphStore) -> None:
    fill(store)
    with store.transaction() as work:
        work.put_vectors(["organization-1"], unit(0, 0, 1)[None])
    assert _ids(store.nearest(unit(1), 10, kinds=["PilotLine"])) == ["pilotline-1"]
    assert _ids(store.nearest(unit(1), 10, kinds=["Organization"])) == ["organization-1"]
    assert _ids(store.nearest(unit(1), 10, kinds=["Organization", "PilotLine"])) == [
        "organization-1",
        "pilotline-1",
    ]


def test_nearest_and_text_among_ids_score_exactly_those(store: GraphStore) -> None:
    fill(store)
    among = ["pilotline-1", "achievement-2", "organization-1", "nothing"]
    assert _ids(store.nearest(unit(1), 10, among=among)) == ["achievement-2", "pilotline-1"]
    assert _ids(store.nearest(unit(1), 10, among=among, kinds=["PilotLine"])) == ["pilotline-1"]
    assert store.nearest(unit(1), 10, among=[]) == []
    assert _ids(store.match_text(["干燥", "粉末", "低温"], 10, among=["pilotline-1"])) == ["pilotline-1"]
    assert store.match_text(["干燥"], 10, among=[]) == []


def test_a_filtered_search_finds_the_rare_kind_among_many(store: GraphStore) -> None:
    """The filter comes after Neo4j's index: it must ask for more, or score the kind by itself."""
    random = np.random.default_rng(7)
    rows = random.normal(size=(400, 8)).astype(np.float32)
    rows[:, 0] = np.abs(rows[:, 0]) + 3
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = [f"achievement-{number:03}" for number in range(400)]
    far = unit(-1, 0.5)
    store.set_index_info(INFO)
    with store.transaction() as work:
        work.upsert_nodes([node(one, "Achievement") for one in ids] + [node("unitop-far", "UnitOp")])
        work.put_vectors([*ids, "unitop-far"], np.vstack([rows, far]))
    assert _ids(store.nearest(unit(1), 5, kinds=["UnitOp"])) == ["unitop-far"]
    assert _ids(store.nearest(unit(1), 20)) == _exact(ids, rows, unit(1))[:20]


def _exact(ids: list[str], rows: Vectors, query: Vectors) -> list[str]:
    scores = np.round(rows.astype(np.float64) @ query.astype(np.float64), 6)
    return [one for _, one in sorted((-score, one) for score, one in zip(scores, ids, strict=True))]


def test_equal_scores_are_ordered_by_id(store: GraphStore) -> None:
    ids = [f"achievement-{number:02}" for number in range(40)]
    store.set_index_info(INFO)
    with store.transaction() as work:
        work.upsert_nodes([node(one, "Achievement") for one in ids])
        mixed = ids[::2][::-1] + ids[1::2]
        work.put_vectors(mixed, np.repeat(unit(1, 2)[None], 40, axis=0))
        work.put_texts(mixed, ["同 样"] * 40)
    assert _ids(store.nearest(unit(1), 10)) == ids[:10]
    assert _ids(store.match_text(["同"], 10)) == ids[:10]


def test_chinese_text_is_matched_by_its_tokens(store: GraphStore) -> None:
    fill(store)
    assert _ids(store.match_text(["喷雾", "干燥", "线"], 10)) == ["pilotline-1"]
    assert set(_ids(store.match_text(["低温", "合金"], 10))) == {"achievement-1", "achievement-2"}
    assert _ids(store.match_text(["干燥", "钛"], 10, kinds=["Achievement"])) == ["achievement-2"]
    assert store.match_text(["没有"], 10) == []
    assert store.match_text([], 10) == []


def test_bm25_is_lucenes(store: GraphStore) -> None:
    """By hand: idf ln(1 + (N - n + .5) / (n + .5)), the rest tf / (tf + k1 (1 - b + b length / mean))."""
    with store.transaction() as work:
        work.upsert_nodes(NODES)
        work.put_texts(["achievement-1", "achievement-2"], ["甲 甲 乙", "乙"])
    [found] = store.match_text(["甲"], 10)
    expected = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5)) * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    assert found.score == pytest.approx(expected, abs=1e-3)
    [twice] = store.match_text(["甲", "甲"], 10)
    assert twice.score == pytest.approx(2 * expected, abs=2e-3)


def test_words_of_the_query_language_are_taken_literally(store: GraphStore) -> None:
    words = ["+", "-", "&&", "||", "!", "(", ")", "{", "}", "[", "]", "^", '"', "~", "*", "?", ":", "\\", "/",
             "AND", "OR", "NOT", "TO", "a:b", "<", ">", "=", "tio2", "_kinds:x"]  # fmt: skip
    with store.transaction() as work:
        work.upsert_nodes([node(f"unitop-{number}", "UnitOp") for number in range(len(words))])
        work.put_texts([f"unitop-{number}" for number in range(len(words))], words)
    for number, word in enumerate(words):
        assert _ids(store.match_text([word], 10)) == [f"unitop-{number}"], word


def test_a_very_long_query_and_a_very_long_token_are_answered(store: GraphStore) -> None:
    with store.transaction() as work:
        work.upsert_nodes(NODES)
        work.put_texts(["achievement-1", "achievement-2"], ["长" * 400, "短"])
    tokens = [f"词{number}" for number in range(3000)]
    assert _ids(store.match_text(["短", *tokens], 10)) == ["achievement-2"]
    assert _ids(store.match_text(["长" * 400], 10)) == ["achievement-1"]


def test_new_vectors_and_texts_replace_the_old(store: GraphStore) -> None:
    fill(store)
    store.save()
    with store.transaction() as work:
        work.put_vectors(["achievement-1"], unit(0, 0, 0, 1)[None])
        work.put_texts(["achievement-1"], ["新 词 新词"])
    assert store.nearest(unit(0, 0, 0, 1), 1) == [Scored("achievement-1", 1.0)]
    assert store.match_text(["低温"], 10) == []
    assert _ids(store.match_text(["新词"], 10)) == ["achievement-1"]


def test_dropped_ids_are_not_found_and_their_nodes_stay(store: GraphStore) -> None:
    fill(store)
    with store.transaction() as work:
        work.drop_from_indexes(["achievement-1", "unitop-1"])
    assert "achievement-1" not in _ids(store.nearest(unit(1), 10))
    assert store.match_text(["低温"], 10) == []
    assert store.vectors(["achievement-1"]) == {}
    assert "achievement-1" in store.get(["achievement-1"])


def test_vectors_need_an_encoder_a_node_and_the_right_shape(store: GraphStore) -> None:
    with pytest.raises(StoreError, match="encoder"), store.transaction() as work:
        work.upsert_nodes([OWNER])
        work.put_vectors([OWNER.id], unit(1)[None])
    fill(store)
    with pytest.raises(StoreError, match="shape"), store.transaction() as work:
        work.put_vectors([OWNER.id], np.ones((1, 7), dtype=np.float32))
    with pytest.raises(StoreError, match="organization-9"), store.transaction() as work:
        work.put_vectors(["organization-9"], unit(1)[None])
    with pytest.raises(StoreError, match="organization-9"), store.transaction() as work:
        work.put_texts(["organization-9"], ["词"])
    with pytest.raises(StoreError, match="8"):
        store.nearest(np.ones(5, dtype=np.float32), 3)


def test_the_encoder_is_remembered_and_another_one_refused(store: GraphStore, opened: Opener) -> None:
    assert store.index_info() is None
    assert store.nearest(unit(1), 3) == []
    fill(store)
    store.set_index_info(INFO)
    store.save()
    assert opened().index_info() == INFO
    with pytest.raises(EncoderMismatchError, match="test-encoder"):
        store.set_index_info(IndexInfo("another", 8, "ffff"))


def test_another_encoder_may_follow_when_no_vector_is_left(store: GraphStore) -> None:
    fill(store)
    other = IndexInfo("wider", 4, "ffff")
    with store.transaction() as work:
        work.drop_from_indexes(["achievement-1", "achievement-2", "pilotline-1"])
    store.set_index_info(other)
    with store.transaction() as work:
        work.put_vectors(["achievement-1"], np.eye(1, 4, dtype=np.float32))
    assert store.nearest(np.eye(1, 4, dtype=np.float32)[0], 3) == [Scored("achievement-1", 1.0)]
