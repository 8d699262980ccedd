"""Every real record is loaded, searched and asked for routes: no crash, an answer each.

What is expected is counted in the files themselves, so that any folder of records will do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.questions import Match, Routes, Search
from kg.transfer import Knowledge
from kg.values.text import clean_text
from tests.api.conftest import document
from tests.real.conftest import Rows

SAMPLE = 200
PAGE = 10  # hits, unless told
Say = Callable[[str, object], None]
_REAL = "MATCH (n:{kind}) WHERE n.access = 'public' AND NOT n.retired AND NOT n.synthetic "


def _real(knowledge: Knowledge, kind: str, columns: str) -> list[dict[str, Any]]:
    return knowledge.view.query(_REAL.format(kind=kind) + f"RETURN {columns} ORDER BY n.id")


def _sample(knowledge: Knowledge) -> list[dict[str, Any]]:
    rows = _real(knowledge, "Achievement", "n.id AS id, n.key AS key, n.name AS name")
    return rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]


def test_every_record_is_new_once(real_store: dict[str, Any], achievements: Rows, needs: Rows) -> None:
    for name, rows in (("achievements", achievements), ("needs", needs)):
        report = real_store[name]
        assert (report["read"], report["new"]) == (len(rows), len(rows))
        assert not report["quarantined"] and not report["unresolved"]


def test_the_graph_holds_what_the_files_say(knowledge: Knowledge, achievements: Rows, needs: Rows) -> None:
    stored = _real(knowledge, "Achievement", "n.key AS key, n.year AS year, n.form AS form")
    assert sorted(row["key"] for row in stored) == sorted(row["id"] for row in achievements)
    assert Counter(row["form"] for row in stored) == Counter(row["kind"] for row in achievements)
    stated = Counter(int(row["year"]) for row in achievements if row["year"])
    assert Counter(row["year"] for row in stored if row["year"] is not None) == stated
    asked = _real(knowledge, "Need", "n.key AS key")
    assert sorted(row["key"] for row in asked) == sorted(row["id"] for row in needs)


def test_every_stated_owner_and_field_is_linked(knowledge: Knowledge, achievements: Rows) -> None:
    for column, edge in (("org", "OWNED_BY"), ("field", "IN_FIELD")):
        linked = knowledge.view.query(
            f"MATCH (n:Achievement)-[:{edge}]->(t) WHERE NOT n.synthetic RETURN DISTINCT n.key AS key"
        )
        stated = {row["id"] for row in achievements if row[column].strip()}
        assert {row["key"] for row in linked} == stated


def test_the_demonstration_lines_stand_beside_them(real_store: dict[str, Any], knowledge: Knowledge) -> None:
    assert real_store["demo"]["totals"] and all(total["agrees"] for total in real_store["demo"]["totals"])
    for kind in ("PilotLine", "Capability", "Fund", "PilotInstitution"):
        assert not _real(knowledge, kind, "n.id AS id")


@pytest.mark.parametrize("name", ["achievements", "needs"])
def test_a_second_ingest_changes_nothing(real_store: dict[str, Any], real_data: Path, name: str) -> None:
    kind = {"achievements": "Achievement", "needs": "Need"}[name]
    before = document("stats", "--store", real_store["url"])
    again = document(
        *("ingest", real_data / f"{name}.jsonl.gz", "--kind", kind, "--mix", "--store", real_store["url"])
    )
    assert (again["new"], again["changed"], again["gone"]) == (0, 0, 0)
    assert again["unchanged"] == again["read"] == real_store[name]["read"]
    after = document("stats", "--store", real_store["url"])
    assert (after["nodes"], after["edges"]) == (before["nodes"], before["edges"])
    assert after["runs"] == before["runs"] + 1


def test_titles_find_their_records(knowledge: Knowledge, achievements: Rows) -> None:
    alike = Counter(clean_text(row["title"]) for row in achievements)
    for row in _sample(knowledge):
        found = [hit["id"] for hit in Search(row["name"]).answer(knowledge)["hits"]]
        assert len(set(found)) == len(found) <= PAGE
        if alike[row["name"]] <= PAGE:
            assert row["id"] in found, row["name"]


def test_two_hundred_results_get_a_route_or_a_spoken_no(
    real_store: dict[str, Any], knowledge: Knowledge, record_property: Say
) -> None:
    counts: Counter[str] = Counter()
    for row in _sample(knowledge):
        answer = Routes(key=row["id"]).answer(knowledge)
        counts[answer["status"]] += 1
        assert answer["status"] == ("ok" if answer["routes"] else "abstain")
        if not answer["routes"]:
            assert answer["why_not"] or answer["open_questions"]
        for route in answer["routes"]:
            _is_proved(route)
    assert counts.total() == SAMPLE
    words = f"routes of {SAMPLE} results: {counts['ok']} ok, {counts['abstain']} abstain"
    record_property("said", f"{real_store['backend']}, {words}")


def _is_proved(route: dict[str, Any]) -> None:
    """Real results are carried by the demonstration lines alone, and nothing is short on the way."""
    assert route["steps"]
    for step in route["steps"]:
        assert step["institution"]["synthetic"] and step["capability"]["synthetic"]
        assert step["proof"][0]["constraint"] == "unit_op"
        assert {entry["verdict"] for entry in step["proof"]} <= {"fits", "unknown"}


def test_every_need_is_matched(
    real_store: dict[str, Any], knowledge: Knowledge, needs: Rows, record_property: Say
) -> None:
    with_lines = 0
    for need in needs:
        answer = Match(f"{need['title']}。{need['text']}").answer(knowledge)
        found = [hit["id"] for hit in answer["achievements"]]
        assert len(set(found)) == len(found) > 0, need["title"]
        with_lines += bool(answer["lines"])
        for line in answer["lines"]:
            assert line["proof"] and line["institution"]["synthetic"]
    record_property("said", f"{real_store['backend']}, match of {len(needs)} needs: {with_lines} with lines")
