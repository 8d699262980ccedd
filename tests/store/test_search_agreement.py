"""Both stores give the same answer to the same question: total, facets, ids in order, scores, note, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.questions import Filtering, Search
from api.wiring import Services
from kg.access import View
from kg.search.engine import DEPTH
from kg.search.query import Page
from kg.transfer import Knowledge
from tests.api.conftest import document

TYPED = 60
SHORT = ("烧结", "技术", "中试线", "钛", "316L", "今天天气怎么样", "阿巴阿巴 xyzzy", "的")


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    folder = tmp_path_factory.mktemp("agreement")
    document("demo", "--out", folder / "files", "--achievements", 1500, "--store", folder / "store")
    document("export", folder / "export", "--store", folder / "store")
    services = Services(str(folder / "store"))
    with services.store() as store:
        yield services.knowledge(View(store))


@pytest.mark.store("neo4j")
def test_answers_are_equal_to_the_last_page(embedded: Knowledge, neo4j_url: str) -> None:
    folder = Path(embedded.view.store.url.removeprefix("kglite://")).parent
    document("import", folder / "export", "--store", neo4j_url)
    services = Services(neo4j_url)
    with services.store() as store:
        served = services.knowledge(View(store))
        capped = 0
        for question in _questions(embedded):
            for page in (1, 2, 3):
                asked = replace(question, page=Page(10, page))
                one, other = asked.answer(embedded), asked.answer(served)
                assert other == one, asked
            capped += one["total_capped"]
    assert capped, "no question came to the cut: the test asks too little"


def test_pages_are_slices_of_one_order(embedded: Knowledge) -> None:
    for question in _questions(embedded)[:: TYPED // 6]:
        whole = replace(question, page=Page(1000)).answer(embedded)
        paged = [replace(question, page=Page(7, number)).answer(embedded) for number in range(1, 10)]
        hits = [hit for page in paged for hit in page["hits"]]
        assert hits == whole["hits"][: len(hits)] and len(hits) == min(63, whole["total"])
        beyond = replace(question, page=Page(7, whole["total"] // 7 + 2)).answer(embedded)
        assert (beyond["hits"], beyond["total"]) == ([], whole["total"])
        assert beyond["facets"] == whole["facets"]


def test_the_cut_is_said(embedded: Knowledge) -> None:
    found = Search("技术").answer(embedded)
    assert found["total_capped"] and found["total"] >= DEPTH
    assert not Search("冻干").answer(embedded)["total_capped"]


def _questions(knowledge: Knowledge) -> list[Search]:
    """Titles, halves of sentences and pairs of keywords, as people type them; short ones; filters."""
    rows = knowledge.view.query(
        "MATCH (n:Achievement) WHERE n.access = 'public' RETURN n.name AS name, n.abstract AS abstract, "
        "n.keywords AS keywords ORDER BY n.id LIMIT $limit",
        limit=TYPED,
    )
    asked = [Search(text) for text in SHORT]
    for number, row in enumerate(rows):
        abstract, keywords = row["abstract"] or row["name"], row["keywords"] or [row["name"]]
        asked.append(Search((row["name"], abstract[20:60], " ".join(keywords[:2]))[number % 3]))
    narrow = Filtering(region="四川", trl="4-6")
    return [*asked, *(replace(one, kind="Achievement", filters=narrow) for one in asked[: TYPED // 4])]
