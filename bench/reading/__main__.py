"""Judges the reader on the annotated texts; needs the records' texts, which are not in the repository.

    python -m bench.reading [--split NAME] [--data DIR] [--errors N] [--json]
    python -m bench.reading --demo N [--seed N]    (a generated registry against its truth; needs no records)

Without `--data`: `ZHONGSHI_DATA`, else `../shared/data`; where neither is there it says so and exits 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from bench.reading.gold import data_folder, load_gold
from bench.reading.planted import score_demo
from bench.reading.score import Miss, Scores, score
from ingest.enrich.reader import SpacyReader

SPLITS = ("dev", "test", "fresh", "maturity-dev", "maturity-test", "ops-dev", "ops-test")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.reading", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="list so many disagreements, with their words")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--demo", type=int, metavar="N", help="score N generated results instead")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if given.demo:
        sys.stdout.write(score_demo(given.demo, given.seed).table() + "\n")
        return
    data = given.data or data_folder()
    if data is None:
        sys.stderr.write("skipped: no records at ZHONGSHI_DATA or ../shared/data\n")
        return
    texts, problems = load_gold(given.split, data)
    for problem in problems:
        sys.stderr.write(f"left out: {problem}\n")
    reader = SpacyReader()
    scores = score(texts, reader.read)
    document = summary(scores, given.split, reader.version)
    sys.stdout.write(
        (json.dumps(document, ensure_ascii=False, indent=2) if given.json else table(scores)) + "\n"
    )
    _list_errors(scores.misses[: given.errors])


def summary(scores: Scores, split: str, version: str) -> Mapping[str, object]:
    """The figures as a document."""
    return {
        "split": split,
        "texts": scores.texts,
        "reader": version,
        "components": {
            name: asdict(c) | {"precision": c.precision, "recall": c.recall, "f1": c.f1}
            for name, c in scores.counts.items()
            if c.found + c.wanted
        },
        "labels": {name: {"right": a, "of": b} for name, (a, b) in scores.labels.items() if b},
    }


def table(scores: Scores) -> str:
    """The figures as a table in Markdown."""
    lines = [f"| {scores.texts} texts | precision | recall | F1 | right / found / in the gold |"]
    lines.append("|---|---|---|---|---|")
    for name, c in scores.counts.items():
        if c.found + c.wanted:
            shares = " | ".join(f"{value:.3f}" for value in (c.precision, c.recall, c.f1))
            lines.append(f"| {name} | {shares} | {c.right} / {c.found} / {c.wanted} |")
    for name, (right, of) in scores.labels.items():
        if of:
            lines.append(f"| {name} | {right / of:.3f} | | | {right} / {of} |")
    return "\n".join(lines)


def _list_errors(misses: Iterable[Miss]) -> None:
    for miss in misses:
        text, (start, end) = miss.gold.text, miss.span
        around = f"{text[max(0, start - 12) : start]}[{text[start:end]}]{text[end : end + 12]}"
        sys.stdout.write(f"{miss.component}\t{miss.what}\t{miss.gold.id}\t{start}-{end}\t{around!r}\n")


if __name__ == "__main__":
    main()
