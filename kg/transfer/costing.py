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
from kg.transfer.places import Distances, Site
from kg.transfer.proof import Verdict
from kg.transfer.rank import WEIGHTS, Score
from kg.transfer.requirement import Step
from kg.transfer.route import Chain, Costs, Layers
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
    where there is an origin; `score` is `route-v2`, 0 to 1."""

    steps: tuple[Step, ...]
    options: tuple[Option, ...]
    legs: tuple[Leg, ...]
    first: Leg | None
    features: tuple[tuple[str, Score], ...]
    score: float

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
    """What the search is bound by and ordered by. `origin` is where the way begins."""

    limit: int = 5
    max_hand_overs: int | None = None
    origin: Place | None = None
    by_distance: bool = False
    money: Verdict | None = None


def layers_of(options: Sequence[Sequence[Option]], distances: Distances, wish: Wish) -> Layers:
    count = len(options)
    legs = max(count - 1 + (wish.origin is not None), 1)
    steps = tuple(np.array([_step_cost(one, count) for one in held]) for held in options)
    if wish.origin is not None:
        first = np.array([_way_cost(_first_km(one, distances, wish), legs, wish) for one in options[0]])
        steps = (steps[0] + first, *steps[1:])
    pairs = list(pairwise(options))
    moves = tuple(_moves(one, two) for one, two in pairs)
    ways = tuple(_ways(one, two, distances, legs, wish) for one, two in pairs)
    handing = WEIGHTS["hand_overs"] / max(count - 1, 1)
    costs = tuple(way + handing * move for way, move in zip(ways, moves, strict=True))
    return Layers(steps, costs, moves)


def _step_cost(option: Option, count: int) -> float:
    return sum(WEIGHTS[name] * (1 - score.value) for name, score in _step_features(option)) / count


def _step_features(option: Option) -> tuple[tuple[str, Score], ...]:
    return (
        ("proof", rank.proof(option.verdict)),
        ("operation", rank.operation(option.how)),
        ("envelope", rank.envelope(option.numbers)),
        ("headroom", rank.headroom(option.numbers)),
    )


def _way_cost(km: float | None, legs: int, wish: Wish) -> float:
    cost = WEIGHTS["nearness"] * (1 - rank.nearness(km).value) / legs
    if wish.by_distance:
        cost += BY_DISTANCE * (NO_DISTANCE if km is None else km)
    return cost


def _first_km(option: Option, distances: Distances, wish: Wish) -> float | None:
    return distances.between(Site((), wish.origin), option.offer.site)


def _moves(one: Sequence[Option], two: Sequence[Option]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    places = sorted({option.offer.where for option in (*one, *two)})
    codes = {place: code for code, place in enumerate(places)}
    a = np.array([codes[option.offer.where] for option in one])
    b = np.array([codes[option.offer.where] for option in two])
    return np.asarray(a[:, None] != b[None, :], dtype=np.int64)


def _ways(one: Sequence[Option], two: Sequence[Option], distances: Distances, legs: int, wish: Wish) -> Costs:
    """Costs of the ways between all pairs; places repeat, so each pair of places is measured once."""
    ours, theirs = _spots(one), _spots(two)
    table = np.array([[_way_cost(_km(a, b, distances), legs, wish) for b in theirs] for a in ours])
    rows = [ours.index(_spot(option)) for option in one]
    columns = [theirs.index(_spot(option)) for option in two]
    return np.asarray(table[np.ix_(rows, columns)], dtype=np.float64)


Spot = tuple[str, Site]
"""Whose hands it is in, and where."""


def _spot(option: Option) -> Spot:
    return option.offer.where, option.offer.site


def _spots(options: Sequence[Option]) -> list[Spot]:
    return list(dict.fromkeys(map(_spot, options)))


def _km(one: Spot, two: Spot, distances: Distances) -> float | None:
    """0 within an institution at one place, also where nobody knows where that is."""
    if one[0] == two[0] and one[1].place == two[1].place:
        return 0.0
    return distances.between(one[1], two[1])


def route_of(
    steps: Sequence[Step],
    options: Sequence[Sequence[Option]],
    chain: Chain,
    distances: Distances,
    wish: Wish,
) -> Route:
    taken = tuple(options[i][o] for i, o in enumerate(chain))
    sites = [_spot(option) for option in taken]
    legs = tuple(Leg(_km(a, b, distances), a[0] != b[0]) for a, b in pairwise(sites))
    first = Leg(_first_km(taken[0], distances, wish), False) if wish.origin is not None else None
    features = _features(taken, legs, first, wish)
    score = sum(WEIGHTS[name] * feature.value for name, feature in features)
    return Route(tuple(steps), taken, legs, first, features, round(score, 4))


def _features(
    taken: Sequence[Option], legs: Sequence[Leg], first: Leg | None, wish: Wish
) -> tuple[tuple[str, Score], ...]:
    by_step = [dict(_step_features(option)) for option in taken]
    numbers = [proof for option in taken for proof in option.numbers]
    silent = sum(not option.numbers for option in taken)
    told = {"envelope": rank.proved(numbers, silent), "headroom": rank.headroom(numbers).reason}
    return (
        *(
            (name, rank.mean([one[name] for one in by_step], told.get(name)))
            for name in ("proof", "operation", "envelope", "headroom")
        ),
        ("hand_overs", rank.hand_overs(sum(leg.hands_over for leg in legs), len(taken))),
        ("nearness", _near([*([first] if first else []), *legs])),
        ("money", rank.money(wish.money)),
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
