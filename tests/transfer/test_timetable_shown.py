"""What a person sees of a route's calendar and bill: on the terminal and in a sheet."""

from __future__ import annotations

from typing import Any

import pytest

from api.cli.render.routes import print_routes
from api.tables import routes_tables
from kg.transfer import RouteOptions, routes_for
from tests.transfer.conftest import Ask
from tests.transfer.test_timeline import TODAY, fill


@pytest.fixture
def document(ask: Ask) -> dict[str, Any]:
    return routes_for(ask(fill), key_or_id="r", options=RouteOptions(as_of=TODAY, limit=1))


def test_the_terminal_shows_slots_costs_and_when_all_is_done(
    document: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    print_routes(document, "zh")
    shown = "".join(capsys.readouterr().out.split())
    least = "按最短使用5天计"
    assert f"2026-12-02～2026-12-07（4.2万元，{least}）→2.2026-12-11～2026-12-16（4.2万元，{least}）" in shown
    assert "8.4万元·0.7个月（至2026-12-16）·同等依据中最早完成" in shown


def test_a_sheet_shows_how_each_cost_comes_about_and_the_records(document: dict[str, Any]) -> None:
    table = next(one for one in routes_tables(document, "zh") if one.title == "排期与费用")
    assert list(table.header) == [
        "路径",
        "步骤",
        "单元操作",
        "产线",
        "开始",
        "结束",
        "费用（元）",
        "费用构成",
        "出处",
    ]
    first = table.rows[0]
    bill = "准备费 2,000 元 + 5 天 × 8,000 元（按最短使用 5 天计）"
    assert list(first[4:8]) == ["2026-12-02", "2026-12-07", 42_000, bill]
    assert "hand.csv:4" in str(first[8])


def test_where_nothing_is_stated_there_is_no_timetable(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    def bare(registry: Any) -> None:
        registry.capability("c1", "混料", registry.institution("a", "甲中试基地"), "混料")
        registry.achievement("r", "粉料", [("混料", [])])

    found = routes_for(ask(bare), key_or_id="r", options=RouteOptions(as_of=TODAY))
    print_routes(found, "zh")
    assert "排期" not in capsys.readouterr().out
    assert all(one.title != "排期与费用" for one in routes_tables(found, "zh"))
