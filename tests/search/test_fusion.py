"""Fusion: who found it, who comes first, and the same order every time."""

from __future__ import annotations

from kg.search.fusion import fuse
from kg.store.base import Scored


def test_both_sources_beat_one_and_are_named() -> None:
    found = fuse([Scored("a", 10.0), Scored("b", 9.0)], [Scored("b", 0.8), Scored("c", 0.9)], {})
    assert [candidate.id for candidate in found] == ["b", "a", "c"]
    assert found[0].found_by == ("fulltext", "vector")


def test_a_named_node_comes_first() -> None:
    found = fuse([Scored("a", 10.0)], [Scored("a", 0.5)], {"z": 1.0})
    assert found[0].id == "z"
    assert found[0].found_by == ("graph",)


def test_ties_are_broken_by_id_whatever_the_order() -> None:
    scores = [Scored(name, 3.0) for name in "cab"]
    assert (
        [c.id for c in fuse(scores, [], {})] == [c.id for c in fuse(scores[::-1], [], {})] == ["a", "b", "c"]
    )


def test_the_words_of_a_query_say_what_is_a_find_and_every_character_ranks_it() -> None:
    text = [Scored("a", 10.0), Scored("b", 9.0), Scored("c", 8.0)]
    found = fuse(text, [], {}, {"b": 5.0, "c": 0.4})
    assert [(candidate.id, candidate.score) for candidate in found] == [("b", 0.63)]


def test_a_cosine_below_the_floor_scores_and_finds_nothing() -> None:
    found = fuse([Scored("a", 10.0)], [Scored("a", 0.2), Scored("b", 0.4)], {})
    assert [(candidate.id, candidate.found_by) for candidate in found] == [("a", ("fulltext",))]
    assert found[0].score == 0.76
