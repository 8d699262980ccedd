"""Warnings with the words that raised them, and key terms."""

from __future__ import annotations

import pytest

from ingest.enrich.flags import Flags
from ingest.enrich.terms import Terms


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("使用氢氟酸清洗", "hazard", "氢氟酸"),
        ("经重氮化制得", "hazard", "重氮化"),
        ("属于两用物项", "dual_use", "两用物项"),
        ("用于导弹壳体", "dual_use", "导弹"),
        ("本资料为机密", "secrecy", "机密"),
        ("（内部）项目简介", "secrecy", "（内部）"),
        ("氰 化 钠浸出", "hazard", "氰 化 钠"),
    ],
)
def test_a_warning_with_its_words(text: str, kind: str, words: str) -> None:
    (found,) = Flags().find(text)
    assert (found.kind, found.words, text[found.start : found.end]) == (kind, words, words)


@pytest.mark.parametrize(
    "text", ["", "反硝化细菌", "内部结构", "氯化钠溶液", "严重水污染", "一定密度", "秘密共享"]
)
def test_no_warning(text: str) -> None:
    assert Flags().find(text) == ()


def test_terms_are_different_and_written_as_in_the_text() -> None:
    found = Terms().find("基于GaN功率器件的逆变器。GaN功率器件的结温控制。采用MEMS传感器和钙钛矿太阳能电池。")
    assert {"GaN功率器件", "逆变器", "MEMS传感器"} <= set(found)
    assert len(found) == len({term.lower() for term in found})


@pytest.mark.parametrize("text", ["", " ", "的和与", "🧪🧪"])
def test_nothing_to_name(text: str) -> None:
    assert Terms().find(text) == ()


def test_a_word_that_holds_an_everyday_one_stays_whole() -> None:
    found = Terms().find("无线传感器网络与等离子体技术，所提方法用于非线性控制系统。")
    assert "无线传感器网络" in found and "等离子体技术" in found
    assert not {"线传感器网络", "离子体技术", "提方法"} & set(found)
