"""Pairs of a name and a value in one cell, as people type them."""

from __future__ import annotations

import pytest

from ingest.mapping.limits import pairs


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
