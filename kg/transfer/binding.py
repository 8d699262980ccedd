"""Which bound of the whole route keeps every chain out: deadline, budget, a calendar that is never free.

Found by searching again without the bounds: the earliest end and the smallest bill that there are, each among
the chains that keep the other bound where there are any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kg.transfer.candidates import Option
from kg.transfer.costing import Wish, layers_of
from kg.transfer.documents import Entity
from kg.transfer.front import UNPRICED, YUAN, Measured, end_of, front, measured, problem_of
from kg.transfer.pareto import UNKNOWN, Problem
from kg.transfer.places import Distances
from kg.transfer.proof import Amount
from kg.transfer.requirement import Step
from kg.transfer.route import Chain
from kg.transfer.schedule import NEVER
from kg.transfer.timeline import When
from kg.transfer.ways import ways_of
from kg.transfer.whynot import WhyNot
from kg.wording import Sentence, yuan

OPEN = Sentence("可用", "open")


def too_late(when: When | None) -> WhyNot | None:
    """A deadline before the first day on which anything may begin: no line can keep it."""
    if when is None or when.by is None or when.by >= when.begin:
        return None
    days = Amount(float((when.begin - when.by).days), "d")
    return WhyNot("by", when.by.isoformat(), when.begin.isoformat(), short_by=days)


def binding(
    steps: Sequence[Step],
    options: Sequence[Sequence[Option]],
    distances: Distances,
    wish: Wish,
    accepted: Callable[[Chain], bool],
) -> list[WhyNot]:
    """The bounds that no chain keeps, each with the best that there is; none where it is not for a bound."""
    ways = ways_of(options, distances, wish.origin)
    bound = problem_of(options, layers_of(options, ways, wish), ways, wish)
    free_wish = replace(wish, when=replace(wish.when, by=None, budget=None)) if wish.when else wish
    free = problem_of(options, layers_of(options, ways, wish), ways, free_wish)
    chains = [chain for chain in front(free, options)[0] if accepted(chain)]
    found = [one for chain in chains if (one := measured(free, chain)) is not None]
    if not found:
        return _never(steps, options, free)
    when = wish.when
    by = NEVER if when is None or when.by is None else when.by.toordinal()
    in_time = [one for one in found if _earliest(one, free) <= by]
    paid = [one for one in found if one.sums[YUAN] <= bound.most[YUAN]]
    entries: list[WhyNot] = []
    if when and when.by and not [one for one in in_time if one in (paid or found)]:
        entries.append(_late(when.by, paid or found, options, free))
    if when and when.budget is not None and not [one for one in paid if one in (in_time or found)]:
        entries.append(_dear(when.budget, in_time or found, options))
    return entries


def _late(
    by: date, among: Sequence[Measured], options: Sequence[Sequence[Option]], problem: Problem
) -> WhyNot:
    # a chain without dates might end sooner: what the asker comes nearest to is an end that is known
    best = min(among, key=lambda one: (one.clock == UNKNOWN, _earliest(one, problem), one.chain))
    end = _earliest(best, problem)
    days = Amount(float(end - by.toordinal()), "d")
    index = _longest_wait(best.chain, problem)
    line = options[index][best.chain[index]].offer.by
    ends = date.fromordinal(end).isoformat()
    return WhyNot("by", by.isoformat(), ends, line, days, begins=_begins(best.chain, problem))


def _begins(chain: Chain, problem: Problem) -> date | None:
    """The first day of a chain's first step, where its length is known."""
    timing = problem.timings[0][chain[0]]
    end = end_of(timing, problem.begin - 1)
    if end in (UNKNOWN, NEVER) or timing.length is None:
        return None
    return date.fromordinal(end - timing.length + 1)


def _earliest(one: Measured, problem: Problem) -> int:
    """The last day of a chain; where it is not known, that of its latest line if that were the first."""
    if one.clock != UNKNOWN:
        return one.clock
    timings = (problem.timings[i][option] for i, option in enumerate(one.chain))
    return max(end_of(timing, problem.begin - 1) for timing in timings)


def _longest_wait(chain: Chain, problem: Problem) -> int:
    """The step that holds a chain up most: the days from the end of the one before it to its own, where that
    is not known from the beginning."""
    clock, found = problem.begin - 1, list[int]()
    for i, option in enumerate(chain):
        timing = problem.timings[i][option]
        end = end_of(timing, clock)
        found.append((end_of(timing, problem.begin - 1) - problem.begin) if end == UNKNOWN else end - clock)
        clock = end
    return max(range(len(found)), key=lambda i: (found[i], -i))


def _dear(budget: float, among: Sequence[Measured], options: Sequence[Sequence[Option]]) -> WhyNot:
    best = min(among, key=lambda one: (one.sums[UNPRICED], one.sums[YUAN], one.chain))
    taken = [options[i][o] for i, o in enumerate(best.chain)]
    dearest: Entity = max(taken, key=lambda option: option.bill.known).offer.by
    short = Amount(round(best.sums[YUAN] - budget, 2), "yuan")
    return WhyNot("budget", yuan(budget), yuan(best.sums[YUAN]), dearest, short)


def _never(steps: Sequence[Step], options: Sequence[Sequence[Option]], problem: Problem) -> list[WhyNot]:
    """Steps whose lines are never free, or only after what they need has lapsed."""
    found: list[WhyNot] = []
    clock = problem.begin - 1
    for i, held in enumerate(options):
        ends = [end_of(timing, clock) for timing in problem.timings[i]]
        if min(ends) == NEVER:
            found.append(_lapsed(steps[i], held, problem, i, clock) or _blocked(steps[i], held[0]))
        clock = UNKNOWN if UNKNOWN in ends else min(ends)
        if clock == NEVER:
            break
    return found


def _lapsed(step: Step, held: Sequence[Option], problem: Problem, index: int, clock: int) -> WhyNot | None:
    for option, timing in zip(held, problem.timings[index], strict=True):
        end = end_of(replace(timing, until=NEVER - 1), clock)
        if option.lapses and end not in (NEVER, UNKNOWN):
            first = min(option.lapses, key=lambda lapse: lapse.until)
            days = Amount(float(end - first.until.toordinal()), "d")
            until = first.until.isoformat()
            ended = date.fromordinal(end).isoformat()
            needed = Sentence(f"{first.what} 到 {ended} 仍有效", f"{first.what} valid to {ended}")
            return WhyNot(first.constraint, needed, until, option.offer.by, days, step.unit_op)
    return None


def _blocked(step: Step, option: Option) -> WhyNot:
    calendar = option.offer.terms.calendar
    shown = "、".join(one.shown for one in calendar.blocked) if calendar else None
    return WhyNot("availability", OPEN, shown, option.offer.by, step=step.unit_op)
