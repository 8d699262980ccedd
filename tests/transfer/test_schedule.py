"""The first free slot of a line, counted day by day; and what a step costs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.transfer.prices import Price, Prices, step_cost
from kg.transfer.schedule import Calendar, Period, period_of

TODAY = date(2026, 11, 25)


def test_days_count_inclusively() -> None:
    slot = Calendar().slot(TODAY, TODAY, 5)
    assert slot is not None
    assert (slot.start, slot.end) == (TODAY, date(2026, 11, 29))


def test_notice_and_the_first_free_day_are_waited_for() -> None:
    noticed = Calendar(notice_days=14).slot(TODAY, TODAY, 3)
    assert noticed is not None
    assert noticed.start == date(2026, 12, 9)
    free = Calendar(free_from=date(2027, 2, 1), notice_days=14).slot(TODAY, TODAY, 3)
    assert free is not None
    assert (free.start, free.end) == (date(2027, 2, 1), date(2027, 2, 3))


def test_set_up_and_work_are_one_stretch_that_no_period_cuts() -> None:
    """From 25 November two days of set-up and four of work would end on the 30th, the period's first day."""
    held = Period(date(2026, 11, 30), date(2026, 12, 4))
    slot = Calendar(blocked=(held,), setup_days=2).slot(TODAY, TODAY, 4)
    assert slot is not None
    assert (slot.start, slot.end, slot.passed) == (date(2026, 12, 5), date(2026, 12, 10), (held,))
    fits = Calendar(blocked=(held,), setup_days=2).slot(TODAY, TODAY, 3)
    assert fits is not None
    assert (fits.start, fits.end, fits.passed) == (TODAY, date(2026, 11, 29), ())


def test_a_line_that_is_never_free_has_no_slot() -> None:
    assert Calendar(blocked=(Period(date(2026, 11, 1), None),)).slot(TODAY, TODAY, 1) is None


def test_a_work_of_unknown_length_has_a_start_only() -> None:
    slot = Calendar(blocked=(Period(TODAY, TODAY),)).slot(TODAY, TODAY, None)
    assert slot is not None
    assert (slot.start, slot.end) == (date(2026, 11, 26), None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-12-01～2026-12-20", "2026-12-01/2026-12-20"),
        ("2026年12月1日至12月20日（年检）", "2026-12-01/2026-12-20"),
        ("2026年12月1日-20日", "2026-12-01/2026-12-20"),
        ("2026-12-01-2026-12-20", "2026-12-01/2026-12-20"),
        ("2026-12-28～01-05", "2026-12-28/2027-01-05"),
        ("2026/12/1~2027/1", "2026-12-01/2027-01-31"),
        ("2027年2月", "2027-02-01/2027-02-28"),
        ("2027-03-01起", "2027-03-01/.."),
        ("2026-12-24", "2026-12-24/2026-12-24"),
    ],
)
def test_a_period_as_people_write_it(text: str, shown: str) -> None:
    found = period_of(text)
    assert found is not None
    assert found.shown == shown


@pytest.mark.parametrize(
    "text", ["12月1日～12月20日", "2026-12-20～2026-12-01", "春节", "2026-13-01", "排期较满"]
)
def test_a_period_that_cannot_be_read_is_none(text: str) -> None:
    assert period_of(text) is None


days = st.integers(0, 60).map(lambda n: TODAY + timedelta(days=n))
periods = st.tuples(days, st.integers(0, 12)).map(lambda p: Period(p[0], p[0] + timedelta(days=p[1])))
calendars = st.builds(
    Calendar,
    free_from=st.none() | days,
    blocked=st.lists(periods, max_size=5).map(tuple),
    notice_days=st.sampled_from((0, 1.5, 10)),
    setup_days=st.integers(0, 3),
)


def by_hand(calendar: Calendar, after: date, work: int) -> tuple[date, date]:
    """Day after day, until a stretch is free."""
    start = calendar.earliest(TODAY, after)
    while True:
        stretch = [start + timedelta(days=n) for n in range(int(calendar.setup_days) + work)]
        held = [p for p in calendar.blocked if any(p.first <= day <= p.last for day in stretch)]  # type: ignore[operator]
        if not held:
            return stretch[0], stretch[-1]
        start += timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(calendars, days, st.integers(1, 9))
def test_the_slot_is_the_one_that_counting_days_finds(calendar: Calendar, after: date, work: int) -> None:
    slot = calendar.slot(TODAY, after, work)
    assert slot is not None
    assert (slot.start, slot.end) == by_hand(calendar, after, work)


@settings(max_examples=200, deadline=None)
@given(calendars, days, days, st.integers(1, 9))
def test_who_comes_earlier_never_ends_later(calendar: Calendar, one: date, two: date, work: int) -> None:
    first, second = (calendar.slot(TODAY, after, work) for after in sorted((one, two)))
    assert first is not None
    assert second is not None
    assert first.start <= second.start


def test_a_bill_of_days_has_set_up_once() -> None:
    cost = step_cost(Prices(per_day=Price(3000), setup=Price(5000)), 4, None)
    assert cost.yuan == 5000 + 4 * 3000
    assert [part.what for part in cost.parts] == ["setup_cost", "price_per_day"]


def test_batches_count_where_they_are_asked_for() -> None:
    both = Prices(per_day=Price(3000), per_batch=Price(8000))
    assert step_cost(both, 4, 3).yuan == 3 * 8000
    assert step_cost(both, 4, None).yuan == 4 * 3000


def test_without_a_number_to_multiply_the_cost_is_unknown_and_its_known_part_is_told() -> None:
    per_day = step_cost(Prices(per_day=Price(3000), setup=Price(5000)), None, None)
    assert (per_day.yuan, per_day.known) == (None, 5000)
    assert step_cost(Prices(per_batch=Price(8000)), 4, None).yuan is None
    assert step_cost(Prices(setup=Price(5000)), 4, 2).yuan is None
    assert step_cost(Prices(), 4, 2).known == 0
