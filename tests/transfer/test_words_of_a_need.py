"""What the words of a need wish for, and what they refuse."""

from __future__ import annotations

import pytest

from kg.transfer.quantities import Origin
from kg.transfer.wishes import materials_in, place_in

NEED = Origin(None, "need")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("绵阳附近喷雾干燥", "绵阳"),
        ("在成都做喷雾干燥", "成都"),
        ("离绵阳近一点", "绵阳"),
        ("不在绵阳做喷雾干燥", None),
        ("喷雾干燥，不要在成都", None),
    ],
)
def test_a_place_that_is_refused_is_no_wish(text: str, place: str | None) -> None:
    found = place_in(text, NEED)
    assert (found[0] if found else None) == place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("公司年产3000吨塑料", ["塑料"]),
        ("1.5万吨树脂", ["树脂"]),
        ("10 kg/h氧化铝陶瓷", ["氧化铝陶瓷"]),
        ("请问氧化铝粉末能造粒吗", ["氧化铝粉末"]),
        ("不含溶剂", []),
        ("核级树脂造粒", ["核级树脂"]),
    ],
)
def test_materials_are_named_without_their_amounts(text: str, names: list[str]) -> None:
    assert [one.name for one in materials_in(text, NEED)] == names
