"""Which words of a query a hit must have to do with, and what is said where there is nothing."""

from __future__ import annotations

import pytest

from kg.search.notes import BY_MEANING, NO_WORDS, NOTHING, NOTHING_LEFT, SINGLE, note
from kg.search.words import Words, words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("喷雾干燥", ("喷雾", "雾干", "干燥")),
        ("今天天气怎么样", ("天气",)),
        ("有机硅 的 制备", ("有机", "机硅", "制备")),
        ("316L不锈钢", ("316l", "不锈", "锈钢")),
        ("the properties of TA15", ("properties", "ta15")),
        ("钛", ("钛",)),
        ("钛 和 铝", ("钛", "铝")),
        ("我们的 怎么办", ()),
        ("的", ()),
        ("a", ()),
        ("？！", ()),
    ],
)
def test_function_words_and_small_talk_say_nothing(text: str, found: tuple[str, ...]) -> None:
    assert words_of(text).found == found


@pytest.mark.parametrize(
    ("text", "speaks"), [("喷雾", True), ("TA15", True), ("123456", False), ("1.5 300", False), ("钛", False)]
)
def test_a_vector_says_nothing_of_numbers_and_single_characters(text: str, speaks: bool) -> None:
    assert words_of(text).speaks is speaks


def test_the_note_says_why_there_is_little() -> None:
    spoken, silent = Words(("喷雾",), speaks=True), Words((), speaks=False)
    assert note(spoken, {"fulltext", "vector"}, filtered=False) is None
    assert note(spoken, {"vector"}, filtered=False) is BY_MEANING
    assert note(spoken, set(), filtered=False) is NOTHING
    assert note(spoken, set(), filtered=True) is NOTHING_LEFT
    assert note(silent, set(), filtered=True) is NO_WORDS
    assert note(Words(("钛",), speaks=False), {"fulltext"}, filtered=False) is SINGLE
    assert note(silent, {"graph"}, filtered=False) is None


@pytest.mark.parametrize("text", ["吗啉", "呢绒", "他汀", "实现在线监测", "例如果汁"])
def test_small_talk_inside_a_technical_word_is_no_small_talk(text: str) -> None:
    assert set(words_of(text).found) >= {text[:2], text[-2:]}
