"""Which numbers with units a text holds, their relation and what they measure."""

from __future__ import annotations

import pytest

from ingest.enrich.quantities import Quantities


@pytest.fixture(scope="module")
def finder() -> Quantities:
    return Quantities()


@pytest.mark.parametrize(
    ("text", "span", "relation", "bounds", "unit"),
    [
        ("粒径为5–10 μm", "5–10 μm", "range", (5, 10), "μm"),
        ("在0.5C倍率下循环", "0.5C", "=", (0.5, 0.5), "C"),
        ("以1 C～5 C放电", "1 C～5 C", "range", (1, 5), "C"),
        ("支持≥3C快充", "≥3C", ">=", (3, None), "C"),
        ("内毒素小于0.5 EU/mL", "小于0.5 EU/mL", "<", (None, 0.5), "EU/mL"),
        ("菌落总数≤100 CFU/g", "≤100 CFU/g", "<=", (None, 100), "CFU/g"),
        ("比活力50 IU/mg", "50 IU/mg", "=", (50, 50), "IU/mg"),
        ("扭矩120 N·m", "120 N·m", "=", (120, 120), "N·m"),
        ("转矩0.5牛米", "0.5牛米", "=", (0.5, 0.5), "牛米"),
        ("粘度300 mPa·s", "300 mPa·s", "=", (300, 300), "mPa·s"),
        ("粘度2000mPa.s", "2000mPa.s", "=", (2000, 2000), "mPa.s"),
        ("产能３０～５０ｋｇ／ｈ", "３０～５０ｋｇ／ｈ", "range", (30, 50), "kg/h"),
        ("温度-20℃~60℃", "-20℃~60℃", "range", (-20, 60), "℃"),
        ("冷却至-196 ℃", "-196 ℃", "=", (-196, -196), "℃"),
        ("压力≥5MPa", "≥5MPa", ">=", (5, None), "MPa"),
        ("纯度不低于99.9%", "不低于99.9%", ">=", (99.9, None), "%"),
        ("含水率不超过0.5％", "不超过0.5％", "<=", (None, 0.5), "%"),
        ("能耗低于 2 kWh", "低于 2 kWh", "<", (None, 2), "kWh"),
        ("产量超过300 t", "超过300 t", ">", (300, None), "t"),
        ("约3小时", "约3小时", "~", (3, 3), "小时"),
        ("控制在25±2℃", "25±2℃", "±", (23, 27), "℃"),
        ("处理量1200 kg/h以上", "1200 kg/h以上", ">=", (1200, None), "kg/h"),
        ("比容量165 mAh·g⁻¹", "165 mAh·g⁻¹", "=", (165, 165), "mAh·g⁻¹"),
        ("电导率1.2×10^-3 S/cm", "1.2×10^-3 S/cm", "=", (0.0012, 0.0012), "S/cm"),
        ("真空度10⁻³ Pa", "10⁻³ Pa", "=", (0.001, 0.001), "Pa"),
        ("电流密度10 mA cm-2", "10 mA cm-2", "=", (10, 10), "mA cm⁻²"),
        ("浓度5 mol·L-1", "5 mol·L-1", "=", (5, 5), "mol·L⁻¹"),
        ("导热系数0.025 W/(m·K)", "0.025 W/(m·K)", "=", (0.025, 0.025), "W/(m·K)"),
        ("比表面积200 m2/g", "200 m2/g", "=", (200, 200), "m2/g"),
        ("流量50 m³/d", "50 m³/d", "=", (50, 50), "m³/d"),
        ("转速300 r/min", "300 r/min", "=", (300, 300), "r/min"),
        ("转速3 000 r/min", "3 000 r/min", "=", (3000, 3000), "r/min"),
        ("投入1,200.5万元", "1,200.5万元", "=", (12005000, 12005000), "元"),
        ("总投资1.2亿元", "1.2亿元", "=", (1.2e8, 1.2e8), "元"),
        ("处理300余吨", "300余吨", "=", (300, 300), "吨"),
        ("年产5万吨", "5万吨", "=", (50000, 50000), "吨/年"),
        ("日处理污水2万吨", "2万吨", "=", (20000, 20000), "吨/天"),
        ("日处理 2 t", "2 t", "=", (2, 2), "t/天"),
        ("每小时可包装1000件/h", "1000件/h", "=", (1000, 1000), "件/h"),
        ("调节pH值至9", "pH值至9", "=", (9, 9), "pH"),
        ("ｐＨ 6.5~7.5时", "ｐＨ 6.5~7.5", "range", (6.5, 7.5), "pH"),
        ("研发周期3-5年", "3-5年", "range", (3, 5), "年"),
        ("历时3个月", "3个月", "=", (3, 3), "个月"),
        ("配备8000T压机", "8000T", "=", (8000, 8000), "吨"),
        ("占 6 0 % 的面积", "6 0 %", "=", (60, 60), "%"),
        ("体重达 1 1 0 k g 时", "1 1 0 k g", "=", (110, 110), "kg"),
        ("C 0.075％～0.085％", "0.075％～0.085％", "range", (0.075, 0.085), "%"),
        ("过200目筛", "200目", "=", (200, 200), "目"),
        ("每小时30公斤", "30公斤", "=", (30, 30), "公斤/h"),
        ("每天两吨", "两吨", "=", (2, 2), "吨/天"),
        ("一天 80 公斤", "80 公斤", "=", (80, 80), "公斤/天"),
        ("一天能做 80 公斤", "80 公斤", "=", (80, 80), "公斤/天"),
        ("一小时约30公斤", "约30公斤", "~", (30, 30), "公斤/h"),
        ("产能一年200吨", "200吨", "=", (200, 200), "吨/年"),
        ("我们一天两吨", "两吨", "=", (2, 2), "吨/天"),
        ("一个月5吨", "5吨", "=", (5, 5), "吨/月"),
        ("膜面积40㎡", "40㎡", "=", (40, 40), "m2"),
        ("容积≥40㎥", "≥40㎥", ">=", (40, None), "m3"),
        ("每批１０㎏", "１０㎏", "=", (10, 10), "kg"),
        ("通量20 L/(㎡·h)", "20 L/(㎡·h)", "=", (20, 20), "L/(m2·h)"),
        ("每小时蒸发水分近50 kg", "近50 kg", "~", (50, 50), "kg/h"),
        ("每批 50 kg", "50 kg", "=", (50, 50), "kg"),
        ("年产5万瓶", "5万瓶", "=", (50000, 50000), "瓶/年"),
        ("零下30度", "零下30度", "=", (-30, -30), "℃"),
        ("需要1900度烧结", "1900度", "=", (1900, 1900), "℃"),
        ("聚合 250度", "250度", "=", (250, 250), "℃"),
        ("在60度下反应", "60度", "=", (60, 60), "℃"),
        ("1.5立方的釜", "1.5立方", "=", (1.5, 1.5), "m³"),
        ("真空度1e-3 Pa", "1e-3 Pa", "=", (0.001, 0.001), "Pa"),
        ("定位精度优于0.1mm", "优于0.1mm", "<=", (None, 0.1), "mm"),
        ("纯度优于99.9%", "优于99.9%", ">=", (99.9, None), "%"),
        ("波长长于685纳米", "长于685纳米", ">", (685, None), "纳米"),
        ("收率 89 . 0 %", "89 . 0 %", "=", (89, 89), "%"),
        ("误码改善1. 0 d B", "1. 0 d B", "=", (1, 1), "dB"),
        ("反应温度为 7 5 circ C", "7 5 circ C", "=", (75, 75), "℃"),
        ("在 3 7 circ mathsf C 下", "3 7 circ mathsf C", "=", (37, 37), "℃"),
        ("粒径 8 0 mu m 时", "8 0 mu m", "=", (80, 80), "μm"),
        ("产量 6 sim 7 ~ g / L", "6 sim 7 ~ g / L", "range", (6, 7), "g/L"),
        ("浓度 8 7 0 . 4 ~ m g / m 3 )", "8 7 0 . 4 ~ m g / m 3", "=", (870.4, 870.4), "mg/m³"),
        (
            r"为 3 3 4 . 9 \mathrm { m A h / g }",
            r"3 3 4 . 9 \mathrm { m A h / g }",
            "=",
            (334.9, 334.9),
            "mAh/g",
        ),
        ("加入 p H 5 . 0 缓冲液", "p H 5 . 0", "=", (5, 5), "pH"),
        ("含RE0.05％-4％", "0.05％-4％", "range", (0.05, 4), "%"),
        ("浓度0.5wt.％", "0.5wt.％", "=", (0.5, 0.5), "wt%"),
        ("spray drying at 10 kg per hour", "10 kg per hour", "=", (10, 10), "kg/hour"),
        ("a tank of at least 500 L", "at least 500 L", ">=", (500, None), "L"),
        ("20 to 30 mm", "20 to 30 mm", "range", (20, 30), "mm"),
    ],
)
def test_one_quantity(
    finder: Quantities,
    text: str,
    span: str,
    relation: str,
    bounds: tuple[float | None, float | None],
    unit: str,
) -> None:
    (mention,) = finder.find(text)
    assert text[mention.start : mention.end] == span == mention.quantity.text
    assert (mention.relation, mention.quantity.unit) == (relation, unit)
    assert mention.quantity.bounds() == pytest.approx(bounds)


