"""Numbers whose step's name is a part of other words: whose they are, and what they measure."""

from __future__ import annotations

import pytest

from kg.belonging import measure_before, named_before, named_behind, without_names
from kg.reading import Reader, steps

CHAIN = "整条路线由五轴加工、电镀、层析、离心以及盐雾试验构成。"


@pytest.mark.parametrize(
    ("sentence", "step", "number", "measure"),
    [
        ("中试阶段电镀槽容设计值0.45 m³以上。", "电镀", "0.45 m³以上", "槽容"),
        ("中试阶段盐雾试验箱容设计值850 L。", "盐雾试验", "850 L", "箱容"),
        ("放大验证阶段层析柱径按0.1m考虑。", "层析", "0.1m", "柱径"),
        ("实验室条件下电镀槽容20 L；工程放大拟采用槽容950L。", "电镀", "950L", "槽容"),
        ("以1.5 L规模的电镀数据为依据，设计了槽容50 L的放大方案。", "电镀", "50 L", "槽容"),
        ("现有离心处理量仅1.5 L/h，希望在中试阶段提高至0.15 m³/h。", "离心", "0.15 m³/h", "处理量"),
    ],
)
def test_a_number_belongs_to_the_step_named_in_its_clause(
    reader: Reader, sentence: str, step: str, number: str, measure: str
) -> None:
    text = CHAIN + sentence
    found = steps(reader.read(text), text)
    held = {(q.quantity.text, q.measures): one.name for one in found.steps for q in one.quantities}
    assert held.get((number, measure)) == step, found


@pytest.mark.parametrize("sentence", ["干燥剂用量0.45 kg。", "电镀层厚度5 μm。", "贮罐容积0.45 m³。"])
def test_what_only_begins_like_a_step_is_none(reader: Reader, sentence: str) -> None:
    text = "整条路线由电镀、干燥构成。" + sentence
    assert all(not one.quantities for one in steps(reader.read(text), text).steps)


def test_next_step_is_no_modifier(reader: Reader) -> None:
    names = [one.name for one in reader.read("下一步精密冲压需达到公称力0.4 MN的规模。").unit_ops]
    assert all("一步" not in name for name in names)


def test_the_words_around_a_number() -> None:
    text = "要求辊压具备辊面宽度300 mm"
    at = text.index("300")
    assert measure_before(text, at, ["辊压"]) == "辊面宽度"
    assert named_before(text, at, ["辊压", "球磨"]) == "辊压"
    assert named_before("干燥剂用量5 kg", 5, ["干燥"]) is None
    assert named_behind("5 L规模的离心数据", 3, ["离心"]) == "离心"
    assert without_names("有层析柱径", ["层析"]) == "柱径"
