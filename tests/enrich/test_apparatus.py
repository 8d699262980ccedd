"""An apparatus that is asked for or worked with stands for its operation; one made or owned does not."""

from __future__ import annotations

import pytest

from ingest.enrich import build_reader
from kg.reading import Reader, steps


@pytest.fixture(scope="module")
def reader() -> Reader:
    return build_reader()


@pytest.mark.parametrize(
    ("text", "name", "quantities"),
    [
        ("需要 500 L 发酵罐", "发酵", [("500 L", "容积")]),
        ("1600℃真空烧结炉", "真空烧结", [("1600℃", "温度")]),
        ("找一台喷雾干燥塔，每小时蒸发30公斤", "喷雾干燥", [("30公斤", "蒸发量")]),
        ("想找人造粒，一天 80 公斤", "造粒", [("80 公斤", "处理量")]),
        ("每小时喷雾造粒10公斤", "喷雾造粒", [("10公斤", "处理量")]),
        ("喷雾干燥10公斤浆料", "喷雾干燥", [("10公斤", None)]),
        ("需要加氢反应釜，压力5 MPa", "加氢", [("5 MPa", "压力")]),
        ("求一台冻干机，搁板面积10 m2", "冷冻干燥", [("10 m2", "搁板面积")]),
        ("需涂布机，幅宽600mm", "涂布", [("600mm", "幅宽")]),
        ("热压机200T", "热压", [("200T", None)]),
        ("流化床，50 kg/h", "流化床", [("50 kg/h", "处理量")]),
        ("有没有真空烧结炉，炉膛容积100 L", "真空烧结", [("100 L", "炉膛容积")]),
        ("采用500L加氢反应釜，压力5MPa。", "加氢", [("500L", "容积"), ("5MPa", "压力")]),
    ],
)
def test_an_apparatus_that_is_asked_for_is_a_step_with_its_figures(
    reader: Reader, text: str, name: str, quantities: list[tuple[str, str | None]]
) -> None:
    (step,) = steps(reader.read(text), text).steps
    assert (step.name, step.own) == (name, True)
    assert [(one.quantity.text, one.measures) for one in step.quantities] == quantities


def test_all_apparatus_of_a_list_are_asked_for(reader: Reader) -> None:
    reading = reader.read("公司拥有发酵罐、砂磨机等设备，需要离心机、灌装线和冻干机。")
    assert [one.text for one in reading.unit_ops if one.own] == ["离心", "灌装", "冻干"]


@pytest.mark.parametrize(
    "text",
    [
        "我公司研制的涂布机销往全国，产品质量好",
        "需要开发喷雾干燥塔，提高效率",
        "涂布机的控制系统",
        "一种喷雾干燥塔的结构",
        "污泥压滤机运行稳定，影响压滤机的使用寿命",
        "冷却塔循环水量100 m3/h",
        "该机床精度高，需要机床导轨",
    ],
)
def test_an_apparatus_that_is_made_or_described_is_none(reader: Reader, text: str) -> None:
    assert [one.text for one in reader.read(text).unit_ops if one.own] == []
