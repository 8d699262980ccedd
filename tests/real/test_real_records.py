"""Every real record is loaded, searched and asked for routes: no crash, an answer each."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

from api.questions import Match, Routes, Search
from kg.transfer import Knowledge
from tests.api.conftest import document
from tests.real.conftest import ACHIEVEMENTS, NEEDS

SAMPLE = 200


def _real_rows(knowledge: Knowledge, most: int) -> list[dict[str, Any]]:
    rows = knowledge.view.query(
        "MATCH (n:Achievement) WHERE n.access = 'public' AND NOT n.retired AND NOT n.synthetic "
        "RETURN n.id AS id, n.name AS name ORDER BY n.id"
    )
    return rows[:: max(1, len(rows) // most)][:most]


def test_every_record_is_in(real_store: dict[str, Any]) -> None:
    assert real_store["achievements"]["read"] == real_store["achievements"]["new"] == ACHIEVEMENTS
    assert real_store["needs"]["read"] == real_store["needs"]["new"] == NEEDS
    nodes = document("stats", "--store", real_store["url"])["nodes"]
    assert nodes["Achievement"] + nodes["Need"] + nodes["Capability"] >= ACHIEVEMENTS + NEEDS + 141


def test_a_second_ingest_changes_nothing(real_store: dict[str, Any], real_data: Path) -> None:
    again = document(
        *("ingest", real_data / "achievements.jsonl.gz", "--kind", "Achievement", "--mix"),
        *("--store", real_store["url"]),
    )
    assert (again["unchanged"], again["new"], again["changed"]) == (ACHIEVEMENTS, 0, 0)


def test_titles_find_their_records(knowledge: Knowledge) -> None:
    rows = _real_rows(knowledge, SAMPLE)
    found = 0
    for row in rows:
        names = [hit["name"] for hit in Search(row["name"]).answer(knowledge)["hits"]]
        found += row["name"] in names
    assert found == len(rows)


def test_two_hundred_results_get_a_route_or_a_spoken_no(knowledge: Knowledge) -> None:
    counts: Counter[str] = Counter()
    for row in _real_rows(knowledge, SAMPLE):
        answer = Routes(key=row["id"]).answer(knowledge)
        counts[answer["status"]] += 1
        assert answer["status"] in ("ok", "abstain")
        assert bool(answer["routes"]) == (answer["status"] == "ok")
        if answer["status"] == "abstain":
            assert answer["why_not"] or answer["open_questions"]
        for route in answer["routes"]:
            assert all(entry["verdict"] != "short" for step in route["steps"] for entry in step["proof"])
    assert counts["abstain"] > counts["ok"]  # most papers describe no process that a line could run


def test_every_need_is_matched(knowledge: Knowledge, real_data: Path) -> None:
    with gzip.open(real_data / "needs.jsonl.gz", "rt", encoding="utf-8") as stream:
        needs = [json.loads(line) for line in stream]
    assert len(needs) == NEEDS
    for need in needs:
        answer = Match(f"{need['title']}。{need['text']}").answer(knowledge)
        assert answer["achievements"]
        for line in answer["lines"]:
            assert line["proof"] and line["institution"]
