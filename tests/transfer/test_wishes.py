"""Order and place: what is proved comes first, then nearness; the operation before its numbers."""

from __future__ import annotations

from typing import Any

import pytest

from kg.transfer import RouteOptions, match_need, routes_for
from kg.transfer.quantities import Origin
from kg.transfer.wishes import materials_in, place_in
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry


def sinterers(registry: Registry) -> None:
    """Near Mianyang one with an open question, further away two that fit, one of them nearer."""
    for key, region, limits in (
        ("I1", "四川省绵阳市", [("温度", "")]),
        ("I2", "北京市", [("温度", "1750℃")]),
        ("I3", "陕西省西安市", [("温度", "1750℃")]),
        ("I4", "四川省成都市", []),
    ):
        there = registry.institution(key, f"机构{key}", region)
        registry.capability(f"C{key}", "烧结", there, "烧结", limits)
    registry.achievement("A1", "陶瓷", [("烧结", [("温度", "1600℃")])])


def order(document: dict[str, Any]) -> list[str]:
    return [route["steps"][0]["institution"]["key"] for route in document["routes"]]


def test_near_orders_what_is_equally_proved(ask: Ask) -> None:
    knowledge = ask(sinterers)
    found = routes_for(knowledge, key_or_id="A1", options=RouteOptions(near="绵阳"))
    assert order(found) == ["I3", "I2", "I1", "I4"]
    assert found["routes"][2]["totals"]["km"] == 0.0
    three = routes_for(knowledge, key_or_id="A1", options=RouteOptions(near="北京", limit=3))
    assert order(three) == ["I2", "I3", "I1"]


def test_one_place_without_a_start_has_no_distance(ask: Ask) -> None:
    found = routes_for(ask(sinterers), key_or_id="A1")
    assert [route["totals"]["km"] for route in found["routes"]] == [None] * 4


def test_from_the_owner_the_way_to_the_line_is_told(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        sinterers(registry)
        registry.achievement("A2", "陶瓷", [("烧结", [("温度", "1600℃")])], region="四川省成都市")

    found = routes_for(ask(fill), key_or_id="A2")
    assert all(route["totals"]["km"] is not None for route in found["routes"])
    assert found["routes"][0]["totals"]["km"] > 400  # Chengdu to Xi'an


def test_a_place_in_the_need_is_the_wish_unless_one_is_given(ask: Ask) -> None:
    knowledge = ask(sinterers)
    need = "在北京找中试线，烧结1600℃"
    found = routes_for(knowledge, need=need)
    assert order(found)[:2] == ["I2", "I3"]
    near = found["requirement"]["near"]
    assert (near["value"], near["hard"], near["origin"]["field"]) == ("北京", False, "need")
    assert need[near["origin"]["start"] : near["origin"]["end"]] == "北京"
    given = routes_for(knowledge, need=need, options=RouteOptions(near="西安"))
    assert order(given)[:2] == ["I3", "I2"]
    assert given["requirement"]["near"]["origin"]["field"] == "--near"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("绵阳附近，喷雾造粒", "绵阳"),
        ("希望在四川省绵阳市完成中试", "四川省绵阳市"),
        ("喷雾造粒，最好在成都", "成都"),
        ("落地江油的中试产线", "江油"),
        ("距离德阳100公里以内", "德阳"),
        ("与四川大学合作", None),
        ("在北京化工大学试验", None),
        ("现在西安的设备老旧", None),
        ("南京东路某厂", None),
        ("喷雾造粒 12 kg/h", None),
    ],
)
def test_where_a_text_wants_it_done(text: str, place: str | None) -> None:
    found = place_in(text, Origin(None, "need"))
    assert (found[0] if found else None) == place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("需要对氧化铝粉体喷雾造粒", ["氧化铝粉体"]),
        ("寻求核级树脂的造粒放大", ["核级树脂"]),
        ("碳化硅与氮化硼混合后烧结", ["碳化硅", "氮化硼"]),
        ("喷雾造粒 12 kg/h", []),
    ],
)
def test_the_substances_that_a_text_names(text: str, names: list[str]) -> None:
    assert [one.name for one in materials_in(text, Origin(None, "need"))] == names


