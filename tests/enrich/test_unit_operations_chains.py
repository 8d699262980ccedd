"""Steps that stand in no list: an enumeration shows them; what only looks like a step stays out."""

from __future__ import annotations

import pytest

from ingest.enrich.unit_operations import UnitOperations
from kg.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def finder() -> UnitOperations:
    return UnitOperations(load_vocabulary())


def own(finder: UnitOperations, text: str) -> list[str]:
    found = finder.find(text)
    return [m.text for m in sorted((*found.unit_ops, *found.tests), key=lambda m: m.start) if m.own]


CHAINS = [
    ("以钛粉为原料，经混合、钢模合压成坯、烧结等工序制得多孔板。", ["混合", "钢模合压成坯", "烧结"]),
    ("工艺流程为：球磨→浆料转盘抛雾成粒→烧结。", ["球磨", "浆料转盘抛雾成粒", "烧结"]),
    ("采用氧化铝，依次通过球磨，薄层铺浆，烧结完成基片的制备。", ["球磨", "薄层铺浆", "烧结"]),
    ("团队确立了“混合+湿膜铺展+烧结”的组合路线。", ["混合", "湿膜铺展", "烧结"]),
    (
        "由合金料经真空熔炼开始，随后进行辊缝压薄、退火，最后以酸洗收尾。",
        ["真空熔炼", "辊缝压薄", "退火", "酸洗"],
    ),
    ("寻找料浆抛雾成粒（产能7 kg/h以上）、烧结（装炉量65 kg）环节的放大验证条件", ["料浆抛雾成粒", "烧结"]),
]
NO_STEPS = [
    "该装置由除尘室、除泥部件以及净化管部件组成。",
    "项目涉及烧结炉、粉末原料和氧化铝陶瓷。",
    "各工序参数均已固化为作业指导书。",
    "切削刀具的寿命较长。",
    "通过市场调研、需求分析和系统建模完成平台的开发。",
]


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_an_unlisted_item_among_steps_is_a_step(
    finder: UnitOperations, text: str, expected: list[str]
) -> None:
    assert own(finder, text) == expected


@pytest.mark.parametrize("text", NO_STEPS)
def test_apparatus_matter_and_plans_are_no_steps(finder: UnitOperations, text: str) -> None:
    assert own(finder, text) == []


def test_an_unlisted_step_says_why_and_is_found_again(finder: UnitOperations) -> None:
    found = finder.find("主要工序有球磨、薄层铺浆、烧结。薄层铺浆环节要求幅宽300 mm。").unit_ops
    again = [mention for mention in found if mention.text == "薄层铺浆"]
    assert [mention.order for mention in again] == [1, 1]
    assert again[0].rule.startswith("chain: named")


def test_the_wider_word_of_a_parameter_is_not_a_second_step(finder: UnitOperations) -> None:
    text = "主要工序有混合、炉内收缩致密。炉内收缩致密时烧结温度为1500℃。"
    assert own(finder, text) == ["混合", "炉内收缩致密", "炉内收缩致密"]


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("样机通过环境试验，并在用户现场使用。", []),
        ("产品经第三方检测合格。", []),
        ("希望合作方完成盐雾试验、振动试验。", ["盐雾试验", "振动试验"]),
    ],
)
def test_a_test_that_was_passed_asks_nothing_of_a_line(
    finder: UnitOperations, text: str, tests: list[str]
) -> None:
    assert [mention.text for mention in finder.find(text).tests] == tests


@pytest.mark.parametrize(
    "text",
    [
        "一、项目背景：铸造与焊接长期依赖人工。二、技术内容：采用粉末冶金。",
        "采用铸造生产的部件余量大。本项目采用粉末冶金。",
        "该路线省去了轧制工序，以粉末冶金成材。",
    ],
)
def test_background_prior_art_and_what_is_left_out_are_not_own(finder: UnitOperations, text: str) -> None:
    assert own(finder, text) == ["粉末冶金"]
