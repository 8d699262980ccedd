"""Quantities as registers and texts write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadValueError
from kg.values.quantity import parse_quantity
from kg.values.units import convert, count_units, known_units, require_unit, same_dimension, unit_of

KG_H = 1 / 3600


@pytest.mark.parametrize(
    ("text", "relation", "value", "low", "high", "unit", "si", "si_unit"),
    [
        ("3～15 kg/h", "range", None, 3, 15, "kg/h", (None, 3 * KG_H, 15 * KG_H), "kilogram / second"),
        ("≤1750℃", "<=", 1750, None, 1750, "℃", (2023.15, None, 2023.15), "kelvin"),
        ("50-200L", "range", None, 50, 200, "L", (None, 0.05, 0.2), "meter ** 3"),
        ("±12 μm", "±", 12, None, None, "μm", (12e-6, None, None), "meter"),
        ("25±2℃", "±", 25, 23, 27, "℃", (298.15, 296.15, 300.15), "kelvin"),
        ("±2℃", "±", 2, None, None, "℃", (2, None, None), "kelvin"),
        ("5℃/min", "=", 5, None, None, "℃/min", (5 / 60, None, None), "kelvin / second"),
        ("10^-3 Pa", "=", 1e-3, None, None, "Pa", (1e-3, None, None), "kilogram / meter / second ** 2"),
        ("1×10⁻³Pa", "=", 1e-3, None, None, "Pa", (1e-3, None, None), "kilogram / meter / second ** 2"),
        ("≥ 99.5 %", ">=", 99.5, 99.5, None, "%", (0.995, 0.995, None), "dimensionless"),
        ("500 升", "=", 500, None, None, "升", (0.5, None, None), "meter ** 3"),
        ("2吨/天", "=", 2, None, None, "吨/天", (2000 / 86400, None, None), "kilogram / second"),
        ("Φ300mm", "=", 300, None, None, "mm", (0.3, None, None), "meter"),
        ("５００ｋｇ／ｈ", "=", 500, None, None, "kg/h", (500 * KG_H, None, None), "kilogram / second"),
        ("-48 ℃", "=", -48, None, None, "℃", (225.15, None, None), "kelvin"),
        ("-40~85℃", "range", None, -40, 85, "℃", (None, 233.15, 358.15), "kelvin"),
        ("-20--10℃", "range", None, -20, -10, "℃", (None, 253.15, 263.15), "kelvin"),
        ("3000件/小时", "=", 3000, None, None, "件/小时", (3000 / 3600, None, None), "count / second"),
        ("12英寸", "=", 12, None, None, "英寸", (0.3048, None, None), "meter"),
        ("150 mAh·g⁻¹", "=", 150, None, None, "mAh·g⁻¹", (540000, None, None), "ampere * second / kilogram"),
        ("约30min", "~", 30, None, None, "min", (1800, None, None), "second"),
        ("10kW以上", ">=", 10, 10, None, "kW", (1e4, 1e4, None), "kilogram * meter ** 2 / second ** 3"),
        ("低于5 ppm", "<", 5, None, 5, "ppm", (5e-6, None, 5e-6), "dimensionless"),
        ("500kg/h~2t/h", "range", None, 0.5, 2, "t/h", (None, 500 * KG_H, 2000 * KG_H), "kilogram / second"),
        ("年产5万吨", "=", 5e4, None, None, "吨/年", (5e7 / 31557600, None, None), "kilogram / second"),
        ("≥3且≤15 kg/h", "range", None, 3, 15, "kg/h", (None, 3 * KG_H, 15 * KG_H), "kilogram / second"),
        ("最高1750℃（真空）", "<=", 1750, None, 1750, "℃", (2023.15, None, 2023.15), "kelvin"),
        ("500（L）", "=", 500, None, None, "L", (0.5, None, None), "meter ** 3"),
        ("三千转/分", "=", 3000, None, None, "转/分", (100 * math.pi, None, None), "radian / second"),
        ("三吨", "=", 3, None, None, "吨", (3000, None, None), "kilogram"),
        ("1,200 kg", "=", 1200, None, None, "kg", (1200, None, None), "kilogram"),
    ],
)
def test_written_forms(
    text: str,
    relation: str,
    value: float | None,
    low: float | None,
    high: float | None,
    unit: str,
    si: tuple[float | None, float | None, float | None],
    si_unit: str,
) -> None:
    found = parse_quantity(text)
    assert found.text == text
    assert (found.relation, found.unit, found.si_unit) == (relation, unit, si_unit)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high))
    assert (found.si_value, found.si_low, found.si_high) == pytest.approx(si)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3000万元", 3e7, "元"),
        ("pH值为7", 7, "pH"),
        ("200目", 200, "目"),
        ("-60 dB", -60, "dB"),
        ("千级", 1000, "洁净级"),
        ("class 1000", 1000, "洁净级"),
        ("ISO 7级", 10000, "洁净级"),
        ("50 L/批", 50, "L/批"),
    ],
)
def test_units_that_pint_has_not_compare_with_themselves_only(text: str, value: float, unit: str) -> None:
    found = parse_quantity(text)
    assert (found.value, found.unit, found.si_value, found.si_unit) == (value, unit, None, None)
    assert not same_dimension(found.unit, "%")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("12 foo", "foo"),
        ("300", "no unit"),
        ("产能较大", "产能较大"),
        ("15~3 kg", "downwards"),
        ("3 kg~5 m", "different units"),
        ("300×300mm", "300mm"),
        ("", "no number"),
        ("10^ Pa", "Pa"),
    ],
)
def test_what_is_no_quantity_says_why(text: str, names: str) -> None:
    with pytest.raises(BadValueError) as failure:
        parse_quantity(text)
    assert names in failure.value.message.en
    assert failure.value.remedy


def test_a_header_gives_the_unit_of_a_bare_number() -> None:
    found = parse_quantity("3~15", unit="kg/h")
    assert (found.low, found.high, found.unit) == (3, 15, "kg/h")
    assert found.si_bounds() == parse_quantity("3~15 kg/h").si_bounds()
    assert parse_quantity("500", unit="万元").value == 5e6
    assert parse_quantity("2 t/h", unit="kg/h").unit == "t/h"


def test_a_unit_that_contradicts_the_header_is_refused() -> None:
    with pytest.raises(BadValueError, match="different things"):
        parse_quantity("500 L", unit="kg/h")


def test_a_document_has_a_value_or_bounds() -> None:
    exact = parse_quantity("5 kg").document()
    assert exact == {"text": "5 kg", "value": 5.0, "unit": "kg", "si_value": 5.0, "si_unit": "kilogram"}
    spread = parse_quantity("3~15 kg").document()
    assert "value" not in spread
    assert (spread["low"], spread["high"], spread["si_high"]) == (3.0, 15.0, 15.0)


def test_bounds_close_an_exact_value_and_open_the_rest() -> None:
    assert parse_quantity("5 kg").bounds() == (5, 5)
    assert parse_quantity("≥5 kg").bounds() == (5, None)
    assert parse_quantity("±5 μm").bounds() == (None, 5)
    assert parse_quantity("5±1 μm").bounds() == (4, 6)


def test_a_difference_of_temperatures_has_no_offset() -> None:
    assert parse_quantity("5℃", difference=True).si_value == 5
    assert convert(10, "℃", "℉") == pytest.approx(50)
    assert convert(10, "℃", "℉", difference=True) == pytest.approx(18)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("件/h", "片/min", True),
        ("kg/h", "吨/年", True),
        ("kg/h", "L", False),
        ("件/h", "Hz", False),
        ("r/min", "Hz", False),
        ("万元", "元", True),
        ("MPa", "bar", True),
        ("m³/d", "L/min", True),
        ("W/(m·K)", "W/m·K", True),
        ("foo", "foo", False),
    ],
)
def test_dimensions(one: str, other: str, same: bool) -> None:
    assert same_dimension(one, other) is same


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("Mpa", "MPa"), ("KG/H", "kg/h"), ("ml", "毫升"), ("T/d", "吨/天"), ("㎡", "平米"), ("m3", "方")),
        *(("um", "微米"), ("rpm", "转/分"), ("°C", "摄氏度"), ("ºC", "℃"), ("N.m", "N·m"), ("Pas", "Pa·s")),
        *(("g/cm^3", "g·cm⁻³"), ("L·min⁻¹", "升/分钟"), ("万吨/年", "万吨每年")),
    ],
)
def test_spellings_of_a_unit_are_one_unit(written: str, meant: str) -> None:
    one, other = require_unit(written), require_unit(meant)
    assert (one.factor, one.offset, one.base, one.multiple) == (
        other.factor,
        other.offset,
        other.base,
        other.multiple,
    )


def test_counts_of_different_times_compare() -> None:
    assert convert(3000, "件/h", "件/min") == pytest.approx(50)


def test_every_known_unit_resolves() -> None:
    assert [form for form in known_units() if unit_of(form) is None] == []
    assert {"件", "pcs"} <= count_units() <= set(known_units())


REAL = ["kg/h", "吨/天", "℃", "℉", "MPa", "μm", "L", "m³/h", "件/min", "kW", "%", "mAh/g", "mm/s"]


@given(st.floats(-1e6, 1e6, allow_nan=False), st.sampled_from(REAL))
def test_si_and_back(value: float, unit: str) -> None:
    resolved = require_unit(unit)
    assert resolved.from_base(resolved.to_base(value)) == pytest.approx(value, rel=1e-9, abs=1e-6)


@given(
    st.decimals(0, 10**6, allow_nan=False, places=2),
    st.sampled_from(REAL),
    st.sampled_from(["", " "]),
    st.booleans(),
)
def test_what_is_written_is_read(value: object, unit: str, blank: str, wide: bool) -> None:
    text = f"{value}{blank}{unit}"
    if wide:
        text = text.translate({c: c + 0xFEE0 for c in range(0x30, 0x3A)} | {ord("."): "．", ord("%"): "％"})
    found = parse_quantity(text)
    assert found.value == pytest.approx(float(str(value)))
    assert unit_of(found.unit) == unit_of(unit)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_quantity(text)
    except BadValueError:
        return
    assert found.text == text.strip()
    assert any(number is not None for number in (found.value, found.low, found.high))
