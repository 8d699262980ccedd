"""Maturity evidence: what it is, and never proved, claimed and target mixed."""

from __future__ import annotations

import pytest

from ingest.enrich.maturity import Maturity
from kg.reading import suggest_trl


@pytest.fixture(scope="module")
def finder() -> Maturity:
    return Maturity()


@pytest.mark.parametrize(
    ("text", "item", "kind", "trl"),
    [
        ("项目已完成小试。", "小试", "proved", 5),
        ("已完成公斤级放大。", "公斤级放大", "proved", 5),
        ("在中试线运行6个月。", "中试线运行", "proved", 6),
        ("研制出工程样机。", "工程样机", "proved", 7),
        ("建成了示范工程。", "示范工程", "proved", 7),
        ("已向3家企业批量供货。", "批量供货", "proved", 9),
        ("取得第三方检测报告。", "第三方检测报告", "proved", 7),
        ("通过省级科技成果鉴定。", "鉴定", "proved", None),
        ("已授权发明专利3项。", "专利", "proved", None),
        ("参与制定国家标准2项。", "标准", "proved", None),
        ("该工艺可实现规模化生产。", "批量生产", "claimed", 9),
        ("具备产业化条件。", "批量生产", "claimed", 9),
        ("结果易于量产。", "批量生产", "claimed", 9),
        ("拟开展中试。", "中试", "target", 6),
        ("谁能帮我做500 L发酵罐放大，每批 300 kg，12月前", "反应规模", "target", None),
        ("500 L发酵罐放大，谁能做？", "反应规模", "target", None),
        ("能否做500 L发酵罐放大", "反应规模", "target", None),
        ("需要完成500 L发酵罐放大", "反应规模", "target", None),
        ("求500 L发酵罐放大", "反应规模", "target", None),
        ("找500 L发酵罐放大", "反应规模", "target", None),
        ("采用500 L发酵罐放大", "反应规模", "proved", None),
        ("想找人，完成中试", "中试", "target", 6),
        ("理想的结果：已完成中试", "中试", "proved", 6),
        ("计划于2027年完成中试。", "中试", "target", 6),
        ("有望用于示范工程。", "示范工程", "target", 7),
        ("预期目标：实现产业化生产。", "批量生产", "target", 9),
        ("寻求合作，完成中试放大。", "中试", "target", 6),
        ("技术成熟度达到6级。", "技术成熟度等级", "proved", 6),
        ("已 完 成 中 试 放 大。", "中试", "proved", 6),
        ("产品已在5家企业批量应用。", "推广应用", "proved", 8),
        ("正在开展Ⅱ期临床试验。", "临床试验", "proved", 6),
        ("拟建年产3000吨的生产线。", "生产线建成", "target", 8),
        ("寻求能够承接湿法制粒中试的单位。", "中试", "target", 6),
        ("千吨级中试装置在建。", "吨级放大", "target", 6),
        ("预期目标：降低成本；现有基础：正在试验阶段。", "研制中", "proved", None),
        ("获得省科技进步二等奖。", "科技奖励", "proved", None),
        ("实验证明该系统可靠,成果已经应用,效果好.", "推广应用", "proved", 8),
        ("该材料可广泛用于环保、催化、生物医药等领域。", "应用前景", "claimed", None),
        ("现有工作基础：搭建了光源、探测等实验平台。", "已完成的工作", "proved", None),
        ("产品符合GB/T 26040一级标准。", "符合标准", "proved", None),
    ],
)
def test_one_piece_of_evidence(finder: Maturity, text: str, item: str, kind: str, trl: int | None) -> None:
    (found,) = finder.find(text)
    assert (found.item, found.kind, found.trl_hint) == (item, kind, trl)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "尚未进行中试。",
        "对该领域的专利申请趋势进行分析。",
        "系统具有订单管理功能。",
        "要求产品达到国家标准要求。",
        "国外已实现产业化。",
        "其中试验Ⅱ组与对照组差异显著",
        "提高了烟叶产量产值",
        "本发明公开了一种方法",
        "在产业化过程中的问题",
        "plain English pilot",
        "",
    ],
)
def test_no_evidence(finder: Maturity, text: str) -> None:
    assert finder.find(text) == ()


