"""A required quantity against a limit: every case with its arithmetic."""

from __future__ import annotations

import pytest

from kg.transfer.answering import answering
from kg.transfer.envelope import check, compare
from kg.transfer.quantities import Asked, Bounds, Limit, Origin, asked_from_document
from kg.wording import Sentence
from tests.transfer.registry import asked_document, limit_of


def asked(text: str, measures: str | None = None) -> Asked:
    return asked_from_document(asked_document(measures, text), Origin())


def limit(parameter: str, text: str) -> Limit:
    stored = limit_of(parameter, text)

    def end(name: str) -> float | None:
        value = stored.get(name)
        return float(value) if isinstance(value, int | float) else None

    def word(name: str) -> str | None:
        value = stored.get(name)
        return value if isinstance(value, str) else None

    bounds = Bounds(
        text, end("low"), end("high"), word("unit"), end("si_low"), end("si_high"), word("si_unit")
    )
    return Limit(parameter, bounds, word("better"))


# parameter, required, limit, verdict, amount, unit  # the arithmetic
CASES = [
    # An interval in which the line runs.
    ("处理量", "12 kg/h", "3～15 kg/h", "fits", 3, "kg/h"),  # min(12 - 3, 15 - 12)
    ("处理量", "20 kg/h", "3～15 kg/h", "short", 5, "kg/h"),  # 20 - 15
    ("处理量", "2 kg/h", "3～15 kg/h", "short", 1, "kg/h"),  # 3 - 2: a minimum rules out too
    ("处理量", "15 kg/h", "≥80 kg/h", "short", 65, "kg/h"),  # 80 - 15
    ("处理量", "15 kg/h", "80～500 kg/h", "short", 65, "kg/h"),
    ("处理量", "3 kg/h", "3～15 kg/h", "fits", 0, "kg/h"),  # on the edge
    ("处理量", "15 kg/h", "3～15 kg/h", "fits", 0, "kg/h"),
    ("处理量", "12 kg/h", "15 kg/h", "fits", 3, "kg/h"),  # a bare number is the most it can do
    ("处理量", "16 kg/h", "15 kg/h", "short", 1, "kg/h"),
    ("处理量", "5 g/s", "3～15 kg/h", "short", 0.833333, "g/s"),  # 18 kg/h - 15 = 3 kg/h = 3000/3600 g/s
    # An amount a day or a year against a rate an hour: 8–24 h a day, 7,200–8,760 h a year.
    ("处理量", "1 t/d", "30～150 kg/h", "fits", 2.6, "t/d"),  # 150 kg/h · 24 h = 3.6 t
    ("处理量", "2.4 t/d", "50～150 kg/h", "fits", 1.2, "t/d"),
    ("处理量", "4 t/d", "50～150 kg/h", "short", 0.4, "t/d"),  # 150 · 24 = 3.6 t
    ("处理量", "0.3 t/d", "50～150 kg/h", "unknown", None, None),  # 6 h a day at its slowest: it stands idle
    ("产能", "年产300吨", "≤50 kg/h", "fits", 60, "吨/年"),  # 50 kg/h · 7,200 h = 360 t
    ("产能", "300 t/a", "≤40 kg/h", "unknown", None, None),  # 7,500 h a year
    ("产能", "300 t/a", "≤30 kg/h", "short", 37.2, "t/a"),  # 30 · 8,760 h = 262.8 t
    ("产能", "≥300 t/a", "80～100 kg/h", "fits", 420, "t/a"),  # at least: 100 · 7,200 h = 720 t
    ("产能", "40 kg/h", "350.4 t/a", "fits", 0, "kg/h"),  # 350.4 t / 8,760 h = 40 kg/h
    ("产能", "45 kg/h", "350.4 t/a", "unknown", None, None),  # only if it runs fewer hours
    ("产能", "50 kg/h", "345.6 t/a", "short", 2, "kg/h"),  # 345.6 t / 7,200 h = 48 kg/h
    ("产能", "300 t/a", "1 t/d", "fits", 0, "t/a"),  # 300 days
    ("产能", "330 t/a", "1 t/d", "unknown", None, None),
    ("产能", ">720 t/a", "100 kg/h", "unknown", None, None),  # 7,200 h · 100 kg/h is exactly 720 t
    ("处理量", "50000 kg/h", "≥100 kg/h", "unknown", None, None),  # a stated minimum is no capacity
    ("处理量", "50000 t/a", "≥100 kg/h", "unknown", None, None),
    ("产能", "100 kg/班", "10 kg/h", "unknown", None, None),  # 10 h a shift
    ("产能", "10 t/a", "50 t/a", "fits", 40, "t/a"),  # one period: plain numbers
    # More than x is not met by x exactly; nor does a limit below x reach x.
    ("处理量", ">15 kg/h", "3～15 kg/h", "unknown", None, None),
    ("处理量", ">14 kg/h", "3～15 kg/h", "fits", 1, "kg/h"),
    ("处理量", ">16 kg/h", "3～15 kg/h", "short", 1, "kg/h"),
    ("处理量", "15 kg/h", "<15 kg/h", "unknown", None, None),
    ("处理量", "15 kg/h", "不小于15 kg/h", "fits", 0, "kg/h"),
    ("精度", "<5 μm", "5 μm", "unknown", None, None),
    # An amount per batch is the size of a batch.
    ("批量", "30 kg/批", "5～50 kg", "fits", 20, "kg/批"),
    ("批量", "60 kg", "50 kg/批", "short", 10, "kg"),
    ("处理量", "10～12 kg/h", "3～15 kg/h", "fits", 3, "kg/h"),  # the whole range: min(10 - 3, 15 - 12)
    ("处理量", "10～20 kg/h", "3～15 kg/h", "short", 5, "kg/h"),  # its upper end is out
    ("处理量", "1～5 kg/h", "3～15 kg/h", "short", 2, "kg/h"),  # its lower end is out
    ("处理量", "≥10 kg/h", "3～15 kg/h", "fits", 5, "kg/h"),  # it reaches 15
    ("处理量", "≥10 kg/h", "80～500 kg/h", "fits", 490, "kg/h"),  # at least 10: any of its rates is
    ("处理量", "≥20 kg/h", "3～15 kg/h", "short", 5, "kg/h"),
    ("处理量", "≤10 kg/h", "3～15 kg/h", "fits", 7, "kg/h"),  # it goes down to 3
    ("处理量", "≤2 kg/h", "3～15 kg/h", "short", 1, "kg/h"),
    ("处理量", "约12 kg/h", "3～15 kg/h", "fits", 3, "kg/h"),
    ("处理量", "3000 瓶/h", "5000 瓶/h", "fits", 2000, "瓶/h"),
    # Temperature: verdicts on the absolute scale, amounts as differences.
    ("温度", "1600℃", "≤1750℃", "fits", 150, "℃"),
    ("温度", "1800℃", "≤1750℃", "short", 50, "℃"),
    ("温度", "2000 K", "≤1750℃", "fits", 23.15, "K"),  # 1750 + 273.15 - 2000
    ("温度", "-20℃", "-40～150℃", "fits", 20, "℃"),
    ("温度", "-60℃", "-40～150℃", "short", 20, "℃"),
    ("温度", "0℃", "-40～150℃", "fits", 40, "℃"),  # a zero has no ratio to its SI value
    ("温度", "80±5℃", "60～100℃", "fits", 15, "℃"),  # 75–85 inside: min(15, 15)
    ("温度", "98±5℃", "60～100℃", "short", 3, "℃"),  # 103 - 100
    # Pressure in two units.
    ("压力", "25 bar", "≤1.2 MPa", "short", 13, "bar"),  # 25 - 12
    ("压力", "1.0 MPa", "≤12 bar", "fits", 0.2, "MPa"),
    ("压力", "25 bar", "≤2.5 MPa", "fits", 0, "bar"),  # equal in two units
    # Lower is better.
    ("精度", "±18 μm", "±12 μm", "fits", 6, "μm"),  # ±12 is finer than ±18
    ("精度", "±12 μm", "±18 μm", "short", 6, "μm"),
    ("精度", "±0.02 mm", "±12 μm", "fits", 0.008, "mm"),
    ("精度", "≤12 μm", "18 μm", "short", 6, "μm"),
    ("露点", "-42℃", "-48℃", "fits", 6, "℃"),  # -48 is drier than -42
    ("露点", "-48℃", "≤-42℃", "short", 6, "℃"),
    ("露点", "-45℃", "-60～-40℃", "fits", 15, "℃"),  # its best is -60
    ("洁净度", "万级", "千级", "fits", 9000, None),  # a cleaner class meets a dirtier one
    ("洁净度", "百级", "千级", "short", 900, None),
    ("真空度", "1 Pa", "10^-3 Pa", "fits", 0.999, "Pa"),
    # Higher is better, promised as a minimum.
    ("纯度", "99.5%", "≥99.9%", "fits", 0.4, "%"),
    ("纯度", "≥99.99%", "≥99.9%", "unknown", None, None),  # how much more than 99.9 is not stated
    # Other dimensions, and what is not there.
    ("处理量", "4 kg/h", "300 L", "unknown", None, None),
    ("处理量", "4 kg/h", "", "unknown", None, None),
    ("容积", "300 L", "0.5 m³", "fits", 200, "L"),
    ("容积", "800 L", "0.5 m³", "short", 300, "L"),
    ("批量", "500 kg", "200 kg", "short", 300, "kg"),
    ("尺寸", "300 mm", "12 英寸", "fits", 4.8, "mm"),  # 12 × 25.4 = 304.8
]  # fmt: skip


