"""What only a server can do wrong: not be there, refuse the password, lack the database."""

from __future__ import annotations

import traceback

import pytest

from kg.errors import StoreError, StoreVersionError
from kg.schema.model import Schema
from kg.store import open_store
from kg.store.url import PASSWORD_VARIABLE, is_server, server
from tests.store.samples import fill
from tests.stores import PASSWORD, Server, free_port

WRONG = "secret-word"
pytestmark = pytest.mark.store("neo4j")


def test_a_missing_server_is_said_with_what_to_do(schema: Schema) -> None:
    for scheme in ("neo4j", "bolt"):
        with pytest.raises(StoreError, match="no Neo4j server") as caught:
            open_store(f"{scheme}://neo4j:{WRONG}@127.0.0.1:{free_port()}", schema=schema)
        assert "make neo4j" in str(caught.value.remedy)
        assert WRONG not in "".join(traceback.format_exception(caught.value))


def test_a_wrong_password_is_said_and_not_shown(neo4j_server: Server, schema: Schema) -> None:
    with pytest.raises(StoreError, match="password") as caught:
        open_store(f"neo4j://neo4j:{WRONG}@127.0.0.1:{neo4j_server.port}", schema=schema)
    assert PASSWORD_VARIABLE in str(caught.value.remedy)
    assert WRONG not in "".join(traceback.format_exception(caught.value))


def test_the_password_may_come_from_the_environment(
    neo4j_url: str, neo4j_server: Server, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    store = open_store(f"bolt://neo4j@127.0.0.1:{neo4j_server.port}/neo4j", write=True, schema=schema)
    fill(store)
    assert PASSWORD not in store.url
    assert PASSWORD not in str(store.health())
    store.close()


def test_a_database_that_is_not_there_is_named(neo4j_url: str, schema: Schema) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        open_store(f"{neo4j_url}/nowhere", schema=schema)


def test_a_store_of_a_newer_version_is_refused(neo4j_url: str, schema: Schema) -> None:
    store = open_store(neo4j_url, write=True, schema=schema)
    with store.transaction() as work:
        work.query("MATCH (m:Meta) SET m.format = 99")
    store.close()
    with pytest.raises(StoreVersionError, match="99"):
        open_store(neo4j_url, schema=schema)


def test_internal_labels_and_properties_never_show(neo4j_url: str, schema: Schema) -> None:
    store = open_store(neo4j_url, write=True, schema=schema)
    fill(store)
    found = [
        *store.get(["achievement-1"]).values(),
        *(one.node for one in store.neighbours("organization-1")),
    ]
    assert not [name for one in found for name in (*one.labels, *one.properties) if name.startswith("_")]
    store.close()


def test_a_server_that_stops_is_said_and_health_tells(schema: Schema) -> None:
    from tests.stores import running_server

    servers = running_server("5.26.30")
    lost = next(servers)
    store = open_store(lost.url, write=True, schema=schema)
    fill(store)
    lost.control("stop")
    with pytest.raises(StoreError):
        store.get(["achievement-1"])
    assert store.health()["ready"] is False
    store.close()
    servers.close()


@pytest.mark.parametrize(
    ("url", "address", "user", "database"),
    [
        ("neo4j://neo4j:p%40ss@host:7690/db", "neo4j://host:7690", "neo4j", "db"),
        ("bolt://anna@host", "bolt://host:7687", "anna", None),
        ("neo4j+s://host/", "neo4j+s://host:7687", "neo4j", None),
    ],
)
def test_the_parts_of_a_url(url: str, address: str, user: str, database: str | None) -> None:
    assert is_server(url)
    parts = server(url)
    assert (parts.address, parts.user, parts.database) == (address, user, database)
    assert "p@ss" not in repr(parts) + parts.shown
