"""Chains of steps over institutions: the k best, exactly, in a stable order, and diverse.

The cost of a chain is a sum over its steps and over the legs between them, so a backward pass gives the
exact cost to go from every option, and a best-first search that uses it as its bound takes complete
chains off the queue in order of cost: no chain is expanded that is not a prefix of one as good as what is
still missing. Hand-overs are a resource of the pass, so a bound on them cuts nothing else. Further
resources (money, days) join in the same way.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float64]
Chain = tuple[int, ...]
"""Per step the index of the option taken."""

MOST_TAKEN = 20_000
DIGITS = 10


@dataclass(frozen=True)
class Layers:
    """The search problem: per step the cost of every option, per leg the cost and whether it hands over.

    `legs[i][a, b]` is the cost of going from option a of step i to option b of step i + 1; `moves` is 1
    where that is a hand-over, else 0.
    """

    steps: tuple[Costs, ...]
    legs: tuple[Costs, ...]
    moves: tuple[NDArray[np.int64], ...]


def best_chains(
    layers: Layers, count: int, max_moves: int | None = None, accept: Callable[[Chain], bool] = lambda _: True
) -> list[tuple[float, Chain]]:
    """At most `count` cheapest accepted chains with at most `max_moves` hand-overs, cheapest first, ties by
    the options. Gives up after `MOST_TAKEN` prefixes, with what was found by then."""
    if not layers.steps or any(len(costs) == 0 for costs in layers.steps):
        return []
    most = len(layers.steps) - 1 if max_moves is None else min(max_moves, len(layers.steps) - 1)
    ahead = _cost_to_go(layers, most)
    queue: list[tuple[float, Chain, Brood, int]] = []
    _push(queue, _brood((), layers.steps[0], np.full(len(layers.steps[0]), most), ahead[0]), 0)
    found: list[tuple[float, Chain]] = []
    for _ in range(MOST_TAKEN):
        if not queue or len(found) == count:
            break
        bound, chain, brood, place = heapq.heappop(queue)
        _push(queue, brood, place + 1)
        if len(chain) < len(layers.steps):
            _push(queue, _next(layers, ahead, chain, float(brood.spent[place]), int(brood.left[place])), 0)
        elif accept(chain):
            found.append((bound, chain))
    return found


def fewest_moves(layers: Layers) -> int | None:
    """The least number of hand-overs of any chain; None where there is no chain."""
    if not layers.steps or any(len(costs) == 0 for costs in layers.steps):
        return None
    fewest = np.zeros(len(layers.steps[-1]))
    for moves in reversed(layers.moves):
        fewest = (moves + fewest[None, :]).min(axis=1)
    return int(fewest.min())


def diverse(
    chains: Sequence[tuple[float, Chain]], count: int, overlap: float = 0.2, first: Sequence[Chain] = ()
) -> list[tuple[float, Chain]]:
    """The cheapest chain, those named `first`, then again and again the one that is cheap and unlike those
    taken.

    Sharing all steps with a chain already taken costs `overlap`; one differing step of five is still a
    variant.
    """
    named = [one for one in chains[1:] if one[1] in first]
    taken = [*chains[:1], *named][:count]
    left = [one for one in chains if one not in taken]
    while left and len(taken) < count:
        best = min(left, key=lambda one: (_round(one[0] + overlap * _likeness(one[1], taken)), one[1]))
        taken.append(best)
        left.remove(best)
    return sorted(taken)


@dataclass(frozen=True)
class Brood:
    """The ways on from one beginning of a chain, by the bound of their cheapest end: only the first of them
    waits in the queue, and each brings in the next when it is taken."""

    before: Chain
    bounds: Costs
    options: NDArray[np.int64]
    spent: Costs
    left: NDArray[np.int64]


def _brood(before: Chain, spent: Costs, left: NDArray[np.int64], ahead: Costs) -> Brood:
    """Those with hand-overs left for a finite end, in order of bound, ties by option."""
    options = np.arange(len(spent))
    rest = np.where(left >= 0, ahead[np.maximum(left, 0), options], np.inf)
    bounds = np.round(spent + rest, DIGITS)
    order = np.lexsort((options, bounds))
    order = order[np.isfinite(bounds[order])]
    return Brood(before, bounds[order], options[order], spent[order], left[order])


def _next(layers: Layers, ahead: Sequence[Costs], chain: Chain, spent: float, left: int) -> Brood:
    step, last = len(chain) - 1, chain[-1]
    costs = spent + layers.legs[step][last] + layers.steps[step + 1]
    return _brood(chain, costs, left - layers.moves[step][last], ahead[step + 1])


def _push(queue: list[tuple[float, Chain, Brood, int]], brood: Brood, place: int) -> None:
    if place < len(brood.bounds):
        chain = (*brood.before, int(brood.options[place]))
        heapq.heappush(queue, (float(brood.bounds[place]), chain, brood, place))


def _cost_to_go(layers: Layers, most: int) -> list[Costs]:
    """Per step a table [hand-overs left, option] of the cheapest rest of the chain behind that option."""
    ahead: list[Costs] = [np.zeros((most + 1, len(layers.steps[-1])))]
    for step in range(len(layers.steps) - 2, -1, -1):
        table = np.full((most + 1, len(layers.steps[step])), np.inf)
        for left in range(most + 1):
            for used in (0, 1):
                if left - used >= 0:
                    behind = layers.steps[step + 1] + ahead[0][left - used]
                    costs = np.where(layers.moves[step] == used, layers.legs[step] + behind[None, :], np.inf)
                    table[left] = np.minimum(table[left], costs.min(axis=1))
        ahead.insert(0, table)
    return ahead


def _likeness(chain: Chain, taken: Sequence[tuple[float, Chain]]) -> float:
    """The largest share of steps in common with a chain already taken; none for a single step."""
    shared = max(sum(a == b for a, b in zip(chain, other, strict=True)) for _, other in taken)
    return shared / len(chain)


def _round(cost: float) -> float:
    """Costs that differ in the last bits only are ties, so that the order never depends on summation."""
    return round(cost, DIGITS)
