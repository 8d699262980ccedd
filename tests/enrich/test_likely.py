"""The model of a name's surroundings: what it is about decides, and a brief request is never thinned out."""

from __future__ import annotations

import json
import re

import pytest

from ingest.enrich.likely import MODEL
from ingest.enrich.unit_operations import UnitOperations
from kg.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def finder() -> UnitOperations:
    return UnitOperations(load_vocabulary())


PROCESS = (
    "本发明公开了一种粉体材料的制备方法，将原料与乙醇溶液混合后球磨，经喷雾干燥得到前驱体粉末，"
    "再于真空气氛下烧结，得到陶瓷坯体。"
)
NATURE = (
    "为了解河口沉积环境，采集了悬浮颗粒物样品，结果表明河流输沙的沉积作用受潮汐影响，季节变化明显，分布不均。"
)


def test_steps_of_a_process_stay(finder: UnitOperations) -> None:
    assert [one.text for one in finder.find(PROCESS).unit_ops] == ["混合", "球磨", "喷雾干燥", "烧结"]


def test_what_nature_does_is_none(finder: UnitOperations) -> None:
    assert finder.find(NATURE).unit_ops == ()


def test_a_brief_request_keeps_all_its_words(finder: UnitOperations) -> None:
    assert [one.text for one in finder.find("需要沉积、接种、吸附。").unit_ops] == ["沉积", "接种", "吸附"]


def test_the_model_says_how_it_was_made_and_holds_no_sentence() -> None:
    card = json.loads(MODEL.read_text(encoding="utf-8"))
    assert card["made_by"] == "python -m bench.reading.likely"
    assert not any(re.search(r"[\u4e00-\u9fff]{9}", name) for name in card["weights"])
