"""Highlights: the right piece, the right marks, nothing that a page would run."""

from __future__ import annotations

from kg.search.highlight import WIDTH, highlight


def test_marks_words_not_single_characters() -> None:
    assert highlight("采用喷雾干燥与干法成型", "喷雾干燥") == "采用<em>喷雾干燥</em>与干法成型"


def test_a_full_width_text_is_marked_as_it_stands() -> None:
    assert highlight("采用ＰＥＴ薄膜", "PET") == "采用<em>ＰＥＴ</em>薄膜"


def test_a_long_text_is_cut_around_the_words() -> None:
    shown = highlight("甲" * 500 + "喷雾造粒" + "乙" * 500, "喷雾造粒")
    assert "<em>喷雾造粒</em>" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) <= WIDTH + len("<em></em>……")


def test_markup_in_a_text_is_escaped() -> None:
    assert highlight("<script>喷雾</script>", "喷雾") == "&lt;script&gt;<em>喷雾</em>&lt;/script&gt;"


def test_nothing_found_nothing_shown() -> None:
    assert highlight("完全无关", "喷雾干燥") == ""


def test_one_character_query_marks_the_character() -> None:
    assert highlight("钛合金", "钛") == "<em>钛</em>合金"
