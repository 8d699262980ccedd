"""The truth, worked out again from the written files alone, with arithmetic of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from demo_files import TEXTS, Demo, table

# written unit: (what it measures, factor)
UNITS = {
    "kg/h": ("kg/h", 1), "公斤/小时": ("kg/h", 1), "千克/小时": ("kg/h", 1), "g/min": ("kg/h", 0.06),
    "kg/d": ("kg/h", 1 / 24), "t/d": ("kg/h", 1000 / 24), "L/h": ("L/h", 1), "升/小时": ("L/h", 1),
    "mL/min": ("L/h", 0.06), "m³/h": ("L/h", 1000), "L": ("L", 1), "升": ("L", 1), "立方米": ("L", 1000),
    "m³": ("L", 1000), "mL": ("mL", 1), "毫升": ("mL", 1), "kg": ("kg", 1), "公斤": ("kg", 1),
    "千克": ("kg", 1), "吨": ("kg", 1000), "g": ("kg", 0.001), "t": ("kg", 1000), "℃": ("℃", 1),
    "°C": ("℃", 1), "摄氏度": ("℃", 1), "MPa": ("MPa", 1), "兆帕": ("MPa", 1), "bar": ("MPa", 0.1),
    "kPa": ("MPa", 0.001), "m²": ("m²", 1), "㎡": ("m²", 1), "平方米": ("m²", 1), "m/min": ("m/min", 1),
    "米/分钟": ("m/min", 1), "米/分": ("m/min", 1), "kN": ("kN", 1), "千牛": ("kN", 1), "N": ("kN", 0.001),
    "MN": ("kN", 1000), "kW": ("kW", 1), "千瓦": ("kW", 1), "W": ("kW", 0.001), "Ci": ("Ci", 1),
    "居里": ("Ci", 1), "mCi": ("Ci", 0.001), "GBq": ("GBq", 1), "MBq": ("GBq", 0.001), "kGy/h": ("kGy/h", 1),
    "Gy/h": ("kGy/h", 0.001), "nm": ("length", 1e-6), "um": ("length", 1e-3), "μm": ("length", 1e-3),
    "微米": ("length", 1e-3), "mm": ("length", 1), "毫米": ("length", 1), "cm": ("length", 10),
    "厘米": ("length", 10), "m": ("length", 1000), "米": ("length", 1000), "km": ("length", 1e6),
    "公里": ("length", 1e6), "千米": ("length", 1e6),
}  # fmt: skip
WRITTEN = re.compile(
    r"(?P<before>不低于|≥|不小于|最小|≤|不超过|最大)?(?P<one>-?[\d.]+)"
    r"(?:(?:～|~|—|至|-)(?P<two>-?[\d.]+))?\s?(?P<unit>\D+?)(?P<after>以上)?"
)
SHEETS = (
    ("产线能力", "能力编号", "单元操作"),
    ("产线能力（文字）", "能力编号", "工艺"),
    ("自有设备", "设备编号", "适用工艺"),
)
SECRECY = {
    "成果登记_2026.csv": "密级", "历年成果汇编.csv": "保密级别", "区县报送成果表.xlsx": "是否涉密",
    "院所成果清单.txt": "密级",
}  # fmt: skip
Row = dict[str, Any]
Interval = tuple[float | None, float | None, str]


def interval(text: str, *, bare_is_most: bool) -> Interval:
    """The ends that a text states, in its dimension's unit."""
    found = WRITTEN.fullmatch(text)
    assert found, f"{text!r} is no quantity"
    measure, factor = UNITS[found["unit"]]
    one = float(found["one"]) * factor
    if found["two"]:
        return one, float(found["two"]) * factor, measure
    if found["before"] in ("不低于", "≥", "不小于", "最小") or found["after"]:
        return one, None, measure
    if found["before"] or bare_is_most:
        return None, one, measure
    return one, one, measure