def test_a_plan_after_a_done_thing_stays_a_plan(finder: Maturity) -> None:
    found = finder.find("已完成小试，拟在此基础上开展中试，预计2027年建成示范线。")
    assert [(one.item, one.kind) for one in found] == [
        ("小试", "proved"),
        ("中试", "target"),
        ("示范工程", "target"),
    ]


def test_only_proved_evidence_suggests_a_level(finder: Maturity) -> None:
    suggestion = suggest_trl(finder.find("已完成公斤级小试，可规模化生产，拟建示范线。"))
    assert suggestion.level == 5
    assert [one.item for one in suggestion.because] == ["公斤级放大"]
    assert suggest_trl(finder.find("拟开展中试。")).level is None


def test_a_long_text_without_a_break_is_read_in_reasonable_time(finder: Maturity) -> None:
    assert len(finder.find("已完成中试" * 20_000)) > 1000


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("该材料韧性好，因此具有广阔的应用前景和推广价值。", "具有广阔的应用前景和推广价值", "claimed"),
        ("本发明操作简单，易工业化生产。", "工业化生产", "claimed"),
        ("该方法成功用于注射液中杂质的测定。", "成功用于", "proved"),
        ("我公司正在研发的激振器力量不足。", "我公司正在研发的激振器力量不足", "proved"),
        ("工艺在50 L发酵罐中放大。", "在50 l发酵罐中", "proved"),
        ("菌株已于2019年在中国典型培养物中心保藏，保藏编号CCTCC M 1。", "保藏", "proved"),
        ("公司已试制电动拖拉机3台。", "已试制电动拖拉机3台", "proved"),
        ("样机顺利通过可靠性考核。", "通过可靠性考核", "proved"),
        ("预期目标：1)建设实验样机1台。", "样机", "target"),
        ("实现产品的连续稳定生产。", "实现产品的连续稳定生产", "proved"),
    ],
)
def test_evidence_in_other_words(finder: Maturity, text: str, words: str, kind: str) -> None:
    (mention,) = (one for one in finder.find(text) if words.casefold() in one.text.casefold())
    assert mention.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "支持向量机已经被广泛应用于遥感图像分类。",
        "探讨其在临床中的应用价值。",
        "上述研究可为微润灌技术推广应用提供依据。",
        "幼苗采用盆栽试验，研究水分胁迫。",
        "将经典算法推广到模糊集上。",
        "利用公司已建立的平台开展合作。",
    ],
)
def test_topics_and_the_state_of_the_art_are_none(finder: Maturity, text: str) -> None:
    assert finder.find(text) == ()


@pytest.mark.parametrize("text", ["要500 L发酵罐放大", "要 1500 L发酵罐放大"])
def test_no_span_begins_inside_a_number(finder: Maturity, text: str) -> None:
    assert [one.text for one in finder.find(text) if one.start and text[one.start - 1].isdigit()] == []


def test_what_was_done_stays_proved_beside_what_is_asked_for(finder: Maturity) -> None:
    found = finder.find("已完成小试，想找人做中试")
    assert [(one.item, one.kind) for one in found] == [("小试", "proved"), ("中试", "target")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本合同形成的非专利技术成果的使用权由双方享有。", []),
        ("本项目形成的专利申请权由双方享有。", []),
        ("通过PCR、双酶切、DNA测序鉴定重组质粒。", []),
        ("现需要开发一种模具新材料，并实现其产业化生产。", ["target"]),
        ("现有工作基础：正在试验阶段。", ["proved"]),
        ("需求内容：引进技术。公司建设了悬浮培养生产线。", ["proved"]),
        ("研制了可用于火焰显示的原理样机。", ["proved"]),
    ],
)
def test_phrases_met_in_registers(text: str, found: list[str]) -> None:
    assert [one.kind for one in Maturity().find(text)] == found
