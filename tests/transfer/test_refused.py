"""Places that a need refuses are never lost: a no to the lines there, a question where that is not known."""

from __future__ import annotations

import pytest

from kg.transfer import routes_for
from kg.transfer.quantities import Origin
from kg.transfer.refused import refused_in
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("需要混料，不要在成都做", ["成都"]),
        ("不要德阳，成都也不行", ["德阳", "成都"]),
        ("不考虑成都、德阳和四川省绵阳市", ["成都", "德阳", "四川省绵阳市"]),
        ("需要混料，成都除外", ["成都"]),
        ("不考虑外省", ["外省"]),
        ("不出省", ["不出省"]),
        ("我公司不在成都", []),
        ("特别在成都", []),
        ("成都不要求夹套", []),
        ("不要求在成都", []),
        ("不能不在成都", []),
        ("不要成都大学的设备", []),
        ("在成都做", []),
    ],
)
def test_what_a_text_refuses(text: str, places: list[str]) -> None:
    found = list(refused_in(text, Origin(None, "need")))
    assert [one.value for one in found] == places
    assert [text[one.origin.start : one.origin.end] for one in found] == places


def two_mixers(registry: Registry) -> None:
    for key, region in (("I1", "四川省成都市"), ("I2", "四川省绵阳市")):
        there = registry.institution(key, f"机构{key}", region)
        registry.capability(f"C{key}", "混料", there, "混料", [("批量", "100 kg")])


def test_a_line_there_is_short_and_another_is_proved(ask: Ask) -> None:
    found = routes_for(ask(two_mixers), need="需要混料，不要在成都做")
    steps = [step for route in found["routes"] for step in route["steps"]]
    assert [step["institution"]["key"] for step in steps] == ["I2"]
    proof = next(one for one in steps[0]["proof"] if one["constraint"] == "region")
    assert (proof["verdict"], proof["required"], proof["offered"]) == ("fits", "不在成都", "四川省绵阳市")
    asked = found["requirement"]["refused_regions"][0]
    assert (asked["value"], asked["hard"], asked["origin"]["text"]) == ("成都", True, "成都")


def test_where_all_are_there_it_is_the_reason(ask: Ask) -> None:
    found = routes_for(ask(two_mixers), need="需要混料，不考虑四川")
    assert found["routes"] == []
    assert {entry["constraint"] for entry in found["why_not"]} == {"region"}
    change = found["why_not"][0]["smallest_change"]
    assert (change["text"], change["patch"], change["opens"]) == ("也考虑四川", {"refused_regions": []}, 2)


def test_what_depends_on_the_asker_is_asked(ask: Ask) -> None:
    found = routes_for(ask(two_mixers), need="需要混料，不考虑外省")
    assert len(found["routes"]) == 2
    assert all(any("外省" in ask for ask in route["open_questions"]) for route in found["routes"])
