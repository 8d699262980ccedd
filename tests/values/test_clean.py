"""From a cell to stored properties and back to a document."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadValueError
from kg.schema import KindSpec, Label, PropertySpec
from kg.values import UnreadableError, clean, is_empty, present, split_values, stored_names
from kg.values.parameters import parameter_of, parameters, same_parameter
from kg.values.units import unit_of
from kg.values.uscc import check_character, is_uscc, parse_uscc


def spec(type_: Any, **more: Any) -> PropertySpec:
    return PropertySpec("p", type_, Label("属性", "p"), **more)


@pytest.mark.parametrize(
    ("type_", "raw", "stored"),
    [
        ("text", "  多个\u200b  空格\r\n第二行 ", {"p": "多个 空格\n第二行"}),
        ("text", 1001.0, {"p": "1001"}),
        ("texts", "锂电池；正极材料、包覆，锂电池", {"p": ["锂电池", "正极材料", "包覆"]}),
        ("texts", "锂电池 正极材料", {"p": ["锂电池", "正极材料"]}),
        ("texts", ["a", " b "], {"p": ["a", "b"]}),
        ("integer", "1,200", {"p": 1200}),
        ("number", "1.5万", {"p": 15000.0}),
        ("boolean", "是", {"p": True}),
        ("year", "2019年", {"p": 2019}),
        ("date", "2027.1.18", {"p": "2027-01-18"}),
        ("money", "500万元", {"p": 5e6}),
        ("money_window", "100万—800万元", {"p_low": 1e6, "p_high": 8e6, "p_text": "100万—800万元"}),
        ("money_window", "不限", {"p_low": None, "p_high": None, "p_text": "不限"}),
        ("trl", "七级", {"p": 7}),
        ("trl_window", "TRL 4～6", {"p_low": 4, "p_high": 6, "p_text": "TRL 4～6"}),
        ("region", "四川省绵阳市", {"p": "四川省绵阳市", "p_code": "510700"}),
        ("region", "月球基地", {"p": "月球基地", "p_code": None}),
        ("uscc", "9135 0100m000100y43", {"p": "91350100M000100Y43"}),
    ],
)
def test_cells_are_flattened(type_: str, raw: object, stored: dict[str, Any]) -> None:
    assert clean(spec(type_), raw) == stored
    assert tuple(stored) == stored_names(spec(type_))


def test_a_quantity_is_seven_properties() -> None:
    found = clean(spec("quantity"), "≤15", unit="kg/h")
    assert (found["p_low"], found["p_high"], found["p_unit"], found["p_si_unit"]) == (
        None,
        15.0,
        "kg/h",
        "kilogram / second",
    )
    assert tuple(found) == stored_names(spec("quantity"))


def test_the_unit_of_the_header_counts() -> None:
    assert clean(spec("money"), 300, unit="万元") == {"p": 3e6}
    assert clean(spec("number", unit="kg"), "2吨") == {"p": 2000.0}
    assert clean(spec("number", unit="kg"), 5, unit="g") == {"p": 0.005}


def test_choices_take_other_spellings() -> None:
    choice = spec("enum", choices={"open": ("开放", "可用")})
    assert clean(choice, "开放") == {"p": "open"}
    with pytest.raises(UnreadableError):
        clean(choice, "关闭")


@pytest.mark.parametrize("raw", [None, "", "  ", "-", "——", "/", "无", "N/A", float("nan"), []])
def test_an_empty_cell_is_stored_as_none(raw: object) -> None:
    assert is_empty(raw)
    for type_ in ("text", "money_window", "quantity", "region", "trl"):
        assert set(clean(spec(type_), raw).values()) == {None}


@pytest.mark.parametrize(
    ("type_", "raw"),
    [("money", "-5万元"), ("trl", 12), ("uscc", "91350100M000100Y44"), ("quantity", "5 foo")],
)
def test_a_wrong_value_is_refused(type_: str, raw: object) -> None:
    with pytest.raises(BadValueError) as failure:
        clean(spec(type_), raw)
    assert not isinstance(failure.value, UnreadableError)
    assert str(raw).split()[-1] in failure.value.message.en


def test_values_in_brackets_stay_together() -> None:
    assert split_values("绵阳某公司（A、B）；成都某公司") == ["绵阳某公司（A、B）", "成都某公司"]
    assert split_values("1,200") == ["1,200"]
    assert split_values("a/b", "/") == ["a", "b"]
    assert split_values("solid state battery") == ["solid state battery"]


def test_a_document_gathers_what_was_flattened() -> None:
    kinds = {"w": "money_window", "q": "quantity", "r": "region", "t": "text"}
    properties = {name: PropertySpec(name, type_, Label(name, name)) for name, type_ in kinds.items()}  # type: ignore[arg-type]
    stored: dict[str, Any] = {}
    for name, raw in {"w": "不超过2000万元", "q": "5 kg", "r": "绵阳"}.items():
        stored |= clean(properties[name], raw)
    kind = KindSpec("X", Label("x", "x"), Label("k", "k"), properties=properties)
    assert present(kind, {key: value for key, value in stored.items() if value is not None}) == {
        "w": {"low": None, "high": 2e7, "text": "不超过2000万元"},
        "q": {"text": "5 kg", "value": 5.0, "unit": "kg", "si_value": 5.0, "si_unit": "kilogram"},
        "r": "绵阳",
    }


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
    st.integers(0, 17),
    st.integers(1, 30),
)
def test_a_check_digit_finds_any_single_slip(head: str, place: str, body: str, at: int, shift: int) -> None:
    first = head + place + body
    code = first + check_character(first)
    assert parse_uscc(code) == code
    wrong = ALPHABET[(ALPHABET.index(code[at]) + shift) % 31]
    assert not is_uscc(code[:at] + wrong + code[at + 1 :])


def test_parameters_have_one_name_and_known_units() -> None:
    for parameter in parameters():
        assert parameter.units
        assert all(unit_of(unit) for unit in parameter.units), parameter.name
    found = parameter_of("最大处理量")
    assert found is not None
    assert (found.name, found.better) == ("产能", "higher")
    assert found.measured_in("吨/天")
    assert not found.measured_in("℃")
    assert same_parameter("罐容", "容积")
    assert not same_parameter("温度", "压力")
    assert same_parameter("自定义 参数", "自定义参数")
