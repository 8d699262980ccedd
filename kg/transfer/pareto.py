"""All chains that no other chain beats on every count: label setting with dominance, per layer and option.

A label is a beginning of a chain: sums that grow from step to step (money, distance, hand-overs, risk,
counts of what is unknown) and a clock, the last day of its last step. Of two labels at one option, one that
is no worse in any sum and no later makes the other superfluous: whatever follows, it stays no worse (sums
are additive) and no later (an earlier arrival never ends later: `schedule.py`). What is unknown is never
compared with what is known: a clock that is not known is beaten only by another unknown one, and an unknown
price counts in a sum of its own, so that neither a cheap unknown beats a known bill nor the other way round.

Exact as long as no option holds more than `MOST_LABELS`; beyond that the labels are thinned (the best by the
first sum, and the best by every other one and by the clock) and the result says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.transfer.route import Chain
from kg.transfer.schedule import NEVER, Starts

Sums = NDArray[np.float64]
Days = NDArray[np.int64]

MOST_LABELS = 64
UNKNOWN = -1
"""A clock that is not known."""
DIGITS = 6

FREE = Starts()


@dataclass(frozen=True)
class Timing:
    """How an option takes up time: nothing begins before `floor` (ordinal) or on a day of `starts.taken`, and
    it lasts `length` days. `length` None or a calendar that nobody states (`known` false): the clock is
    unknown from there on. `until`: the last day on which it may end (a certificate that lapses). `never`: it
    cannot be in time, whatever comes before."""

    floor: int = 0
    length: int | None = None
    starts: Starts = FREE
    known: bool = False
    until: int = NEVER
    never: bool = False

    def ends(self, clocks: Days) -> Days:
        """The last day for each clock before it; `NEVER`: there is no slot, `UNKNOWN`: it is not known."""
        if self.never:
            return np.full_like(clocks, NEVER)
        if not self.known:
            return np.full_like(clocks, UNKNOWN)
        begin = np.maximum(clocks + 1, self.floor)
        if self.starts.taken:
            begins, ends = np.array(self.starts.taken, dtype=np.int64).T
            index = np.searchsorted(begins, begin, side="right") - 1
            held = (index >= 0) & (ends[index] >= begin)
            begin = np.where(held, ends[index] + 1, begin)
        end = begin + (self.length or 1) - 1
        gone = (begin > NEVER) | (end > NEVER if self.length is None else end > self.until)
        found = np.where(gone, NEVER, UNKNOWN if self.length is None else end)
        return np.where(clocks == UNKNOWN, UNKNOWN, found)


@dataclass(frozen=True)
class Problem:
    """`steps[i][o]` are the sums of option o of step i, `legs[i][a, b]` those of the way from option a of
    step i to option b of step i + 1; `most` bounds each sum (inf: no bound). The clock begins the day before
    `begin` and may not pass `latest`."""

    steps: tuple[Sums, ...]
    legs: tuple[Sums, ...]
    timings: tuple[tuple[Timing, ...], ...]
    most: Sums
    begin: int
    latest: int = NEVER - 1


@dataclass(frozen=True)
class Found:
    """The undominated chains in order, with their sums and last days; `exact` unless labels were thinned."""

    chains: tuple[Chain, ...] = ()
    sums: tuple[tuple[float, ...], ...] = ()
    clocks: tuple[int, ...] = ()
    exact: bool = True


@dataclass(frozen=True)
class _Labels:
    """The labels at one option: sums [n, k], clocks [n], steps with an unknown clock [n], chains."""

    sums: Sums
    clocks: Days
    blind: Days
    chains: list[Chain]

    def taken(self, index: NDArray[np.int64]) -> _Labels:
        return _Labels(
            self.sums[index], self.clocks[index], self.blind[index], [self.chains[i] for i in index.tolist()]
        )


def pareto(problem: Problem, most_labels: int = MOST_LABELS) -> Found:
    """The chains that no other one dominates, in the order of their sums, then of their options."""
    if not problem.steps or any(len(step) == 0 for step in problem.steps):
        return Found()
    exact, ahead = True, _least_ahead(problem)
    held = [_first(problem, option, ahead[0]) for option in range(len(problem.steps[0]))]
    for step in range(len(problem.steps)):
        if step:
            whole = _stacked(held)
            held = [
                _extended(problem, step, option, whole, ahead[step])
                for option in range(len(problem.steps[step]))
            ]
        fronts = [_front(labels) for labels in held]
        exact = exact and all(len(front.chains) <= most_labels for front in fronts)
        held = [_thinned(front, most_labels) for front in fronts]
    last = _front(_stacked(held))
    return Found(
        tuple(last.chains),
        tuple(tuple(row) for row in last.sums.tolist()),
        tuple(last.clocks.tolist()),
        exact,
    )


def _first(problem: Problem, option: int, ahead: Sums) -> _Labels:
    clock = problem.timings[0][option].ends(np.array([problem.begin - 1], dtype=np.int64))
    blind = (clock == UNKNOWN).astype(np.int64)
    return _bounded(
        problem, _Labels(problem.steps[0][option][None, :], clock, blind, [(option,)]), ahead[option]
    )


def _extended(problem: Problem, step: int, option: int, whole: _Labels, ahead: Sums) -> _Labels:
    if not whole.chains:
        return whole
    before = np.array([chain[-1] for chain in whole.chains])
    sums = whole.sums + problem.legs[step - 1][before, option] + problem.steps[step][option][None, :]
    clocks = problem.timings[step][option].ends(whole.clocks)
    blind = whole.blind + (clocks == UNKNOWN)
    chains = [(*chain, option) for chain in whole.chains]
    return _bounded(problem, _Labels(sums, clocks, blind, chains), ahead[option])


def _least_ahead(problem: Problem) -> list[Sums]:
    """Per step and option the least that each sum still grows by."""
    ahead: list[Sums] = [np.zeros_like(problem.steps[-1])]
    for step in range(len(problem.steps) - 2, -1, -1):
        behind = problem.legs[step] + (problem.steps[step + 1] + ahead[0])[None, :, :]
        ahead.insert(0, behind.min(axis=1))
    return ahead


def _bounded(problem: Problem, labels: _Labels, ahead: Sums) -> _Labels:
    """The labels that can still be brought to an end within the bounds."""
    kept = np.all(labels.sums + ahead <= problem.most + 1e-6, axis=1) & (labels.clocks <= problem.latest)
    return labels.taken(np.flatnonzero(kept)) if not kept.all() else labels


def _stacked(held: Sequence[_Labels]) -> _Labels:
    return _Labels(
        np.concatenate([one.sums for one in held]),
        np.concatenate([one.clocks for one in held]),
        np.concatenate([one.blind for one in held]),
        [chain for one in held for chain in one.chains],
    )


def _front(labels: _Labels) -> _Labels:
    """The labels that no other one dominates; of equal ones the first by its options."""
    if len(labels.chains) < 2:
        return labels
    table = np.column_stack([labels.sums.round(DIGITS), labels.clocks, labels.blind])
    kept = np.array(undominated(table))
    return labels.taken(kept)


def undominated(table: Sums) -> list[int]:
    """The rows than which no other is below or equal in every column, in order; of equal rows the first."""
    varying = np.flatnonzero(np.ptp(table, axis=0))
    places = np.lexsort(table.T[::-1])
    left, kept = table[np.ix_(places, varying)], list[int]()
    while len(places):
        kept.append(int(places[0]))
        alive = np.any(left < left[0], axis=1)
        left, places = left[alive], places[alive]
    return kept


def _thinned(front: _Labels, most: int) -> _Labels:
    """About so many labels: the best by every sum and by the clock, the rest by the first sum."""
    if len(front.chains) <= most:
        return front
    table = np.column_stack([front.sums, np.where(front.clocks == UNKNOWN, NEVER, front.clocks)])
    best = [int(index) for index in table.argmin(axis=0)]
    by_first = np.argsort(table[:, 0], kind="stable").tolist()
    kept = list(dict.fromkeys([*best, *by_first]))[: max(most, len(set(best)))]
    return front.taken(np.array(sorted(kept)))
