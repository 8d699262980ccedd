"""Needs: hard conditions and wishes, deadline, budget, own equipment; texts that hold themselves twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.enrich import build_reader
from ingest.enrich.doubled import once
from ingest.enrich.needs import Needs
from kg.deadlines import due

NEED = (
    "我公司拥有5 L高速分散机，现寻求喷雾干燥中试线，要求处理量≥12 kg/h，粒径不超过5 μm，"
    "最好位于绵阳，2027年3月底前完成，预算不超过80万元。"
)


@pytest.fixture(scope="module")
def finder() -> Needs:
    return Needs()


def test_a_need_is_told_apart(finder: Needs) -> None:
    found = finder.find(NEED)
    assert [one.text for one in found.conditions if one.hard] == ["要求处理量≥12 kg/h", "粒径不超过5 μm"]
    assert [one.text for one in found.conditions if not one.hard] == ["最好位于绵阳"]
    assert found.deadline is not None
    assert due(found.deadline, date(2026, 11, 25)) == "2027-03-31"
    assert found.budget is not None
    assert found.budget.high == 800_000
    assert [one.text for one in found.equipment] == ["我公司拥有5 L高速分散机"]
    placed: tuple[Any, ...] = (*found.conditions, found.deadline, found.budget, *found.equipment)
    for one in placed:
        assert NEED[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("需在2027年3月底前完成", "2027-03-31"),
        ("寻求合作，明年3月前交付", "2027-02-28"),
        ("寻求合作，2027年3月前交付", "2027-02-28"),
        ("寻求合作，2027年1月前交付", "2026-12-31"),
        ("寻求合作，2027年3月15日前交付", "2027-03-15"),
        ("寻求合作，2027年3月交付", "2027-03"),
        ("寻求合作，3月份之前完成", "2027-02-28"),
        ("寻求合作，12月前完成", "2026-11-30"),
        ("寻求合作，1月前完成", "2026-12-31"),
        ("寻求合作，12月底前完成", "2026-12-31"),
        ("寻求合作，2027年年中前完成", "2027-06"),
        ("谁能帮我做500 L发酵罐放大，每批 300 kg，12月前", "2026-11-30"),
        ("寻求合作，年底前完成", "2026-12"),
        ("寻求合作，3月底前完成", "2027-03-31"),
        ("寻求合作，6个月内完成", "2027-05-25"),
        ("寻求合作，项目周期一年半", "2028-05-25"),
        ("寻求合作，工期18个月", "2028-05-25"),
        ("寻求合作，2027-03-31前交付", "2027-03-31"),
        ("寻求合作，２０２７年６月底前", "2027-06-30"),
        ("我公司成立于2019年，寻求合作", None),
    ],
)
def test_deadlines(finder: Needs, text: str, iso: str | None) -> None:
    found = finder.find(text).deadline
    assert (due(found, date(2026, 11, 25)) if found else None) == iso


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("预算不超过80万元", None, 800_000),
        ("预算100-150万元", 1_000_000, 1_500_000),
        ("研发经费约三百万元", None, 3_000_000),
        ("投资预算（万元）：500", None, 5_000_000),
        ("经费８０万元以内", None, 800_000),
    ],
)
def test_budgets(finder: Needs, text: str, low: float | None, high: float | None) -> None:
    found = finder.find(text).budget
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "谁能帮我做500 L发酵罐放大",
        "想找人造粒，一天 80 公斤",
        "哪家能做喷雾干燥",
        "有没有真空烧结炉",
        "烧结氧化铝，能不能做？你们能否提供1600℃",
        "找一台喷雾干燥塔",
    ],
)
def test_who_asks_for_somebody_has_a_need(finder: Needs, text: str) -> None:
    assert finder.find(text).is_need


@pytest.mark.parametrize(
    "text",
    ["本文讨论谁是主体", "理想做法是烧结", "研究该工艺能否降低能耗", "找到了最优工艺"],
)
def test_a_study_that_wonders_has_none(finder: Needs, text: str) -> None:
    assert not finder.find(text).is_need


@pytest.mark.parametrize(
    "text", ["", "plain English only, 5 m", "本文提出一种算法，精度达到95%以上。", "球磨3 h"]
)
def test_what_is_no_need_asks_for_nothing(finder: Needs, text: str) -> None:
    found = finder.find(text)
    assert (found.is_need, found.conditions, found.budget, found.deadline) == (False, (), None, None)


def test_a_doubled_text_is_read_once_and_a_repeating_one_is_not_cut() -> None:
    assert once(NEED + NEED) == NEED
    assert once(f"标题\n{NEED} {NEED}") == f"标题\n{NEED}"
    assert once(NEED) == NEED
    assert once(NEED * 3) == NEED * 3
    reader = build_reader()
    assert reader.read(NEED + NEED) == reader.read(NEED)


@pytest.mark.parametrize(
    "text",
    [
        "我公司希望有专业专家给我们技术指导。",
        "需求内容：希望解决的技术难题：提高模具的使用寿命。",
        "预期目标：申请专利20项以上。",
    ],
)
def test_what_is_looked_for_or_to_be_done_is_no_condition(text: str) -> None:
    assert Needs().find(text, surely=True).conditions == ()


def test_a_hope_with_a_figure_is_a_wish() -> None:
    (found,) = Needs().find("寻求合作，希望能把烧损率降低到1.0%以下。").conditions
    assert (found.text, found.hard) == ("希望能把烧损率降低到1.0%以下", False)
