"""From a requirement and the options of its steps to ranked routes, or to the reasons why there is none."""

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
from kg.transfer.route import Chain, Costs, Layers, best_chains, diverse, fewest_moves
from kg.transfer.whynot import WhyNot, only_questions, why_not
from kg.wording import Sentence

SPARE = 6
"""So many times the asked number of chains are found before the unlike ones among them are taken."""
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

    @property
    def risk(self) -> float:
        """The share of what is required that is not known to fit, the mean over the steps."""
        shares = [sum(p.verdict == "unknown" for p in o.proofs) / len(o.proofs) for o in self.options]
        return round(sum(shares) / len(shares), 4)


@dataclass(frozen=True)
class Plan:
    """Routes, best first; without one, why not. `uncovered` are steps that nobody offers and that a route can
    do without: soft and unlisted ones."""

    routes: tuple[Route, ...]
    why_not: tuple[WhyNot, ...] = ()
    uncovered: tuple[Step, ...] = ()
    nearest: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What the search is bound by and ordered by. `origin` is where the way begins."""

    limit: int = 5
    max_hand_overs: int | None = None
    origin: Place | None = None
    by_distance: bool = False
    money: Verdict | None = None


def plan(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], distances: Distances, wish: Wish
) -> Plan:
    """The routes over the steps, in order; the options of each step may include those that are short."""
    every = range(len(steps))
    open_ones = {i: open_options(options[i]) for i in every}
    blocked = [
        entry for i in must_steps(steps) if not open_ones[i] for entry in why_not(steps[i], options[i])
    ]
    kept = [i for i in every if open_ones[i]]
    uncovered = tuple(steps[i] for i in every if not open_ones[i])
    if blocked or not kept:
        return Plan((), tuple(blocked), uncovered, _nearest(options))
    chosen = [steps[i] for i in kept]
    silent = sum(step.role == "unlisted" for step in uncovered)
    search = _sure_first if wish.by_distance else _search
    routes = search(chosen, [open_ones[i] for i in kept], distances, wish, silent)
    if routes:
        return Plan(tuple(routes), (), uncovered)
    held = [options[i] for i in kept]
    return Plan((), _unsearchable(chosen, held, wish), uncovered, _nearest(options))


def open_options(options: Sequence[Option]) -> list[Option]:
    """Those that are not short. Where all who do the very operation are short, another one is no way around
    them, a broader one included: it is asked about, not promised. Where others who may do it are short, one
    of which nothing is known to fit is none either."""
    left = [option for option in options if option.verdict != "short"]
    for match in ("same", "asked narrower"):
        done = [option for option in options if option.how.match == match]
        if done:
            return left if any(option.verdict != "short" for option in done) else []
    refused = any(option.verdict == "short" and option.how.match != "alike" for option in options)
    return [option for option in left if not refused or option.proven]


def must_steps(steps: Sequence[Step]) -> list[int]:
    """The steps without which there is no route: the hard ones; all, where none is hard."""
    hard = [index for index, step in enumerate(steps) if step.role == "hard"]
    return hard or list(range(len(steps)))


def _sure_first(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], distances: Distances, wish: Wish, silent: int
) -> list[Route]:
    """Near a place: chains that are proved in every step by distance, then the others by distance."""
    sure = [[option for option in held if option.verdict == "fits"] for held in options]
    found = _search(steps, sure, distances, wish, silent) if all(sure) else []
    if len(found) == wish.limit:
        return found
    rest = _search(steps, options, distances, wish, silent, unsure=all(sure))
    return [*found, *rest][: wish.limit]


def _search(
    steps: Sequence[Step],
    options: Sequence[Sequence[Option]],
    distances: Distances,
    wish: Wish,
    silent: int,
    unsure: bool = False,
) -> list[Route]:
    """The best chains and unlike ones; `unsure`: only those with an open question."""

    def accepted(chain: Chain) -> bool:
        if unsure and all(options[i][o].verdict == "fits" for i, o in enumerate(chain)):
            return False
        return _grounded(chain, options, silent)

    layers = _layers(options, distances, wish)
    chains = best_chains(layers, wish.limit * SPARE, wish.max_hand_overs, accepted)
    if not chains and not unsure:
        return _search_proven(steps, options, distances, wish, silent)
    picked = diverse(chains, wish.limit) if chains else []
    return [_route(steps, options, chain, distances, wish) for _, chain in picked]


def _search_proven(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], distances: Distances, wish: Wish, silent: int
) -> list[Route]:
    """Once more with what fits alone, wherever something does: cheap chains of questions must not hide it."""
    proven = [[option for option in held if option.proven] or list(held) for held in options]
    if sum(map(len, proven)) == sum(map(len, options)) or not groundable(options, silent):
        return []
    return _search(steps, proven, distances, wish, silent)


def groundable(options: Sequence[Sequence[Option]], silent: int = 0) -> bool:
    """Whether in at least half of the steps something fits; `silent` are the steps that nobody offers."""
    proven = sum(any(option.proven for option in held) for held in options)
    return enough(proven, len(options), silent)


def _grounded(chain: Chain, options: Sequence[Sequence[Option]], silent: int) -> bool:
    """Whether something fits in at least half of the steps: a route of questions only is no
    recommendation."""
    proven = sum(options[i][o].proven for i, o in enumerate(chain))
    return enough(proven, len(chain), silent)


def enough(proven: int, covered: int, silent: int) -> bool:
    """Whether something fits in at least half of the steps, and more of them are offered than not."""
    return 2 * proven >= covered + silent and covered > silent


def _unsearchable(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], wish: Wish
) -> tuple[WhyNot, ...]:
    """There are open options for every step, and still no route: too many hand-overs, or questions only."""
    still_open = [open_options(held) for held in options]
    layers = _layers(still_open, Distances(lambda one, two: None), wish)
    fewest = fewest_moves(layers)
    most = wish.max_hand_overs
    if most is not None and fewest is not None and fewest > most:
        from kg.transfer.proof import Amount

        return (WhyNot("max_hand_overs", most, fewest, short_by=Amount(float(fewest - most), "hand-overs")),)
    questions = [i for i, held in enumerate(still_open) if not any(option.proven for option in held)]
    return tuple(
        entry
        for i in questions
        for entry in (*_short_of(steps[i], options[i]), *only_questions(steps[i], still_open[i]))
    )


def _short_of(step: Step, options: Sequence[Option]) -> list[WhyNot]:
    """The gap of whoever does the operation itself, beside those that are only a question."""
    short = [option for option in options if option.verdict == "short" and option.operation.verdict == "fits"]
    return why_not(step, short) if short else []


def _layers(options: Sequence[Sequence[Option]], distances: Distances, wish: Wish) -> Layers:
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


def _route(
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


def _nearest(options: Sequence[Sequence[Option]], count: int = 3) -> tuple[Option, ...]:
    """The offers nearest to what is asked, of all steps, to ask."""
    held = [option for of_step in options for option in of_step if option.verdict != "short"]
    return tuple(sorted(held, key=lambda option: (-option.how.strength, option.offer.id))[:count])
