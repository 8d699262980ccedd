"""What a need says beside numbers: verification, maturity, the first day, how far away; hard or a wish."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.transfer import Knowledge, RouteOptions, routes_for
from kg.transfer.begins import start_in
from kg.transfer.quantities import Origin
from kg.transfer.reach import within_in
from kg.transfer.refused import required_in
from kg.transfer.ripeness import maturity_in
from kg.transfer.verification import kinds_of, verification_in
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry

TODAY = date(2026, 11, 25)
ON = RouteOptions(as_of=TODAY)


def grinders(registry: Registry) -> None:
    """In Chengdu from 1 December, in Chongqing (264 km) from 10 January; one states what it verifies."""
    near = registry.institution("I1", "锦水平台", "四川省成都市")
    far = registry.institution("I2", "嘉陵平台", "重庆市")
    line = registry.pilot_line(
        "L1",
        "磨线一",
        near,
        free_from="2026-12-01",
        min_days=4.0,
        price_per_day=5000.0,
        verification=["工艺"],
    )
    registry.capability("C1", "外圆磨削", line, "磨削", [("加工精度", "±18 μm")])
    other = registry.pilot_line(
        "L2", "磨线二", far, free_from="2027-01-10", min_days=2.0, price_per_day=9000.0
    )
    registry.capability("C2", "外圆磨削", other, "磨削", [("加工精度", "±12 μm")])


def patched(knowledge: Knowledge, document: dict[str, Any], patch: dict[str, Any], folder: Path) -> Any:
    """The answer to the printed requirement with a JSON Merge Patch applied."""

    def merged(one: Any, two: Any) -> Any:
        if not isinstance(two, dict):
            return two
        held = dict(one) if isinstance(one, dict) else {}
        for name, value in two.items():
            if value is None:
                held.pop(name, None)
            else:
                held[name] = merged(held.get(name), value)
        return held

    file = folder / "requirement.json"
    file.write_text(json.dumps(merged(document["requirement"], patch), ensure_ascii=False), encoding="utf-8")
    return routes_for(knowledge, requirement=file, options=ON)


def changes(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for entry in document["why_not"] for one in entry["changes"] if one["side"] == "request"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("需要开展工艺验证", ["工艺验证"]),
        ("完成设计、工艺和生产验证", ["设计验证", "工艺验证", "生产验证"]),
        ("需功能性能验证、适配验证", ["功能性能验证", "适配验证"]),
        ("已完成工艺验证，还需生产验证", ["生产验证"]),
        ("不需要做生产验证", []),
        ("process validation and production verification", ["工艺验证", "生产验证"]),
        ("输入验证码", []),
    ],
)
def test_kinds_of_verification(text: str, kinds: list[str]) -> None:
    assert [one.value for one in verification_in(text, Origin())] == kinds


def test_a_cell_need_not_say_verification() -> None:
    assert kinds_of("工艺；小批量生产") == ("工艺验证", "生产验证")


@pytest.mark.parametrize(
    ("text", "now", "target"),
    [
        ("由TRL4提升到TRL6", 4, 6),
        ("目前技术成熟度五级，希望达到7级成熟度", 5, None),
        ("当前TRL 4，目标TRL 6", 4, 6),
        ("已达到TRL 5", 5, None),
        ("技术成熟度从四级提升至六级", 4, 6),
        ("承接 TRL 4-6", None, None),
        ("TRL 6以上", None, 6),
    ],
)
def test_maturity_now_and_target(text: str, now: int | None, target: int | None) -> None:
    found, aim = maturity_in(text, Origin())
    assert (found[0] if found else None, aim.level if aim else None) == (now, target)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4月开始", "2027-04-01"),
        ("最早明年1月", "2027-01-01"),
        ("明年四月中旬以后安排", "2027-04-11"),
        ("3月前不能开工", "2027-03-01"),
        ("三个月后启动", "2027-02-25"),
        ("不早于2027年5月10日", "2027-05-10"),
        ("第二季度开始", "2027-04-01"),
        ("明年6月前完成", None),
        ("5月以后交付", None),
        ("静置7天后烧结", None),
        ("自2019年起从事", None),
    ],
)
def test_the_day_before_which_nothing_begins(text: str, day: str | None) -> None:
    found = start_in(text, TODAY, Origin())
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("成都2小时车程内", ("成都", 160.0)),
        ("距绵阳不超过150公里", ("绵阳", 150.0)),
        ("离重庆一个半小时车程以内", ("重庆", 120.0)),
        ("以成都为中心方圆300公里", None),
        ("在成都2小时内完成", None),
        ("成都大学2小时内", None),
        ("成都3小时高铁圈", None),
    ],
)
def test_how_far_away(text: str, reach: tuple[str, float] | None) -> None:
    found = within_in(text, Origin())
    assert (found and found[:2]) == reach


@pytest.mark.parametrize(
    ("text", "places"),
    [("必须在重庆", ["重庆"]), ("仅限四川省内", ["四川省"]), ("在成都附近", []), ("不出绵阳", ["绵阳"])],
)
def test_places_that_are_required(text: str, places: list[str]) -> None:
    assert [one.value for one in required_in(text, Origin())] == places


def test_a_bare_tolerance_is_held_against_the_tolerance_of_the_line(ask: Ask) -> None:
    found = routes_for(ask(grinders), need="需要磨削±15 μm", options=ON)
    assert [route["steps"][0]["line"]["key"] for route in found["routes"]] == ["L2"]
    proof = found["routes"][0]["steps"][0]["proof"][1]
    assert (proof["constraint"], proof["margin"]) == ("加工精度", {"value": 3.0, "unit": "μm"})


def test_verification_of_a_step_is_proved_by_the_line_that_states_it(ask: Ask) -> None:
    found = routes_for(ask(grinders), need="需要磨削±20 μm的工艺验证", options=ON)
    verdicts = {
        route["steps"][0]["line"]["key"]: {p["constraint"]: p["verdict"] for p in route["steps"][0]["proof"]}
        for route in found["routes"]
    }
    assert (verdicts["L1"]["verification"], verdicts["L2"]["verification"]) == ("fits", "unknown")
    assert found["routes"][0]["steps"][0]["line"]["key"] == "L1"
    assert found["requirement"]["verification"][0]["origin"]["text"] == "工艺"


def test_verification_of_the_whole_is_one_bound_of_the_route(ask: Ask) -> None:
    found = routes_for(ask(grinders), need="需要磨削±20 μm。还要做生产验证", options=ON)
    bound = {one["constraint"]: one["verdict"] for one in found["routes"][0]["bounds"]}
    assert bound == {"verification": "unknown"}
    assert any("生产验证" in question for question in found["routes"][0]["open_questions"])


def test_a_target_below_the_present_level_is_asked_about(ask: Ask) -> None:
    found = routes_for(ask(grinders), need="需要磨削±20 μm，当前TRL 6，目标TRL 5", options=ON)
    assert any("TRL 5 不高于现状 TRL 6" in one for one in found["routes"][0]["open_questions"])
    assert found["requirement"]["maturity_target"]["hard"] is True


def test_a_start_that_is_too_late_may_come_sooner(ask: Ask, tmp_path: Path) -> None:
    """2 days from 10 March end on 11 March, a day after the deadline; from 9 March they do not."""
    knowledge = ask(grinders)
    found = routes_for(knowledge, need="需要磨削±12 μm，3月10日开始，明年3月10日前完成", options=ON)
    assert found["status"] == "abstain"
    sooner = next(one for one in changes(found) if "start" in one["patch"])
    assert sooner["patch"]["start"]["value"] == "2027-03-09"
    assert patched(knowledge, found, sooner["patch"], tmp_path)["status"] == "ok"
    same_day = {"start": {"value": "2027-03-10"}}
    assert patched(knowledge, found, same_day, tmp_path)["status"] == "abstain"


def test_a_route_that_waits_says_when_it_begins(ask: Ask) -> None:
    found = routes_for(ask(grinders), need="需要磨削±12 μm，明年1月5日前完成", options=ON)
    assert "2027-01-11（2027-01-10 开始）" in changes(found)[0]["text"]


def test_too_far_away_is_short_and_the_smallest_change_is_the_next_line(ask: Ask, tmp_path: Path) -> None:
    knowledge = ask(grinders)
    found = routes_for(knowledge, need="需要磨削±12 μm，成都2小时车程内", options=ON)
    assert found["status"] == "abstain"
    entry = {one["constraint"]: one for one in found["why_not"]}
    assert entry["distance"]["short_by"]["unit"] == "km"
    assert entry["加工精度"]["short_by"] == {"value": 6.0, "unit": "μm"}, "the nearer line is another way"
    wider = entry["distance"]["smallest_change"]
    km = wider["patch"]["within_km"]["value"]
    assert patched(knowledge, found, wider["patch"], tmp_path)["status"] == "ok"
    assert patched(knowledge, found, {"within_km": {"value": km - 0.2}}, tmp_path)["status"] == "abstain"


def test_a_place_that_is_insisted_on_may_be_given_up(ask: Ask, tmp_path: Path) -> None:
    knowledge = ask(grinders)
    found = routes_for(knowledge, need="需要磨削±12 μm，必须在成都", options=ON)
    regions = [one for one in changes(found) if one["patch"] == {"regions": []}]
    assert found["status"] == "abstain" and regions
    assert patched(knowledge, found, regions[0]["patch"], tmp_path)["status"] == "ok"


@pytest.mark.parametrize(
    ("words", "name"),
    [("力争明年1月5日前完成", "by"), ("预算最好不超过1000元", "budget"), ("最好成都50公里以内", "within_km")],
)
def test_a_wish_excludes_nothing_and_is_asked_about(ask: Ask, words: str, name: str) -> None:
    found = routes_for(ask(grinders), need=f"需要磨削±12 μm，{words}", options=ON)
    assert found["requirement"][name]["hard"] is False
    assert found["status"] == "ok"
    assert any("期望" in question for question in found["routes"][0]["open_questions"])


def test_every_item_is_hard_or_soft_and_says_where_it_came_from(ask: Ask) -> None:
    need = (
        "需要磨削±20 μm的工艺验证，需CNAS资质，物料含乙醇，必须在成都，当前TRL 4，目标TRL 6，4月开始，"
        "明年6月前完成，预算50万元，成都2小时车程内"
    )
    requirement = routes_for(ask(grinders), need=need, options=ON)["requirement"]
    items = [
        requirement[name] for name in ("maturity", "maturity_target", "start", "by", "budget", "within_km")
    ]
    for name in ("steps", "certificates", "hazards", "regions", "verification"):
        assert requirement[name], name
        items += requirement[name]
    for item in items:
        assert isinstance(item["hard"], bool) and item["origin"]["text"] in need, item


def test_what_is_printed_is_handed_back_whole(ask: Ask, tmp_path: Path) -> None:
    knowledge = ask(grinders)
    need = "需要磨削±20 μm的工艺验证，最好在成都50公里以内，由TRL 4提升到TRL 6，4月开始"
    found = routes_for(knowledge, need=need, options=ON)
    again = patched(knowledge, found, {}, tmp_path)
    assert again["requirement"] == found["requirement"]
    assert again["routes"] == found["routes"]


def test_a_patch_alone_is_no_requirement(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "patch.json"
    file.write_text('{"by": {"value": "2027-03-11"}}', encoding="utf-8")
    with pytest.raises(UsageError) as told:
        routes_for(ask(grinders), requirement=file, options=ON)
    assert "补丁" in told.value.message.zh
    assert told.value.remedy and "requirement" in told.value.remedy.zh


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"stepps": []}, "stepps"),
        ({"steps": None}, None),
        ({"by": {"value": "someday"}}, "by.value"),
        ({"verification": ["抽检"]}, "verification[0]"),
        ({"maturity_target": 12}, "maturity_target"),
        ({"within_km": -3}, "within_km"),
    ],
)
def test_a_patch_that_does_not_apply_names_its_field(
    ask: Ask, tmp_path: Path, patch: dict[str, Any], field: str | None
) -> None:
    knowledge = ask(grinders)
    found = routes_for(knowledge, need="需要磨削±12 μm", options=ON)
    with pytest.raises(UsageError) as told:
        patched(knowledge, found, patch, tmp_path)
    assert told.value.field == field and told.value.remedy


def test_the_whole_printed_answer_may_be_handed_back(ask: Ask, tmp_path: Path) -> None:
    knowledge = ask(grinders)
    found = routes_for(knowledge, need="需要磨削±12 μm", options=ON)
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    assert routes_for(knowledge, requirement=file, options=ON)["routes"] == found["routes"]


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("需要磨削，加工精度±15 μm", 1),
        ("需要磨削，最好加工精度±15 μm", 2),
        ("需要磨削，希望加工精度±15 μm", 1),
    ],
)
def test_a_number_that_is_wished_for_excludes_no_line(ask: Ask, text: str, routes: int) -> None:
    """The reader's hard conditions and wishes are those of the requirement; 希望 is courtesy."""
    found = routes_for(ask(grinders), need=text, options=ON)
    assert len(found["routes"]) == routes
    (step,) = found["requirement"]["steps"]
    assert [one["hard"] for one in step["quantities"]] == [routes == 1]