def offered(demo: Demo) -> dict[str, dict[str, Interval | None]]:
    """The limits of each capability, from the three sheets."""
    path = demo.files.folder / "中试能力.xlsx"
    found: dict[str, dict[str, Interval | None]] = {}
    for row in table(path, "产线能力"):
        found[row["能力编号"]] = {}
        for n in (1, 2, 3):
            if name := row[f"参数{n}"]:
                ends = [row[f"最小{n}"], row[f"最大{n}"]]
                measure, factor = UNITS[row[f"单位{n}"]] if any(ends) else ("", 1)
                low, high = (float(end) * factor if end else None for end in ends)
                found[row["能力编号"]][name] = (low, high, measure) if any(ends) else None
    for row in table(path, "产线能力（文字）"):
        pairs = [part.partition("：") for part in row["工艺参数"].split("；") if part]
        found[row["能力编号"]] = {
            name: interval(text, bare_is_most=True) if text else None for name, _, text in pairs
        }
    for row in table(path, "自有设备"):
        found[row["设备编号"]] = {
            row[f"指标{n}"]: interval(row[f"范围{n}"], bare_is_most=True) if row[f"范围{n}"] else None
            for n in (1, 2, 3)
            if row[f"指标{n}"]
        }
    return found


def verdict(need: Row, limit: Interval | None) -> str:
    if limit is None:
        return "unknown"
    low, high, measure = interval(need["text"], bare_is_most=False)
    if need["relation"] == "<=":
        low = None
    assert measure == limit[2], f"{need} against {limit}"
    near = 1e-9 * max(abs(end) for end in (low, high, 1.0) if end is not None)
    if need["relation"] == "<=":
        fits = limit[0] is None or limit[0] <= (high or 0) + near
    elif need["relation"] == ">=":
        fits = limit[1] is None or limit[1] >= (low or 0) - near
    else:
        assert low is not None and high is not None
        fits = (limit[0] is None or limit[0] <= low + near) and (limit[1] is None or limit[1] >= high - near)
    return "fits" if fits else "short"


def operations(demo: Demo) -> dict[str, list[str]]:
    """The capabilities of each unit operation, in the order of the sheets."""
    found: dict[str, list[str]] = {}
    for sheet, key, op in SHEETS:
        for row in table(demo.files.folder / "中试能力.xlsx", sheet):
            found.setdefault(row[op], []).append(row[key])
    return found


def answers(
    step: Row, keys: list[str], limits: dict[str, dict[str, Interval | None]]
) -> dict[str, list[str]]:
    """The capabilities by what they are to the step."""
    found: dict[str, list[str]] = {"fits": [], "unknown": [], "short": []}
    for key in keys:
        single = {verdict(need, limits[key].get(need["parameter"])) for need in step["needs"]}
        found["short" if "short" in single else "unknown" if "unknown" in single else "fits"].append(key)
    return found


def test_lines_and_equipment_that_fit_follow_from_the_files(demo: Demo) -> None:
    limits, by_op = offered(demo), operations(demo)
    seen: Counter[str] = Counter()
    for row in demo.of("achievement") + demo.of("need"):
        for step in row["steps"]:
            worked = answers(step, by_op.get(step["unit_op"], []), limits)
            assert (step["fits"], step["unknown"]) == (worked["fits"], worked["unknown"]), row["key"]
            seen.update({answer: len(keys) for answer, keys in worked.items()})
        able = [bool(step["fits"]) or bool(step["unknown"]) for step in row["steps"]]
        assert (row["feasible"] == "no") == (not all(able))
        assert (row["feasible"] == "yes") == all(step["fits"] for step in row["steps"])
    assert min(seen[answer] for answer in ("fits", "unknown", "short")) > 100


def test_texts_say_what_the_truth_says(demo: Demo) -> None:
    texts = demo.texts()
    for row in demo.of("achievement") + demo.of("need"):
        text = texts[row["key"]]
        for step in row["steps"]:
            assert step["said"] in text, (row["key"], step["said"])
            for need in step["needs"]:
                assert need["text"] in text and need["parameter"] in text, (row["key"], need)
        assert row.get("maturity", {"said": text[:1]})["said"] in text
    assert {row["maturity"]["trl"] for row in demo.of("achievement") if "maturity" in row} == set(
        range(3, 10)
    )


def test_funds_that_fit_follow_from_the_files(demo: Demo) -> None:
    truth = {row["key"]: row for row in demo.of("achievement")}
    funds = table(demo.files.folder / "基金清单.xlsx")
    rows = table(demo.files.folder / "成果登记_2026.csv")[: -len(demo.of("wrong_row"))]
    for row in rows:
        checked = {fund["基金编号"]: admits(fund, row) for fund in funds}
        told = truth[row["成果编号"]]
        assert told["funds"] == [key for key, answer in checked.items() if answer == "fits"]
        assert told["funds_unknown"] == [key for key, answer in checked.items() if answer == "unknown"]
    assert any(truth[row["成果编号"]]["funds"] for row in rows)


