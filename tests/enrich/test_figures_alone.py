"""A figure that stands alone between two commas is said of the operation before it."""

from __future__ import annotations

import pytest

from ingest.enrich import build_reader
from ingest.enrich.quantities import Quantities
from kg.reading import Reader, steps


@pytest.fixture(scope="module")
def reader() -> Reader:
    return build_reader()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("水热反应，300℃，500L", ["300℃", "500L"]),
        ("需要水热反应。300℃，500L", ["300℃", "500L"]),
        ("煅烧，1100℃，30 kg/h", ["1100℃", "30 kg/h"]),
        ("注塑成型，5000kN", ["5000kN"]),
        ("电镀，槽容2000L", ["2000L"]),
    ],
)
def test_it_belongs_to_the_operation(reader: Reader, text: str, held: list[str]) -> None:
    (step,) = steps(reader.read(text), text).steps
    assert [one.quantity.text for one in step.quantities] == held


@pytest.mark.parametrize(
    "text",
    [
        "喷雾造粒，成品在-30 ℃保存",
        "喷雾造粒，总共处理2吨",
        "喷雾造粒，年产300吨",
        "混料后烧结。样品在25℃的恒温箱中测试",
    ],
)
def test_what_is_said_of_another_thing_does_not(reader: Reader, text: str) -> None:
    held = [one for step in steps(reader.read(text), text).steps for one in step.quantities]
    assert [one.quantity.text for one in held if one.quantity.unit in ("℃", "吨")] == []


def test_of_several_operations_it_is_the_one_before(reader: Reader) -> None:
    text = "先混料，50 L，再煅烧，1100℃"
    held = {
        step.name: [one.quantity.text for one in step.quantities]
        for step in steps(reader.read(text), text).steps
    }
    assert held == {"混料": ["50 L"], "煅烧": ["1100℃"]}


def test_the_side_of_a_temperature_may_stand_behind_it(reader: Reader) -> None:
    text = "喷雾干燥，280℃进风"
    (step,) = steps(reader.read(text), text).steps
    assert [one.measures for one in step.quantities] == ["进风温度"]


@pytest.mark.parametrize("text", ["旋转180度", "转角35度", "3立方氮化硼", "视角120度", "硬度60度"])
def test_degrees_of_other_things_are_no_temperature(text: str) -> None:
    assert Quantities().find(text) == ()
