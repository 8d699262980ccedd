"""A requirement that is printed, edited and handed back, and the smallest changes that are patches to one."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import yaml

from bench.merge_patch import merged
from tests.transfer.cases import door
from tests.transfer.cases.conftest import Base
from tests.transfer.cases.judging import chains, changes_of
from tests.transfer.cases.reading import TODAY, Case, cases

Json = Any
ASKED = [case for case in cases() if case.status == "ok" and "as_of" not in case.expect]


def answer(base: Base, requirement: Json, folder: Path, as_of: str = TODAY) -> dict[str, Any]:
    done = door.handed_back(base.store, requirement, folder / "要求.yaml", as_of)
    assert done.exit_code == 0, done.stdout
    return done.document


def some(among: list[Case], one_in: int) -> list[Case]:
    """A share of the cases, the same ones whatever is added: each run of the command opens the store anew."""
    return [case for case in among if crc32(case.name.encode()) % one_in == 0]


@pytest.mark.parametrize("case", [pytest.param(one, id=one.name) for one in some(ASKED, 7)])
def test_as_printed_it_gives_the_same_answer(base: Base, case: Case, tmp_path: Path) -> None:
    found = door.asked_of(base.client, case.ask)
    again = answer(base, found["requirement"], tmp_path, case.ask["as_of"])
    assert chains(again) == chains(found)
    for one, two in zip(again["routes"], found["routes"], strict=True):
        assert (one["totals"], one["score"]) == (two["totals"], two["score"])
    assert stripped(again["requirement"]) == stripped(found["requirement"])


def stripped(document: Json) -> Json:
    """Without origins: handed back, an item comes from the file or keeps the origin it had."""
    if isinstance(document, dict):
        return {name: stripped(value) for name, value in document.items() if name != "origin"}
    return [stripped(one) for one in document] if isinstance(document, list) else document


ABSTAINING = [case for case in cases() if case.status == "abstain"]


@pytest.mark.parametrize("case", [pytest.param(one, id=one.name) for one in ABSTAINING])
def test_each_smallest_change_opens_a_route(base: Base, case: Case, tmp_path: Path) -> None:
    found = door.asked_of(base.client, case.ask)
    assert changes_of(found), "an abstention with a gap names a change on some side"
    for change in asked_for(found):
        opened = answer(base, merged(found["requirement"], change["patch"]), tmp_path, case.ask["as_of"])
        assert opened["status"] == "ok" and opened["routes"], change["text"]
        assert change["opens"] >= 1


@pytest.mark.parametrize("case", [pytest.param(one, id=one.name) for one in some(ABSTAINING, 2)])
def test_a_little_less_opens_none(base: Base, case: Case, tmp_path: Path) -> None:
    found = door.asked_of(base.client, case.ask)
    before = found["requirement"]
    for change in asked_for(found):
        for less in nearly(before, merged(before, change["patch"])):
            shut = answer(base, less, tmp_path, case.ask["as_of"])
            assert not shut["routes"], f"{change['text']}: less would do"


def asked_for(found: dict[str, Any]) -> list[Any]:
    """The smallest changes on the side of the request."""
    return [change for change in changes_of(found) if change["side"] == "request"]


def nearly(before: Json, after: Json) -> Iterator[Json]:
    """The patched requirement with what it changed a little nearer to what was asked first."""
    for step, (old, new) in enumerate(zip(before["steps"], after["steps"], strict=True)):
        for index, (was, now) in enumerate(zip(old["quantities"], new["quantities"], strict=True)):
            if was != now and now["unit"] != "洁净级":  # classes have none between
                less = copy.deepcopy(after)
                less["steps"][step]["quantities"][index] = {
                    "text": between(was, now),
                    "measures": was["measures"],
                }
                yield less
    for name in ("budget", "max_hand_overs", "by", "start"):
        was, now = (amount(document.get(name)) for document in (before, after))
        if was is not None and now is not None and was != now:
            yield merged(after, {name: stepped(was, now)})


def between(was: Json, now: Json) -> str:
    """A hundredth of the way back from the new quantity to the old, as a person would write it."""
    names = {"range": ("low", "high"), "<=": ("high",), "<": ("high",), ">=": ("low",), ">": ("low",)}
    ends = [
        f"{now[end] + (was[end] - now[end]) / 100:.10g}" for end in names.get(now["relation"], ("value",))
    ]
    sign = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "±": "±"}.get(now["relation"], "")
    return f"{sign}{'～'.join(ends)} {now['unit']}"


def amount(item: Json) -> Json:
    """What a bound is, with or without its origin."""
    return item["value"] if isinstance(item, dict) else item


def stepped(was: Json, now: Json) -> Json:
    """A yuan, a day or a hand-over back."""
    if isinstance(now, str):
        first, then = date.fromisoformat(was), date.fromisoformat(now)
        return (then + timedelta(1 if first > then else -1)).isoformat()
    return now + (1 if was > now else -1)


def printed(base: Base, need: str) -> dict[str, Any]:
    found = door.asked_of(base.client, {"need": need})["requirement"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        pytest.param({"budgett": 3}, "budgett", id="a key that nobody knows"),
        pytest.param({"budget": "很多"}, "budget", id="a budget that is no money"),
        pytest.param({"by": "昨天或者明天"}, "by", id="a day that is none"),
        pytest.param({"max_hand_overs": "两三次"}, "max_hand_overs", id="a number that is none"),
        pytest.param({"steps": "混料"}, "steps", id="steps that are no list"),
        pytest.param({"steps": []}, "steps", id="no steps"),
    ],
)
def test_a_wrong_edit_is_refused_with_its_place(
    base: Base, tmp_path: Path, edit: Mapping[str, Json], field: str
) -> None:
    wrong = {**printed(base, "需要50 kg混料"), **edit}
    done = door.handed_back(base.store, wrong, tmp_path / "要求.yaml")
    assert done.exit_code in (1, 2), done.stdout
    error = done.error
    assert field in (error["field"] or "") and error["file"] and error["line"] and error["remedy"], error


def test_a_wrong_unit_in_a_step_is_refused_with_its_line(base: Base, tmp_path: Path) -> None:
    wrong = printed(base, "需要 12 kg/h 的喷雾造粒")
    quantity = wrong["steps"][0]["quantities"][0]
    wrong["steps"][0]["quantities"] = [{"text": "12 斤两/炷香", "measures": quantity["measures"]}]
    file = tmp_path / "要求.yaml"
    file.write_text(yaml.safe_dump(wrong, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = door.run("routes", "--requirement", file, "--store", base.store, "--as-of", TODAY)
    assert done.exit_code in (1, 2), done.stdout
    error = done.error
    lines = file.read_text(encoding="utf-8").splitlines()
    assert "斤两" in lines[error["line"] - 1] and error["remedy"], error


@pytest.mark.parametrize(
    "text", ["", "steps: [", "- 1\n- 2\n", "一句话"], ids=["empty", "broken", "a list", "a word"]
)
def test_a_file_that_is_no_requirement(base: Base, tmp_path: Path, text: str) -> None:
    file = tmp_path / "要求.yaml"
    file.write_text(text, encoding="utf-8")
    done = door.run("routes", "--requirement", file, "--store", base.store)
    assert done.exit_code in (1, 2), done.stdout
    error = done.error
    assert error["file"] and error["remedy"]


def test_a_file_that_is_not_there(base: Base, tmp_path: Path) -> None:
    done = door.run("routes", "--requirement", tmp_path / "无.yaml", "--store", base.store)
    assert done.exit_code in (1, 2) and done.error["file"]


def test_an_edited_number_changes_the_answer(base: Base, tmp_path: Path) -> None:
    """16 kg/h finds nobody; by hand to 15 kg/h (the text only, as a person would) and L01 does it."""
    wanted = printed(base, "需要 16 kg/h 的喷雾造粒")
    measures = wanted["steps"][0]["quantities"][0]["measures"]
    wanted["steps"][0]["quantities"] = [{"text": "15 kg/h", "measures": measures}]
    found = answer(base, wanted, tmp_path)
    assert chains(found)[0] == ["L01"]


def test_a_requirement_written_from_nothing(base: Base, tmp_path: Path) -> None:
    """What a person writes into an empty file: 45,000 = 3 batches × 1.5 万元 at L04."""
    file = tmp_path / "要求.yaml"
    file.write_text(
        "steps:\n- unit_op: 热等静压\n  quantities:\n  - {text: 150 MPa}\n  run: {batches: 3}\n",
        encoding="utf-8",
    )
    done = door.run("routes", "--requirement", file, "--store", base.store, "--as-of", TODAY)
    assert done.exit_code == 0, done.stdout
    step = done.document["routes"][0]["steps"][0]
    assert (step["line"]["key"], step["cost"]) == ("L04", 45_000)
