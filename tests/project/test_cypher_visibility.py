"""Every Cypher text that goes through a `View` says of each node that it must be public and not retired."""

from __future__ import annotations

import ast
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.main import app
from api.wiring import Services
from kg.access import View
from tests.project.hidden_questions import queries

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kg/search", "kg/transfer", "api")
Seen = dict[tuple[str, int], set[str]]


def _calls() -> Iterator[tuple[str, int, int]]:
    """Where a view is queried: file, first and last line of the call."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "query"
                ):
                    yield str(path.relative_to(ROOT)), node.lineno, node.end_lineno or node.lineno


def _unguarded(cypher: str) -> list[str]:
    """Nodes of a text that are not filtered; every branch of a UNION is a text of its own."""
    wrong: list[str] = []
    for branch in re.split(r"\bUNION(?: ALL)?\b", cypher):
        for name in re.findall(r"(?:^|[\s,>\-\[])\((\w*)(?::[\w`|:]+)?(?:\s*\{[^}]*\})?\)", branch):
            if not name:
                wrong.append("a node without a name")
            elif not (f"{name}.access = 'public'" in branch and f"NOT {name}.retired" in branch):
                wrong.append(name)
        wrong += [f"the nodes along {hop}" for hop in re.findall(r"\[[^\]]*\*[^\]]*\]", branch)]
    return wrong


@pytest.fixture(scope="module")
def seen(hidden: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The texts that each place sent while every question was answered."""
    found: Seen = {}
    sent = View.query

    def noting(view: View, cypher: str, /, **params: Any) -> Any:
        caller = sys._getframe(1)
        place = Path(caller.f_code.co_filename).resolve()
        found.setdefault((str(place.relative_to(ROOT)), caller.f_lineno), set()).add(cypher)
        return sent(view, cypher, **params)

    services = Services(str(hidden / "store"))
    with pytest.MonkeyPatch.context() as patch, services.store() as store:
        patch.setattr(View, "query", noting)
        with TestClient(create_app(services, store)) as client:
            for path, parameters in queries():
                assert client.get(path, params=parameters).status_code == 200
            client.get("/funds/江岸/screen")  # a fund by a part of its name
            for nothing in ({"field": "没有的领域"}, {"region": "没有的地方"}):
                assert client.get("/search", params={"q": "造粒", **nothing}).json()["note"]
        for words in (("search", "造粒"), ("routes", "A1"), ("screen", "F1"), ("match", "--need", "造粒")):
            sheet = ["--out", str(hidden / "seen.md"), "--store", str(hidden / "store")]
            assert CliRunner().invoke(app, [*words, *sheet]).exit_code == 0
        copy = tmp_path_factory.mktemp("corrected") / "store"
        shutil.copytree(hidden / "store", copy)
        correction = ["correct", "A1", "--right", "unit_op=没有的工序", "--store", str(copy)]
        assert CliRunner().invoke(app, correction).exit_code == 0
    return found


def test_every_place_that_queries_a_view_was_reached(seen: Seen) -> None:
    missed = [
        f"{file}:{first}"
        for file, first, last in _calls()
        if not any(place == file and first <= line <= last for place, line in seen)
    ]
    assert not missed


def test_every_text_filters_every_node(seen: Seen) -> None:
    wrong = [
        f"{file}:{line} leaves open {', '.join(names)}: {cypher}"
        for (file, line), texts in sorted(seen.items())
        for cypher in sorted(texts)
        if (names := _unguarded(cypher))
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("cypher", "wrong"),
    [
        ("MATCH (n:Fund) WHERE n.access = 'public' AND NOT n.retired RETURN n.id", []),
        ("MATCH (n:Fund) WHERE n.access = 'public' RETURN n.id", ["n"]),
        ("MATCH (a:`X`)-[r:E|F]->(b) WHERE a.access = 'public' AND NOT a.retired RETURN count(b)", ["b"]),
        ("MATCH (a)-[:E*1..6]->() RETURN a", ["a", "a node without a name", "the nodes along [:E*1..6]"]),
    ],
)
def test_what_the_check_sees(cypher: str, wrong: list[str]) -> None:
    assert _unguarded(cypher) == wrong
