"""From a requirement and the options of its steps to ranked routes, or to the reasons why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.transfer.binding import binding, too_late
from kg.transfer.candidates import Option
from kg.transfer.costing import Route, Wish, layers_of, route_of
from kg.transfer.front import Measured, cost_of, front, leaders, measured, problem_of, unbeaten, worth_showing
from kg.transfer.pareto import Problem
from kg.transfer.places import Distances
from kg.transfer.proof import Amount
from kg.transfer.requirement import Step
from kg.transfer.route import Chain, Layers, best_chains, diverse, fewest_moves
from kg.transfer.ways import ways_of
from kg.transfer.whynot import WhyNot, only_questions, why_not

SPARE = 6
"""So many times the asked number of chains are found before the unlike ones among them are taken."""

PROMOTED = ("cost", "months")
"""Totals in which the best route that is no more uncertain than the first is always among those shown."""


@dataclass(frozen=True)
class Plan:
    """Routes, best first; without one, why not. `uncovered` are steps that nobody offers and that a route can
    do without: soft and unlisted ones."""

    routes: tuple[Route, ...]
    why_not: tuple[WhyNot, ...] = ()
    uncovered: tuple[Step, ...] = ()
    nearest: tuple[Option, ...] = ()


def plan(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], distances: Distances, wish: Wish
) -> Plan:
    """The routes over the steps, in order; the options of each step may include those that are short."""
    late = too_late(wish.when)
    every = range(len(steps))
    open_ones = {i: open_options(options[i]) for i in every}
    blocked = [
        entry for i in must_steps(steps) if not open_ones[i] for entry in why_not(steps[i], options[i])
    ]
    kept = [i for i in every if open_ones[i]]
    uncovered = tuple(steps[i] for i in every if not open_ones[i])
    if blocked or not kept:
        return Plan((), tuple(blocked), uncovered, _nearest(options))
    chosen, still_open = [steps[i] for i in kept], [open_ones[i] for i in kept]
    silent = sum(step.role == "unlisted" for step in uncovered)
    search = _sure_first if wish.by_distance else _search
    routes = [] if late else search(chosen, still_open, distances, wish, silent)
    if routes:
        return Plan(tuple(routes), (), uncovered)
    bound = _bound(chosen, still_open, distances, wish, silent)
    missing = [entry for i in every if not open_ones[i] for entry in why_not(steps[i], options[i])]
    reasons = bound or (*missing, *_ungrounded(chosen, [options[i] for i in kept], still_open))
    return Plan((), reasons, uncovered, _nearest(options))


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

    ways = ways_of(options, distances, wish.origin)
    layers = layers_of(options, ways, wish)
    problem = problem_of(options, layers, ways, wish)
    pool = worth_showing(_pool(problem, layers, options, wish, accepted))
    if not pool and not unsure:
        return _search_proven(steps, options, distances, wish, silent)
    if not pool:
        return []
    lead, unbeaten_ones = leaders(pool, pool[0]), unbeaten(pool)
    first = [chains[0] for name in PROMOTED if (chains := lead.get(name))]
    picked = diverse([(cost_of(one, problem), one.chain) for one in pool], wish.limit, first=first)
    return [
        replace(
            route_of(steps, options, chain, ways, wish),
            pareto=chain in unbeaten_ones,
            best_in=tuple(name for name, chains in lead.items() if chain in chains),
        )
        for _, chain in picked
    ]


def _pool(
    problem: Problem,
    layers: Layers,
    options: Sequence[Sequence[Option]],
    wish: Wish,
    accepted: Callable[[Chain], bool],
) -> list[Measured]:
    """The best chains by score and the undominated ones, within the bounds, best first."""

    def open_one(chain: Chain) -> bool:
        return accepted(chain) and measured(problem, chain) is not None

    best = [chain for _, chain in best_chains(layers, wish.limit * SPARE, wish.max_hand_overs, open_one)]
    chains, _ = front(problem, options)
    every = dict.fromkeys([*best, *(chain for chain in chains if accepted(chain))])
    found = [one for chain in every if (one := measured(problem, chain)) is not None]
    found.sort(key=lambda one: (cost_of(one, problem), one.chain))
    once: dict[tuple[str, ...], Measured] = {}
    for one in found:  # a capability that does two operations is one offer, taken as the better of them
        once.setdefault(tuple(options[i][o].offer.capability.id for i, o in enumerate(one.chain)), one)
    return list(once.values())


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


def _bound(
    steps: Sequence[Step],
    still_open: Sequence[Sequence[Option]],
    distances: Distances,
    wish: Wish,
    silent: int,
) -> tuple[WhyNot, ...]:
    """What the asker's bounds keep from being a route: too many hand-overs, too late, too dear."""
    layers = layers_of(still_open, ways_of(still_open, Distances(lambda one, two: None), None), wish)
    fewest = fewest_moves(layers)
    most = wish.max_hand_overs
    if most is not None and fewest is not None and fewest > most:
        return (WhyNot("max_hand_overs", most, fewest, short_by=Amount(float(fewest - most), "hand-overs")),)
    bound = binding(steps, still_open, distances, wish, lambda one: _grounded(one, still_open, silent))
    return tuple(bound or [one for one in (too_late(wish.when),) if one])


def _ungrounded(
    steps: Sequence[Step], options: Sequence[Sequence[Option]], still_open: Sequence[Sequence[Option]]
) -> tuple[WhyNot, ...]:
    """The steps of which nothing is known to fit, which is too little ground for a recommendation."""
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


def _nearest(options: Sequence[Sequence[Option]], count: int = 3) -> tuple[Option, ...]:
    """The offers nearest to what is asked, of all steps, to ask."""
    held = [option for of_step in options for option in of_step if option.verdict != "short"]
    return tuple(sorted(held, key=lambda option: (-option.how.strength, option.offer.id))[:count])
