"""The same answers from the embedded store and from a real Neo4j: documents equal to the last key."""

from __future__ import annotations

import pytest

from embeddings.encoder import Encoder
from kg.access import View
from kg.schema.model import Schema
from kg.search.query import Page
from kg.store import open_store
from kg.transfer import Knowledge, match_need, routes_for, screen_fund
from tests.stores import neo4j_server, neo4j_url
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry
from tests.transfer.test_match import NEED
from tests.transfer.test_routes import granules

__all__ = ["neo4j_server", "neo4j_url"]


def both(registry: Registry) -> None:
    granules(registry)
    registry.achievement("A2", "微球", [("喷雾造粒", [("处理量", "20 kg/h")])], fields=["先进材料"])
    registry.achievement("N1", "需要烧结", [("烧结", [])], kind="Need", step_field="description")


@pytest.fixture
def pair(ask: Ask, schema: Schema, encoder: Encoder, neo4j_url: str) -> tuple[Knowledge, Knowledge]:
    embedded = ask(both)
    registry = Registry(schema)
    both(registry)
    served = open_store(neo4j_url, write=True)
    registry.write(served, encoder)
    return embedded, Knowledge(View(served), embedded.reader, encoder, embedded.vocabulary, schema)


def test_routes_screen_and_match_answer_alike(pair: tuple[Knowledge, Knowledge]) -> None:
    one, two = pair
    for key in ("A1", "A2", "N1"):
        assert routes_for(one, key_or_id=key) == routes_for(two, key_or_id=key)
    assert routes_for(one, need=NEED) == routes_for(two, need=NEED)
    assert match_need(one, NEED)["lines"] == match_need(two, NEED)["lines"]
    funds = [screen_fund(each, each.view.one("F1"), Page(20)) for each in (one, two)]
    assert funds[0] == funds[1]
    assert funds[0]["total"] == 2
    two.view.store.close()
