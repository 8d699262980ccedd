"""Dates and bills of routes, counted again day by day from the truth's own calendars and prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
HORIZON = 2000


@dataclass
class Agreement:
    """Steps whose dates and cost agree with what counting gives, of how many."""

    steps: int = 0
    dates: int = 0
    costs: int = 0
    whole: int = 0


def agreement(routes: Iterable[Row], terms: Mapping[str, Row], as_of: date) -> Agreement:
    """Over the steps of all routes; `terms` by the capability's key. `whole`: steps with both dates."""
    found = Agreement()
    for route in routes:
        after: date | None = as_of
        for step in route["steps"]:
            stated = terms[step["capability"]["key"]]
            slot, cost = _slot(stated, as_of, after), _cost(stated)
            found.steps += 1
            found.dates += (step["start"], step["end"]) == slot
            found.costs += step["cost"] == cost
            found.whole += None not in slot
            after = date.fromisoformat(slot[1]) + timedelta(days=1) if slot[1] else None
    return found


def _slot(stated: Row, as_of: date, after: date | None) -> tuple[str | None, str | None]:
    if after is None or (stated["free_from"], stated["blocked"], stated["notice_days"]) == (None, [], None):
        return None, None
    length = (stated["setup_days"] or 0) + stated["min_days"]
    day = max(after, as_of + timedelta(days=stated["notice_days"] or 0), _day(stated["free_from"]) or after)
    for _ in range(HORIZON):
        last = day + timedelta(days=length - 1)
        if not any(
            day <= date.fromisoformat(b) and date.fromisoformat(a) <= last for a, b in stated["blocked"]
        ):
            return day.isoformat(), last.isoformat()
        day += timedelta(days=1)
    raise ValueError("no slot within the horizon")


def _cost(stated: Row) -> float | None:
    """Only prices a day count: nobody says how many batches are to be made."""
    each = stated["price_per_day"]
    return None if each is None else (stated["setup_cost"] or 0) + each * stated["min_days"]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
