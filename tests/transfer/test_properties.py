"""What must hold for any registry: relaxing, adding, units, order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.transfer.candidates import Candidate, Option, prove
from kg.transfer.catalogue import Institution, Offer
from kg.transfer.costing import Wish
from kg.transfer.documents import Entity
from kg.transfer.mandate import Place
from kg.transfer.operation import related
from kg.transfer.places import Distances
from kg.transfer.planning import Plan, plan
from kg.transfer.quantities import Asked, Limit, Origin, asked_from_document
from kg.transfer.requirement import Step
from kg.values.region import distance_km
from kg.vocabulary import load_vocabulary
from tests.transfer.registry import asked_document
from tests.transfer.test_envelope import limit

VOCABULARY = load_vocabulary()
OPERATIONS = ("喷雾造粒", "喷雾干燥", "烧结", "真空烧结")
PLACES = (Place("绵阳", "510700"), Place("成都", "510100"), Place("北京", "110000"), None)
ALL = Wish(limit=1000)

offered = st.tuples(
    st.integers(0, 3), st.sampled_from(OPERATIONS), st.integers(1, 20), st.integers(0, 20), st.booleans()
)
registries = st.lists(offered, min_size=0, max_size=7)
chains = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.none() | st.integers(1, 40)),
    min_size=1,
    max_size=3,
    unique_by=lambda s: s[0],
)

Row = tuple[int, str, int, int, bool]


def offers(rows: list[Row]) -> list[Offer]:
    found = []
    for index, (where, operation, low, width, states) in enumerate(rows):
        body = Institution(
            Entity(f"i{where}", f"i{where}", "PilotInstitution", f"机构{where}", True), PLACES[where]
        )
        limits: tuple[Limit, ...] = (limit("处理量", f"{low}～{low + width} kg/h"),) if states else ()
        capability = Entity(f"c{index:02}", f"c{index}", "Capability", operation, True)
        found.append(Offer(f"c{index:02}", capability, None, body, operation, limits, place=PLACES[where]))
    return found


def asked(value: float, unit: str = "kg/h", relation: str = "") -> Asked:
    return asked_from_document(asked_document("处理量", f"{relation}{value!r} {unit}"), Origin())


def steps(chain: list[tuple[str, int | None]], unit: str = "kg/h", relation: str = "") -> list[Step]:
    return [
        Step(
            i,
            name,
            name,
            () if rate is None else (asked(rate * (1 if unit == "kg/h" else 1 / 3.6), unit, relation),),
        )
        for i, (name, rate) in enumerate(chain)
    ]


def options(step: Step, among: list[Offer]) -> list[Option]:
    hows = [(offer, related(VOCABULARY, step.unit_op, offer.unit_op)) for offer in among]
    return [prove(step, Candidate(offer, how, ("graph",)), None) for offer, how in hows if how is not None]


def routes(wanted: list[Step], among: list[Offer], wish: Wish = ALL) -> Plan:
    return plan(wanted, [options(step, among) for step in wanted], Distances(distance_km), wish)


def chosen(found: Plan) -> set[tuple[str, ...]]:
    return {tuple(option.offer.id for option in route.options) for route in found.routes}


@settings(max_examples=60, deadline=None)
@given(registries, chains, st.integers(0, 2))
def test_relaxing_a_bound_never_removes_a_route(
    rows: list[Row], chain: list[tuple[str, int | None]], most: int
) -> None:
    among = offers(rows)
    tight = chosen(routes(steps(chain, relation="≥"), among, replace(ALL, max_hand_overs=most)))
    assert tight <= chosen(routes(steps(chain, relation="≥"), among, replace(ALL, max_hand_overs=most + 1)))
    lower = [(name, None if rate is None else max(1, rate - 3)) for name, rate in chain]
    assert tight <= chosen(routes(steps(lower, relation="≥"), among, replace(ALL, max_hand_overs=most)))


@settings(max_examples=60, deadline=None)
@given(registries, offered, chains)
def test_adding_a_line_never_worsens_the_best_score(
    rows: list[Row], more: Row, chain: list[tuple[str, int | None]]
) -> None:
    """One that falls short is a reason for no, where only others than the very operation were left."""
    wanted, added = steps(chain), offers([*rows, more])[-1:]
    assume(not any(option.verdict == "short" for step in wanted for option in options(step, added)))
    before, after = routes(wanted, offers(rows)), routes(wanted, offers([*rows, more]))
    best = max((route.score for route in before.routes), default=0.0)
    assert max((route.score for route in after.routes), default=0.0) >= best


@settings(max_examples=40, deadline=None)
@given(registries, chains)
def test_the_unit_does_not_matter(rows: list[Row], chain: list[tuple[str, int | None]]) -> None:
    one, two = (routes(steps(chain, unit), offers(rows)) for unit in ("kg/h", "g/s"))
    assert chosen(one) == chosen(two)
    assert [r.score for r in one.routes] == pytest.approx([r.score for r in two.routes], abs=1.01e-4)


@settings(max_examples=40, deadline=None)
@given(registries, chains, st.randoms())
def test_the_order_of_offers_does_not_matter(
    rows: list[Row], chain: list[tuple[str, int | None]], shuffle: random.Random
) -> None:
    among = offers(rows)
    mixed = list(among)
    shuffle.shuffle(mixed)
    one, two = routes(steps(chain), among), routes(steps(chain), mixed)
    assert chosen(one) == chosen(two)
    assert [route.score for route in one.routes] == [route.score for route in two.routes]


@settings(max_examples=60, deadline=None)
@given(registries, chains, st.integers(1, 3))
def test_no_route_holds_a_short_step_and_the_first_is_the_best_of_all(
    rows: list[Row], chain: list[tuple[str, int | None]], limit_of_routes: int
) -> None:
    few, every = (routes(steps(chain), offers(rows), Wish(limit=n)) for n in (limit_of_routes, 1000))
    assert all(proof.verdict != "short" for r in every.routes for o in r.options for proof in o.proofs)
    assert bool(few.routes) == bool(every.routes)
    if few.routes:
        assert few.routes[0].score == max(route.score for route in every.routes)
    assert bool(few.routes) != bool(few.why_not)
