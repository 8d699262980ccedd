"""What a chain costs: the layers that are searched, and the route of a chain with the same features.

The cost of a step, a leg and a hand-over is what they take from the score, so that the cheapest chain is the
route with the best score; with a place to be near to, distance comes before all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.transfer import rank
from kg.transfer.candidates import Option
from kg.transfer.mandate import Place
from kg.transfer.proof import Verdict
from kg.transfer.rank import WEIGHTS, Score
from kg.transfer.requirement import Step
from kg.transfer.route import Chain, Costs, Layers
from kg.transfer.timeline import Timeline, Way, When, timeline_of
from kg.transfer.ways import Km, Ways
from kg.wording import Sentence

BY_DISTANCE = 1000.0
"""With a place to be near to, a kilometre counts more than anything that the score weighs."""
NO_DISTANCE = 20_000.0
"""km taken for an unknown distance where the order is by distance: behind every known one."""


@dataclass(frozen=True)
class Leg:
    """The way from one institution to the next; km None where unknown."""

    km: float | None
    hands_over: bool


@dataclass(frozen=True)
class Route:
    """A chain of options with its legs. `first` is the way from the origin to the first institution,
    where there is an origin; `timeline` is its calendar and bill; `score` is `route-v4`, 0 to 1. `pareto`:
    none that was found is as good on every count and better on one (None: not looked at). `best_in` are the
    totals in which none that was found, with no more open questions, is better."""

    steps: tuple[Step, ...]
    options: tuple[Option, ...]
    legs: tuple[Leg, ...]
    first: Leg | None
    features: tuple[tuple[str, Score], ...]
    score: float
    timeline: Timeline
    pareto: bool | None = None
    best_in: tuple[str, ...] = ()

    @property
    def hand_overs(self) -> int:
        return sum(leg.hands_over for leg in self.legs)

    @property
    def km(self) -> float | None:
        """The whole way, None where a part of it is unknown or nothing is to be carried anywhere: one place,
        and no place to start from."""
        if self.first is None and not self.hand_overs:
            return None
        ways = [leg.km for leg in self.legs] + ([self.first.km] if self.first else [])
        known = [way for way in ways if way is not None]
        return round(sum(known), 1) if len(known) == len(ways) else None

    def risk(self, unchecked: int) -> float:
        """The share of what is required that is not known to fit: the mean over the steps and over the bounds
        that nothing could be held against (a price, a date)."""
        shares = [sum(p.verdict == "unknown" for p in o.proofs) / len(o.proofs) for o in self.options]
        shares += [1.0] * unchecked
        return round(sum(shares) / len(shares), 4)


@dataclass(frozen=True)
class Wish:
    """What the search is bound by and ordered by. `origin` is where the way begins; `when` binds by time and
    money."""

    limit: int = 5
    max_hand_overs: int | None = None
    origin: Place | None = None
    by_distance: bool = False
    money: Verdict | None = None
    when: When | None = None


def layers_of(options: Sequence[Sequence[Option]], ways: Ways, wish: Wish) -> Layers:
    """What every option and every way between two of them takes from the score."""
    count = len(options)
    legs = max(count - 1 + (ways.first is not None), 1)
    steps = tuple(np.array([_step_cost(one, count) for one in held]) for held in options)
    if ways.first is not None:
        steps = (steps[0] + _way_costs(ways.first, legs, wish), *steps[1:])
    handing = WEIGHTS["hand_overs"] / max(count - 1, 1)
    costs = tuple(
        _way_costs(km, legs, wish) + handing * move for km, move in zip(ways.legs, ways.moves, strict=True)
    )
    return Layers(steps, costs, ways.moves)


def _step_cost(option: Option, count: int) -> float:
    return sum(WEIGHTS[name] * (1 - score.value) for name, score in _step_features(option)) / count


def _step_features(option: Option) -> tuple[tuple[str, Score], ...]:
    return (
        ("proof", rank.proof(option.verdict)),
        ("operation", rank.operation(option.how)),
        ("envelope", rank.envelope(option.numbers)),
        ("headroom", rank.headroom(option.numbers)),
        ("price", rank.price(option.bill.yuan)),
    )


def _way_costs(km: Km, legs: int, wish: Wish) -> Costs:
    """As `rank.nearness` weighs them, of many ways at once."""
    near = np.where(np.isnan(km), 0.5, np.minimum(km, rank.FAR) / rank.FAR)
    cost = WEIGHTS["nearness"] * near / legs
    if wish.by_distance:
        cost = cost + BY_DISTANCE * np.where(np.isnan(km), NO_DISTANCE, km)
    return np.asarray(cost, dtype=np.float64)


def route_of(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], chain: Chain, ways: Ways, wish: Wish
) -> Route:
    """The route of a chain, with its features, its calendar and its bill."""
    taken = tuple(options[i][o] for i, o in enumerate(chain))
    legs = tuple(
        Leg(_km(ways.legs[i][a, b]), bool(ways.moves[i][a, b])) for i, (a, b) in enumerate(pairwise(chain))
    )
    first = Leg(_km(ways.first[chain[0]]), False) if ways.first is not None else None
    timeline = timeline_of(taken, _ways_to(legs, first), wish.when)
    features = _features(taken, legs, first, wish, timeline)
    score = sum(WEIGHTS[name] * feature.value for name, feature in features)
    return Route(tuple(steps), taken, legs, first, features, round(score, 4), timeline)


def _km(km: float) -> float | None:
    return None if np.isnan(km) else float(km)


def _ways_to(legs: Sequence[Leg], first: Leg | None) -> list[Way]:
    """The way to each step: the first one comes from the origin, where there is one."""
    start = Way(first.km, first.km != 0) if first else Way(None, False)
    return [start, *(Way(leg.km, leg.hands_over) for leg in legs)]


def _features(
    taken: Sequence[Option], legs: Sequence[Leg], first: Leg | None, wish: Wish, timeline: Timeline
) -> tuple[tuple[str, Score], ...]:
    by_step = [dict(_step_features(option)) for option in taken]
    numbers = [proof for option in taken for proof in option.numbers]
    silent = sum(not option.numbers for option in taken)
    told = {
        "envelope": rank.proved(numbers, silent),
        "headroom": rank.headroom(numbers).reason,
        "price": rank.price(timeline.cost).reason,
    }
    return (
        *(
            (name, rank.mean([one[name] for one in by_step], told.get(name)))
            for name in ("proof", "operation", "envelope", "headroom", "price")
        ),
        ("hand_overs", rank.hand_overs(sum(leg.hands_over for leg in legs), len(taken))),
        ("nearness", _near([*([first] if first else []), *legs])),
        ("money", rank.money(wish.money)),
        ("time", rank.time(timeline.months)),
    )


def _near(ways: Sequence[Leg]) -> Score:
    """The mean over the legs; told is the whole way."""
    if not ways:
        return Score(1.0, Sentence("同一地点", "one place"))
    known = [way.km for way in ways if way.km is not None]
    km = f"{sum(known):.0f}"
    whole = Sentence(f"全程 {km} 公里", f"{km} km in all")
    if len(known) < len(ways):
        whole = Sentence("有路段距离未知", "a distance is unknown")
    return rank.mean([rank.nearness(way.km) for way in ways], whole)
