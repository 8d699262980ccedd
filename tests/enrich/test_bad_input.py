"""Bad input of every sort: the whole reader neither crashes nor invents a fact."""

from __future__ import annotations

import pytest

from ingest.enrich import build_reader
from kg.reading import Reader, Reading


@pytest.fixture(scope="module")
def reader() -> Reader:
    return build_reader()


def invented(reading: Reading) -> list[object]:
    found = (*reading.quantities, *reading.unit_ops, *reading.tests, *reading.maturity, *reading.flags)
    return [*found, *reading.conditions, *filter(None, (reading.deadline, reading.budget))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \u3000\n\t",
        "Plain English about nothing that anybody makes.",
        "锟斤拷烫烫烫□□■◆ЩйЊ??%%##@@",
        "①②③ⅠⅡ ㈱ \x00\x01 \ufeff \u200b",
        "见图3和表2，第10-20页。",
        "10-20",
        "2019年5月3日，2018-2020年，1990s中期。",
        "专利号ZL201910123456.7，CN113917932A。",
        "化学式为Li6.4La3Zr1.4Ta0.6O12。",
        "共12 斗升和3 咕噜。",
        "电话0816-1234567，邮编621000，CAS号7440-50-8。",
        "\ud800\udfff",
        "9" * 5000,
        "(" * 3000 + "5～" * 1000,
    ],
)
def test_nothing_is_invented(reader: Reader, text: str) -> None:
    assert [one for one in invented(reader.read(text)) if getattr(one, "kind", "") != "proved"] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("在-40℃下冷冻", -40, -40, "℃"),
        ("周期为3-5年", 3, 5, "年"),
        ("压力10-20 MPa", 10, 20, "MPa"),
        ("浓度10^-3 mol/L", 0.001, 0.001, "mol/L"),
    ],
)
def test_what_looks_odd_and_is_a_quantity_is_read(
    reader: Reader, text: str, low: float, high: float, unit: str
) -> None:
    (found,) = reader.read(text).quantities
    assert (*found.quantity.bounds(), found.quantity.unit) == (low, high, unit)


def test_a_text_without_any_break_is_read_in_time_of_its_length(reader: Reader) -> None:
    """1 MB without a stop or comma: patterns that look back must not look back over all of it."""
    text = "已完成公斤级放大并在5 L发酵罐中发酵" * 20_000
    reading = reader.read(text)
    assert len(reading.unit_ops) >= 20_000 and len(reading.quantities) >= 20_000