WINDOWS = {  # of JJ-01 … JJ-08, read by eye: 万元, TRL
    "100万—800万元": (100, 800), "1000万元—3亿元": (1000, 30000), "50万—300万元": (50, 300),
    "300万—5000万元": (300, 5000), "500万—8000万元": (500, 8000), "200万—3000万元": (200, 3000),
    "500万元以上": (500, 10**9), "不超过100万元": (0, 100),
    "TRL 4～6": (4, 6), "TRL 7～9": (7, 9), "TRL 3～5": (3, 5), "TRL 5～8": (5, 8), "TRL 6～9": (6, 9),
    "TRL 4～7": (4, 7), "TRL5以上": (5, 9), "TRL 3～4": (3, 4),
}  # fmt: skip
BEYOND = ("重庆", "西安", "陕西", "武汉", "湖北", "深圳", "广东")


def admits(fund: dict[str, str], row: dict[str, str]) -> str:
    answers: list[bool | None] = []
    for window, column in (("单笔投资", "资金需求（万元）"), ("成熟度要求", "技术成熟度")):
        low, high = WINDOWS[fund[window]]
        answers.append(low <= float(row[column]) <= high if row[column] else None)
    if fund["投向领域"] != "不限":
        answers.append(row["所属领域"] in fund["投向领域"].split("、") if row["所属领域"] else None)
    if fund["地域要求"] != "不限":
        place = row["单位所在地"]
        near = not place.startswith(BEYOND) and (
            fund["地域要求"] == "四川省" or not any(city in place for city in ("成都", "德阳", "宜宾"))
        )
        answers.append(near if place else None)
    return "short" if False in answers else "unknown" if None in answers else "fits"


def test_some_results_fit_no_line_and_say_why(demo: Demo) -> None:
    stuck = [row for row in demo.of("achievement") if row["feasible"] == "no"]
    assert 0.03 < len(stuck) / 500 < 0.25
    reasons = Counter(reason["why"] for row in stuck for reason in row["reason"])
    assert set(reasons) == {"nobody offers this operation", "every offer falls short"}
    for row in stuck:
        for reason in row["reason"]:
            if "parameter" in reason:
                assert reason["short_by"] > 0 and reason["capability"] and reason["unit"]


def test_every_difficulty_and_every_feasibility_is_there(demo: Demo) -> None:
    rows = demo.of("achievement")
    assert {row["difficulty"] for row in rows} == {"plain", "paraphrased", "incomplete"}
    assert {row["feasible"] for row in rows} == {"yes", "unknown", "no"}
    assert any(row["not_own"] for row in rows)


def test_restricted_rows_are_few_and_none_is_classified(demo: Demo) -> None:
    marks = {
        row[TEXTS[name][0]]: row[column]
        for name, column in SECRECY.items()
        for row in table(demo.files.folder / name)
    }
    assert set(marks.values()) <= {"", "公开", "内部", "待定密"}
    restricted = {key for key, mark in marks.items() if mark in ("内部", "待定密")}
    assert restricted == {row["key"] for row in demo.of("achievement") if row["restricted"]}
    assert 0 < len(restricted) < 10


def test_process_words_are_synonyms_that_the_vocabulary_does_not_hold(demo: Demo) -> None:
    vocabulary = pytest.importorskip("kg.vocabulary").load_vocabulary()
    listed = {name for op in vocabulary for name in (op.name, *op.synonyms) if len(name) > 1}
    said = [step["said"] for row in demo.of("achievement") for step in row["steps"]]
    unheld = {
        word: vocabulary.canonical(word) is None and not any(name in word for name in listed)
        for word in set(said)
    }
    assert sum(unheld[word] for word in said) / len(said) >= 0.3
    assert sum(unheld.values()) / len(unheld) >= 0.3


def test_offered_operations_are_named_as_the_trade_names_them(demo: Demo) -> None:
    vocabulary = pytest.importorskip("kg.vocabulary").load_vocabulary()
    names = {row["unit_op"] for row in demo.of("capability")}
    assert [name for name in sorted(names) if vocabulary.canonical(name) is None] == []
