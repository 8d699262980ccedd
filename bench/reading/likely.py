"""Trains the model that tells an operation from a mere word (`ingest/enrich/likely.py`).

    python -m bench.reading.likely [--data DIR] [--out FILE] [--folds N]

Learns from the candidates of the gold's dev half and of `candidates.jsonl` (id, field, start, end,
right: names that the reader found in further records, judged by reading). Prints what is kept and right by
cross-validation over whole records. The same data give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.reading.gold import data_folder, load_gold
from bench.reading.score import paired
from ingest.enrich.folding import squeeze
from ingest.enrich.likely import MODEL, Surroundings, judged
from ingest.enrich.unit_operations import UnitOperations
from kg.vocabulary import load_vocabulary

CANDIDATES = Path(__file__).parent / "candidates.jsonl"
PENALTY, SELDOM, THRESHOLD, STEPS = 5.0, 4, 0.4, 9


@dataclass(frozen=True)
class Example:
    """A candidate: whose record, where from (`dev` or `more`), what is seen of it, whether it is right."""

    record: str
    source: str
    features: frozenset[str]
    right: bool


@dataclass(frozen=True)
class Model:
    """Weights by feature, the last is the bias."""

    names: dict[str, int]
    weights: np.ndarray

    def probability(self, features: frozenset[str]) -> float:
        score = self.weights[-1] + sum(self.weights[self.names[name]] for name in features & set(self.names))
        return float(1 / (1 + np.exp(-score)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.reading.likely", description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--folds", type=int, default=5)
    given = parser.parse_args()
    data = given.data or data_folder()
    if data is None:
        sys.stderr.write("skipped: no records at ZHONGSHI_DATA or ../shared/data\n")
        return
    found = [*_of_gold(data), *_of_more(data)]
    for line in report(found, given.folds):
        sys.stdout.write(line + "\n")
    model = fit(found)
    kept = {name: round(float(model.weights[at]), 3) for name, at in model.names.items()}
    document = {
        "about": "Logistic regression over an operation's surroundings; see ingest/enrich/likely.py",
        "made_by": "python -m bench.reading.likely",
        "trained_on": f"{len(found)} candidates of ChinaXiv, CSL, patents and needs, judged by reading",
        "penalty": PENALTY,
        "threshold": THRESHOLD,
        "bias": round(float(model.weights[-1]), 3),
        "weights": {name: weight for name, weight in sorted(kept.items()) if abs(weight) >= 0.02},
    }
    given.out.write_text(json.dumps(document, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _of_gold(data: Path) -> Iterator[Example]:
    finder = UnitOperations(load_vocabulary())
    for gold in (one for split in ("dev", "ops-dev", "fresh") for one in load_gold(split, data)[0]):
        around, spans = _surroundings(finder, gold.text)
        inside = [i for i, span in enumerate(spans) if span[0] < gold.end]
        pairs = paired([spans[i] for i in inside], [one.span for one in gold.unit_ops or ()])
        right = {inside[i] for i, _ in pairs}
        for i in inside:
            if judged(around.candidates[i]):
                features = frozenset(around.features(around.candidates[i]))
                yield Example(gold.id, "dev", features, i in right)


def _of_more(data: Path) -> Iterator[Example]:
    finder = UnitOperations(load_vocabulary())
    rows = [json.loads(line) for line in CANDIDATES.read_text(encoding="utf-8").splitlines()]
    said = {(row[0], row[1], row[2]): bool(row[4]) for row in rows}
    for record, field, text in _texts(data, {(row[0], row[1]) for row in rows}):
        around, spans = _surroundings(finder, text)
        for span, one in zip(spans, around.candidates, strict=True):
            right = said.get((record, field, span[0]))
            if right is not None and judged(one):
                yield Example(record, "more", frozenset(around.features(one)), right)


def _texts(data: Path, wanted: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for name in ("achievements", "needs"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            for record in map(json.loads, stream):
                for field in ("title", "abstract", "text"):
                    if (record["id"], field) in wanted:
                        yield record["id"], field, record[field]


def _surroundings(finder: UnitOperations, text: str) -> tuple[Surroundings, list[tuple[int, int]]]:
    squeezed = squeeze(text)
    around = finder.surroundings(squeezed.text)
    return around, [squeezed.span(one.start, one.end) for one in around.candidates]


def fit(examples: Sequence[Example]) -> Model:
    """Logistic regression by Newton's method, with an L2 penalty on all but the bias."""
    seen = Counter(name for one in examples for name in one.features)
    names = {name: i for i, name in enumerate(sorted(n for n, times in seen.items() if times >= SELDOM))}
    table = np.zeros((len(examples), len(names) + 1))
    table[:, -1] = 1
    for i, one in enumerate(examples):
        table[i, [names[name] for name in one.features if name in names]] = 1
    right = np.array([one.right for one in examples], dtype=float)
    penalty = np.append(np.full(len(names), PENALTY), 1e-6)
    weights = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - right) + penalty * weights
        weights -= np.linalg.solve((table.T * (likely * (1 - likely))) @ table + np.diag(penalty), slope)
    return Model(names, weights)


def report(examples: Sequence[Example], folds: int) -> Iterator[str]:
    """Kept and right among what the lists let through, by source; each record is judged by a model that has
    not seen it."""
    judged_so: list[tuple[Example, float]] = []
    for fold in range(folds):
        model = fit([one for one in examples if _fold(one, folds) != fold])
        judged_so += [(one, model.probability(one.features)) for one in examples if _fold(one, folds) == fold]
    for source in ("dev", "more"):
        of_it = [(one, likely) for one, likely in judged_so if one.source == source]
        right = sum(one.right for one, _ in of_it)
        kept = [one for one, likely in of_it if likely >= THRESHOLD]
        good = sum(one.right for one in kept)
        yield (
            f"{source}: {right} of {len(of_it)} right before; kept {len(kept)}, of them right {good} "
            f"({good / len(kept):.3f}), right ones kept {good / right:.3f}"
        )


def _fold(one: Example, folds: int) -> int:
    return int(hashlib.sha256(one.record.encode()).hexdigest(), 16) % folds


if __name__ == "__main__":
    main()
