"""Routes held against what is surely true; the table of docs/matching.md.

    python -m bench.routes [--achievements 2000] [--seed 7] [--large] [--record]

`--large` loads and asks 2,400 platforms with 50,000 capabilities too (a minute and 2.5 GB). `--record` writes
the table into docs/matching.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.machine import describe_machine
from bench.routes.changes import Changes, check_changes
from bench.routes.distractors import write_distractors
from bench.routes.fronts import check_fronts
from bench.routes.opened import opened
from bench.routes.page import other_lines, planted_lines, write
from bench.routes.planted import Tally, Truth, difficulty, requirement_of, tallied, truth_rows
from bench.routes.scale import Speed, asked, measure
from bench.routes.schedules import Agreement, agreement
from ingest.demo import write_registry
from kg.transfer import Knowledge, RouteOptions, routes_for
from kg.transfer.answers import answer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "matching.md"
AS_OF = date(2026, 11, 25)
OPTIONS = RouteOptions(as_of=AS_OF)
CASES, SAMPLE = 500, 150
Row = dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """The answers to the planted results, and what came of dates and times."""

    tallies: dict[str, dict[str, Tally]]
    schedules: Agreement
    speed: Speed
    needs: list[str]
    changes: Changes


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.routes", description=__doc__)
    parser.add_argument("--achievements", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhongshi-routes-") as name:
        found = measure_planted(Path(name), given.achievements, given.seed)
    fronts, large = check_fronts(CASES, given.seed), None
    if given.large:
        with tempfile.TemporaryDirectory(prefix="zhongshi-routes-") as name:
            large = measure(Path(name), found.needs, OPTIONS)
    machine = describe_machine()
    said = (
        f"{given.achievements:,} generated results, seed {given.seed}; "
        f"{', '.join(f'{key} {value}' for key, value in machine.items())}."
    )
    blocks = [
        planted_lines(found.tallies),
        other_lines(fronts, found.schedules, found.changes, found.speed, large),
        [said],
    ]
    sys.stdout.write("\n\n".join("\n".join(block) for block in blocks) + "\n")
    if given.record:
        write(PAGE, blocks)


def measure_planted(folder: Path, achievements: int, seed: int) -> Measured:
    """Loads a registry with misleading equipment beside it, and asks every result in both ways."""
    files = write_registry(folder / "files", achievements=achievements, seed=seed)
    misleading, distractors = write_distractors(folder / "files")
    capabilities = truth_rows(files.truth, "capability")
    truth = Truth({row["key"]: row["unit_op"] for row in capabilities}, distractors)
    rows = [row for row in truth_rows(files.truth, "achievement") if not row["restricted"]]
    with opened(folder, files.paths, files.source, misleading) as knowledge:
        speed = asked(knowledge, [{"key_or_id": row["key"]} for row in rows], OPTIONS)
        by_text = [(row, routes_for(knowledge, key_or_id=row["key"], options=OPTIONS)) for row in rows]
        by_steps = list(_asked_by_steps(knowledge, rows))
        needs = _needs(knowledge)
        plain = [row["key"] for row in rows if difficulty(row) == "plain"][:SAMPLE]
        changes = check_changes(knowledge, plain, OPTIONS, folder)
    terms = {row["key"]: row["terms"] for row in capabilities}
    routes = [route for _, document in by_text for route in document["routes"] if _known(route, terms)]
    tallies = {"steps": tallied(by_steps, truth), "text": tallied(by_text, truth)}
    return Measured(tallies, agreement(routes, terms, AS_OF), speed, needs, changes)


def _asked_by_steps(knowledge: Knowledge, rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    for row in rows:
        yield row, answer(knowledge, requirement_of(row), OPTIONS)


def _known(route: Row, terms: dict[str, Row]) -> bool:
    """Whether the truth has the terms of every step's offer: of misleading equipment it has none."""
    return all(step["capability"]["key"] in terms for step in route["steps"])


def _needs(knowledge: Knowledge) -> list[str]:
    rows = knowledge.view.query("MATCH (n:Need) RETURN n.description AS text ORDER BY n.key")
    return [str(row["text"]) for row in rows if row["text"]]


if __name__ == "__main__":
    main()
