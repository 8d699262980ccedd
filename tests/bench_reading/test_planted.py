"""The score against a generated registry's truth: what counts as right, on records written here."""

from __future__ import annotations

from typing import Any

from bench.reading.planted import Planted, Record, score_demo, score_planted
from kg.vocabulary import load_vocabulary

SAID = "已完成公斤级小试。"
TRUTH: dict[str, Any] = {
    "type": "achievement",
    "key": "A1",
    "not_own": ["真空烧结"],
    "maturity": {"said": SAID, "trl": 5},
    "steps": [
        {
            "unit_op": "球磨",
            "said": "球磨",
            "synonym": False,
            "needs": [{"unit": "kg", "low": 50, "high": 50, "relation": "=", "parameter": "批量"}],
        },
        {
            "unit_op": "喷雾造粒",
            "said": "离心成珠",
            "synonym": True,
            "needs": [{"unit": "℃", "low": None, "high": 200, "relation": "<=", "parameter": "温度"}],
        },
    ],
}
KILOGRAMS = {"value": 50.0, "unit": "公斤", "relation": "="}
DEGREES = {"value": 200.0, "unit": "℃", "relation": ">="}


def scored(record: Record) -> Planted:
    return score_planted([TRUTH], {"achievement": {"A1": record}}, load_vocabulary())


def test_all_that_was_planted_is_found() -> None:
    found = scored(
        Record(
            f"甲。{SAID}",
            5,
            [{"value": 200.0, "unit": "℃", "relation": "<="}],
            [("球磨", "研磨", [KILOGRAMS]), ("离心成珠", "离心成珠", [])],
            proved=[(2, 6)],
            evidence=[(2, 6)],
        )
    )
    steps, held = found.counts["steps"], found.counts["quantities of planted steps"]
    assert (steps.right, steps.found, steps.wanted) == (2, 2, 2)
    assert (held.right, held.found, held.wanted) == (1, 1, 2)
    assert found.shares["steps said by a synonym, outside the vocabulary"] == [1, 1]
    assert found.shares["quantities: value and unit"] == [2, 2]
    assert found.shares["quantities at their own step"] == [1, 2]
    assert found.shares["maturity: the level, exactly"] == [1, 1]
    assert found.shares["others' practice not taken for a step"] == [1, 1]


def test_what_is_wrong_counts_as_wrong() -> None:
    wrong = [("真空烧结", "真空烧结", [DEGREES]), ("球磨", "球磨", [DEGREES])]
    found = scored(Record(f"乙{SAID}", 7, [], wrong, proved=[(0, 1)]))
    steps, proved = found.counts["steps"], found.counts["maturity, proved"]
    assert (steps.right, steps.found, steps.wanted) == (1, 2, 2)
    assert (proved.right, proved.found, proved.wanted) == (0, 1, 1)
    assert found.shares["quantities: value and unit"] == [0, 2]
    assert found.shares["others' practice not taken for a step"] == [0, 1]
    assert found.shares["maturity: the level, to one"] == [0, 1]


def test_a_generated_registry_is_scored_end_to_end() -> None:
    found = score_demo(40, seed=3)
    assert found.records > 60, "results and needs"
    assert found.counts["steps"].right > 0 and found.shares["quantities: value and unit"][0] > 0
    assert found.table().startswith("| ")
