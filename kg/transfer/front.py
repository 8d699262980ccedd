"""The Pareto set of routes: money, time, open questions, distance and hand-overs beside the score.

Where a step has more than `MOST_OPTIONS` options, only those go into the label setting that stand out in one
of these respects (nearest to what is asked, cheapest, earliest, at an institution that serves several steps,
near the origin); the ranking by score (`route.py`) always looks at all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

import numpy as np
from numpy.typing import NDArray

from kg.transfer.candidates import Option
from kg.transfer.costing import Wish
from kg.transfer.pareto import UNKNOWN, Found, Problem, Sums, Timing, pareto, undominated
from kg.transfer.rank import WEIGHTS, time
from kg.transfer.route import Chain, Layers
from kg.transfer.schedule import NEVER
from kg.transfer.timeline import DAYS_A_MONTH, When, timing_of
from kg.transfer.ways import Ways

MERIT, YUAN, UNPRICED, RISK, KM, UNMEASURED, MOVES, UNPROVEN = range(8)
"""The sums of a label: what it takes from the score; yuan that are known and bills that are not; the mean
share of open questions; km that are known and ways that are not; hand-overs; steps without ground."""
SUMS = 8

MOST_OPTIONS = 40


@dataclass(frozen=True)
class Measured:
    """A chain with its sums, its last day (`UNKNOWN`: not known) and the steps whose last day is not."""

    chain: Chain
    sums: tuple[float, ...]
    clock: int
    blind: int

    @property
    def counts(self) -> tuple[float, ...]:
        """What one route is held against another by: all but the score and the ground."""
        return (*self.sums[YUAN:UNPROVEN], float(self.clock), float(self.blind))


def problem_of(options: Sequence[Sequence[Option]], layers: Layers, ways: Ways, wish: Wish) -> Problem:
    """The label setting over all options, bound by the hand-overs, the budget and the deadline."""
    when, most = wish.when, np.full(SUMS, np.inf)
    if wish.max_hand_overs is not None:
        most[MOVES] = wish.max_hand_overs
    if when is not None and when.budget is not None:
        most[YUAN] = when.budget
    steps = [
        _sums_of_step(held, costs, len(options)) for held, costs in zip(options, layers.steps, strict=True)
    ]
    if ways.first is not None:
        steps[0] = steps[0] + _sums_of_way(ways.first, ways.first != 0, options[0])
    legs = []
    for i, (km, moves) in enumerate(zip(ways.legs, ways.moves, strict=True)):
        leg = _sums_of_way(km, moves == 1, options[i + 1])
        leg[..., MERIT], leg[..., MOVES] = layers.legs[i], moves
        legs.append(leg)
    return Problem(
        tuple(steps),
        tuple(legs),
        tuple(tuple(_in_time(timing_of(option, when), when) for option in held) for held in options),
        most,
        when.begin.toordinal() if when else 1,
        when.by.toordinal() if when and when.by else NEVER - 1,
    )


def _in_time(timing: Timing, when: When | None) -> Timing:
    """A line that could not be done by the deadline if it were the first cannot be behind others, also where
    nobody knows how long those take."""
    if when is None or when.by is None:
        return timing
    end = end_of(timing, when.begin.toordinal() - 1)
    return replace(timing, never=True) if end != UNKNOWN and end > when.by.toordinal() else timing


def front(problem: Problem, options: Sequence[Sequence[Option]]) -> tuple[list[Chain], bool]:
    """The undominated chains, and whether they are surely all of them."""
    kept = [_standing_out(problem, options, step) for step in range(len(options))]
    found: Found = pareto(_narrowed(problem, kept))
    chains = [tuple(kept[i][o] for i, o in enumerate(chain)) for chain in found.chains]
    whole = all(len(some) == len(every) for some, every in zip(kept, options, strict=True))
    return chains, found.exact and whole


def measured(problem: Problem, chain: Chain) -> Measured | None:
    """A chain's sums and clock; None where it breaks a bound or has no slot."""
    sums, clock, blind = np.zeros(SUMS), problem.begin - 1, 0
    for i, option in enumerate(chain):
        sums = sums + problem.steps[i][option]
        if i:
            sums = sums + problem.legs[i - 1][chain[i - 1], option]
        clock = end_of(problem.timings[i][option], clock)
        if clock > problem.latest:
            return None
        blind += clock == UNKNOWN
    within = bool(np.all(sums <= problem.most + 1e-6))
    return Measured(chain, tuple(sums.round(6).tolist()), clock, blind) if within else None


def end_of(timing: Timing, clock: int) -> int:
    """The last day of a step behind a clock."""
    if timing.never:
        return NEVER
    if clock == UNKNOWN or not timing.known:
        return UNKNOWN
    start = timing.starts.at(max(clock + 1, timing.floor))
    if start is None:
        return NEVER
    if timing.length is None:
        return UNKNOWN
    end = start + timing.length - 1
    return end if end <= timing.until else NEVER


def cost_of(one: Measured, problem: Problem) -> float:
    """What a chain takes from the score, its time included."""
    months = None if one.clock == UNKNOWN else (one.clock - problem.begin + 1) / DAYS_A_MONTH
    return round(one.sums[MERIT] + WEIGHTS["time"] * (1 - time(months).value), 10)


