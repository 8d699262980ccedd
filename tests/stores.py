"""Fixtures of real stores, for every folder of tests (a plugin of tests/conftest.py): ask for `neo4j_url`.

The Neo4j server is a real one, started once per session on a free port with its home under build/. Where Java
or Maven is missing its tests skip with the reason; with ZHONGSHI_REQUIRE=neo4j they fail instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTROL = ROOT / "tools" / "neo4j" / "neo4jctl.py"
PASSWORD = "zhongshi-tests"
SECOND_VERSION = os.environ.get("ZHONGSHI_NEO4J_SECOND", "2026.08.1")
_MISSING = 3


@dataclass(frozen=True)
class Server:
    """A running server of the tests."""

    version: str
    port: int
    home: Path

    @property
    def url(self) -> str:
        return f"neo4j://neo4j:{PASSWORD}@127.0.0.1:{self.port}"

    def control(self, word: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {
            "NEO4J_PORT": str(self.port),
            "NEO4J_PASSWORD": PASSWORD,
            "NEO4J_HOME": str(self.home),
            "NEO4J_VERSION": self.version,
        }
        command = [sys.executable, str(CONTROL), word]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def running_server(version: str) -> Generator[Server]:
    """Start a server, hand it out and stop it; skips or fails where that cannot be."""
    port = free_port()
    server = Server(version, port, ROOT / "build" / "neo4j-tests" / f"{version}-{port}")
    done = server.control("start")
    if done.returncode:
        shutil.rmtree(server.home, ignore_errors=True)
        reason = f"Neo4j {version}: {done.stderr.strip()}"
        if done.returncode == _MISSING and os.environ.get("ZHONGSHI_REQUIRE") != "neo4j":
            pytest.skip(reason)
        pytest.fail(reason)
    try:
        yield server
    finally:
        server.control("stop")
        shutil.rmtree(server.home, ignore_errors=True)


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """The server of the version that the docs name first."""
    yield from running_server(os.environ.get("NEO4J_VERSION") or "5.26.30")


@pytest.fixture(scope="session")
def second_neo4j_server() -> Iterator[Server]:
    """A server of a newer version, where its Java is there; it is never required."""
    if _has_java_21():
        yield from running_server(SECOND_VERSION)
    else:
        pytest.skip("no Java 21 or newer")


@pytest.fixture
def neo4j_url(neo4j_server: Server) -> str:
    """The URL (with password) of a real, empty Neo4j store."""
    empty_server(neo4j_server)
    return neo4j_server.url


def empty_server(server: Server) -> None:
    """Remove every node and the vector index, whose dimension is its first encoder's."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(f"bolt://127.0.0.1:{server.port}", auth=("neo4j", PASSWORD)) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        for row in session.run("SHOW INDEXES YIELD name, type WHERE type = 'VECTOR' RETURN name").values():
            session.run(f"DROP INDEX `{row[0]}` IF EXISTS").consume()


def _has_java_21() -> bool:
    sys.path.insert(0, str(CONTROL.parent))
    try:
        import neo4jctl

        neo4jctl.find_java(21)
    except neo4jctl.Trouble:
        return False
    finally:
        sys.path.remove(str(CONTROL.parent))
    return True
