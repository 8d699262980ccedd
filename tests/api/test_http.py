"""The HTTP API: the command's documents and words, from a real server."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.published import published
from api.wiring import Services
from tests.api.conftest import COMMAND, document, run


@pytest.fixture(scope="module")
def server(demo: dict[str, Any]) -> Iterator[httpx.Client]:
    """A client of the address that the server says it serves, on a free port."""
    words = [str(COMMAND), "serve", "--port", "0", "--store", demo["store"]]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.readline()
    address = re.search(r"服务地址 (http://127\.0\.0\.1:\d+) ", said)
    assert address, said + process.stderr.read()
    with httpx.Client(base_url=address[1], timeout=60) as client:
        client.headers["x-server-pid"] = str(process.pid)
        yield client
    process.terminate()
    process.wait(timeout=30)


@pytest.mark.parametrize(
    ("path", "parameters", "command"),
    [
        (
            "/search",
            {"q": "陶瓷", "trl": "4-6", "limit": 5},
            ("search", "陶瓷", "--trl", "4-6", "--limit", 5),
        ),
        ("/match", {"need": "12 kg/h 喷雾造粒"}, ("match", "--need", "12 kg/h 喷雾造粒")),
        ("/routes", {"key": "CG-000009"}, ("routes", "CG-000009")),
        (
            "/routes",
            {"need": "12 kg/h 喷雾造粒", "near": "绵阳"},
            ("routes", "--need", "12 kg/h 喷雾造粒", "--near", "绵阳"),
        ),
        ("/funds/JJ-01/screen", {"limit": 5}, ("screen", "JJ-01", "--limit", 5)),
        ("/routes", {"key": "CG-000009", "lang": "en"}, ("routes", "CG-000009", "--lang", "en")),
        ("/match", {"need": "喷雾造粒", "lang": "en"}, ("match", "--need", "喷雾造粒", "--lang", "en")),
        ("/funds/JJ-01/screen", {"lang": "en"}, ("screen", "JJ-01", "--lang", "en")),
        (
            "/funds/JJ-01/screen",
            {"region": "四川省", "trl": "4-6", "page": 2, "limit": 3},
            ("screen", "JJ-01", "--region", "四川省", "--trl", "4-6", "--page", 2, "--limit", 3),
        ),
        ("/search", {"q": "阿巴阿巴 xyzzy", "lang": "en"}, ("search", "阿巴阿巴 xyzzy", "--lang", "en")),
        ("/funds/JJ-01/screen", {"field": "龘"}, ("screen", "JJ-01", "--field", "龘")),
        ("/entities/L-01", {}, ("show", "L-01")),
    ],
)
def test_the_same_documents(
    server: httpx.Client,
    demo: dict[str, Any],
    path: str,
    parameters: dict[str, Any],
    command: tuple[object, ...],
) -> None:
    answer = server.get(path, params=parameters)
    assert answer.status_code == 200
    assert answer.json() == published(document(*command, "--store", demo["store"]))


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        ("/search", {}, 400, "usage"),
        ("/search", {"q": " "}, 400, "usage"),
        ("/search", {"q": "a", "limit": "x"}, 400, "usage"),
        ("/entities/none", {}, 404, "not_found"),
        ("/routes", {}, 400, "usage"),
        ("/routes", {"key": "CG-000009", "lang": "fr"}, 400, "usage"),
        ("/match", {"need": "烧结", "lang": "fr"}, 400, "usage"),
        ("/funds/JJ-01/screen", {"lang": "fr"}, 400, "usage"),
        ("/search", {"q": "a", "limit": 0}, 400, "usage"),
        ("/search", {"q": "a", "limit": -1}, 400, "usage"),
        ("/search", {"q": "a", "page": 0}, 400, "usage"),
        ("/search", {"q": "a", "trl": "9-4"}, 400, "usage"),
        ("/search", {"q": "a", "trl": "4-12"}, 400, "usage"),
        ("/search", {"q": "a", "year": "abc"}, 400, "usage"),
        ("/search", {"q": "a", "kind": "龙"}, 400, "usage"),
        ("/search", {"q": "a", "as_of": "明年"}, 400, "usage"),
        ("/funds/JJ-01/screen", {"year": "abc"}, 400, "usage"),
        ("/routes", {"key": "CG-000009", "limit": 0}, 400, "usage"),
        ("/read", {"text": "烧结", "lang": "fr"}, 400, "usage"),
        ("/entities/L-01", {"lang": "fr"}, 400, "usage"),
        ("/nowhere", {}, 404, "not_found"),
    ],
)
def test_failures_are_problem_documents(
    server: httpx.Client, path: str, parameters: dict[str, Any], status: int, code: str
) -> None:
    answer = server.get(path, params=parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    check_problem(answer, code)


def check_problem(answer: httpx.Response, code: str) -> dict[str, Any]:
    """The error of a problem document, which says the command's words twice: nested, and as members."""
    body = answer.json()
    error: dict[str, Any] = body["error"]
    assert set(error) == {"code", "message", "file", "line", "field", "remedy"}
    assert error["code"] == code and error["message"] and error["remedy"]
    assert {name: body[name] for name in error} == error
    assert (body["status"], body["title"], body["detail"]) == (answer.status_code, code, error["message"])
    return error


