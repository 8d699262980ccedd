"""Matching a need in words: results by search, lines by proof."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.search.query import Page
from kg.transfer import RouteOptions, match_need, routes_for
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry

NEED = "我公司需要喷雾造粒中试，处理量12 kg/h，随后在1600℃下烧结。"


def fill(registry: Registry) -> None:
    there = registry.institution("I1", "甲中试中心", "四川省绵阳市")
    line = registry.pilot_line("L1", "甲喷雾造粒线", there)
    small = registry.pilot_line("L2", "甲喷雾造粒小线", there)
    registry.capability("C1", "喷雾造粒", line, "喷雾造粒", [("处理量", "3～15 kg/h")])
    registry.capability("C2", "喷雾造粒", small, "喷雾造粒", [("处理量", "1～5 kg/h")])
    registry.capability("C3", "烧结", there, "烧结", [("温度", "1750℃")])
    registry.achievement(
        "A1", "喷雾造粒制备陶瓷微球", abstract="用喷雾造粒制备陶瓷微球，烧结后得到致密陶瓷。"
    )
    registry.achievement("A2", "卫星遥感图像的云检测", abstract="提出一种云检测算法。")


def test_lines_with_proof_and_near_misses_last(ask: Ask) -> None:
    found = match_need(ask(fill), NEED)
    assert [one["capability"]["key"] for one in found["lines"]] == ["C1", "C3", "C2"]
    scores = [one["score"] for one in found["lines"]]
    assert scores == sorted(scores, reverse=True)
    missed = [entry for entry in found["lines"][2]["proof"] if entry["verdict"] == "short"]
    assert len(missed) == 1 and missed[0]["short_by"]["value"] > 0
    first = {proof["constraint"]: proof["verdict"] for proof in found["lines"][0]["proof"]}
    assert first["unit_op"] == "fits"
    assert "short" not in first.values()
    assert found["lines"][1]["line"] is None
    assert found["achievements"][0]["key"] == "A1"
    assert found["achievements"][0]["title"] == "喷雾造粒制备陶瓷微球"


def test_pages_of_lines(ask: Ask) -> None:
    knowledge = ask(fill)
    parts = [match_need(knowledge, NEED, Page(1, number))["lines"] for number in (1, 2, 3)]
    assert [one["capability"]["key"] for part in parts for one in part] == ["C1", "C3", "C2"]


def test_routes_for_a_need_in_words_carry_places_in_the_text(ask: Ask) -> None:
    found = routes_for(ask(fill), need=NEED)
    assert found["status"] == "ok"
    assert [step["line"] and step["line"]["key"] for step in found["routes"][0]["steps"]] == ["L1", None]
    for step in found["requirement"]["steps"]:
        origin = step["origin"]
        assert NEED[origin["start"] : origin["end"]] == origin["text"]
        for quantity in step["quantities"]:
            where = quantity["origin"]
            assert NEED[where["start"] : where["end"]] == where["text"]


def test_words_without_a_step_are_a_spoken_abstention(ask: Ask) -> None:
    knowledge = ask(fill)
    found = match_need(knowledge, "希望提高企业管理水平")
    assert found["open_questions"]
    answer = routes_for(knowledge, need="希望提高企业管理水平", options=RouteOptions())
    assert (answer["status"], answer["routes"]) == ("abstain", [])
    assert answer["open_questions"]


def test_an_empty_need_is_wrong_use(ask: Ask) -> None:
    with pytest.raises(UsageError):
        match_need(ask(fill), "  ")


def test_a_scale_said_of_the_whole_text_belongs_to_its_only_step(ask: Ask) -> None:
    knowledge = ask(fill)
    need = "寻求喷雾造粒中试服务。要求每小时产能达到 12 kg/h，成本下降5%。" * 2
    (step,) = routes_for(knowledge, need=need)["requirement"]["steps"]
    assert [quantity["value"] for quantity in step["quantities"]] == [12.0]
