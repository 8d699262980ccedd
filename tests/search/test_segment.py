"""Segmentation: what is one token, and that people's ways of typing meet."""

from __future__ import annotations

import pytest

from kg.search.segment import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("喷雾干燥", ["喷", "雾", "干", "燥", "喷雾", "雾干", "干燥"]),
        ("LiFePO4 正极", ["lifepo4", "正", "极", "正极"]),
        ("５００ｋｇ／ｈ", ["500kg", "h"]),
        ("SMT贴装", ["smt", "贴", "装", "贴装"]),
        ("bge-small", ["bge-small", "bge", "small"]),
        ("，。!？", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(("typed", "stored"), [("ＰＥＴ膜", "PET膜"), ("Ⅲ型", "III型"), ("㎏", "kg")])
def test_full_width_and_compatibility_forms_meet(typed: str, stored: str) -> None:
    assert tokens(typed) == tokens(stored)