@pytest.mark.parametrize(("parameter", "required", "offered", "verdict", "amount", "unit"), CASES)
def test_a_number_against_a_limit(
    parameter: str, required: str, offered: str, verdict: str, amount: float | None, unit: str | None
) -> None:
    proof = check(
        asked(required, parameter), limit(parameter, offered), asker=Sentence("线", "线")
    ).document()
    assert proof["verdict"] == verdict
    told = proof["margin"] if verdict == "fits" else proof["short_by"]
    assert (told is None) == (amount is None)
    if told is not None:
        assert told["value"] == pytest.approx(amount, rel=1e-5, abs=1e-9)
        assert unit is None or told["unit"] == unit
    assert bool(proof["ask"]) == (verdict == "unknown")


def test_an_open_end_has_no_margin() -> None:
    proof = check(asked("≤60℃", "温度"), limit("温度", "≤1750℃")).document()
    assert (proof["verdict"], proof["margin"]) == ("fits", None)


def test_a_number_without_a_unit_is_never_compared() -> None:
    bare = Asked(Bounds("12", 12.0, 12.0), "处理量")
    assert compare(bare, limit("处理量", "3～15 kg/h")).verdict == "unknown"


# measures, required, limits, role, parameter of the answering limit
ANSWERS = [
    ("处理量", "12 kg/h", [("产能", "3～15 kg/h")], "limit", "产能"),  # one parameter, two names
    ("烧结温度", "1600℃", [("最高温度", "1750℃"), ("露点", "-40℃")], "limit", "最高温度"),
    (None, "1600℃", [("最高温度", "1750℃"), ("批量", "20 kg")], "limit", "最高温度"),  # the only one in ℃
    (None, "12 kg/h", [("进料速率", "3～15 kg/h")], "limit", "进料速率"),
    (None, "12 kg/h", [("进料速率", "3～15 kg/h"), ("蒸发量", "8 kg/h")], "limit", "进料速率"),
    (None, "12 kg/h", [("流量", "9 kg/h"), ("产能", "3～15 kg/h")], "limit", "产能"),  # the scale of the step
    ("烧结温度", "1600℃", [("露点", "-40℃")], "ask", None),  # a dew point says nothing of a furnace
    ("压力", "25 bar", [("真空度", "10^-3 Pa")], "ask", None),
    ("处理量", "12 kg/h", [], "ask", None),
    (None, "1600℃", [], "ask", None),
    ("容积", "300 L", [("处理量", "4 kg/h")], "ask", None),
    ("处理量", "4 kg/h", [("容积", "300 L")], "ask", None),
    ("粒径", "50 μm", [("工件尺寸", "500 mm")], "skip", None),  # a property of the product
    ("容量", "2.1 mmol/g", [("容积", "50 L")], "skip", None),  # of an exchanger, no volume
    ("纯度", "99.9%", [("处理量", "4 kg/h")], "skip", None),
    ("抗弯强度", "800 MPa", [("压力", "25 MPa")], "skip", None),
    ("粒径", "50 μm", [("粒径", "20～80 μm")], "limit", "粒径"),  # unless a limit speaks of it
    (None, "5%", [("处理量", "4 kg/h")], "skip", None),
    ("保温时间", "2 h", [("温度", "1750℃")], "skip", None),
]  # fmt: skip


@pytest.mark.parametrize(("measures", "required", "limits", "role", "parameter"), ANSWERS)
def test_which_limit_answers(
    measures: str | None, required: str, limits: list[tuple[str, str]], role: str, parameter: str | None
) -> None:
    found = answering(asked(required, measures), [limit(*one) for one in limits])
    assert found.role == role
    assert (found.limit.parameter if found.limit else None) == parameter
