"""compose.yaml starts what `make neo4j` starts: the same version, password and port, on loopback only."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SERVICE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["neo4j"]
SCRIPT = (ROOT / "tools" / "neo4j" / "neo4jctl.py").read_text(encoding="utf-8")


def _default(text: str, name: str) -> str:
    found = re.search(rf"\$\{{{name}:-([^}}]+)\}}", text)
    assert found, f"{name} has no default in {text}"
    return found[1]


def test_every_port_is_on_loopback() -> None:
    assert SERVICE["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])


def test_version_password_and_port_are_those_of_make_neo4j() -> None:
    defaults = (
        _default(SERVICE["image"], "NEO4J_VERSION"),
        _default(SERVICE["environment"]["NEO4J_AUTH"], "NEO4J_PASSWORD"),
        _default(SERVICE["ports"][0], "NEO4J_PORT"),
    )
    assert defaults == ("5.26.30", "zhongshi-dev", "7687")
    assert all(f" or {written}" in SCRIPT for written in ('"5.26.30"', '"zhongshi-dev"', "7687"))


def test_a_client_is_sent_to_the_port_that_is_open() -> None:
    address = SERVICE["environment"]["NEO4J_server_bolt_advertised__address"]
    assert address.startswith("127.0.0.1:")
    assert _default(address, "NEO4J_PORT") == _default(SERVICE["ports"][0], "NEO4J_PORT")
