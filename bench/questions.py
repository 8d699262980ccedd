"""Questions in process: milliseconds at the 50th and 95th percentile."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from api.questions import Match, Question, Routes, Search
from api.wiring import Services
from bench.figures import PATHS, SEARCH, Figure, median
from kg.access import View
from kg.errors import ZhongshiError
from kg.store.base import Row
from kg.transfer import Knowledge

SAMPLE = 200
_RESULTS = (
    "MATCH (n:Achievement) WHERE n.access = 'public' AND NOT n.retired AND {which} "
    "RETURN n.id AS id, n.name AS name, n.keywords AS keywords ORDER BY n.id"
)


def measure_questions(data: Path | None, folder: Path, repeat: int) -> list[Figure]:
    """Search, routes and match over up to 200 records; a round begins with nothing kept but one warm-up."""
    services = Services(str(folder / "store"))
    with services.view() as view:
        kinds = _questions(data, view)
        rounds = [
            [_timed(questions, services.knowledge(view)) for _, questions in kinds] for _ in range(repeat)
        ]
        return [
            Figure(what, len(questions), median(spent))
            for (what, questions), *spent in zip(kinds, *rounds, strict=True)
        ]


def _questions(data: Path | None, view: View) -> list[tuple[str, Sequence[Question]]]:
    results = _sample(view.query(_RESULTS.format(which="true")))
    generated = _sample(view.query(_RESULTS.format(which="n.synthetic")))
    needs = _needs(data) or [row["name"] for row in results]
    pairs = [" ".join(row["keywords"][:2]) for row in results if row["keywords"]]
    return [
        (f"{SEARCH} for two keywords", [Search(words) for words in pairs]),
        (f"{SEARCH} for a title", [Search(row["name"]) for row in results]),
        (f"{PATHS} of results as they come", [Routes(key=row["id"]) for row in results]),
        (f"{PATHS} of generated results", [Routes(key=row["id"]) for row in generated]),
        (f"{PATHS} for a need in words", [Routes(need=text) for text in needs]),
        ("match for a need in words", [Match(text) for text in needs]),
    ]


def _sample(rows: list[Row]) -> list[Row]:
    return rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]


def _needs(data: Path | None) -> list[str]:
    if data is None or not (data / "needs.jsonl.gz").exists():
        return []
    with gzip.open(data / "needs.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [f"{need['title']}。{need['text']}" for need in map(json.loads, stream)][:SAMPLE]


def _timed(questions: Sequence[Question], knowledge: Knowledge) -> dict[str, float]:
    _asked(questions[0], knowledge)
    spent = [_asked(question, knowledge) for question in questions]
    return dict(zip(("ms p50", "ms p95"), map(float, np.percentile(spent, [50, 95])), strict=True))


def _asked(question: Question, knowledge: Knowledge) -> float:
    started = time.perf_counter()
    try:
        question.answer(knowledge)
    except ZhongshiError as exc:
        raise SystemExit(f"a question failed: {exc}") from exc
    return (time.perf_counter() - started) * 1000
