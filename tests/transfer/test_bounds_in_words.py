"""Bounds that the words of a need set: money, a time counted from the day of asking, the batches."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kg.transfer import Knowledge, RouteOptions
from kg.transfer.asked import requirement_of_text
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry

AS_OF = date(2026, 11, 25)


def one_line(registry: Registry) -> None:
    there = registry.institution("I1", "机构一", "四川省绵阳市")
    registry.capability("C1", "喷雾造粒", there, "喷雾造粒", [("处理量", "20 kg/h")])


def printed(knowledge: Knowledge, need: str, **options: Any) -> dict[str, Any]:
    return requirement_of_text(knowledge, need, RouteOptions(as_of=AS_OF, **options)).document()


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("预算1.26万元以内", 12_600),
        ("预算80万元", 800_000),
        ("费用不超过50万元", 500_000),
        ("不超过50万元", 500_000),
        ("总共不超过50万元", 500_000),
    ],
)
def test_money_that_is_allowed_is_the_budget(ask: Ask, words: str, yuan: float) -> None:
    need = f"需要喷雾造粒12 kg/h，{words}"
    found = printed(ask(one_line), need)
    origin = found["budget"]["origin"]
    assert (found["budget"]["value"], found["budget"]["hard"]) == (yuan, True)
    assert words.endswith(need[origin["start"] : origin["end"]])
    assert [one for one in found["quantities"] if "万元" in one["text"]] == []


@pytest.mark.parametrize("words", ["产品售价不超过50万元", "费用不超过50万元/年", "年产值不超过50万元"])
def test_other_money_is_none_and_stays_an_item(ask: Ask, words: str) -> None:
    found = printed(ask(one_line), f"需要喷雾造粒12 kg/h，{words}")
    assert found["budget"] is None
    assert [one for one in found["quantities"] if "万元" in one["text"]]


def test_the_asker_s_budget_is_before_the_words(ask: Ask) -> None:
    found = printed(ask(one_line), "需要喷雾造粒12 kg/h，预算80万元", budget=100.0)
    assert (found["budget"]["value"], found["quantities"]) == (100.0, [])


@pytest.mark.parametrize(
    ("words", "text", "day"),
    [
        ("明年3月前完成", "明年3月前", "2027-02-28"),
        ("12月5日前完成", "12月5日前", "2026-12-05"),
        ("1月5日前完成", "1月5日前", "2027-01-05"),
        ("明年1月底前完成", "明年1月底前", "2027-01-31"),
        ("6个月内完成", "6个月内", "2027-05-25"),
    ],
)
def test_a_time_from_the_day_of_asking_is_a_day(ask: Ask, words: str, text: str, day: str) -> None:
    need = f"需要喷雾造粒12 kg/h，{words}"
    knowledge = ask(one_line)
    found = printed(knowledge, need)
    origin = found["by"]["origin"]
    assert (found["by"]["value"], found["by"]["hard"]) == (day, True)
    assert need[origin["start"] : origin["end"]] == text
    assert found["quantities"] == []
    given = printed(knowledge, need, by=date(2026, 12, 1))["by"]
    assert (given["value"], given["origin"]["field"]) == ("2026-12-01", "--by")


@pytest.mark.parametrize(
    ("need", "batches"),
    [
        ("需要喷雾造粒12 kg/h，共3批", [3.0]),
        ("需要喷雾造粒12 kg/h，50kg/批，共 12 批", [12.0]),
        ("需要喷雾造粒12 kg/h，50kg/批", [None]),
        ("需要喷雾造粒12 kg/h，共3批，分5批", [None]),
        ("需要喷雾造粒12 kg/h，然后混料50 kg，共3批", [None, None]),
    ],
)
def test_batches_are_those_of_the_only_step(ask: Ask, need: str, batches: list[float | None]) -> None:
    found = printed(ask(one_line), need)
    assert [step["run"]["batches"] for step in found["steps"]] == batches


@pytest.mark.parametrize(
    ("words", "run"),
    [
        ("连续运行10天", {"days": 10.0}),
        ("试制2周", {"days": 14.0}),
        ("完成3批", {"batches": 3.0}),
        ("总共处理 2 吨", {"amount": "2 吨"}),
        ("共加工500kg", {"amount": "500kg"}),
    ],
)
def test_what_is_to_be_run_is_of_the_step_and_no_number_of_the_whole(
    ask: Ask, words: str, run: dict[str, Any]
) -> None:
    need = f"需要喷雾造粒12 kg/h，{words}"
    found = printed(ask(one_line), need)
    (step,) = found["steps"]
    told = {name: step["run"][name] for name in ("days", "batches", "amount")}
    told["amount"] = told["amount"] and told["amount"]["text"]
    assert told == {"days": None, "batches": None, "amount": None, **run}
    at = step["run"]["origin"]
    assert need[at["start"] : at["end"]] == at["text"]
    assert ([one["text"] for one in step["quantities"]], found["quantities"]) == (["12 kg/h"], [])


@pytest.mark.parametrize("words", ["10天内完成", "每批2小时", "年产2吨", "保温10天"])
def test_other_times_and_amounts_are_not_to_be_run(ask: Ask, words: str) -> None:
    (step,) = printed(ask(one_line), f"需要喷雾造粒12 kg/h，{words}")["steps"]
    assert (step["run"]["days"], step["run"]["amount"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "day"),
    [("本周内完成", "2026-11-29"), ("下个月底前交付", "2026-12-31"), ("本季度末完成", "2026-12-31")],
)
def test_a_time_of_the_present_is_counted_from_the_day_of_asking(ask: Ask, words: str, day: str) -> None:
    assert printed(ask(one_line), f"需要喷雾造粒12 kg/h，要求{words}")["by"]["value"] == day