def test_a_substance_is_an_open_question_until_a_line_names_it(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "喷雾造粒", there, "喷雾造粒", [("处理量", "3～15 kg/h")])
        registry.capability(
            "C2", "烧结", there, "烧结", [("温度", "1750℃")], description="适合氧化铝粉体等陶瓷"
        )

    knowledge = ask(fill)
    found = routes_for(knowledge, need="氧化铝粉体喷雾造粒 12 kg/h")
    assert [one["value"] for one in found["requirement"]["materials"]] == ["氧化铝粉体"]
    assert "氧化铝粉体：产线没有登记可处理的物料" in " ".join(found["routes"][0]["open_questions"])
    assert "氧化铝粉体" in " ".join(match_need(knowledge, "氧化铝粉体喷雾造粒 12 kg/h")["open_questions"])
    named = routes_for(knowledge, need="氧化铝粉体烧结1600℃")
    assert not any("物料" in question for question in named["routes"][0]["open_questions"])


def relatives(registry: Registry) -> None:
    """The very operation without a limit, a narrower one and a sister with proved numbers."""
    for key, operation, limits in (
        ("I1", "喷雾造粒", []),
        ("I2", "喷雾干燥", [("处理量", "100 kg/h")]),
    ):
        there = registry.institution(key, f"机构{key}", "四川省绵阳市")
        registry.capability(f"C{key}", operation, there, operation, limits)
    registry.achievement("A1", "微球", [("喷雾造粒", [("处理量", "40 kg/h")])])


def test_the_operation_asked_for_comes_before_a_sister_with_a_proved_number(ask: Ask) -> None:
    knowledge = ask(relatives)
    found = routes_for(knowledge, key_or_id="A1")
    assert order(found) == ["I1", "I2"]
    scores = [route["score"] for route in found["routes"]]
    assert scores == sorted(scores, reverse=True)
    reasons = {one["feature"]: one for one in found["routes"][1]["reasons"]}
    assert "工序比数值优先" in reasons["operation"]["explanation"]
    matched = match_need(knowledge, "喷雾造粒 40 kg/h")["lines"]
    assert [one["institution"]["key"] for one in matched] == ["I1", "I2"]


def test_a_broader_listing_is_no_way_around_the_very_operation(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        for key, operation, text in (("I1", "真空烧结", "1500℃"), ("I2", "烧结", "1750℃")):
            there = registry.institution(key, f"机构{key}", "四川省绵阳市")
            registry.capability(f"C{key}", operation, there, operation, [("温度", text)])
        registry.achievement("A1", "陶瓷", [("真空烧结", [("温度", "1600℃")])])
        registry.achievement("A2", "陶瓷", [("真空烧结", [("温度", "1400℃")])])

    knowledge = ask(fill)
    found = routes_for(knowledge, key_or_id="A1")
    assert (found["status"], found["why_not"][0]["short_by"]) == ("abstain", {"value": 100.0, "unit": "℃"})
    assert order(routes_for(knowledge, key_or_id="A2")) == ["I1", "I2"]


def test_more_steps_are_offered_than_not(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        sinterers(registry)
        registry.achievement("A2", "陶瓷", [("玄珐绽润", []), ("烧结", [("温度", "1600℃")])])

    found = routes_for(ask(fill), key_or_id="A2")
    assert (found["status"], found["routes"]) == ("abstain", [])
    assert found["open_questions"] or found["why_not"]


def test_a_bound_on_hand_overs_is_checked_and_the_others_are_asked(ask: Ask) -> None:
    options = RouteOptions(max_hand_overs=0, budget=1e6)
    found = routes_for(ask(sinterers), key_or_id="A1", options=options)
    bounds = {one["constraint"]: one["verdict"] for one in found["routes"][0]["bounds"]}
    assert bounds == {"budget": "unknown", "max_hand_overs": "fits"}
    assert any("100 万元" in question for question in found["routes"][0]["open_questions"])
