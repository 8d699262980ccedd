"""Nothing that a person wrote with a number and a unit disappears: it is proved, or it is asked about."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.reading import Reader, steps
from kg.transfer import match_need, routes_for
from kg.transfer.answering import answering
from kg.transfer.envelope import compare
from kg.values.qualifiers import side_of, with_side
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry, asked_document
from tests.transfer.test_envelope import asked, limit


def lines(registry: Registry) -> None:
    there = registry.institution("I1", "甲粉体中试中心", "四川省绵阳市")
    line = registry.pilot_line("L1", "甲线", there)
    limits = [("处理量", "3～15 kg/h"), ("温度", "20～250 ℃")]
    registry.capability("C1", "喷雾造粒", line, "喷雾造粒", limits)
    registry.capability("C2", "超滤", line, "超滤", [("膜面积", "≤30 m²")])
    registry.capability("C3", "机加工", line, "机加工", [("行程", "≤800 mm")])


def items(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every number of a requirement by its text."""
    requirement = document["requirement"]
    of_steps = [one for step in requirement["steps"] for one in (*step["quantities"], *step["set_aside"])]
    return {one["text"]: one for one in (*of_steps, *requirement["quantities"])}


def asks(document: dict[str, Any]) -> str:
    found = [*document["open_questions"], *(q for one in document["routes"] for q in one["open_questions"])]
    return " ".join(found)


@pytest.mark.parametrize(
    ("need", "text"),
    [
        ("喷雾造粒中试，30 kg/批", "30 kg/批"),
        ("喷雾造粒，成品在-30 ℃保存", "-30 ℃"),
        ("喷雾造粒 12 kg/h，真空1×10^-3 Pa", "1×10^-3 Pa"),
        ("机加工，优于 0.1 mm", "0.1 mm"),
        ("喷雾造粒 12 kg/h，纯度99.95%", "99.95%"),
        ("喷雾造粒 12 kg/h，保温2 h", "2 h"),
    ],
)
def test_a_number_that_no_line_can_be_held_against_is_an_item_and_a_question(
    ask: Ask, need: str, text: str
) -> None:
    found = routes_for(ask(lines), need=need)
    (held,) = [one for name, one in items(found).items() if text in name]
    assert held["origin"]["field"] == "need"
    assert need[held["origin"]["start"] : held["origin"]["end"]].endswith(text)
    unknown = [
        proof["required"]["text"]
        for route in found["routes"]
        for step in route["steps"]
        for proof in step["proof"]
        if proof["verdict"] == "unknown" and isinstance(proof["required"], dict)
    ]
    assert text in asks(found) or any(text in one for one in unknown)
    assert not any(
        proof["verdict"] == "fits"
        and isinstance(proof["required"], dict)
        and text in proof["required"]["text"]
        for route in found["routes"]
        for step in route["steps"]
        for proof in step["proof"]
    )


def test_a_batch_is_asked_about_in_both_languages(ask: Ask) -> None:
    knowledge = ask(lines)
    need = "先超滤，再喷雾造粒；30 kg/批"
    assert "30 kg/批：没有产线写明批量" in asks(routes_for(knowledge, need=need))
    assert "30 kg/批: no line states a batch size" in asks(routes_for(knowledge, need=need, lang="en"))
    assert any("30 kg/批" in one for one in match_need(knowledge, need)["open_questions"])


