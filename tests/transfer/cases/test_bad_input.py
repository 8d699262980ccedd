"""What cannot be answered is said, with what to add: a field and a remedy, or an open question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.transfer.cases import door
from tests.transfer.cases.conftest import Base
from tests.transfer.cases.judging import chains, changes_of, narrow
from tests.transfer.cases.reading import TODAY


def refused(base: Base, **ask: str) -> dict[str, Any]:
    """The problem that HTTP answers with."""
    answer = base.client.get("/routes", params={"as_of": TODAY, **ask})
    assert 400 <= answer.status_code < 500, answer.text
    problem = answer.json()
    assert isinstance(problem, dict)
    return problem


def test_a_step_that_nobody_knows(base: Base) -> None:
    found = door.asked_of(base.client, {"need": "需要做鎏玄化，20 kg/h"})
    assert found["status"] == "abstain" and found["open_questions"]
    assert not found["routes"]


def test_a_result_without_facts(base: Base) -> None:
    found = door.asked_of(base.client, {"key": "A02"})
    assert (found["status"], found["routes"]) == ("abstain", [])
    assert found["open_questions"], "it says what to add"


@pytest.mark.parametrize("budget", ["0", "-5"])
def test_a_budget_of_nothing(base: Base, budget: str) -> None:
    """Either refused in words, or an honest no that says what would do; never a route."""
    answer = base.client.get("/routes", params={"as_of": TODAY, "need": "需要50 kg混料", "budget": budget})
    if answer.status_code == 200:
        assert answer.json()["status"] == "abstain" and changes_of(answer.json())
    else:
        assert answer.status_code in (400, 422) and "budget" in answer.text and answer.json()["remedy"]


def test_a_budget_that_is_no_money(base: Base) -> None:
    problem = refused(base, need="需要50 kg混料", budget="很多")
    assert problem["field"] == "budget" and problem["remedy"]


def test_a_deadline_in_the_past(base: Base) -> None:
    """31 October is over on 25 November: nothing can be done by then, and that is what is said."""
    answer = base.client.get("/routes", params={"as_of": TODAY, "need": "需要50 kg混料", "by": "2026-10-31"})
    if answer.status_code == 200:
        found = answer.json()
        assert found["status"] == "abstain"
        assert any("2026-12-02" in change["text"] for change in changes_of(found)), "L15 ends on 2 December"
    else:
        assert answer.status_code in (400, 422) and answer.json()["field"] == "by" and answer.json()["remedy"]


def test_a_day_that_is_none(base: Base) -> None:
    problem = refused(base, need="需要50 kg混料", by="2027-02-30")
    assert problem["field"] == "by" and problem["remedy"]


def test_hand_overs_below_none(base: Base) -> None:
    assert refused(base, need="需要50 kg混料", max_hand_overs="-1")["field"] in (
        "max_hand_overs",
        "max-hand-overs",
    )


def test_contradictory_numbers_of_one_step(base: Base) -> None:
    """No line does 5 kg/h and 100 kg/h at once: a no or a question, no silent route by one."""
    found = door.asked_of(base.client, {"need": "需要喷雾造粒，处理量不低于100 kg/h，处理量不高于5 kg/h"})
    if found["status"] == "ok":
        said = narrow(json.dumps([route["open_questions"] for route in found["routes"]], ensure_ascii=False))
        assert "100kg/h" in said or "5kg/h" in said
    else:
        assert found["why_not"] or found["open_questions"]


def test_a_line_without_limits_is_asked(base: Base) -> None:
    found = door.asked_of(base.client, {"need": "需要过滤面积20 m²的压滤"})
    assert chains(found)[0] == ["L14"]
    assert any("20" in question for question in found["routes"][0]["open_questions"])


def test_a_price_without_a_unit_is_warned_of(tmp_path: Path) -> None:
    """`单价 3000`: per day or per batch is not said, so no cost is made of it."""
    (tmp_path / "线.csv").write_text(
        "产线编号,产线名称,单价,最短使用天数,预约提前期\nX1,示例线（示例）,3000,5,3\n", encoding="utf-8"
    )
    (tmp_path / "能力.csv").write_text(
        "能力编号,能力名称,工艺,所属产线编号\nY1,混料,混料,X1\n", encoding="utf-8"
    )
    done = door.run(
        "ingest", tmp_path, "--store", tmp_path / "s", "--quarantine-dir", tmp_path / "h", "--json"
    )
    assert done.exit_code == 0, done.stdout
    said = json.dumps(done.document["problems"], ensure_ascii=False)
    assert sum(done.document["warnings"].values()) and "单价" in said, done.document
    asked = door.run("routes", "--need", "需要混料", "--store", tmp_path / "s", "--as-of", TODAY)
    assert asked.document["routes"][0]["steps"][0]["cost"] is None


def test_a_cycle_of_broader_operations_ends(base: Base) -> None:
    """甲旋流化 ⊂ 乙旋流化 ⊂ 丙旋流化 ⊂ 甲旋流化: the question is answered, and nobody offers it."""
    found = door.asked_of(base.client, {"need": "需要乙旋流化20 kg/h"})
    assert (found["status"], found["routes"]) == ("abstain", [])
    assert found["open_questions"] or found["why_not"]


def test_neither_a_key_nor_a_need(base: Base) -> None:
    done = door.run("routes", "--store", base.store)
    assert done.exit_code == 2 and done.error["remedy"]


def test_a_key_that_nothing_has(base: Base) -> None:
    answer = base.client.get("/routes", params={"key": "A99"})
    assert answer.status_code == 404 and answer.json()["remedy"]