def test_an_unknown_parameter_is_refused_and_the_nearest_named(server: httpx.Client) -> None:
    answer = server.get("/search", params={"q": "陶瓷", "regoin": "绵阳"})
    error = check_problem(answer, "usage")
    assert (answer.status_code, error["field"]) == (400, "regoin")
    assert "region" in error["remedy"]
    for path in ("/healthz", "/entities/L-01", "/read?text=x", "/routes?key=x", "/funds/JJ-01/screen"):
        refused = server.get(path, params={**httpx.QueryParams(path.partition("?")[2]), "zzz": "1"})
        assert check_problem(refused, "usage")["field"] == "zzz"


@pytest.mark.parametrize("field", ["by", "as_of"])
def test_a_day_that_is_none_is_said_of_its_own_parameter(server: httpx.Client, field: str) -> None:
    answer = server.get("/routes", params={"key": "CG-000009", field: "12月前"})
    error = check_problem(answer, "usage")
    assert (answer.status_code, error["field"]) == (400, field)


def test_a_wrong_method_says_which_one(server: httpx.Client) -> None:
    answer = server.post("/search", params={"q": "陶瓷"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert "GET" in check_problem(answer, "usage")["remedy"]


def test_the_root_leads_to_the_documentation(server: httpx.Client) -> None:
    answer = server.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/docs")


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr, zh-CN;q=0.5, en;q=0.1", "zh"),
        ("fr", "zh"),
        ("zh;q=0, en", "en"),
    ],
)
def test_the_browser_s_language_is_taken(server: httpx.Client, header: str, lang: str) -> None:
    asked = {"q": "阿巴阿巴 xyzzy"}
    found = server.get("/search", params=asked, headers={"accept-language": header}).json()
    assert found["note"] and found == server.get("/search", params={**asked, "lang": lang}).json()
    told = server.get("/search", params={**asked, "lang": "zh"}, headers={"accept-language": "en"}).json()
    assert told["note"] != server.get("/search", params={**asked, "lang": "en"}).json()["note"]


def test_no_path_of_the_server_leaves_it(server: httpx.Client, demo: dict[str, Any]) -> None:
    home = str(Path(demo["store"]).parent)
    for path in (
        "/entities/L-01",
        "/routes?key=CG-000009",
        "/match?need=12 kg/h 喷雾造粒",
        "/funds/JJ-01/screen",
        "/readyz",
        "/search?q=陶瓷",
    ):
        text = server.get(path).text
        assert home not in text, path
    [source] = server.get("/entities/L-01").json()["sources"]
    assert (
        source["file"] == Path(document("show", "L-01", "--store", demo["store"])["sources"][0]["file"]).name
    )


def test_a_text_is_read_with_every_sort_of_fact(server: httpx.Client) -> None:
    found = server.get("/read", params={"text": "经球磨、喷雾造粒，产能12 kg/h，已完成中试。"}).json()
    assert [one["name"] for one in found["unit_ops"]] == ["球磨", "喷雾造粒"]
    assert found["quantities"][0]["value"] == 12
    assert found["maturity"]


def test_health_and_the_openapi_page(server: httpx.Client) -> None:
    assert server.get("/healthz").status_code == 200
    assert server.get("/readyz").json()["ready"] is True
    assert "/routes" in server.get("/openapi.json").json()["paths"]


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc"])
def test_the_pages_of_the_documentation(server: httpx.Client, path: str) -> None:
    answer = server.get(path, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<title>zhongshi 中试 - " in answer.text
    assert "http://" not in answer.text and "https://" not in answer.text, "it works without internet"
    for asset in re.findall(r'(?:src|href)="(/[^"]+)"', answer.text):
        assert server.get(asset).status_code == 200


def test_a_store_that_fails_says_so_without_its_place(demo: dict[str, Any]) -> None:
    services = Services(demo["store"])
    with services.store() as store:
        app = create_app(services, store)
    answer = TestClient(app).get("/search", params={"q": "陶瓷"})
    assert answer.status_code == 503
    assert "store is closed" in check_problem(answer, "store")["message"]
    assert str(Path(demo["store"]).parent) not in answer.text


def test_a_second_writer_is_refused_and_told_the_pid(server: httpx.Client, demo: dict[str, Any]) -> None:
    refused = run("demo", "--out", demo["out"], "--achievements", 300, "--store", demo["store"], "--json")
    assert refused.returncode == 1
    error = json.loads(refused.stdout)["error"]
    assert error["code"] == "store_locked"
    assert str(server.headers["x-server-pid"]) in error["message"]