def test_numbers_of_a_stored_record_are_items_too(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        lines(registry)
        loose = [{**asked_document(None, "30 kg/批"), "field": "pilot_need"}]
        loose += [{**asked_document("成品率", "87%"), "field": "abstract"}]
        loose += [{**asked_document("批量", "2 kg"), "field": "abstract", "stage": "now"}]
        held = [json.dumps(one, ensure_ascii=False) for one in loose]
        steps = [("超滤", []), ("喷雾造粒", [("处理量", "12 kg/h")])]
        registry.achievement("A1", "微球", steps, quantities=held)

    found = routes_for(ask(fill), key_or_id="A1")
    assert {"30 kg/批", "87%", "2 kg", "12 kg/h"} == set(items(found))
    assert items(found)["30 kg/批"]["origin"]["field"] == "pilot_need"
    assert items(found)["2 kg"]["reached"]
    assert "30 kg/批" in asks(found)
    assert "87%" not in asks(found)  # a description's property of the product is no demand on a line


def test_a_loose_parameter_belongs_to_the_one_step_whose_lines_state_it(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        lines(registry)
        held = [json.dumps({**asked_document("膜面积", "40 m²"), "field": "abstract"}, ensure_ascii=False)]
        registry.achievement("A1", "微球", [("超滤", []), ("喷雾造粒", [])], quantities=held)

    found = routes_for(ask(fill), key_or_id="A1")
    assert (found["status"], found["why_not"][0]["short_by"]) == ("abstain", {"value": 10.0, "unit": "m²"})


def test_a_smaller_scale_is_set_aside_and_shown(ask: Ask) -> None:
    need = "喷雾造粒，小试0.5 kg/h，放大到12 kg/h"
    found = routes_for(ask(lines), need=need)
    assert set(items(found)) == {"0.5 kg/h", "12 kg/h"}
    proofs = [proof for step in found["routes"][0]["steps"] for proof in step["proof"]]
    assert {p["required"]["text"]: p["verdict"] for p in proofs if isinstance(p["required"], dict)} == {
        "12 kg/h": "fits"
    }


@pytest.mark.parametrize(
    ("text", "asked_for", "laboratory"),
    [
        ("现有球磨批量仅0.5 kg，希望在中试阶段提高至25kg。工艺为球磨、烧结。", "25kg", None),
        ("狭缝涂布的实验室幅宽为500 mm，拟放大到2500 mm。", "2500 mm", "500 mm"),
        ("气流粉碎：小试48 kg/d，中试200 kg/h。", "200 kg/h", "48 kg/d"),
        ("热轧环节计划从0.15 m放大至95 cm。", "95 cm", "0.15 m"),
    ],
)
def test_an_aim_belongs_where_the_laboratory_figure_stands(
    reader: Reader, text: str, asked_for: str, laboratory: str | None
) -> None:
    found = steps(reader.read(text), text)
    (step,) = [one for one in found.steps if one.own and one.quantities]
    assert [one.quantity.text for one in step.quantities] == [asked_for]
    assert [one.quantity.text for one in step.bench] == ([laboratory] if laboratory else [])


SIDES = [
    # asked, limit's parameter, what it answers
    ("进风温度", "进风温度", "limit"),
    ("进口温度", "进风温度", "limit"),
    ("出风温度", "进风温度", "ask"),
    ("出风温度", "温度", "ask"),
    ("温度", "进风温度", "ask"),
    ("烧结温度", "最高温度", "limit"),
    ("夹套温度", "反应温度", "ask"),
    ("内径", "外径", "skip"),
]


@pytest.mark.parametrize(("measures", "parameter", "role"), SIDES)
def test_a_parameter_of_one_side_is_not_that_of_another(measures: str, parameter: str, role: str) -> None:
    found = answering(asked("120 ℃", measures), [limit(parameter, "60～250 ℃")])
    assert found.role == role or (role == "skip" and found.role == "ask")
    if role == "ask":
        assert found.why
        assert parameter in found.why.zh


def test_the_side_is_read_where_it_stands(ask: Ask) -> None:
    assert with_side("温度", "喷雾干燥，出风温度为") == "出风温度"
    assert with_side("温度", "出口处检查，反应温度") == "温度"
    assert side_of("进料粒度") is None  # a parameter of its own
    document = routes_for(ask(lines), need="喷雾造粒，进风温度180℃，出风温度80℃")
    assert {one["measures"] for one in items(document).values()} == {"进风温度", "出风温度"}
    proofs = document["routes"][0]["steps"][0]["proof"] if document["routes"] else []
    assert not any(p["verdict"] == "fits" for p in proofs if isinstance(p["required"], dict))


def test_a_vacuum_is_no_pressure_of_a_press() -> None:
    assert answering(asked("1×10^-3 Pa", None), [limit("压力", "≤1.2 MPa")]).role == "ask"
    found = answering(asked("1×10^-3 Pa", None), [limit("极限真空度", "5×10^-4 Pa")])
    assert found.limit is not None
    assert compare(asked("1×10^-3 Pa", None), found.limit).verdict == "fits"


def test_where_less_is_better_an_offer_reads_as_what_it_gets_down_to(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        there = registry.institution("I1", "甲", "四川省绵阳市")
        registry.capability("C1", "机加工", there, "机加工", [("加工精度", "≥5 μm"), ("处理量", "≥5 kg/h")])

    knowledge = ask(fill)
    for lang, words in (("zh", "可达 5 μm"), ("en", "down to 5 μm")):
        found = routes_for(knowledge, need="机加工，加工精度±8 μm，处理量9 kg/h", lang=lang)  # type: ignore[arg-type]
        offered = {
            p["constraint"]: p["offered"]["text"]
            for p in found["routes"][0]["steps"][0]["proof"]
            if p["constraint"] != "unit_op"
        }
        assert offered == {"加工精度": words, "处理量": "≥5 kg/h"}


def test_bounds_that_exclude_each_other_are_both_kept_and_asked_about(ask: Ask) -> None:
    document = routes_for(ask(lines), need="需要喷雾造粒，处理量不低于100 kg/h，处理量不高于5 kg/h")
    [step] = document["requirement"]["steps"]
    assert [one["relation"] for one in step["quantities"]] == [">=", "<="]
    assert any("不能同时满足" in one for one in document["open_questions"])


def test_a_window_of_two_bounds_is_no_contradiction(ask: Ask) -> None:
    document = routes_for(ask(lines), need="需要喷雾造粒，处理量不低于5 kg/h，处理量不高于10 kg/h")
    asked = [*document["open_questions"], *(one for r in document["routes"] for one in r["open_questions"])]
    assert not any("不能同时满足" in one for one in asked)
