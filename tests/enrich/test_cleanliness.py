"""Clean classes in running text."""

from __future__ import annotations

import pytest

from ingest.enrich.quantities import Quantities


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("需要十万级洁净度的无菌灌装", "十万级", 100_000),
        ("需要无菌灌装，洁净度万级", "万级", 10_000),
        ("洁净度要求不低于10,000级", "10,000级", 10_000),
        ("需要ISO 7级洁净度的芯片封装", "ISO 7级", 10_000),
        ("在百级洁净室中注液", "百级", 100),
        ("万级以上净化车间", "万级", 10_000),
    ],
)
def test_a_clean_class_is_a_quantity(text: str, words: str, value: float) -> None:
    [found] = Quantities().find(text)
    assert (found.quantity.text, found.quantity.value, found.measures) == (words, value, "洁净度")
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text", ["形成万级规模的用户", "通过ISO 9001认证", "千万级产值的净化设备", "三级过滤净化"]
)
def test_what_is_no_clean_class(text: str) -> None:
    assert not [one for one in Quantities().find(text) if one.measures == "洁净度"]
