"""On what terms an offer can be had: its calendar and its prices, each fact with the record that states it.

A capability's own value wins over its line's, the line's over its institution's, fact by fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.errors import BadValueError
from kg.transfer.prices import Price, Prices
from kg.transfer.proof import Document, Source
from kg.transfer.schedule import Calendar, Period, period_of
from kg.values.dates import date_span

CALENDAR = ("free_from", "blocked", "notice_days")
NAMES = (
    *CALENDAR,
    "setup_days",
    "min_days",
    "price_per_day",
    "price_per_batch",
    "setup_cost",
    "transport_per_km",
)
"""Properties of Capability, PilotLine and PilotInstitution; money in yuan, times in days."""
CONDITIONS = ("refuses", "accepts", "certificates", "verification")
"""Lists of texts on the same kinds, which `kg/transfer/conditions.py` holds against a demand."""


@dataclass(frozen=True)
class Fact:
    """One stated value and the record that states it."""

    name: str
    value: Any
    source: Source

    def document(self) -> Document:
        return {"what": self.name, "value": self.value, "source": self.source.document()}


@dataclass(frozen=True)
class Terms:
    """`calendar` is None where nothing is stated from which a free day follows, or a blocked period could not
    be read (`unread`); `facts` is all that is stated, for the trace."""

    calendar: Calendar | None = None
    setup_days: float = 0.0
    min_days: float | None = None
    prices: Prices = Prices()  # noqa: RUF009 - frozen
    unread: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


NO_TERMS = Terms()
Stated = Mapping[str, Fact]


def returned_terms(name: str) -> str:
    """The part of a RETURN clause that gives `facts_of_row` its columns."""
    return ", ".join(f"{name}.{one} AS of_{one}" for one in (*NAMES, *CONDITIONS))


def facts_of_row(row: Mapping[str, Any], source: Source) -> Stated:
    """What one record states of the terms."""
    held = {name: row.get(f"of_{name}") for name in (*NAMES, *CONDITIONS)}
    return {
        name: Fact(name, tuple(value) if isinstance(value, list) else value, source)
        for name, value in held.items()
        if value not in (None, "", [])
    }


def terms_of(*stated: Stated) -> Terms:
    """The terms of an offer from what its records state, the most particular record last."""
    held: dict[str, Fact] = {}
    for facts in stated:
        held |= facts
    if not held:
        return NO_TERMS
    blocked, unread = _blocked(held.get("blocked"))
    return Terms(
        _calendar(held, blocked) if any(name in held for name in CALENDAR) and not unread else None,
        _number(held, "setup_days") or 0.0,
        _number(held, "min_days"),
        Prices(
            *(
                _price(held, one)
                for one in ("price_per_day", "price_per_batch", "setup_cost", "transport_per_km")
            )
        ),
        unread,
        tuple(held[name] for name in NAMES if name in held),
    )


def _calendar(held: Stated, blocked: tuple[Period, ...]) -> Calendar:
    free = held.get("free_from")
    return Calendar(
        first_day(str(free.value)) if free else None,
        blocked,
        _number(held, "notice_days") or 0.0,
        _number(held, "setup_days") or 0.0,
    )


def first_day(iso: str) -> date | None:
    """The first day of an ISO date of any precision; None where it is none."""
    try:
        return date_span(iso[:10])[0]
    except (ValueError, TypeError, BadValueError):
        return None


def last_day(iso: str) -> date | None:
    """The last day of an ISO date of any precision; None where it is none."""
    try:
        return date_span(iso[:10])[1]
    except (ValueError, TypeError, BadValueError):
        return None


def _blocked(fact: Fact | None) -> tuple[tuple[Period, ...], tuple[str, ...]]:
    """The periods that can be read, and the words of those that cannot."""
    texts: Iterable[Any] = () if fact is None else [fact.value] if isinstance(fact.value, str) else fact.value
    read = [(str(text), period_of(str(text))) for text in texts]
    return tuple(p for _, p in read if p is not None), tuple(text for text, p in read if p is None)


def _number(held: Stated, name: str) -> float | None:
    fact = held.get(name)
    return float(fact.value) if fact is not None and isinstance(fact.value, int | float) else None


def _price(held: Stated, name: str) -> Price | None:
    value = _number(held, name)
    return None if value is None else Price(value, held[name].source)
