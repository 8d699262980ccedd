"""The same answers from the embedded store and from a real Neo4j: whole documents, equal to the last key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from embeddings.encoder import Encoder
from kg.access import View
from kg.reading import Reader
from kg.schema.model import Schema
from kg.search.query import Page
from kg.store import open_store
from kg.store.base import GraphStore
from kg.transfer import Knowledge, RouteOptions, match_need, routes_for, screen_fund
from kg.vocabulary import Vocabulary
from tests.stores import Server, empty_server, neo4j_server
from tests.transfer.demonstration import load, written

__all__ = ["neo4j_server"]

ACHIEVEMENTS, SEED = 300, 31
NEEDS = (
    "喷雾造粒 12 kg/h，真空烧结1600℃，绵阳附近",
    "氧化铝粉体喷雾干燥，进风温度180℃，年产300吨，30 kg/批",
    "聚合，釜容2200 L以上，反应温度240℃",
    "料批调匀后压制成型，单批0.15吨",
    "球磨 25 kg，出料粒径≤2.5 μm；等静压成型 200 MPa；烧结 1650℃",
    "金属增材制造，成型尺寸200 mm，热处理1000℃",
    "芯片封装与老化试验",
    "在成都找能做五轴加工的中试线，加工精度±5 μm",
    "发酵 500 L，超滤膜面积10 m²，冷冻干燥",
    "国史知识组织方法研究",
)
OPTIONS = (
    RouteOptions(),
    RouteOptions(near="成都", limit=3),
    RouteOptions(max_hand_overs=1, budget=2e6, by=date(2027, 6, 30)),
)

Pair = tuple[Knowledge, Knowledge]


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory,
    neo4j_server: Server,
    schema: Schema,
    encoder: Encoder,
    vocabulary: Vocabulary,
    reader: Reader,
) -> Iterator[Pair]:
    """The same files in both stores."""
    folder = tmp_path_factory.mktemp("both")
    files = written(folder / "files", ACHIEVEMENTS, SEED)
    empty_server(neo4j_server)
    stores: list[GraphStore] = []
    for url in (str(folder / "store"), neo4j_server.url):
        stores.append(open_store(url, write=True))
        load(files, stores[-1], encoder, reader, schema)
    one, two = (Knowledge(View(store), reader, encoder, vocabulary, schema) for store in stores)
    yield one, two
    for store in stores:
        store.close()


def keys(knowledge: Knowledge, kind: str, count: int) -> list[str]:
    """Keys of visible records, taken evenly."""
    text = f"MATCH (a:{kind}) WHERE a.access = 'public' AND NOT a.retired RETURN a.key AS key"
    found = sorted(str(row["key"]) for row in knowledge.view.query(text))
    return found[:: max(1, len(found) // count)][:count]


def test_routes_of_results_and_needs_are_the_same(pair: Pair) -> None:
    one, _ = pair
    asked = [*keys(one, "Achievement", 40), *keys(one, "Need", 12)]
    assert len(asked) == 52
    statuses = set()
    for index, key in enumerate(asked):
        options = OPTIONS[index % len(OPTIONS)]
        first, second = (routes_for(each, key_or_id=key, options=options) for each in pair)
        assert first == second, key
        statuses.add(first["status"])
    assert statuses == {"ok", "abstain"}


@pytest.mark.parametrize("need", NEEDS)
def test_routes_and_matches_of_words_are_the_same(pair: Pair, need: str) -> None:
    for lang in ("zh", "en"):
        first, second = (routes_for(each, need=need, lang=lang) for each in pair)  # type: ignore[arg-type]
        assert first == second
    lines = [match_need(each, need, Page(20)) for each in pair]
    for part in ("requirement", "lines", "open_questions", "ranking"):
        assert lines[0][part] == lines[1][part]
    assert lines[0]["total"]["lines"] == lines[1]["total"]["lines"]


def test_screenings_are_the_same_on_every_page(pair: Pair) -> None:
    funds = keys(pair[0], "Fund", 8)
    assert len(funds) == 8
    for key in funds:
        pages = (Page(15), Page(15, 2))
        for page in pages:
            first, second = (screen_fund(each, each.view.one(key), page) for each in pair)
            assert first == second, key
    assert any(_projects(pair[0], key) for key in funds)


def _projects(knowledge: Knowledge, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = screen_fund(knowledge, knowledge.view.one(key), Page(5))["projects"]
    return found
