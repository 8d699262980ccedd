"""Routes against the truth of a generated registry: how often `ok` is promised where nobody can do it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from embeddings.encoder import Encoder
from kg.access import View
from kg.reading import Reader
from kg.schema.model import Schema
from kg.store import open_store
from kg.transfer import Knowledge, routes_for
from kg.vocabulary import Vocabulary
from tests.transfer.demonstration import load, truth, written

ACHIEVEMENTS, SEED = 600, 2026
Counts = Counter[tuple[str, str, str]]


@pytest.fixture(scope="module")
def counts(
    tmp_path_factory: pytest.TempPathFactory,
    schema: Schema,
    encoder: Encoder,
    vocabulary: Vocabulary,
    reader: Reader,
) -> Iterator[Counts]:
    """How many answers of each kind, by (difficulty, feasible in truth, answer)."""
    folder = tmp_path_factory.mktemp("truth")
    files = written(folder / "files", ACHIEVEMENTS, SEED)
    store = open_store(str(folder / "store"), write=True)
    load(files, store, encoder, reader, schema)
    knowledge = Knowledge(View(store), reader, encoder, vocabulary, schema)
    found: Counts = Counter()
    for row in truth(files, "achievement"):
        if not row["restricted"]:
            said = answer(routes_for(knowledge, key_or_id=row["key"]))
            found[(row["difficulty"], row["feasible"], said)] += 1
    for (difficulty, feasible, said), count in sorted(found.items()):
        sys.stdout.write(f"{difficulty:12} feasible {feasible:8} {said:8} {count}\n")
    yield found
    store.close()


def answer(document: dict[str, Any]) -> str:
    """`proved`: a route with no open question; `open`: a route with some; `abstain`, or `silent` where it
    neither says why not nor what to add."""
    if not document["routes"]:
        said = document["why_not"] or document["open_questions"]
        return str(document["status"]) if said else "silent"
    best = document["routes"][0]
    proofs = [proof for step in best["steps"] for proof in step["proof"]]
    sure = all(proof["verdict"] == "fits" for proof in proofs) and not best["open_questions"]
    return "proved" if sure else "open"


def share(counts: Counts, feasible: str, *answers: str, difficulty: str | None = None) -> float:
    among = {key: n for key, n in counts.items() if key[1] == feasible and difficulty in (None, key[0])}
    return sum(n for key, n in among.items() if key[2] in answers) / sum(among.values())


def test_nothing_is_promised_that_nobody_can_do(counts: Counts) -> None:
    """Measured 2026-11-25 on four registries (seeds 5, 11, 77, 2026): of 234 chains that nobody can do 23
    (9 to 11 of 100 each) had a route, two of them without an open question. They are steps and numbers that
    the reader misses, and words that no list knows."""
    assert share(counts, "no", "open", "proved") <= 0.15
    assert share(counts, "no", "proved") <= 0.05


def test_no_abstention_is_silent(counts: Counts) -> None:
    assert sum(count for (_, _, said), count in counts.items() if said == "abstain") > 100
    assert [key for key in counts if key[2] == "silent"] == []


def test_what_is_told_plainly_and_can_be_done_is_found(counts: Counts) -> None:
    """Measured on the same four: plainly told 749 of 892 (81 to 87 of 100), with gaps 274 of 445."""
    assert share(counts, "yes", "open", "proved", difficulty="plain") >= 0.8
    assert share(counts, "yes", "open", "proved", difficulty="incomplete") >= 0.5


def test_a_route_that_can_be_done_is_likelier_called_so_than_one_that_cannot(counts: Counts) -> None:
    for difficulty in ("plain", "paraphrased"):
        right = share(counts, "yes", "open", "proved", difficulty=difficulty)
        assert right > 2 * share(counts, "no", "open", "proved", difficulty=difficulty)
