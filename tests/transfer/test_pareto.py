"""The Pareto set of the label setting is the one that trying every chain finds."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.transfer.pareto import UNKNOWN, Found, Problem, Timing, pareto, undominated
from kg.transfer.route import Chain
from kg.transfer.schedule import NEVER, Starts

SUMS = 3
BEGIN = 100

periods = st.lists(
    st.tuples(st.integers(95, 140), st.integers(0, 9)).map(lambda p: (p[0], p[0] + p[1])), max_size=3
)


def disjoint(taken: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(taken):
        if not found or begin > found[-1][1] + 1:
            found.append((begin, end))
    return tuple(found)


timings = st.builds(
    Timing,
    floor=st.integers(90, 130),
    length=st.none() | st.integers(1, 6),
    starts=periods.map(lambda taken: Starts(disjoint(taken))),
    known=st.booleans(),
    until=st.sampled_from((NEVER, 130)),
)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    number = st.integers(0, 3)

    def table(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        count = int(np.prod(shape))
        return np.array(draw(st.lists(number, min_size=count, max_size=count)), dtype=float).reshape(shape)

    return Problem(
        tuple(table(n, SUMS) for n in sizes),
        tuple(table(a, b, SUMS) for a, b in itertools.pairwise(sizes)),
        tuple(tuple(draw(timings) for _ in range(n)) for n in sizes),
        np.array([draw(st.sampled_from((np.inf, 6.0))), np.inf, np.inf]),
        BEGIN,
        draw(st.sampled_from((NEVER - 1, 125))),
    )


def end_by_hand(timing: Timing, clock: int) -> int | None:
    """Day after day: None where there is no slot in time, `UNKNOWN` where it is not known."""
    if not timing.known or clock == UNKNOWN:
        return UNKNOWN
    start = max(clock + 1, timing.floor)
    while any(begin <= start <= end for begin, end in timing.starts.taken):
        start += 1
    if timing.length is None:
        return UNKNOWN
    end = start + timing.length - 1
    return end if end <= timing.until else None


def every_chain(problem: Problem) -> dict[Chain, tuple[float, ...]]:
    """Every chain within the bounds with its sums, its clock and its steps without one."""
    found: dict[Chain, tuple[float, ...]] = {}
    for chain in itertools.product(*(range(len(step)) for step in problem.steps)):
        sums, clock, blind, open_ = np.zeros(SUMS), BEGIN - 1, 0, True
        for i, option in enumerate(chain):
            sums = sums + problem.steps[i][option] + (problem.legs[i - 1][chain[i - 1], option] if i else 0)
            end = end_by_hand(problem.timings[i][option], clock)
            open_ = open_ and end is not None and end <= problem.latest
            clock = NEVER if end is None else end
            blind += clock == UNKNOWN
        if open_ and bool(np.all(sums <= problem.most)):
            found[chain] = (*sums.tolist(), clock, blind)
    return found


def by_brute_force(problem: Problem) -> set[tuple[float, ...]]:
    points = set(every_chain(problem).values())
    return {one for one in points if not any(two != one and all(map(le, two, one)) for two in points)}


def le(one: float, two: float) -> bool:
    return one <= two


def points(problem: Problem, found: Found) -> list[tuple[float, ...]]:
    whole = every_chain(problem)
    return [whole[chain] for chain in found.chains]


@settings(max_examples=300, deadline=None)
@given(problems())
def test_every_undominated_point_is_found_and_nothing_else(problem: Problem) -> None:
    found = pareto(problem)
    assert found.exact
    assert sorted(points(problem, found)) == sorted(by_brute_force(problem))


@settings(max_examples=100, deadline=None)
@given(problems())
def test_what_is_told_of_a_chain_is_what_it_comes_to(problem: Problem) -> None:
    found = pareto(problem)
    told = [(*sums, clock) for sums, clock in zip(found.sums, found.clocks, strict=True)]
    assert told == [point[:-1] for point in points(problem, found)]


@settings(max_examples=100, deadline=None)
@given(problems())
def test_thinned_labels_keep_the_bounds_and_lose_no_answer_to_one_of_them(problem: Problem) -> None:
    found, whole = pareto(problem, most_labels=1), every_chain(problem)
    assert set(found.chains) <= set(whole)
    if found.exact:
        assert sorted(points(problem, found)) == sorted(by_brute_force(problem))
    assert bool(found.chains) or not whole or not np.isinf(problem.most[0])


def test_an_unknown_price_neither_beats_nor_is_beaten_by_a_known_one() -> None:
    """First column: yuan that are known; second: steps without a price."""
    table = np.array([[100.0, 0.0], [0.0, 1.0], [200.0, 0.0]])
    assert sorted(undominated(table)) == [0, 1]


def test_without_an_option_there_is_no_chain() -> None:
    assert pareto(Problem((), (), (), np.zeros(0), BEGIN)).chains == ()
