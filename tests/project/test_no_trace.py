"""A restricted or retired record of any kind leaves no trace in any answer, by command line or HTTP.

The same register with and without the hidden records gives equal documents: no score, count or order tells.
On Neo4j a deleted text may stay in Lucene's statistics for a while, so that there the words are looked for.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Services
from tests.api.conftest import document, run
from tests.project.conftest import fill
from tests.project.hidden_questions import NEEDS, queries
from tests.project.hidden_register import HIDDEN, hidden_keys
from tests.stores import empty_server


@dataclass(frozen=True)
class Asked:
    """A served store and the answers to every query."""

    client: TestClient
    answers: dict[str, Any]


def _asked(url: str) -> Iterator[Asked]:
    services = Services(url)
    with services.store() as store, TestClient(create_app(services, store)) as client:
        answers = {}
        for path, parameters in queries():
            answer = client.get(path, params=parameters)
            assert answer.status_code == 200, answer.text
            answers[f"{path} {parameters}"] = _timeless(answer.json())
        yield Asked(client, answers)


def _timeless(document: Any) -> Any:
    """The document without what differs between any two stores: runs, their dates and the files' folders."""
    if isinstance(document, list):
        return [_timeless(one) for one in document]
    if not isinstance(document, dict):
        return document
    kept = {name: _timeless(one) for name, one in document.items() if name not in ("run", "date")}
    return kept | {"file": Path(kept["file"]).name} if kept.get("file") else kept


@pytest.fixture(scope="module")
def embedded(hidden: Path) -> Iterator[Asked]:
    yield from _asked(str(hidden / "store"))


@pytest.fixture(scope="module")
def plain(hidden: Path) -> Iterator[Asked]:
    fill(str(hidden / "plain"), hidden / "without")
    yield from _asked(str(hidden / "plain"))


def test_the_hidden_records_are_stored(hidden: Path) -> None:
    exported = hidden / "exported"
    document("export", exported, "--store", hidden / "store")
    written = b"".join(path.read_bytes() for path in exported.rglob("*") if path.is_file())
    missing = [key for mark in ("HUSH", "GONE") for key in hidden_keys(mark) if key.encode() not in written]
    assert not missing


def test_every_answer_is_as_if_they_were_not_there(embedded: Asked, plain: Asked) -> None:
    for question, answer in plain.answers.items():
        assert embedded.answers[question] == answer, question


def test_the_questions_touch_what_could_tell(plain: Asked) -> None:
    answers = list(plain.answers.values())
    assert any(answer.get("routes") for answer in answers)
    assert any(answer.get("why_not") for answer in answers)
    assert any(answer.get("projects") for answer in answers)
    assert any(answer.get("lines") for answer in answers)
    assert all(
        plain.answers[f"/search {{'q': '{word}', 'limit': 50}}"]["hits"] for word in ("喷雾造粒", "基金")
    )


@pytest.mark.parametrize("mark", ["HUSH", "GONE"])
def test_a_hidden_key_is_as_good_as_none(embedded: Asked, mark: str) -> None:
    for key in hidden_keys(mark):
        for path in (f"/entities/{key}", f"/funds/{key}/screen"):
            answer, none = embedded.client.get(path), embedded.client.get(path.replace(key, "NONE-1"))
            assert answer.status_code == none.status_code == 404
            assert answer.text.replace(key, "NONE-1") == none.text
        found = embedded.client.get("/search", params={"q": key}).json()
        assert not any(word in json.dumps(found, ensure_ascii=False) for word in HIDDEN)


def test_routes_on_a_restricted_key_say_blocked_and_no_more(embedded: Asked) -> None:
    for key in hidden_keys("HUSH"):
        answer = embedded.client.get("/routes", params={"key": key}).json()
        assert (answer["status"], answer["gates"][0]["status"]) == ("blocked", "blocked")
        assert "暗月" not in json.dumps(answer, ensure_ascii=False)
    for key in hidden_keys("GONE"):
        assert embedded.client.get("/routes", params={"key": key}).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        ("search", "造粒", "--field", "先进材料"), ("match", "--need", NEEDS[0]), ("routes", "A1"),
        ("routes", "--need", NEEDS[1]), ("screen", "F1"), ("show", "P1"),
    ],
)  # fmt: skip
def test_nothing_shows_in_the_terminal_or_in_a_sheet(
    hidden: Path, embedded: Asked, words: tuple[str, ...]
) -> None:
    sheet = [] if words[0] == "show" else ["--out", str(hidden / "sheet.csv")]
    done = run(*words, *sheet, "--store", hidden / "store")
    assert done.returncode == 0, done.stderr
    written = done.stdout + done.stderr
    if sheet:
        written += (hidden / "sheet.csv").read_text(encoding="utf-8-sig")
    assert not any(word in written for word in HIDDEN)


def test_the_operator_corrects_a_restricted_record_and_it_stays_hidden(
    hidden: Path, plain: Asked, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(hidden / "store", store)
    facts = ("unit_op=球磨", "unit_op=暗月淬火", "maturity=专家鉴定", "field=先进陶瓷", "term=造粒")
    rights = [word for fact in facts for word in ("--right", fact)]
    told = document("correct", "HUSH-A", *rights, "--wrong", "unit_op=冷等静压", "--store", store)
    assert {"球磨", "暗月淬火"} <= set(told["unit_ops"]) and "冷等静压" not in told["unit_ops"]
    assert document("correct", "HUSH-A", "--store", store) == told
    for asked in _asked(str(store)):
        assert asked.answers == plain.answers
    assert run("show", "HUSH-A", "--store", store).returncode != 0
    assert run("correct", "GONE-A", "--right", "unit_op=球磨", "--store", store).returncode != 0


def test_nothing_shows_from_neo4j(neo4j_server: Any, hidden: Path, plain: Asked) -> None:
    empty_server(neo4j_server)
    fill(neo4j_server.url, hidden / "served", "HUSH", "GONE")
    for served in _asked(neo4j_server.url):
        for question, answer in served.answers.items():
            assert not any(word in json.dumps(answer, ensure_ascii=False) for word in HIDDEN), question
            for counted in ("total", "facets"):
                assert answer.get(counted) == plain.answers[question].get(counted), question
