"""Routes of generated results against the generator's own truth, which the product never reads.

A result is *planted* where every step of its story has an offer that fits. A route is graded: 3, every step
is done by an offer that fits; 2, by one that fits or of which nothing contrary is stated; 1, at least half of
the steps are; 0, fewer, or no route. A violation is a step that is given to an offer which the truth knows to
fall short. Abstaining is right where nobody can do a step, wrong where a chain was planted.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.routes.distractors import Distractor
from kg.transfer.quantities import Origin, asked_from_document
from kg.transfer.requirement import Requirement, Step
from kg.values.quantity import parse_quantity

Row = dict[str, Any]
SHOWN = 5


@dataclass
class Tally:
    """What became of the results of one difficulty."""

    planted: int = 0
    at_1: int = 0
    at_5: int = 0
    grades: list[int] = field(default_factory=list)
    routes: int = 0
    violations: int = 0
    abstained_wrong: int = 0
    hopeless: int = 0
    abstained_right: int = 0


@dataclass(frozen=True)
class Truth:
    """What each capability truly does, by its key, and the offers that are planted to mislead."""

    operations: Mapping[str, str]
    distractors: Mapping[str, Distractor]


def truth_rows(path: Path, kind: str) -> list[Row]:
    """The truth's lines of one kind."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["type"] == kind]


def difficulty(row: Row) -> str:
    """Plain: every step in the trade's words. Paraphrased: a step in words that the vocabulary lacks."""
    if row["difficulty"] == "incomplete":
        return "incomplete"
    return "paraphrased" if any(step["synonym"] for step in row["steps"]) else "plain"


def requirement_of(row: Row) -> Requirement:
    """The story's steps in its own words, as a person fills them in: matching alone, without the reader."""
    steps = []
    for order, step in enumerate(row["steps"]):
        asked = []
        for need in step["needs"]:
            read = parse_quantity(need["text"])
            said = {**read.document(), "relation": need["relation"], "measures": need["parameter"]}
            asked.append(asked_from_document(said, Origin(field="steps"), demanded=True))
        steps.append(Step(order, step["said"], step["said"], tuple(asked), "hard", True))
    return Requirement(tuple(steps), text=row["key"])


def tallied(answers: Iterable[tuple[Row, Row]], truth: Truth) -> dict[str, Tally]:
    """By difficulty; `answers` are (truth of a result, document of `routes`)."""
    found: dict[str, Tally] = defaultdict(Tally)
    for row, document in answers:
        _count(found[difficulty(row)], row, document["routes"], truth)
    return dict(found)


def _count(tally: Tally, row: Row, routes: Sequence[Row], truth: Truth) -> None:
    taken = [[step["capability"]["key"] for step in route["steps"]] for route in routes[:SHOWN]]
    tally.routes += len(taken)
    tally.violations += sum(_violates(row, route["steps"], truth) for route in routes[:SHOWN])
    if row["feasible"] == "no":
        tally.hopeless += 1
        tally.abstained_right += not taken
    if row["feasible"] != "yes":
        return
    grades = [_grade(row, route, truth) for route in taken] or [0]
    tally.planted += 1
    tally.abstained_wrong += not taken
    tally.grades.append(max(grades))
    tally.at_1 += grades[0] == 3
    tally.at_5 += max(grades) == 3


def _grade(row: Row, route: Sequence[str], truth: Truth) -> int:
    verdicts = [{_verdict(step, key, truth) for key in route} for step in row["steps"]]
    sure = sum("fits" in found for found in verdicts)
    likely = sum(bool({"fits", "unknown"} & found) for found in verdicts)
    whole = len(verdicts)
    return 3 if sure == whole else 2 if likely == whole else 1 if 2 * likely >= whole else 0


def _verdict(step: Row, key: str, truth: Truth) -> str | None:
    """What an offer truly is to a step; None where it does another operation."""
    planted = truth.distractors.get(key)
    if (planted.operation if planted else truth.operations.get(key)) != step["unit_op"]:
        return None
    if planted is None:
        return "fits" if key in step["fits"] else "unknown" if key in step["unknown"] else "short"
    if any(need["parameter"] == planted.parameter for need in step["needs"]):
        return "short"
    return "unknown" if step["needs"] else "fits"


def _violates(row: Row, steps: Sequence[Row], truth: Truth) -> bool:
    """Whether a step is given to an offer that does its operation and falls short of what it needs."""
    return any(_falls_short(row, step, truth) for step in steps)


def _falls_short(row: Row, step: Row, truth: Truth) -> bool:
    """Against the story's step of the same words, else against every one of the offer's operation."""
    told = [one for one in row["steps"] if one["said"] == step["text"]] or row["steps"]
    verdicts = {_verdict(one, step["capability"]["key"], truth) for one in told} - {None}
    return verdicts == {"short"}
