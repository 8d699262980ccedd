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
from bench.commands import Figure
from kg.errors import ZhongshiError
from kg.transfer import Knowledge

SAMPLE = 200


def measure_questions(data: Path | None, store: Path) -> list[Figure]:
    """Search by title, routes by key, match by need; each over up to 200 records, after one warm-up."""
    services = Services(str(store))
    with services.view() as view:
        rows = view.query(
            "MATCH (n:Achievement) WHERE n.access = 'public' AND NOT n.retired "
            "RETURN n.id AS id, n.name AS name ORDER BY n.id"
        )
        picked = rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]
        kinds: list[tuple[str, Sequence[Question]]] = [
            ("search by title", [Search(row["name"]) for row in picked]),
            ("routes by key", [Routes(key=row["id"]) for row in picked]),
            ("match by need", [Match(text) for text in _needs(data) or [row["name"] for row in picked]]),
        ]
        knowledge = services.knowledge(view)
        return [_timed(name, questions, knowledge) for name, questions in kinds]


def _needs(data: Path | None) -> list[str]:
    if data is None:
        return []
    with gzip.open(data / "needs.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [f"{need['title']}。{need['text']}" for need in map(json.loads, stream)][:SAMPLE]


def _timed(name: str, questions: Sequence[Question], knowledge: Knowledge) -> Figure:
    _asked(questions[0], knowledge)
    spent = [_asked(question, knowledge) for question in questions]
    p50, p95 = np.percentile(spent, [50, 95])
    return {"what": name, "n": len(spent), "p50_ms": round(float(p50), 1), "p95_ms": round(float(p95), 1)}


def _asked(question: Question, knowledge: Knowledge) -> float:
    started = time.perf_counter()
    try:
        question.answer(knowledge)
    except ZhongshiError as exc:
        raise SystemExit(f"a question failed: {exc.message}") from exc
    return (time.perf_counter() - started) * 1000
