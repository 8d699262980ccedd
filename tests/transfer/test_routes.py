"""Routes over a registry written by hand: what fits, what is short, what is a question, and an honest no."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kg.errors import NotFoundError, UsageError
from kg.transfer import Knowledge, RouteOptions, routes_for
from kg.transfer.answers import blocked
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry


def base(registry: Registry) -> None:
    """Two institutions 115 km apart, three lines, own equipment, two funds."""
    near = registry.institution("I1", "甲粉体中试中心", "四川省绵阳市")
    far = registry.institution("I2", "乙材料中试基地", "四川省成都市")
    spray = registry.pilot_line("L1", "甲喷雾造粒线", near)
    big = registry.pilot_line("L2", "乙喷雾造粒大线", far)
    furnace = registry.pilot_line("L3", "乙烧结线", far)
    registry.capability("C1", "喷雾造粒", spray, "喷雾造粒", [("处理量", "3～15 kg/h")])
    registry.capability("C2", "大型喷雾造粒", big, "喷雾造粒", [("处理量", "80～500 kg/h")])
    registry.capability("C3", "烧结", furnace, "烧结", [("最高温度", "1750℃"), ("批量", "")])
    registry.capability("C4", "压力校准", near, "压力校准", [("量程", "60 MPa")])
    registry.topic("先进陶瓷", "先进材料")
    registry.fund(
        "F1", "中试基金", fields=["先进材料"], regions=["四川"], stage=(4, 6, "TRL 4～6"),
        ticket=(1e6, 8e6, "100万—800万元"),
    )  # fmt: skip
    registry.fund("F2", "核医疗基金", fields=["核医疗"], stage=(1, 9, "TRL 1～9"))


def granules(registry: Registry) -> None:
    base(registry)
    registry.achievement(
        "A1", "陶瓷微球", [("喷雾造粒", [("处理量", "12 kg/h")]), ("真空烧结", [("烧结温度", "1600℃")])],
        fields=["先进陶瓷"], region="四川省绵阳市", trl=4, funding_need=3e6,
    )  # fmt: skip


def verdicts(step: dict[str, Any]) -> dict[str, str]:
    return {proof["constraint"]: proof["verdict"] for proof in step["proof"]}


def lines(document: dict[str, Any]) -> list[list[str | None]]:
    return [[step["line"] and step["line"]["key"] for step in route["steps"]] for route in document["routes"]]


def test_a_chain_over_two_institutions_with_its_proof(ask: Ask) -> None:
    found = routes_for(ask(granules), key_or_id="A1")
    assert (found["status"], lines(found)) == ("ok", [["L1", "L3"]])
    first, second = found["routes"][0]["steps"]
    assert verdicts(first) == {"unit_op": "fits", "处理量": "fits"}
    assert first["proof"][1]["margin"] == {"value": 3.0, "unit": "kg/h"}
    assert first["proof"][1]["source"]["file"] == "hand.csv"
    assert second["proof"][0]["note"] == "要求真空烧结，登记的是更宽的烧结"
    assert verdicts(second) == {"unit_op": "fits", "烧结温度": "fits"}
    totals = found["routes"][0]["totals"]
    assert (totals["hand_overs"], totals["cost"], totals["months"], totals["risk"]) == (1, None, None, 0.0)
    assert 100 < totals["km"] < 130
    assert [fund["key"] for fund in found["routes"][0]["funds"]] == ["F1"]
    assert json.loads(json.dumps(found)) == found


def test_every_item_of_the_requirement_says_where_it_came_from(ask: Ask) -> None:
    found = routes_for(ask(granules), key_or_id="A1")["requirement"]
    assert [step["unit_op"] for step in found["steps"]] == ["喷雾造粒", "真空烧结"]
    for step in found["steps"]:
        assert step["origin"]["entity"] == found["subject"]["id"]
        assert step["origin"]["field"] == "abstract"
        assert all(quantity["origin"]["end"] for quantity in step["quantities"])
    assert found["maturity"]["value"] == 4


def test_a_place_that_only_the_owner_states_says_so(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        owner = registry.add("Organization", "O1", "丙大学", region="四川省成都市", region_code="510100")
        registry.link(registry.achievement("A1", "陶瓷", [("烧结", [])]), "OWNED_BY", owner)

    found = routes_for(ask(fill), key_or_id="A1")
    region = found["requirement"]["region"]
    assert region["value"] == "四川省成都市"
    assert region["origin"]["entity"] != found["requirement"]["subject"]["id"]
    assert found["routes"][0]["totals"]["km"] == 0.0


def test_the_same_by_id_and_by_key(ask: Ask) -> None:
    knowledge = ask(granules)
    by_key = routes_for(knowledge, key_or_id="A1")
    assert routes_for(knowledge, key_or_id=by_key["requirement"]["subject"]["id"]) == by_key


def test_the_score_is_the_sum_of_its_reasons(ask: Ask) -> None:
    route = routes_for(ask(granules), key_or_id="A1")["routes"][0]
    total = sum(reason["score"] * reason["weight"] for reason in route["reasons"])
    assert route["score"] == pytest.approx(total, abs=1e-3)
    assert route["probability"] is None
    assert all(reason["explanation"] and reason["reason"] for reason in route["reasons"])


def test_short_is_no_route_and_says_by_how_much(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "微球", [("喷雾造粒", [("处理量", "20 kg/h")])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert (found["status"], found["routes"]) == ("abstain", [])
    (why,) = found["why_not"]
    assert (why["constraint"], why["by"]["key"]) == ("处理量", "L1")
    assert why["short_by"] == {"value": 5.0, "unit": "kg/h"}  # 20 - 15; the other line lacks 60
    change = why["smallest_change"]
    assert (change["side"], change["opens"]) == ("request", 1)
    assert "15 kg/h" in change["text"]


def test_a_step_that_nobody_offers_is_no_route(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "靶材", [("喷雾造粒", []), ("放电等离子烧结炉外延", [])])
        registry.achievement("A2", "外延片", [("分子束外延", [("温度", "600℃")])])

    knowledge = ask(fill)
    found = routes_for(knowledge, key_or_id="A2")
    assert found["status"] == "abstain"
    assert found["why_not"][0]["required"] == "分子束外延"
    assert found["open_questions"] or found["why_not"]


def test_a_sister_step_is_a_question(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "喷雾干燥", there, "喷雾干燥", [("处理量", "3～15 kg/h")])
        registry.achievement("A1", "微球", [("喷雾造粒", [("处理量", "12 kg/h")])])
        registry.achievement("A2", "微球二", [("喷雾造粒", [])])

    knowledge = ask(fill)
    found = routes_for(knowledge, key_or_id="A1")
    assert verdicts(found["routes"][0]["steps"][0]) == {"unit_op": "unknown", "处理量": "fits"}
    assert found["routes"][0]["open_questions"]
    assert found["routes"][0]["steps"][0]["line"] is None  # the institution's own equipment
    nothing_known = routes_for(knowledge, key_or_id="A2")
    assert (nothing_known["status"], nothing_known["routes"]) == ("abstain", [])
    assert "喷雾干燥" in " ".join(nothing_known["open_questions"])
    assert nothing_known["why_not"][0]["best_offer"] == "喷雾干燥"


def test_a_line_narrower_than_asked_is_a_question(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "真空烧结", there, "真空烧结", [("温度", "1750℃")])
        registry.achievement("A1", "陶瓷", [("烧结", [("温度", "1600℃")])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert verdicts(found["routes"][0]["steps"][0])["unit_op"] == "unknown"


def test_a_synonym_is_the_same_step(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "冻干", there, "冻干")
        registry.achievement("A1", "菌粉", [("冷冻干燥", [])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert verdicts(found["routes"][0]["steps"][0]) == {"unit_op": "fits"}


def test_words_that_no_list_knows_lead_to_a_question_never_to_a_fit(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "离心雾化成珠", there, "离心雾化成珠", [("处理量", "3～15 kg/h")])
        registry.achievement("A1", "微珠", [("高速雾化成珠", [("处理量", "12 kg/h")])])

    step = routes_for(ask(fill), key_or_id="A1")["routes"][0]["steps"][0]
    assert verdicts(step) == {"unit_op": "unknown", "处理量": "fits"}
    assert set(step["found_by"]) & {"fulltext", "vector"}


def test_a_little_alike_is_no_ground_for_a_route(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "高温烧结", there, "烧结", [("温度", "1750℃")])
        registry.achievement("A1", "粉体", [("高温卷珐", [("温度", "1000℃")])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert (found["status"], found["routes"]) == ("abstain", [])
    assert found["why_not"]


def test_a_parameter_without_a_number_and_one_that_is_not_stated_are_unknown(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement(
            "A1", "陶瓷", [("烧结", [("批量", "50 kg"), ("压力", "10 MPa"), ("纯度", "99.9%")])]
        )

    route = routes_for(ask(fill), key_or_id="A1")["routes"][0]
    assert verdicts(route["steps"][0]) == {"unit_op": "fits", "批量": "unknown", "压力": "unknown"}
    assert route["totals"]["risk"] == pytest.approx(2 / 3, abs=1e-3)
    assert any("乙烧结线" in question for question in route["open_questions"])


def test_max_hand_overs_is_hard(ask: Ask) -> None:
    knowledge = ask(granules)
    found = routes_for(knowledge, key_or_id="A1", options=RouteOptions(max_hand_overs=0))
    assert found["status"] == "abstain"
    assert found["why_not"][0]["constraint"] == "max_hand_overs"
    assert found["why_not"][0]["short_by"] == {"value": 1.0, "unit": "hand-overs"}
    assert routes_for(knowledge, key_or_id="A1", options=RouteOptions(max_hand_overs=1))["status"] == "ok"


def test_near_orders_and_excludes_nothing(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        for key, region in (("I1", "四川省绵阳市"), ("I2", "四川省成都市"), ("I3", "北京市"), ("I4", None)):
            there = registry.institution(key, f"机构{key}", region)
            registry.capability(f"C{key}", "烧结", there, "烧结", [("温度", "1750℃")])
        registry.achievement("A1", "陶瓷", [("烧结", [("温度", "1600℃")])])

    knowledge = ask(fill)
    for near, order in (("北京", ["I3", "I1", "I2", "I4"]), ("成都", ["I2", "I1", "I3", "I4"])):
        found = routes_for(knowledge, key_or_id="A1", options=RouteOptions(near=near))
        assert [route["steps"][0]["institution"]["key"] for route in found["routes"]] == order
    assert found["routes"][0]["totals"]["km"] == 0.0
    assert found["routes"][-1]["totals"]["km"] is None


def test_a_distance_that_a_register_states_beats_a_computed_one(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        granules(registry)
        city = registry.add("Region", "成都市", "成都市")
        registry.link(
            registry.institution("I1", "甲粉体中试中心", "四川省绵阳市"), "AWAY_FROM", city, km=152.0
        )

    found = routes_for(ask(fill), key_or_id="A1")
    assert [step["km"] for step in found["routes"][0]["steps"]] == [0.0, 152.0]
    assert found["routes"][0]["totals"]["km"] == 152.0


def test_bounds_that_cannot_be_checked_are_unknown(ask: Ask) -> None:
    options = RouteOptions(budget=500_000, by=date(2027, 3, 1), near="某地无名处")
    route = routes_for(ask(granules), key_or_id="A1", options=options)["routes"][0]
    assert {bound["constraint"]: bound["verdict"] for bound in route["bounds"]} == {
        "budget": "unknown", "by": "unknown", "near": "unknown",
    }  # fmt: skip
    assert len(route["open_questions"]) >= 3


def test_no_steps_is_an_abstention_that_says_what_to_add(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "国史知识组织方法研究")

    found = routes_for(ask(fill), key_or_id="A1")
    assert (found["status"], found["routes"]) == ("abstain", [])
    assert "中试需求" in found["open_questions"][0]


def test_a_restricted_record_is_blocked_and_nothing_of_it_is_told(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A9", "不可说的成果", [("烧结", [])], access="restricted")

    found = routes_for(ask(fill), key_or_id="A9")
    assert found == blocked("A9")
    assert found["status"] == "blocked"
    assert found["gates"][0]["status"] == "blocked"
    assert "不可说" not in json.dumps(found, ensure_ascii=False)


def test_a_restricted_capability_is_never_offered(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "烧结", there, "烧结", access="restricted")
        registry.achievement("A1", "陶瓷", [("烧结", [])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert found["status"] == "abstain"
    assert "甲" not in json.dumps(found, ensure_ascii=False)


def test_a_pilot_request_adds_its_numbers_to_the_chain(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "微球", [("喷雾造粒", []), ("烧结", [("温度", "900℃")])])
        registry.achievement(
            "A1", "微球", [("喷雾造粒", [("处理量", "12 kg/h")]), ("压力校准", [])], step_field="pilot_need"
        )

    found = routes_for(ask(fill), key_or_id="A1")
    steps = found["requirement"]["steps"]
    assert [(step["unit_op"], step["role"], len(step["quantities"])) for step in steps] == [
        ("喷雾造粒", "hard", 1), ("烧结", "hard", 1), ("压力校准", "hard", 0),
    ]  # fmt: skip
    assert steps[0]["origin"]["field"] == "pilot_need"
    assert lines(found) == [["L1", "L3", None]]


def test_a_test_that_a_description_mentions_is_an_open_question_and_one_that_is_asked_for_is_hard(
    ask: Ask,
) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "陶瓷", [("烧结", []), ("盐雾试验", [])])
        registry.achievement("A2", "陶瓷", [("烧结", []), ("盐雾试验", [])], step_field="pilot_need")

    knowledge = ask(fill)
    found = routes_for(knowledge, key_or_id="A1")
    assert (found["status"], found["routes"][0]["not_covered"]) == ("ok", ["盐雾试验"])
    assert routes_for(knowledge, key_or_id="A2")["status"] == "abstain"


def test_a_broader_name_beside_a_narrower_one_is_the_same_step(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "陶瓷", [("真空烧结", []), ("烧结", [("温度", "1600℃")])])

    (step,) = routes_for(ask(fill), key_or_id="A1")["requirement"]["steps"]
    assert (step["unit_op"], [one["text"] for one in step["quantities"]]) == ("真空烧结", ["1600℃"])


def test_three_names_one_below_the_other_are_one_step(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        names = ("甲式真空烧结", "真空烧结", "烧结")
        for index, order in enumerate((names, names[::-1], (names[1], names[0], names[2]))):
            chain = [(name, [("温度", "1600℃")] if name == "烧结" else []) for name in order]
            registry.achievement(f"A{index}", "陶瓷", chain)

    knowledge = ask(fill)
    for key in ("A0", "A1", "A2"):
        steps = routes_for(knowledge, key_or_id=key)["requirement"]["steps"]
        assert "甲式真空烧结" in {step["unit_op"] for step in steps}
        assert "1600℃" in {one["text"] for step in steps for one in step["quantities"]}


def test_of_several_scales_the_largest_is_what_a_line_has_to_run(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        sizes = [("处理量", "0.5 kg/h"), (None, "12 kg/h"), ("温度", "180℃")]
        registry.achievement("A1", "微球", [("喷雾造粒", sizes)])

    (step,) = routes_for(ask(fill), key_or_id="A1")["requirement"]["steps"]
    assert [one["text"] for one in step["quantities"]] == ["12 kg/h", "180℃"]


def test_a_plain_step_that_nobody_lists_is_an_open_question(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        base(registry)
        registry.achievement("A1", "陶瓷", [("搅拌", []), ("烧结", [("温度", "1600℃")])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert found["status"] == "ok"
    assert found["routes"][0]["not_covered"] == ["搅拌"]
    assert any("搅拌" in question for question in found["routes"][0]["open_questions"])


def test_what_a_line_demands_is_proved_too(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        ready = registry.pilot_line("L1", "线一", there, stage_low=5, stage_high=7, stage_text="TRL 5～7")
        shut = registry.pilot_line("L2", "线二", there, status="停用")
        for index, line in enumerate((ready, shut)):
            registry.capability(f"C{index}", "烧结", line, "烧结", [("温度", "1750℃")])
        registry.achievement("A4", "陶瓷", [("烧结", [("温度", "1600℃")])], trl=4)
        registry.achievement("A6", "陶瓷", [("烧结", [("温度", "1600℃")])], trl=6)

    knowledge = ask(fill)
    assert routes_for(knowledge, key_or_id="A4")["why_not"][0]["short_by"] == {"value": 1.0, "unit": "TRL"}
    found = routes_for(knowledge, key_or_id="A6")
    assert lines(found) == [["L1"]]
    assert verdicts(found["routes"][0]["steps"][0])["maturity"] == "fits"


def test_synonyms_and_the_tree_that_a_register_states_count(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "珠化", there, "珠化")
        registry.capability("C2", "玄化", there, "玄化")
        registry.add("UnitOp", "珠化", "珠化", synonyms=["滚圆成珠工艺"])
        registry.link(registry.operation("深度玄化甲"), "BROADER", registry.operation("玄化"))
        registry.achievement("A1", "一", [("滚圆成珠工艺", [])])
        registry.achievement("A2", "二", [("深度玄化甲", [])])

    knowledge = ask(fill)
    for key in ("A1", "A2"):
        found = routes_for(knowledge, key_or_id=key)
        assert verdicts(found["routes"][0]["steps"][0]) == {"unit_op": "fits"}


def test_wrong_use_is_said(ask: Ask) -> None:
    knowledge: Knowledge = ask(granules)
    with pytest.raises(NotFoundError):
        routes_for(knowledge, key_or_id="nowhere")
    with pytest.raises(UsageError, match="Fund"):
        routes_for(knowledge, key_or_id="F1")
    with pytest.raises(UsageError):
        RouteOptions(limit=0)
    with pytest.raises(UsageError):
        RouteOptions(max_hand_overs=-1)


def test_the_store_changes_and_so_does_the_answer(ask: Ask) -> None:
    knowledge = ask(granules)
    assert len(routes_for(knowledge, key_or_id="A1")["routes"]) == 1
    more = Registry(knowledge.schema)
    there = more.institution("I5", "丙", "四川省绵阳市")
    more.capability("C9", "烧结", there, "烧结", [("温度", "1750℃")])
    more.write(knowledge.view.store, knowledge.encoder)
    assert len(routes_for(knowledge, key_or_id="A1")["routes"]) == 2


def test_a_sister_is_no_way_around_those_who_fall_short(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        one = registry.institution("I1", "甲", "四川省绵阳市")
        two = registry.institution("I2", "乙", "四川省绵阳市")
        registry.capability("C1", "喷雾造粒", one, "喷雾造粒", [("处理量", "3～15 kg/h")])
        registry.capability("C2", "喷雾干燥", two, "喷雾干燥", [("处理量", "100 kg/h")])
        registry.achievement("A1", "微球", [("喷雾造粒", [("处理量", "40 kg/h")])])

    found = routes_for(ask(fill), key_or_id="A1")
    assert found["status"] == "abstain"
    nearest = found["why_not"][0]
    assert nearest["by"]["key"] == "I1"
    assert nearest["short_by"] == {"value": 25.0, "unit": "kg/h"}


def test_a_stated_way_to_an_institution_counts_from_a_place_that_no_gazetteer_knows(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        landing = registry.add("Region", "老渡口", "柳湾坝老渡口")
        for key, name, km in (("I1", "甲中心", 140.0), ("I2", "乙中心", 5.0)):
            there = registry.institution(key, name, "四川省绵阳市")
            registry.capability(f"C-{key}", "喷雾造粒", there, "喷雾造粒", [("处理量", "3～15 kg/h")])
            registry.link(landing, "AWAY_FROM", registry.add("Region", name, name), km=km)
        registry.achievement("A1", "微球", [("喷雾造粒", [("处理量", "12 kg/h")])])

    found = routes_for(ask(fill), key_or_id="A1", options=RouteOptions(near="柳湾坝老渡口"))
    ways = [(route["totals"]["km"], route["steps"][0]["institution"]["key"]) for route in found["routes"]]
    assert ways == [(5.0, "I2"), (140.0, "I1")]


def test_a_machine_that_says_which_kind_it_is_does_no_other_kind(ask: Ask) -> None:
    """Both lists say 干燥; one machine is a vacuum dryer, the other leaves it open."""

    def dryers(registry: Registry) -> None:
        near = registry.institution("I1", "甲干燥中心", "四川省绵阳市")
        far = registry.institution("I2", "乙粉体基地", "四川省成都市")
        registry.capability("C1", "双锥真空干燥能力", near, "干燥", [("处理量", "≤100 kg/h")])
        registry.capability("C2", "浆料干燥能力", far, "干燥", [("处理量", "≤20 kg/h")])

    found = routes_for(ask(dryers), need="需要喷雾干燥 10 kg/h", options=RouteOptions(near="绵阳"))
    first, second = [route["steps"][0] for route in found["routes"]]
    assert (first["capability"]["key"], verdicts(first)["unit_op"]) == ("C2", "fits")
    assert (second["capability"]["key"], verdicts(second)["unit_op"]) == ("C1", "unknown")
    assert "真空干燥" in second["proof"][0]["note"]


def test_a_deadline_in_words_is_asked_about_and_raises_the_risk(ask: Ask) -> None:
    found = routes_for(ask(base), need="需要喷雾造粒 10 kg/h，2027年3月底前完成")
    [route] = found["routes"][:1]
    [bound] = route["bounds"]
    assert (bound["constraint"], bound["verdict"]) == ("by", "unknown") and "2027-03" in bound["required"]
    assert any("2027-03" in question for question in route["open_questions"])
    assert found["requirement"]["by"]["origin"]["text"] == "2027年3月底前"
    silent = routes_for(ask(base), need="需要喷雾造粒 10 kg/h")["routes"][0]
    assert route["totals"]["risk"] > silent["totals"]["risk"]


def test_one_of_two_alternatives_is_one_step_and_the_other_a_question(ask: Ask) -> None:
    found = routes_for(ask(base), need="需要喷雾造粒或喷雾干燥，10 kg/h")
    assert [step["unit_op"] for step in found["requirement"]["steps"]] == ["喷雾造粒"]
    assert [one["value"] for one in found["requirement"]["alternatives"]] == ["喷雾干燥"]
    [route] = found["routes"]
    assert verdicts(route["steps"][0])["处理量"] == "fits"
    assert any("喷雾干燥" in question for question in route["open_questions"])
