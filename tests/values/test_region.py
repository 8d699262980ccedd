"""Places: which division is meant, what lies in what, how far apart."""

from __future__ import annotations

import pytest

from kg.values.region import areas, by_code, contains, distance_km, full_name, locate


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("四川省绵阳市", "四川省绵阳市"),
        ("绵阳", "四川省绵阳市"),
        ("四川 绵阳", "四川省绵阳市"),
        ("四川-绵阳-游仙", "四川省绵阳市游仙区"),
        ("绵阳市涪城区", "四川省绵阳市涪城区"),
        ("四川绵阳（科技城新区）", "四川省绵阳市"),
        ("成都高新区", "四川省成都市"),
        ("北川县", "四川省绵阳市北川羌族自治县"),
        ("江油", "四川省绵阳市江油市"),
        ("内蒙古", "内蒙古自治区"),
        ("广西南宁", "广西壮族自治区南宁市"),
        ("恩施州", "湖北省恩施土家族苗族自治州"),
        ("北京朝阳区", "北京市朝阳区"),
        ("长春市朝阳区", "吉林省长春市朝阳区"),
        ("吉林", "吉林省"),
        ("吉林市", "吉林省吉林市"),
        ("上海市南京东路", "上海市"),
        ("南京东路，上海市", "上海市"),
        ("香港", "香港特别行政区"),
        ("510700", "四川省绵阳市"),
        ("全国", "中国"),
    ],
)
def test_places_are_found(text: str, name: str) -> None:
    place = locate(text)
    assert place is not None
    assert full_name(place) == name


@pytest.mark.parametrize("text", ["朝阳区", "火星", "", "高新区", "无"])
def test_what_is_not_known_or_not_one_place_is_not_guessed(text: str) -> None:
    assert locate(text) is None


def test_a_place_contains_what_is_below_it() -> None:
    assert contains("510000", "510703")
    assert contains("510700", "510700")
    assert not contains("510703", "510700")
    assert not contains("510000", "440300")
    assert contains("100000", "440300")
    assert not contains("100000", "999999")


def test_groups_of_provinces() -> None:
    assert {place.name for place in areas("川渝地区")} == {"四川省", "重庆市"}
    assert {place.name for place in areas("长三角")} == {"上海市", "江苏省", "浙江省", "安徽省"}
    assert [place.name for place in areas("绵阳")] == ["绵阳市"]
    assert areas("火星") == ()


def test_distances_are_those_of_a_map() -> None:
    assert distance_km("510700", "510100") == pytest.approx(115, abs=10)
    assert distance_km("110000", "310000") == pytest.approx(1068, abs=15)
    assert distance_km("510700", "510700") == 0
    assert distance_km("510700", "999999") is None
    assert distance_km("100000", "510700") is None


def test_every_division_hangs_on_one_that_is_there() -> None:
    sichuan = by_code("510000")
    assert sichuan is not None
    assert sichuan.parent is None
    mianyang = by_code("510703")
    assert mianyang is not None
    assert mianyang.parent == "510700"
