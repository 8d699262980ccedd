"""Each smallest change opens a route when its patch is applied, and a little less does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench.merge_patch import merged
from kg.transfer import Knowledge, RouteOptions, routes_for
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry
from tests.transfer.test_timeline import TODAY

Document = dict[str, Any]


def fill(registry: Registry) -> None:
    """Granulation of 3 to 15 kg/h in one place, firing up to 1600 ℃ in another; 5 days at 1000 yuan."""
    for key, name, operation, limits in (
        ("a", "甲", "喷雾造粒", [("处理量", "3～15 kg/h")]),
        ("b", "乙", "烧结", [("温度", "≤1600℃")]),
    ):
        body = registry.institution(key, f"{name}中试基地")
        line = registry.pilot_line(
            f"l{key}", f"{name}线", body, notice_days=0, min_days=5, price_per_day=1000
        )
        registry.capability(f"c{key}", operation, line, operation, limits)


@pytest.fixture
def knowledge(ask: Ask) -> Knowledge:
    return ask(fill)


def routes(knowledge: Knowledge, requirement: Document, folder: Path) -> int:
    file = folder / "r.json"
    file.write_text(json.dumps(requirement, ensure_ascii=False), encoding="utf-8")
    return len(routes_for(knowledge, requirement=file, options=RouteOptions(as_of=TODAY))["routes"])


def amount(requirement: Document, text: str) -> None:
    """The first quantity of the first step, as a person writes it."""
    quantity = requirement["steps"][0]["quantities"][0]
    requirement["steps"][0]["quantities"] = [{"text": text, "measures": quantity["measures"]}]


NEED = "需要12 kg/h的喷雾造粒，然后1500℃烧结"

CASES: list[tuple[str, Document, str, Callable[[Document], None]]] = [
    ("需要16 kg/h的喷雾造粒", {}, "15 kg/h", lambda r: amount(r, "15.01 kg/h")),
    ("需要2 kg/h的喷雾造粒", {}, "3 kg/h", lambda r: amount(r, "2.99 kg/h")),
    (NEED, {"max_hand_overs": 0}, "1 次", lambda r: r["max_hand_overs"].update(value=0)),
    (NEED, {"by": date(2026, 12, 3)}, "2026-12-04", lambda r: r["by"].update(value="2026-12-03")),
    (NEED, {"budget": 9999}, "1 万元", lambda r: r["budget"].update(value=9999)),
]


@pytest.mark.parametrize(("need", "options", "said", "less"), CASES)
def test_the_patch_opens_a_route_and_a_little_less_does_not(
    knowledge: Knowledge,
    tmp_path: Path,
    need: str,
    options: Document,
    said: str,
    less: Callable[[Document], None],
) -> None:
    found = routes_for(knowledge, need=need, options=RouteOptions(as_of=TODAY, **options))
    (entry,) = found["why_not"]
    change = entry["smallest_change"]
    assert (change["side"], said in change["text"]) == ("request", True), change["text"]
    patched = merged(found["requirement"], change["patch"])
    assert routes(knowledge, patched, tmp_path) == change["opens"] > 0
    less(patched)
    assert routes(knowledge, patched, tmp_path) == 0


def test_two_numbers_that_bind_are_changed_together(knowledge: Knowledge, tmp_path: Path) -> None:
    found = routes_for(
        knowledge, need="需要16 kg/h的喷雾造粒，然后1700℃烧结", options=RouteOptions(as_of=TODAY)
    )
    changes = [entry["smallest_change"] for entry in found["why_not"]]
    assert len(changes) == 2
    assert changes[0] == changes[1]
    assert "15 kg/h" in changes[0]["text"] and "1600" in changes[0]["text"]
    assert routes(knowledge, merged(found["requirement"], changes[0]["patch"]), tmp_path) == 1


def test_a_step_that_nobody_does_may_be_left_out(knowledge: Knowledge, tmp_path: Path) -> None:
    found = routes_for(knowledge, need=f"{NEED}，最后电镀", options=RouteOptions(as_of=TODAY))
    change = found["why_not"][0]["smallest_change"]
    assert "电镀" in change["text"]
    assert routes(knowledge, merged(found["requirement"], change["patch"]), tmp_path) == change["opens"]


def test_what_the_line_would_have_to_do_is_told_beside(knowledge: Knowledge) -> None:
    found = routes_for(knowledge, need="需要16 kg/h的喷雾造粒", options=RouteOptions(as_of=TODAY))
    line = found["why_not"][0]["changes"][-1]
    assert (line["side"], line["patch"], line["opens"]) == ("line", None, 1)
    assert "16 kg/h" in line["text"]
