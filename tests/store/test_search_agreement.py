"""Both stores give the same answer to the same question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.questions import Search
from api.wiring import Services
from kg.access import View
from kg.transfer import Knowledge
from tests.api.conftest import document

QUERIES = 120


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    folder = tmp_path_factory.mktemp("agreement")
    document("demo", "--out", folder / "files", "--achievements", 1500, "--store", folder / "store")
    document("export", folder / "export", "--store", folder / "store")
    services = Services(str(folder / "store"))
    with services.store() as store:
        yield services.knowledge(View(store))


@pytest.mark.store("neo4j")
def test_nine_of_ten_hits_are_the_same(embedded: Knowledge, neo4j_url: str) -> None:
    folder = Path(embedded.view.store.url.removeprefix("kglite://")).parent
    document("import", folder / "export", "--store", neo4j_url)
    services = Services(neo4j_url)
    with services.store() as store:
        served = services.knowledge(View(store))
        queries = _queries(embedded)
        shares = [_shared(Search(query), embedded, served) for query in queries]
    assert len(queries) >= 100
    assert sum(shares) / len(shares) >= 0.9
    assert min(shares) >= 0.7


def _queries(knowledge: Knowledge) -> list[str]:
    """Titles, halves of sentences and pairs of keywords, as people type them."""
    rows = knowledge.view.query(
        "MATCH (n:Achievement) WHERE n.access = 'public' RETURN n.name AS name, n.abstract AS abstract, "
        "n.keywords AS keywords ORDER BY n.id LIMIT $limit",
        limit=QUERIES,
    )
    asked: list[str] = []
    for number, row in enumerate(rows):
        abstract, keywords = row["abstract"] or row["name"], row["keywords"] or [row["name"]]
        asked.append((row["name"], abstract[20:60], " ".join(keywords[:2]))[number % 3])
    return asked


def _shared(question: Search, one: Knowledge, other: Knowledge) -> float:
    first, second = ([hit["id"] for hit in question.answer(known)["hits"]] for known in (one, other))
    return len(set(first) & set(second)) / max(len(first), 1)
