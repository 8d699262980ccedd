"""Precision, recall and F1 of each component of the reader against the gold.

Spans are paired one to one, longest overlap first. `exact` wants the same ends, `overlap` one character in
common. Names never count: an operation that the vocabulary calls otherwise is found all the same.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.reading.gold import GoldQuantity, GoldText, Labelled, Span
from kg.reading import QuantityMention, Reading
from kg.values.units import unit_of


@dataclass
class Count:
    """How often something was found and right, found and wrong, and missed."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right, self.found, self.wanted = self.right + right, self.found + found, self.wanted + wanted

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else math.nan

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else math.nan

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else math.nan


@dataclass(frozen=True)
class Miss:
    """One disagreement: `extra` (found, not in the gold), `missed`, or what else was wrong."""

    gold: GoldText
    component: str
    what: str
    span: Span


@dataclass
class Scores:
    """Everything counted over a split. `labels` hold (right, of) of the paired spans."""

    texts: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    labels: dict[str, list[int]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)


Pairs = list[tuple[int, int]]


def paired(found: Sequence[Span], wanted: Sequence[Span]) -> Pairs:
    """Pairs of indices of overlapping spans, one to one; the longest overlap is paired first."""
    shared = [
        (min(a[1], b[1]) - max(a[0], b[0]), -abs(a[0] - b[0]) - abs(a[1] - b[1]), i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(wanted)
        if min(a[1], b[1]) > max(a[0], b[0])
    ]
    pairs: Pairs = []
    for _, _, i, j in sorted(shared, reverse=True):
        if all(i != left and j != right for left, right in pairs):
            pairs.append((i, j))
    return pairs


def same_value(found: QuantityMention, wanted: GoldQuantity) -> bool:
    """Both ends right, open ends too, whatever unit they are written in."""
    return same_ends(*found.quantity.bounds(), found.quantity.unit, wanted)


def same_ends(low: float | None, high: float | None, unit: str, wanted: GoldQuantity) -> bool:
    """Both ends as wanted; None is an open one."""
    return _same_end(low, unit, wanted.low, wanted.unit) and _same_end(high, unit, wanted.high, wanted.unit)


def same_unit(found: str, wanted: str) -> bool:
    """The same unit in whatever writing, or one that measures the same (万元 and 元)."""
    one, other = unit_of(found), unit_of(wanted)
    if one is None or other is None:
        return _plain(found) == _plain(wanted)
    return one.base == other.base


def _same_end(found: float | None, unit: str, wanted: float | None, other: str) -> bool:
    if found is None or wanted is None:
        return found is wanted
    one, two = unit_of(unit), unit_of(other)
    if one is not None and two is not None and one.base == two.base:
        found, wanted = one.to_base(found * one.multiple), two.to_base(wanted * two.multiple)
    return math.isclose(found, wanted, rel_tol=1e-6, abs_tol=1e-12)


def _plain(unit: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", unit).casefold() if c not in "·.* ")


def score(texts: Iterable[GoldText], read: Callable[[str], Reading]) -> Scores:
    """Reads every text and counts; only what begins in the annotated part is judged."""
    scores = Scores()
    for gold in texts:
        reading = read(gold.text)
        scores.texts += 1
        if gold.quantities is not None:
            _score_quantities(scores, gold, reading, gold.quantities)
        ops = [Labelled((m.start, m.end), m.own) for m in reading.unit_ops]
        tests = [Labelled((m.start, m.end), m.own) for m in reading.tests]
        stages = [Labelled((m.start, m.end), m.kind) for m in reading.maturity]
        _score_spans(scores, gold, "unit_ops", ops, gold.unit_ops, "own")
        _score_spans(scores, gold, "tests", tests, gold.tests, "own")
        _score_spans(scores, gold, "maturity", stages, gold.maturity, "kind")
        _score_need(scores, gold, reading)
    return scores


def _score_need(scores: Scores, gold: GoldText, reading: Reading) -> None:
    conditions = [Labelled((c.start, c.end), c.hard) for c in reading.conditions]
    deadline = [Labelled((d.start, d.end), True) for d in [reading.deadline] if d]
    budget = [Labelled((b.start, b.end), True) for b in [reading.budget] if b]
    _score_spans(scores, gold, "conditions", conditions, gold.conditions, "hard")
    _score_spans(scores, gold, "deadline", deadline, gold.deadline, None)
    _score_spans(scores, gold, "budget", budget, gold.budget, None)


def _score_spans(
    scores: Scores,
    gold: GoldText,
    name: str,
    found: Sequence[Labelled],
    wanted: Sequence[Labelled] | None,
    label: str | None,
) -> None:
    """Counts one component; nothing where nobody annotated it (None)."""
    if wanted is None:
        return
    found = [one for one in found if one.span[0] < gold.end]
    spans, targets = [f.span for f in found], [w.span for w in wanted]
    pairs = paired(spans, targets)
    exact = sum(spans[i] == targets[j] for i, j in pairs)
    same = [(i, j) for i, j in pairs if found[i].label == wanted[j].label]
    _count(scores, f"{name} exact", exact, found, wanted)
    _count(scores, f"{name} overlap", len(pairs), found, wanted)
    if label:
        _count(scores, f"{name} overlap + {label}", len(same), found, wanted)
        seen = scores.labels.setdefault(f"{name}: {label} of the paired", [0, 0])
        seen[0], seen[1] = seen[0] + len(same), seen[1] + len(pairs)
    _note(scores, gold, name, spans, targets, pairs)
    scores.misses += [
        Miss(gold, name, f"{label} is {wanted[j].label}", spans[i])
        for i, j in pairs
        if label and (i, j) not in same
    ]


def _score_quantities(
    scores: Scores, gold: GoldText, reading: Reading, wanted: Sequence[GoldQuantity]
) -> None:
    found = [m for m in reading.quantities if m.start < gold.end]
    spans, targets = [(m.start, m.end) for m in found], [q.span for q in wanted]
    pairs = paired(spans, targets)
    units = {(i, j) for i, j in pairs if same_unit(found[i].quantity.unit, wanted[j].unit)}
    values = {(i, j) for i, j in pairs if same_value(found[i], wanted[j])}
    _count(scores, "quantities overlap", len(pairs), found, wanted)
    _count(scores, "quantities unit", len(units), found, wanted)
    _count(scores, "quantities value", len(values), found, wanted)
    _count(scores, "quantities value + unit", len(units & values), found, wanted)
    _note(scores, gold, "quantities", spans, targets, pairs)
    scores.misses += [
        Miss(gold, "quantities", "wrong value" if (i, j) in units else "wrong unit", spans[i])
        for i, j in pairs
        if (i, j) not in units & values
    ]


def _count(scores: Scores, name: str, right: int, found: Sequence[object], wanted: Sequence[object]) -> None:
    scores.counts.setdefault(name, Count()).add(right, len(found), len(wanted))


def _note(
    scores: Scores, gold: GoldText, name: str, spans: Sequence[Span], targets: Sequence[Span], pairs: Pairs
) -> None:
    met_found, met_wanted = {i for i, _ in pairs}, {j for _, j in pairs}
    scores.misses += [Miss(gold, name, "extra", s) for i, s in enumerate(spans) if i not in met_found]
    scores.misses += [Miss(gold, name, "missed", s) for j, s in enumerate(targets) if j not in met_wanted]
