"""A requirement as it was printed, as it was edited, and written anew; small changes of each number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.transfer import Knowledge, RouteOptions, routes_for
from kg.transfer.handed_back import requirement_of_file
from tests.transfer.conftest import Ask
from tests.transfer.test_timeline import TODAY, fill

OPTIONS = RouteOptions(as_of=TODAY)
NEEDS = (
    "需要喷雾干燥12 kg/h，进风温度200℃，然后混料50 kg，2027年3月前完成，绵阳附近",
    "需要混料不低于0.1 t，喷雾干燥5～8 kg/h",
    "需要磨削，加工精度±6 μm",
    "需要无菌灌装2000瓶/h",
)


@pytest.fixture
def knowledge(ask: Ask) -> Knowledge:
    return ask(fill)


def handed(knowledge: Knowledge, document: Any, folder: Path) -> dict[str, Any]:
    file = folder / "要求.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return routes_for(knowledge, requirement=file, options=OPTIONS)


@pytest.mark.parametrize("need", NEEDS)
def test_as_printed_it_is_printed_again(knowledge: Knowledge, need: str, tmp_path: Path) -> None:
    first = routes_for(knowledge, need=need, options=OPTIONS)
    again = handed(knowledge, first["requirement"], tmp_path)
    assert again == first


def test_a_result_s_requirement_is_the_same_when_handed_back(knowledge: Knowledge, tmp_path: Path) -> None:
    first = routes_for(knowledge, key_or_id="r", options=OPTIONS)
    assert handed(knowledge, first["requirement"], tmp_path) == first


@settings(max_examples=25, deadline=None)
@given(
    value=st.integers(1, 400), budget=st.none() | st.integers(0, 200_000), most=st.none() | st.integers(0, 3)
)
def test_any_number_survives_print_and_reading(
    any_knowledge: Knowledge, value: int, budget: int | None, most: int | None, tmp_path_factory: Any
) -> None:
    file = tmp_path_factory.mktemp("r") / "r.json"
    need = f"需要喷雾干燥{value / 10} kg/h"
    options = RouteOptions(budget=budget, max_hand_overs=most, as_of=TODAY)
    first = routes_for(any_knowledge, need=need, options=options)
    file.write_text(json.dumps(first["requirement"], ensure_ascii=False), encoding="utf-8")
    assert routes_for(any_knowledge, requirement=file, options=OPTIONS) == first


@pytest.fixture(scope="module")
def any_knowledge(tmp_path_factory: Any, schema: Any, encoder: Any, vocabulary: Any, reader: Any) -> Any:
    from kg.access import View
    from kg.store import open_store
    from tests.transfer.registry import Registry

    registry = Registry(schema)
    fill(registry)
    store = open_store(str(tmp_path_factory.mktemp("any") / "store"), write=True)
    registry.write(store, encoder)
    yield Knowledge(View(store), reader, encoder, vocabulary, schema)
    store.close()


def quantity(knowledge: Knowledge, tmp_path: Path, **edited: Any) -> tuple[float | None, str]:
    """SI value and text of 12 kg/h after an edit."""
    printed = routes_for(knowledge, need="需要喷雾干燥12 kg/h", options=OPTIONS)["requirement"]
    printed["steps"][0]["quantities"][0].update(edited)
    file = tmp_path / "r.yaml"
    file.write_text(yaml.safe_dump(printed, allow_unicode=True), encoding="utf-8")
    (step,) = requirement_of_file(knowledge, file, OPTIONS).steps
    return step.quantities[0].bounds.si_low, step.quantities[0].bounds.text


def test_the_edited_one_of_text_and_number_counts(knowledge: Knowledge, tmp_path: Path) -> None:
    assert quantity(knowledge, tmp_path, text="18 kg/h") == (pytest.approx(0.005), "18 kg/h")
    assert quantity(knowledge, tmp_path, value=18) == (pytest.approx(0.005), "18 kg/h")
    assert quantity(knowledge, tmp_path, text="18 kg/h", value=18) == (pytest.approx(0.005), "18 kg/h")
    with pytest.raises(UsageError) as wrong:
        quantity(knowledge, tmp_path, text="18 kg/h", value=19)
    assert wrong.value.field == "steps[0].quantities[0].text"
    assert wrong.value.line


def test_short_forms_will_do(knowledge: Knowledge, tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(
        "steps: [混料, {unit_op: 喷雾干燥, run: {days: 8}}]\nbudget: 20万\nby: 2027-03\nstart: 2027年1月\n",
        encoding="utf-8",
    )
    found = requirement_of_file(knowledge, file, OPTIONS)
    assert [step.unit_op for step in found.steps] == ["混料", "喷雾干燥"]
    assert (found.steps[1].run.days, found.bounds.budget, found.bounds.by, found.bounds.start) == (
        8, 200_000, "2027-03", "2027-01",
    )  # fmt: skip
    (first, *_) = routes_for(knowledge, requirement=file, options=OPTIONS)["routes"]
    assert first["steps"][0]["start"] == "2027-01-01"


@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        ("steps:\n- unit_op: 混料\nbudgett: 3\n", "budgett", 3),
        ("steps:\n- unit_op: 混料\nbudget: 很多\n", "budget", 3),
        ("steps:\n- unit_op: 混料\n  quantities:\n  - 12\n", "steps[0].quantities[0]", 4),
        ("steps:\n- {text: 混料}\n", "steps[0]", 2),
        ("steps:\n- unit_op: 混料\n  run: {days: 0}\n", "steps[0].run.days", 3),
        ("steps: []\n", "steps", 1),
    ],
)
def test_a_wrong_edit_is_told_with_its_place(
    knowledge: Knowledge, tmp_path: Path, text: str, field: str, line: int
) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as wrong:
        requirement_of_file(knowledge, file, OPTIONS)
    assert (wrong.value.file, wrong.value.field, wrong.value.line) == (str(file), field, line)
    assert wrong.value.remedy
