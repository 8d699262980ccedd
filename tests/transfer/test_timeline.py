"""Routes on the calendar and with their bill, from a store to the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.transfer import Knowledge, RouteOptions, routes_for
from kg.transfer.catalogue import Offer
from kg.transfer.costing import Route, Wish
from kg.transfer.prices import Price, Prices
from kg.transfer.schedule import Calendar, Period
from kg.transfer.terms import Terms
from kg.transfer.timeline import When
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry
from tests.transfer.test_properties import chains, offers, registries, routes, steps

TODAY = date(2026, 11, 25)


def fill(registry: Registry) -> None:
    """Two places: at A both steps, dear and at once; at B drying, cheap and from February on."""
    a = registry.institution("a", "甲中试基地", "四川省绵阳市")
    b = registry.institution("b", "乙中试基地", "四川省成都市", transport_per_km=10)
    both = registry.pilot_line(
        "la", "甲线", a, notice_days=7, min_days=5, price_per_day=8000, setup_cost=2000, setup_days=1,
        blocked=["2026-12-08～2026-12-10"],
    )  # fmt: skip
    cheap = registry.pilot_line("lb", "乙线", b, free_from="2027-02-01", min_days=5, price_per_day=1000)
    registry.capability("c1", "混料", both, "混料")
    registry.capability("c2", "喷雾干燥", both, "喷雾干燥")
    registry.capability("c3", "喷雾干燥", cheap, "喷雾干燥")
    registry.achievement("r", "粉料", [("混料", []), ("喷雾干燥", [])])


@pytest.fixture
def knowledge(ask: Ask) -> Knowledge:
    return ask(fill)


def asked(knowledge: Knowledge, **options: Any) -> dict[str, Any]:
    return routes_for(knowledge, key_or_id="r", options=RouteOptions(as_of=TODAY, **options))


def slots(route: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["start"], step["end"]) for step in route["steps"]]


def test_a_route_has_a_timeline_and_a_bill(knowledge: Knowledge) -> None:
    """Notice until 2 December; six days from the 8th on would be cut, hence the second step from the 11th."""
    first = asked(knowledge)["routes"][0]
    assert slots(first) == [("2026-12-02", "2026-12-07"), ("2026-12-11", "2026-12-16")]
    assert [step["cost"] for step in first["steps"]] == [42_000, 42_000]
    totals = first["totals"]
    assert (totals["cost"], totals["months"]) == (84_000, pytest.approx(22 / 30.4375, abs=0.01))
    assert totals["transport"] is None
    assert first["steps"][1]["schedule"]["passed"] == ["2026-12-08/2026-12-10"]


def test_every_number_of_a_bill_tells_its_record(knowledge: Knowledge) -> None:
    step = asked(knowledge)["routes"][0]["steps"][0]
    assert [(part["what"], part["count"], part["each"]) for part in step["bill"]] == [
        ("setup_cost", 1, 2000),
        ("price_per_day", 5, 8000),
    ]
    stated = [*step["bill"], *step["schedule"]["stated"]]
    assert {part["source"]["line"] for part in stated} == {4}


def test_the_cheapest_route_is_shown_with_its_transport(knowledge: Knowledge) -> None:
    found = asked(knowledge)["routes"]
    cheap = next(route for route in found if "cost" in route["best_in"])
    km = cheap["steps"][1]["km"]
    assert cheap["totals"]["transport"] == pytest.approx(km * 10)
    assert cheap["totals"]["cost"] == pytest.approx(42_000 + 5000 + km * 10)
    assert slots(cheap)[1] == ("2027-02-01", "2027-02-05")
    assert all(route["pareto"] for route in found)


def test_the_deadline_and_the_budget_are_hard(knowledge: Knowledge) -> None:
    (early,) = asked(knowledge, by=date(2026, 12, 31))["routes"]
    assert [(b["constraint"], b["verdict"], b["margin"]) for b in early["bounds"]] == [
        ("by", "fits", {"value": 15.0, "unit": "d"})
    ]
    (cheap,) = asked(knowledge, budget=60_000)["routes"]
    assert cheap["bounds"][0]["verdict"] == "fits"
    assert cheap["bounds"][0]["margin"]["value"] == pytest.approx(60_000 - cheap["totals"]["cost"])


def test_a_bound_that_nobody_keeps_is_told_with_the_best_there_is(knowledge: Knowledge) -> None:
    late = asked(knowledge, by=date(2026, 12, 10))
    assert (late["status"], late["routes"]) == ("abstain", [])
    (entry,) = late["why_not"]
    assert (entry["constraint"], entry["best_offer"], entry["short_by"]) == (
        "by", "2026-12-16", {"value": 6.0, "unit": "d"},
    )  # fmt: skip
    (dear,) = asked(knowledge, budget=40_000)["why_not"]
    assert (dear["constraint"], dear["short_by"]["unit"]) == ("budget", "yuan")
    both = asked(knowledge, by=date(2026, 12, 31), budget=60_000)["why_not"]
    assert [(one["constraint"], one["short_by"]["value"]) for one in both] == [
        ("by", 36.0),
        ("budget", 24_000.0),
    ]


def test_a_deadline_in_the_past_is_said(knowledge: Knowledge) -> None:
    (entry,) = asked(knowledge, by=date(2026, 11, 1))["why_not"]
    assert (entry["constraint"], entry["best_offer"], entry["short_by"]["value"]) == (
        "by",
        "2026-12-16",
        45.0,
    )


def test_without_calendar_and_price_the_bounds_are_unknown(ask: Ask) -> None:
    def bare(registry: Registry) -> None:
        body = registry.institution("a", "甲中试基地")
        registry.capability("c1", "混料", registry.pilot_line("la", "甲线", body), "混料")
        registry.achievement("r", "粉料", [("混料", [])])

    (route,) = asked(ask(bare), by=date(2026, 12, 31), budget=1000)["routes"]
    assert slots(route) == [(None, None)]
    assert (route["steps"][0]["cost"], route["totals"]["cost"], route["totals"]["months"]) == (
        None,
        None,
        None,
    )
    assert [bound["verdict"] for bound in route["bounds"]] == ["unknown", "unknown"]
    assert sum("甲线" in question for question in route["open_questions"]) == 2


def test_what_is_dearer_and_later_and_in_nothing_better_is_not_shown(ask: Ask) -> None:
    def three(registry: Registry) -> None:
        body = registry.institution("a", "甲中试基地")
        for key, free, price in (("l1", "2027-01-01", 10), ("l2", "2027-02-01", 5), ("l3", "2027-03-01", 11)):
            line = registry.pilot_line(key, key, body, free_from=free, min_days=1, price_per_day=price)
            registry.capability(f"c{key}", "混料", line, "混料")
        registry.achievement("r", "粉料", [("混料", [])])

    found = asked(ask(three))["routes"]
    assert {route["steps"][0]["line"]["key"] for route in found} == {"l1", "l2"}


def test_a_line_that_is_never_free_is_no_way(ask: Ask) -> None:
    def booked(registry: Registry) -> None:
        line = registry.pilot_line(
            "la", "甲线", registry.institution("a", "甲中试基地"), blocked=["2026-01-01起"]
        )
        registry.capability("c1", "混料", line, "混料")
        registry.achievement("r", "粉料", [("混料", [])])

    document = asked(ask(booked))
    assert document["status"] == "abstain"
    assert [(one["constraint"], one["best_offer"]) for one in document["why_not"]] == [
        ("availability", "2026-01-01/..")
    ]


when = st.builds(
    When,
    as_of=st.just(TODAY),
    by=st.none() | st.integers(0, 60).map(lambda n: TODAY + timedelta(days=n)),
    budget=st.none() | st.integers(0, 60).map(float),
)
held_up = st.integers(0, 30).map(lambda n: Period(TODAY + timedelta(days=n), TODAY + timedelta(days=n + 4)))
calendars = st.builds(
    lambda free, held: Calendar(TODAY + timedelta(days=free), tuple(held)),
    st.integers(0, 30),
    st.lists(held_up, max_size=2),
)
prices = st.integers(0, 5).map(lambda n: Prices(Price(float(n))))
terms = st.builds(
    Terms,
    calendar=st.none() | calendars,
    min_days=st.none() | st.integers(1, 9),
    prices=st.just(Prices()) | prices,
)


def on_terms(rows: list[Any], held: list[Terms]) -> list[Offer]:
    return [replace(offer, terms=held[i]) for i, offer in enumerate(offers(rows))]


def found(rows: list[Any], held: list[Terms], chain: list[Any], bound: When) -> list[Route]:
    return list(routes(steps(chain), on_terms(rows, held), Wish(limit=1000, when=bound)).routes)


def taken(among: list[Route]) -> set[tuple[str, ...]]:
    return {tuple(option.offer.id for option in route.options) for route in among}


@settings(max_examples=60, deadline=None)
@given(registries, st.lists(terms, min_size=8, max_size=8), chains, when, st.integers(0, 20))
def test_relaxing_budget_or_deadline_never_removes_a_route(
    rows: list[Any], held: list[Terms], chain: list[Any], bound: When, more: int
) -> None:
    wider = replace(
        bound,
        by=bound.by + timedelta(days=more) if bound.by else None,
        budget=bound.budget + more if bound.budget is not None else None,
    )
    tight, wide = (taken(found(rows, held, chain, w)) for w in (bound, wider))
    assert tight <= wide


@settings(max_examples=60, deadline=None)
@given(registries, st.lists(terms, min_size=8, max_size=8), chains, when)
def test_no_route_breaks_a_bound_that_can_be_checked(
    rows: list[Any], held: list[Terms], chain: list[Any], bound: When
) -> None:
    for route in found(rows, held, chain, bound):
        line = route.timeline
        assert bound.budget is None or line.known_cost <= bound.budget
        assert bound.by is None or line.end is None or line.end <= bound.by


@settings(max_examples=40, deadline=None)
@given(registries, st.lists(terms, min_size=8, max_size=8), chains, st.tuples(
    st.integers(0, 3), st.sampled_from(("喷雾造粒", "烧结")), st.just(1), st.just(20), st.booleans()
))  # fmt: skip
def test_adding_a_line_never_worsens_the_best_cost_or_the_earliest_end(
    rows: list[Any], held: list[Terms], chain: list[Any], more: Any
) -> None:
    """Where the line closes no way (one that falls short of the very operation may)."""
    one, two = (found(some, held, chain, When(TODAY)) for some in (rows, [*rows, more]))
    assume(taken(one) <= taken(two))
    costs = [[r.timeline.cost for r in some if r.timeline.cost is not None] for some in (one, two)]
    ends = [[r.timeline.end for r in some if r.timeline.end is not None] for some in (one, two)]
    assert not costs[0] or min(costs[1]) <= min(costs[0])
    assert not ends[0] or min(ends[1]) <= min(ends[0])


def test_a_deadline_that_is_over_is_said_so(knowledge: Knowledge) -> None:
    found = asked(knowledge, by=date(2025, 1, 1))
    assert found["status"] == "abstain"
    assert "2025-01-01 已过" in found["open_questions"][0]


def test_the_nearest_end_is_that_of_a_route_and_not_of_a_chain_of_questions(ask: Ask) -> None:
    """A sister without a calendar might end at once; who comes nearest is who does the operation."""

    def with_sister(registry: Registry) -> None:
        fill(registry)
        registry.capability("c4", "冻干", registry.institution("c", "丙基地", "四川省绵阳市"), "冷冻干燥")

    (late,) = asked(ask(with_sister), by=date(2026, 12, 6))["why_not"]
    assert (late["constraint"], late["best_offer"]) == ("by", "2026-12-16")


def test_a_capability_for_two_operations_is_one_offer(ask: Ask) -> None:
    def two(registry: Registry) -> None:
        line = registry.pilot_line("l", "线", registry.institution("a", "甲", "四川省绵阳市"))
        both = registry.capability("c1", "喷雾", line, "喷雾干燥")
        registry.link(both, "OF", registry.operation("喷雾造粒"))
        registry.achievement("r", "粉料", [("喷雾干燥", [])])

    (route,) = asked(ask(two))["routes"]
    assert [proof["verdict"] for step in route["steps"] for proof in step["proof"]] == ["fits"]