def unbeaten(pool: Sequence[Measured]) -> frozenset[Chain]:
    """The chains of a pool that no other one of it beats; all of those that are equal on every count."""
    if not pool:
        return frozenset()
    table = np.array([one.counts for one in pool])
    best = {pool[i].counts for i in undominated(table)}
    return frozenset(one.chain for one in pool if one.counts in best)


def worth_showing(pool: Sequence[Measured]) -> list[Measured]:
    """The pool without the chains that are dearer or later than another one of it and in nothing better, the
    score included. Only where bill and end of both are known: of what is unknown, none is surely worse."""
    known = [one for one in pool if not one.sums[UNPRICED] and one.clock != UNKNOWN]
    if len(known) < 2:
        return list(pool)
    table = np.array([(*one.sums, one.clock) for one in known])
    costly = table[:, [YUAN, SUMS]]
    beaten = {
        one.chain
        for i, one in enumerate(known)
        if np.any(np.all(table <= table[i], axis=1) & np.any(costly < costly[i], axis=1))
    }
    return [one for one in pool if one.chain not in beaten]


LEADS: dict[str, Callable[[Measured], float | None]] = {
    "cost": lambda one: None if one.sums[UNPRICED] else one.sums[YUAN],
    "months": lambda one: None if one.clock == UNKNOWN else float(one.clock),
    "km": lambda one: None if one.sums[UNMEASURED] else one.sums[KM],
    "hand_overs": lambda one: one.sums[MOVES],
}


def leaders(pool: Sequence[Measured], best: Measured) -> dict[str, tuple[Chain, ...]]:
    """Per total the chains, none with more open questions than the best one, in which it is least."""
    sure = [one for one in pool if one.sums[RISK] <= best.sums[RISK] + 1e-9]
    found: dict[str, tuple[Chain, ...]] = {}
    for name, of in LEADS.items():
        known = [(value, one.chain) for one in sure if (value := of(one)) is not None]
        if known:
            least = min(value for value, _ in known)
            found[name] = tuple(chain for value, chain in known if value == least)
    return found


def _sums_of_step(held: Sequence[Option], merits: NDArray[np.float64], count: int) -> Sums:
    sums = np.zeros((len(held), SUMS))
    sums[:, MERIT] = merits
    for row, option in zip(sums, held, strict=True):
        row[YUAN], row[UNPRICED] = option.bill.known, option.bill.yuan is None
        row[RISK] = sum(p.verdict == "unknown" for p in option.proofs) / len(option.proofs) / count
        row[UNPROVEN] = not option.proven
    return sums


def _sums_of_way(km: NDArray[np.float64], carried: NDArray[np.bool_], to: Sequence[Option]) -> Sums:
    """Distance and transport of the ways to some options (the last axis of `km`)."""
    prices = [option.offer.terms.prices.per_km for option in to]
    each = np.array([price.yuan if price else 0.0 for price in prices])
    billed = carried & np.array([price is not None for price in prices])
    sums = np.zeros((*km.shape, SUMS))
    sums[..., KM], sums[..., UNMEASURED] = np.nan_to_num(km), np.isnan(km)
    sums[..., YUAN] = np.where(billed, np.nan_to_num(km).round(1) * each, 0.0)
    sums[..., UNPRICED] = billed & np.isnan(km)
    return sums


def _narrowed(problem: Problem, kept: Sequence[Sequence[int]]) -> Problem:
    return replace(
        problem,
        steps=tuple(sums[list(some)] for sums, some in zip(problem.steps, kept, strict=True)),
        legs=tuple(
            sums[np.ix_(list(a), list(b))] for sums, (a, b) in zip(problem.legs, pairwise(kept), strict=True)
        ),
        timings=tuple(tuple(row[o] for o in some) for row, some in zip(problem.timings, kept, strict=True)),
    )


def _standing_out(problem: Problem, options: Sequence[Sequence[Option]], step: int) -> list[int]:
    """The options of a step that go into the label setting, in order."""
    held = options[step]
    if len(held) <= MOST_OPTIONS:
        return list(range(len(held)))
    sums = problem.steps[step]
    ends = np.array([_early(end_of(timing, problem.begin - 1)) for timing in problem.timings[step]])
    serves = Counter(where for of in options for where in {option.offer.where for option in of})
    homes = np.array([-serves[option.offer.where] for option in held])
    orders = [
        np.lexsort((sums[:, MERIT],)),
        np.lexsort((sums[:, MERIT], sums[:, YUAN], sums[:, UNPRICED])),
        np.lexsort((sums[:, MERIT], ends)),
        np.lexsort((sums[:, MERIT], homes)),
        np.lexsort((sums[:, MERIT], sums[:, KM])),
    ]
    turns = (int(one) for row in zip_longest(*orders) for one in row if one is not None)
    found: dict[int, None] = {}
    for one in turns:
        found.setdefault(one)
        if len(found) == MOST_OPTIONS:
            break
    return sorted(found)


def _early(end: int) -> int:
    return NEVER if end == UNKNOWN else end
