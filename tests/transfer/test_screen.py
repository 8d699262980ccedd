"""Screening: a fund's mandate over all achievements, feasible ones first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kg.errors import UsageError
from kg.search.query import Page
from kg.transfer import Knowledge, RouteOptions, routes_for, screen_fund
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry

KILN = [("烧结", [("温度", "1600℃")])]


def fill(registry: Registry) -> None:
    there = registry.institution("I1", "甲", "四川省绵阳市")
    line = registry.pilot_line("L1", "甲烧结线", there)
    registry.capability("C1", "烧结", line, "烧结", [("温度", "1750℃")])
    registry.capability("C2", "烧结二", there, "烧结", [("温度", "1700℃")])
    registry.topic("先进陶瓷", "先进材料")
    here: dict[str, Any] = {"fields": ["先进陶瓷"], "region": "四川省绵阳市"}
    registry.achievement("fits", "甲成果", KILN, trl=5, funding_need=3e6, **here)
    registry.achievement("hot", "乙成果", [("烧结", [("温度", "1800℃")])], trl=5, funding_need=3e6, **here)
    registry.achievement("silent", "丙成果", KILN, **here)
    registry.achievement("late", "丁成果", KILN, trl=9, funding_need=3e6, **here)
    registry.achievement("away", "戊成果", KILN, trl=5, fields=["先进陶瓷"], region="北京市")
    registry.achievement("other", "己成果", KILN, trl=5, fields=["核医疗"], region="四川省绵阳市")
    registry.achievement("words", "庚成果", [], trl=5, funding_need=3e6, **here)
    registry.achievement("secret", "辛成果", KILN, trl=5, funding_need=3e6, access="restricted", **here)
    registry.fund(
        "F1", "基金", fields=["先进材料"], regions=["绵阳"], stage=(4, 6, ""), ticket=(1e6, 8e6, "")
    )
    registry.fund("F2", "无要求基金")


def screen(knowledge: Knowledge, fund: str = "F1", page: Page | None = None) -> dict[str, object]:
    return screen_fund(knowledge, knowledge.view.one(fund), page)


def test_what_the_mandate_excludes_is_not_shown_and_feasible_ones_come_first(ask: Ask) -> None:
    found = screen(ask(fill))
    projects = found["projects"]
    assert isinstance(projects, list)
    keys = [one["achievement"]["key"] for one in projects]
    assert (keys[:2], sorted(keys[2:])) == (["fits", "silent"], ["hot", "words"])  # these two tie
    assert [one["feasible"] for one in projects] == [True, True, False, False]
    assert found["total"] == 4
    assert all(proof["verdict"] != "short" for one in projects for proof in one["mandate"])


def test_routes_are_counted_and_zero_only_where_it_is_not_feasible(ask: Ask) -> None:
    knowledge = ask(fill)
    projects = screen(knowledge)["projects"]
    assert isinstance(projects, list)
    assert [one["routes"] for one in projects] == [2, 2, 0, 0]
    for one in projects:
        document = routes_for(knowledge, key_or_id=one["achievement"]["key"])
        assert len(document["routes"]) == one["routes"]


def test_what_is_missing_is_said(ask: Ask) -> None:
    projects = screen(ask(fill))["projects"]
    assert isinstance(projects, list)
    missing = {one["achievement"]["key"]: one["missing"] for one in projects}
    assert missing["fits"] == []
    assert len(missing["silent"]) == 2  # TRL and money
    assert "要求 1800℃，差 50 ℃（最接近：甲烧结线〔示例〕）" in missing["hot"][0]  # 1800 - 1750
    assert "没有工艺步骤" in missing["words"][0]


def test_a_route_with_a_question_says_so_and_comes_behind_the_proved_ones(ask: Ask) -> None:
    def both(registry: Registry) -> None:
        fill(registry)
        there = registry.institution("I2", "乙", "四川省绵阳市")
        registry.capability("C3", "喷雾干燥", there, "喷雾干燥", [("进风温度", "300℃")])
        here: dict[str, Any] = {
            "fields": ["先进陶瓷"],
            "region": "四川省绵阳市",
            "trl": 5,
            "funding_need": 3e6,
        }
        dried = [*KILN, ("喷雾干燥", [("处理量", "12 kg/h")])]
        registry.achievement("a-dried", "子成果", dried, **here)  # nobody states a throughput
        registry.achievement("a-words", "丑成果", [*KILN, ("喷雾干燥", []), ("料批调匀", [])], **here)
        registry.achievement("z-fits", "寅成果", KILN, **here)

    knowledge = ask(both)
    projects = screen(knowledge)["projects"]
    assert isinstance(projects, list)
    found = {one["achievement"]["key"]: one for one in projects}
    order = list(found)
    assert set(order[:2]) == {"fits", "z-fits"}
    assert order.index("silent") < min(order.index("a-dried"), order.index("a-words"))
    assert [found[key]["open"] for key in ("fits", "silent", "a-dried", "a-words", "hot")] == [
        0,
        2,
        1,
        1,
        None,
    ]
    for key, words in (("a-dried", "12 kg/h"), ("a-words", "料批调匀")):
        assert found[key]["feasible"] and found[key]["routes"] > 0
        assert len(found[key]["missing"]) == 1 and words in found[key]["missing"][0]
        route = routes_for(knowledge, key_or_id=key)["routes"][0]
        assert len(route["open_questions"]) == found[key]["open"]


def test_pages_are_stable_and_cover_all(ask: Ask) -> None:
    knowledge = ask(fill)
    whole = screen(knowledge)["projects"]
    parts = [screen(knowledge, page=Page(1, number))["projects"] for number in (1, 2, 3, 4, 5)]
    assert [one for part in parts if isinstance(part, list) for one in part] == whole


def test_a_fund_without_a_mandate_shows_all_as_unknown(ask: Ask) -> None:
    found = screen(ask(fill), "F2")
    assert found["total"] == 7
    projects = found["projects"]
    assert isinstance(projects, list)
    assert {proof["verdict"] for one in projects for proof in one["mandate"]} == {"unknown"}


def test_only_a_fund_is_screened(ask: Ask) -> None:
    with pytest.raises(UsageError, match="not a fund"):
        screen(ask(fill), "fits")


@pytest.mark.parametrize(("as_of", "invests"), [(date(2027, 6, 30), True), (date(2027, 7, 1), False)])
def test_a_fund_that_is_over_invests_no_more(ask: Ask, as_of: date, invests: bool) -> None:
    def with_end(registry: Registry) -> None:
        fill(registry)
        registry.fund("F3", "到期基金", deadline="2027-06")

    knowledge = ask(with_end)
    found = screen_fund(knowledge, knowledge.view.one("F3"), as_of=as_of)
    shown = routes_for(knowledge, key_or_id="fits", options=RouteOptions(as_of=as_of))["routes"][0]["funds"]
    assert (found["total"] > 0, "F3" in {one["key"] for one in shown}) == (invests, invests)
    assert found["note"] is None if invests else "2027-06" in found["note"]
