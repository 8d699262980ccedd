"""Money, dates and levels of maturity as people write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadValueError
from kg.values import UnreadableError
from kg.values.dates import date_span, parse_date, parse_year
from kg.values.money import money_unit, parse_money, parse_money_window
from kg.values.trl import parse_trl, parse_trl_window


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("500万元", None, 5e6),
        ("1.5亿", None, 1.5e8),
        ("￥5,000,000", None, 5e6),
        ("人民币壹佰万元整", None, 1e6),
        ("３００", "万元", 3e6),
        ("300", "千元", 3e5),
        ("3亿元", "万元", 3e8),
        ("300元", "万元", 300),
        ("约500w", None, 5e6),
        ("300-500万元", None, 5e6),
        ("1000～3000（万元）", None, 3e7),
        ("面议", None, None),
        ("0", "万元", 0),
        ("1.2E+06", None, 1.2e6),
        ("二百五十万", "万元", 2.5e6),  # it says 万 itself
        ("三千万", "万元", 3e7),
        ("一亿", "万元", 1e8),
        ("二百五十", "万元", 2.5e6),
        ("3,500", "万元", 3.5e7),
        ("3000元/天", None, 3000),
        ("0.3", "万元/天", 3000),
        ("0.8万元/批次", None, 8000),
        ("12", "元/公里", 12),
    ],
)
def test_amounts(text: str, unit: str | None, yuan: float | None) -> None:
    assert parse_money(text, unit=unit) == yuan


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("100万—800万元", 1e6, 8e6),
        ("100-800万元", 1e6, 8e6),
        ("100万元至800万元", 1e6, 8e6),
        ("1000万~1亿元", 1e7, 1e8),
        ("不限", None, None),
        ("500万以内", None, 5e6),
        ("单笔不超过2000万元", None, 2e7),
        ("≥300万", 3e6, None),
        ("300万元起", 3e6, None),
        ("不低于100万元，不超过800万元", 1e6, 8e6),
        ("800万元", None, 8e6),
    ],
)
def test_windows_of_money(text: str, low: float | None, high: float | None) -> None:
    found = parse_money_window(text)
    assert (found.low, found.high, found.text) == (low, high, text)


@pytest.mark.parametrize(
    "text", ["-500万元", "－300万", "20%", "百分之二十", "500万美元", "800-100万", "负三百万"]
)
def test_wrong_amounts_are_refused(text: str) -> None:
    with pytest.raises(BadValueError) as failure:
        parse_money_window(text)
    assert not isinstance(failure.value, UnreadableError)


@pytest.mark.parametrize("text", ["设备一台", "300kg", "5台", "2027年", "一、二、三"])
def test_what_is_no_amount_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        parse_money(text)


def test_a_unit_of_money_is_told_from_others() -> None:
    assert [money_unit(word) for word in ("元", "万元", "亿元", "人民币万元", "kg", "")] == [
        1,
        1e4,
        1e8,
        1e4,
        None,
        None,
    ]
    with pytest.raises(BadValueError):
        parse_money("500", unit="kg")


@given(
    st.integers(1, 10**7),
    st.integers(0, 10**7),
    st.sampled_from(["万元", "亿元", "元"]),
    st.sampled_from("~-—～至"),
)
def test_a_written_window_is_read(low: int, more: int, unit: str, link: str) -> None:
    found = parse_money_window(f"{low}{link}{low + more}{unit}")
    factor = {"万元": 10**4, "亿元": 10**8, "元": 1}[unit]
    assert (found.low, found.high) == (low * factor, (low + more) * factor)


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2027年1月18日", "2027-01-18"),
        ("2027.1.18", "2027-01-18"),
        ("20270118", "2027-01-18"),
        (20270118, "2027-01-18"),
        ("2027/1/18", "2027-01-18"),
        ("２０２７－０１－１８", "2027-01-18"),
        ("二〇二七年一月十八日", "2027-01-18"),
        ("2027-01-18 00:00:00", "2027-01-18"),
        (datetime.datetime(2027, 1, 18, 9), "2027-01-18"),
        (datetime.date(2027, 1, 18), "2027-01-18"),
        (46405, "2027-01-18"),
        ("46405.0", "2027-01-18"),
        ("2019年", "2019"),
        ("2027年3月", "2027-03"),
        ("2027年6月底前", "2027-06-30"),
        ("2027年底", "2027-12"),
        ("2027年三季度", "2027-09"),
        ("2027年12月31日前", "2027-12-31"),
        ("18.1.2027", "2027-01-18"),
        ("长期", None),
    ],
)
def test_dates_keep_their_precision(raw: object, iso: str | None) -> None:
    assert parse_date(raw) == iso


@pytest.mark.parametrize("text", ["2027年2月30日", "2027.13.1", "3/4/2027", "20271301", "27.1.18", "明天"])
def test_wrong_dates_are_refused(text: str) -> None:
    with pytest.raises(BadValueError):
        parse_date(text)


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: datetime.date) -> None:
    forms = [
        *(day.isoformat(), day.strftime("%Y%m%d"), f"{day.year}年{day.month}月{day.day}日"),
        *(f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month:02d}/{day.day:02d}"),
        (day - datetime.date(1899, 12, 30)).days,
    ]
    assert {parse_date(form) for form in forms} == {day.isoformat()}
    assert {parse_year(form) for form in forms} == {day.year}


def test_a_span_covers_what_was_said() -> None:
    assert date_span("2028-02") == (datetime.date(2028, 2, 1), datetime.date(2028, 2, 29))
    assert date_span("2027")[1] == datetime.date(2027, 12, 31)
    assert date_span("2027-01-18")[0] == date_span("2027-01-18")[1]


@pytest.mark.parametrize("raw", [2019, 2019.0, "2019", "2019年", "2019-05", "二〇一九年", "2018-2019"])
def test_years(raw: object) -> None:
    assert parse_year(raw) == 2019


@pytest.mark.parametrize(
    "raw", [7, 7.0, "７", "七级", "TRL7", "TRL-7", "trl 7", "第七级", "Ⅶ", "VII级", "成熟度7级"]
)
def test_levels(raw: object) -> None:
    assert parse_trl(raw) == 7


@pytest.mark.parametrize("raw", [12, 0, -3, "TRL12", "10级", "十二级", "7.5", "TRL 6-4"])
def test_levels_run_from_1_to_9(raw: object) -> None:
    with pytest.raises(BadValueError) as failure:
        parse_trl(raw)
    assert not isinstance(failure.value, UnreadableError)


@pytest.mark.parametrize("raw", ["小试", "中试阶段", "产业化", "3年", "80%"])
def test_a_stage_in_words_is_no_level(raw: str) -> None:
    with pytest.raises(UnreadableError):
        parse_trl(raw)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("TRL 4～6", 4, 6),
        ("4-6级", 4, 6),
        ("TRL4-TRL6", 4, 6),
        ("六至八级", 6, 8),
        ("TRL6以上", 6, None),
        ("不低于5级", 5, None),
        ("大于5级", 6, None),
        ("≤7", None, 7),
        ("6级", 6, 6),
        ("不限", None, None),
    ],
)
def test_windows_of_levels(text: str, low: int | None, high: int | None) -> None:
    found = parse_trl_window(text)
    assert (found.low, found.high, found.text) == (low, high, text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_money, parse_date, parse_year, parse_trl):
        try:
            parse(text)
        except BadValueError as failure:
            assert failure.remedy


@pytest.mark.parametrize("text", ["3,5", "12,34", "12，34"])
def test_a_comma_between_two_bare_numbers_is_not_guessed(text: str) -> None:
    with pytest.raises(UnreadableError, match="one amount or two"):
        parse_money(text, unit="万元")
