"""What a person sees of a need: all that was understood, bounds that are met, what days rest on, funds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.asked import beside
from api.cli.render.routes import print_routes
from api.tables import routes_tables
from kg.transfer import RouteOptions, routes_for
from kg.wording import DEFAULT, Lang
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry

TODAY = date(2026, 11, 25)
NEED = (
    "需要 10 kg/h 的喷雾造粒，预算80万元以内，2027-03-31前完成，要有CNAS，共3批，使用有机溶剂，"
    "离成都300公里内，达到TRL7"
)


def fill(registry: Registry) -> None:
    there = registry.institution("I1", "机构一", "四川省绵阳市")
    line = registry.pilot_line("L1", "一号线", there, notice_days=7, min_days=2, price_per_day=8000)
    registry.capability("C1", "喷雾造粒", line, "喷雾造粒", [("处理量", "20 kg/h")])
    for number in range(3):
        registry.fund(
            f"F{number}",
            f"基金{number}",
            fields=["新材料"],
            stage=(4, 7, "TRL 4～7"),
            ticket=(3e6, None, "300万元以上"),
        )


def answered(ask: Ask, need: str, lang: Lang = DEFAULT) -> dict[str, Any]:
    return routes_for(ask(fill), need=need, options=RouteOptions(as_of=TODAY), lang=lang)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            ["预算 ≤80 万元", "2027-03-31 前", "距成都 300 km 内", "3 批", "CNAS", "有机溶剂", "目标 TRL 7"],
        ),
        (
            "en",
            ["budget ≤800,000 yuan", "by 2027-03-31", "within 300 km of 成都", "3 batches", "CNAS", "TRL 7"],
        ),
    ],
)  # fmt: skip
def test_all_that_was_understood_is_shown(
    ask: Ask, capsys: pytest.CaptureFixture[str], lang: Lang, said: list[str]
) -> None:
    print_routes(answered(ask, NEED, lang), lang)
    steps, others = capsys.readouterr().out.splitlines()[1:3]
    assert "喷雾造粒" in steps and "10 kg/h" in steps
    assert all(one in others for one in said)
    assert others.count("有机溶剂") == 1


def test_a_wish_is_shown_as_one_and_nothing_is_shown_of_nothing(ask: Ask) -> None:
    wished = answered(ask, "需要喷雾造粒12 kg/h，最好不超过80万元，绵阳附近")["requirement"]
    assert beside(wished, "zh") == "预算 ≤80 万元（希望） · 绵阳附近"
    assert beside(answered(ask, "需要喷雾造粒12 kg/h")["requirement"], "zh") == ""


def test_a_met_bound_is_a_proof_of_the_route_on_the_terminal_and_in_sheets(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(ask, NEED)
    print_routes(found, "zh")
    shown = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "✓ 预算 80 万元 → 1.6 万元（余量 78.4 万元）" in shown
    assert any(line.startswith("✓ 期限 2027-03-31 → 2026-12-0") for line in shown)
    table = next(one for one in routes_tables(found, "zh") if one.title == "步骤与证明")
    whole = [row for row in table.rows if "全程" in row]
    assert [row[6] for row in whole] == ["预算", "期限"]
    assert all("满足" in str(row[9]) for row in whole)


def test_what_cost_and_days_rest_on_stands_beside_them(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(ask, NEED)
    print_routes(found, "zh")
    shown = capsys.readouterr().out
    assert "1.6 万元，按最短使用 2 天计" in shown and "未含运输费用" in shown
    cells = [str(cell) for table in routes_tables(found, "zh")[:2] for row in table.rows for cell in row]
    assert any("按最短使用 2 天计" in cell for cell in cells)
    assert any("未含运输费用" in cell for cell in cells)


def test_funds_of_which_nothing_is_known_are_one_line(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    print_routes(answered(ask, "需要喷雾造粒12 kg/h"), "zh")
    tail = capsys.readouterr().out.partition("可投基金\n")[2].splitlines()
    assert tail == [" ? 3 支基金没有条件排除它；需求没写领域、阶段、资金、所在地"]
    print_routes(answered(ask, "需要喷雾造粒12 kg/h，已完成中试，技术成熟度TRL 6"), "zh")
    shown = capsys.readouterr().out
    assert "✓ 阶段" in shown and "没有条件排除" not in shown