@pytest.mark.parametrize(
    "text",
    [
        "2019年5月3日完成",
        "含氟二元酸与三元乙丙橡胶",
        "全年4个季节",
        "2018-2020年执行",
        "20世纪90年代",
        "第3天起",
        "见图3和表2，第10-20页",
        "专利ZL201910123456.7已授权",
        "Li6.4La3Zr1.4Ta0.6O12固体电解质",
        "温度25C",
        "面向2C市场",
        "电池在45C存储",
        "牌号20C钢",
        "3 EU countries",
        "CAS号7440-50-8",
        "软件V2.0",
        "3D打印与5G通信",
        "2A12铝合金和IR-9细胞",
        "共20个样品，3批次，15人",
        "电话0816-1234567",
        "3天线系统，5分类任务，8米粉",
        "C57BL/6J小鼠",
        "1990s中期",
        "12 斗升",
        "10-20",
        "",
    ],
)
def test_no_quantity(finder: Quantities, text: str) -> None:
    assert [text[m.start : m.end] for m in finder.find(text)] == []


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("粒径为5–10 μm", "粒径"),
        ("烧结温度控制在1600 ℃", "烧结温度"),
        ("其比表面积达到200 m2/g", "比表面积"),
        ("抗压强度≥60 MPa", "抗压强度"),
        ("日处理 2 t", "日处理"),
        ("年产锂盐5万吨", "年产"),
        ("调节pH至9", "pH"),
        ("淬硬层深度为5mm", "淬硬层深度"),
        ("实现2 t/d的处理量", "处理量"),
        ("单批200公斤", "批量"),
        ("氧化锌靶材密度达到99%", "密度"),
        ("搅拌3 h", None),
    ],
)
def test_what_is_measured(finder: Quantities, text: str, measures: str | None) -> None:
    (mention,) = finder.find(text)
    assert mention.measures == measures


def test_differences_and_rates_of_temperature_have_no_offset(finder: Quantities) -> None:
    rate, difference, point = finder.find("以5℃/min升温，温差5℃，保持在5℃")
    assert rate.quantity.si_value == pytest.approx(5 / 60)
    assert difference.quantity.si_value == pytest.approx(5)
    assert point.quantity.si_value == pytest.approx(278.15)


def test_a_falling_range_is_two_numbers(finder: Quantities) -> None:
    found = finder.find("含量40%～15%")
    assert [(m.quantity.value, m.relation) for m in found] == [(40, "="), (15, "=")]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("搅拌一小时得到5 g产物", ["小时", "g"]),
        ("反应一小时，5 g样品失重", ["小时", "g"]),
        ("静置一小时后取5 mL", ["小时", "mL"]),
        ("一天24小时运行", ["小时"]),
    ],
)
def test_how_long_something_took_is_no_rate(finder: Quantities, text: str, units: list[str]) -> None:
    assert [one.quantity.unit for one in finder.find(text)] == units


def test_dimensions_are_separate_numbers(finder: Quantities) -> None:
    text = "腔体50 mm×30 mm"
    assert [text[m.start : m.end] for m in finder.find(text)] == ["50 mm", "30 mm"]
