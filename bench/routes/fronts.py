"""The Pareto set against every combination: small random registries, tried out chain by chain."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kg.transfer.candidates import Candidate, Option, prove
from kg.transfer.catalogue import Institution, Offer
from kg.transfer.costing import Wish, layers_of
from kg.transfer.documents import Entity
from kg.transfer.front import Measured, front, measured, problem_of, unbeaten
from kg.transfer.mandate import Place
from kg.transfer.operation import STRENGTH, Match, Related
from kg.transfer.places import Distances
from kg.transfer.prices import Price, Prices
from kg.transfer.requirement import Step
from kg.transfer.schedule import Calendar, Period
from kg.transfer.terms import Terms
from kg.transfer.timeline import When
from kg.transfer.ways import ways_of
from kg.values.region import distance_km

TODAY = date(2026, 11, 25)
PLACES = (
    Place("绵阳", "510700"),
    Place("成都", "510100"),
    Place("重庆", "500000"),
    Place("北京", "110000"),
    None,
)


@dataclass(frozen=True)
class FrontCheck:
    """Of so many cases in how many the set is the one that trying everything gives; and the sizes."""

    cases: int
    equal: int
    chains: int
    points: int


def check_fronts(cases: int, seed: int) -> FrontCheck:
    """Random registries of two to four steps with two to five offers each."""
    equal = chains = points = 0
    for number in range(cases):
        rng = Random(f"{seed}:{number}")
        options = [
            [_option(rng, step, one) for one in range(rng.randint(2, 5))] for step in range(rng.randint(2, 4))
        ]
        wish = Wish(when=_when(rng), max_hand_overs=rng.choice((None, None, 1, 2)))
        every, best, found = _both(options, wish)
        equal += best == found
        chains += every
        points += len(best)
    return FrontCheck(cases, equal, chains, points)


def _both(
    options: list[list[Option]], wish: Wish
) -> tuple[int, set[tuple[float, ...]], set[tuple[float, ...]]]:
    """How many chains there are within the bounds, the undominated points of all, and those of the search."""
    ways = ways_of(options, Distances(distance_km), wish.origin)
    problem = problem_of(options, layers_of(options, ways, wish), ways, wish)
    tried = itertools.product(*(range(len(held)) for held in options))
    every = [one for chain in tried if (one := measured(problem, chain)) is not None]
    searched = [one for chain in front(problem, options)[0] if (one := measured(problem, chain)) is not None]
    return len(every), _points(every), _points(searched)


def _points(pool: list[Measured]) -> set[tuple[float, ...]]:
    best = unbeaten(pool)
    return {one.counts for one in pool if one.chain in best}


def _when(rng: Random) -> When:
    by = TODAY + timedelta(days=rng.randint(20, 90)) if rng.random() < 0.4 else None
    return When(TODAY, None, by, float(rng.randint(5, 40) * 1000) if rng.random() < 0.4 else None)


def _option(rng: Random, step: int, number: int) -> Option:
    where = rng.randrange(len(PLACES))
    body = Institution(
        Entity(f"i{where}", f"i{where}", "PilotInstitution", f"机构{where}", True), PLACES[where]
    )
    key = f"c{step}{number}"
    capability = Entity(key, key, "Capability", "工序", True)
    offer = Offer(key, capability, None, body, f"工序{step}", place=PLACES[where], terms=_terms(rng))
    match: Match = "sister" if rng.random() < 1 / 3 else "same"
    return prove(
        Step(step, f"工序{step}", f"工序{step}"),
        Candidate(offer, Related(match, STRENGTH[match]), ("graph",)),
        None,
    )


def _terms(rng: Random) -> Terms:
    held = [TODAY + timedelta(days=rng.randint(0, 40)) for _ in range(rng.randint(0, 2))]
    calendar = Calendar(
        TODAY + timedelta(days=rng.randint(0, 30)),
        tuple(Period(day, day + timedelta(days=rng.randint(2, 12))) for day in held),
        float(rng.choice((0, 7, 14))),
    )
    price, per_km = Price(float(rng.randint(1, 6) * 500)), Price(float(rng.randint(1, 5)))
    return Terms(
        calendar if rng.random() < 0.85 else None,
        min_days=rng.randint(1, 9) if rng.random() < 0.9 else None,
        prices=Prices(price if rng.random() < 0.85 else None, per_km=per_km if rng.random() < 0.4 else None),
    )
