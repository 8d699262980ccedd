"""Pairs of a name and a value in one cell, as people type them."""

from __future__ import annotations

import pytest

from ingest.mapping.limits import between, pairs


@pytest.mark.parametrize(
    ("text", "name", "high", "unit"),
    [
        ("露点 －４８℃", "露点", -48, "℃"),  # a full-width minus is of the number, not of the name
        ("露点−48℃", "露点", -48, "℃"),
        ("洁净度 ISO 7级", "洁净度", 10_000, "洁净级"),
        ("洁净度万级", "洁净度", 10_000, "洁净级"),
        ("洁净度 十万级", "洁净度", 100_000, "洁净级"),
        ("线速 2-10 m/min", "线速", 10, "m/min"),
        ("晶圆级封装 8英寸", "晶圆级封装", 8, "英寸"),
    ],
)
def test_where_the_name_ends(text: str, name: str, high: float, unit: str) -> None:
    [(limit, bad)] = pairs(text, None)
    assert bad is None
    said = limit.properties
    assert (said["parameter"], said["high"], said["unit"]) == (name, high, unit)


@pytest.mark.parametrize(
    ("text", "name", "low", "high", "unit"),
    [
        ("温度室温～1750℃", "温度", 20, 1750, "℃"),
        ("温度：常温－1750℃", "温度", 20, 1750, "℃"),
        ("温度RT~1200℃", "温度", 20, 1200, "℃"),
        ("温度－４０℃～室温", "温度", -40, 20, "℃"),
        ("真空度优于5×10-4Pa", "真空度", None, 5e-4, "Pa"),
        ("极限真空优于6.7×10⁻³Pa", "极限真空", None, 6.7e-3, "Pa"),
        ("纯度优于99.9%", "纯度", 99.9, None, "%"),
        ("均匀性优于±5%", "均匀性", None, 5, "%"),
        ("出料D50≤5μm", "出料D50", None, 5, "μm"),
        ("最高温度1600度", "最高温度", None, 1600, "℃"),
        ("温度800度～1600度", "温度", 800, 1600, "℃"),
        ("升温速率10度/min", "升温速率", None, 10, "℃/min"),
        ("温度可达1200℃", "温度", None, 1200, "℃"),
        ("温度达到1200℃", "温度", None, 1200, "℃"),
        ("温度为1200℃", "温度", None, 1200, "℃"),
        ("温度控制在800～900℃", "温度", 800, 900, "℃"),
        ("压力不高于10MPa", "压力", None, 10, "MPa"),
        ("产能不低于100kg/d", "产能", 100, None, "kg/d"),
        ("功率低至5W", "功率", 5, None, "W"),
        ("最低温度-60℃", "最低温度", -60, None, "℃"),
        ("pH 2～12", "pH", 2, 12, "pH"),
    ],
)
def test_words_of_relation_belong_to_the_quantity(
    text: str, name: str, low: float | None, high: float | None, unit: str
) -> None:
    [(limit, bad)] = pairs(text, None)
    assert bad is None
    said = limit.properties
    assert (said["parameter"], said["low"], said["high"], said["unit"]) == (name, low, high, unit)


@pytest.mark.parametrize(
    ("low", "high", "unit", "ends"),
    [
        ("室温", "1750", "℃", (20, 1750)),
        ("常温", "1750", None, (20, 1750)),
        ("室温", "1750℃", None, (20, 1750)),
        ("-40", "室温", "℃", (-40, 20)),
    ],
)
def test_room_temperature_is_an_end(low: str, high: str, unit: str | None, ends: tuple[float, float]) -> None:
    limit, bad = between("温度", low, high, unit)
    assert bad is None and (limit.properties["low"], limit.properties["high"]) == ends
