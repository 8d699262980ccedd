"""What an offer's records state of calendar and prices, and how long a step takes on it."""

from __future__ import annotations

import pytest

from kg.transfer.catalogue import Offer
from kg.transfer.requirement import Run, Step
from kg.transfer.work import work_of
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry
from tests.transfer.test_properties import asked


@pytest.fixture
def offer(ask: Ask) -> Offer:
    def fill(registry: Registry) -> None:
        body = registry.institution("i1", "甲中试基地", notice_days=30, price_per_day=9000)
        line = registry.pilot_line(
            "l1",
            "造粒线",
            body,
            price_per_day=3000,
            free_from="2027-02",
            blocked=["2027-03-01～2027-03-05"],
        )
        registry.capability(
            "c1",
            "造粒",
            line,
            "喷雾造粒",
            [("处理量", "3～15 kg/h")],
            setup_days=2,
            min_days=5,
            notice_days=7,
        )  # type: ignore[arg-type]

    (found,) = ask(fill).state().offers
    return found


def test_the_capability_comes_before_its_line_and_the_line_before_its_institution(offer: Offer) -> None:
    terms = offer.terms
    assert terms.calendar is not None
    assert terms.prices.per_day is not None
    assert (terms.calendar.notice_days, terms.prices.per_day.yuan, terms.min_days) == (7, 3000, 5)
    assert [one.shown for one in terms.calendar.blocked] == ["2027-03-01/2027-03-05"]


def test_a_blocked_period_that_nobody_can_read_leaves_the_calendar_unknown(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        line = registry.pilot_line(
            "l1", "造粒线", registry.institution("i1", "甲"), blocked=["春节", "2027-03"]
        )
        registry.capability("c1", "造粒", line, "喷雾造粒")

    (found,) = ask(fill).state().offers
    assert (found.terms.calendar, found.terms.unread) == (None, ("春节",))


def test_every_fact_tells_the_record_that_states_it(offer: Offer) -> None:
    lines = {fact.name: fact.source.line for fact in offer.terms.facts}
    assert lines["price_per_day"] == 3
    assert lines["notice_days"] == 4


def test_working_days_are_asked_for_else_follow_from_amount_and_rate_else_are_the_least(offer: Offer) -> None:
    def work(run: Run, *quantities: str) -> tuple[int | None, bool]:
        rates = tuple(asked(float(one)) for one in quantities)
        found = work_of(Step(0, "喷雾造粒", "喷雾造粒", rates, run=run), offer)
        return found.days, found.estimated

    assert work(Run(days=8)) == (8, False)
    assert work(Run(days=3)) == (5, False)  # let for five days at least
    assert work(Run(amount=asked(1200, "kg"))) == (10, True)  # 1200 kg / 15 kg/h = 80 h = 10 shifts
    assert work(Run(amount=asked(1200, "kg")), "12") == (13, True)  # 100 h = 12.5 shifts
    assert work(Run(amount=asked(100, "kg"))) == (5, False)
    assert work(Run()) == (5, False)
