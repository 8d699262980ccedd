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
