"""What is asked of a line is what is aimed at; and a later, wider word is no further step."""

from __future__ import annotations

import pytest

from ingest.enrich import build_reader
from kg.reading import Reader, Steps, steps


@pytest.fixture(scope="module")
def reader() -> Reader:
    return build_reader()


def _read(reader: Reader, text: str) -> Steps:
    return steps(reader.read(text), text)


@pytest.mark.parametrize(
    ("text", "asked", "bench"),
    [
        ("小试阶段球磨规模1000 g，放大验证要求球磨批量55 kg。", ["55 kg"], ["1000 g"]),
        ("喷雾造粒实验室产能2 kg/h，喷雾造粒目标产能30 kg/h。", ["30 kg/h"], ["2 kg/h"]),
        ("实验室喷雾造粒产能2 kg/h。", ["2 kg/h"], []),
        ("小试阶段烧结温度1450 ℃，要求烧结装炉量50 kg。", ["1450 ℃", "50 kg"], []),
    ],
)
def test_the_laboratory_scale_is_not_asked_of_a_line(
    reader: Reader, text: str, asked: list[str], bench: list[str]
) -> None:
    (step,) = _read(reader, text).steps
    assert [mention.quantity.text for mention in step.quantities] == asked
    assert [mention.quantity.text for mention in step.bench] == bench


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("采用真空烧结工艺。烧结温度为1450℃。", ["真空烧结"]),
        ("先喷雾干燥，再干燥。", ["喷雾干燥", "干燥"]),
        ("采用真空烧结和热压烧结。烧结温度为1450℃。", ["真空烧结", "热压烧结", "烧结"]),
    ],
)
def test_a_wider_word_in_a_later_sentence_means_the_same_step(
    reader: Reader, text: str, names: list[str]
) -> None:
    assert [step.name for step in _read(reader, text).steps if step.own] == names
