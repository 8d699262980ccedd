"""The HTTP API: the command's documents and words, from a real server."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.conftest import COMMAND, document, run


@pytest.fixture(scope="module")
def server(demo: dict[str, Any]) -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [str(COMMAND), "serve", "--port", str(port), "--store", demo["store"]]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for _ in range(200):
            try:
                client.get("/healthz")
                break
            except httpx.TransportError:
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                time.sleep(0.1)
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
    assert answer.json() == document(*command, "--store", demo["store"])


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
        ("/nowhere", {}, 404, "http"),
    ],
)
def test_failures_are_problem_documents(
    server: httpx.Client, path: str, parameters: dict[str, Any], status: int, code: str
) -> None:
    answer = server.get(path, params=parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


def test_a_text_is_read_with_every_sort_of_fact(server: httpx.Client) -> None:
    found = server.get("/read", params={"text": "经球磨、喷雾造粒，产能12 kg/h，已完成中试。"}).json()
    assert [one["name"] for one in found["unit_ops"]] == ["球磨", "喷雾造粒"]
    assert found["quantities"][0]["value"] == 12
    assert found["maturity"]


def test_health_and_the_openapi_page(server: httpx.Client) -> None:
    assert server.get("/healthz").status_code == 200
    assert server.get("/readyz").json()["ready"] is True
    assert "/routes" in server.get("/openapi.json").json()["paths"]
    page = server.get("/docs").text
    assert "http://" not in page and "https://" not in page, "the page works without internet"


def test_a_second_writer_is_refused_and_told_the_pid(server: httpx.Client, demo: dict[str, Any]) -> None:
    refused = run("demo", "--out", demo["out"], "--achievements", 300, "--store", demo["store"], "--json")
    assert refused.returncode == 1
    error = json.loads(refused.stdout)["error"]
    assert error["code"] == "store_locked"
    assert str(server.headers["x-server-pid"]) in error["message"]
