"""A route on the calendar and with its bill: when each step is done, what it costs, and what is not known.

A step begins on the day after the one before it has ended, at the earliest; carrying goods from one place to
the next takes no days, for no register says how many. Transport is billed only where a register states its
price per km. From the first step on whose end is not known, nothing later is dated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.transfer.candidates import Option
from kg.transfer.pareto import Timing
from kg.transfer.prices import Part
from kg.transfer.proof import Amount, Proof
from kg.transfer.requirement import Bounds
from kg.transfer.schedule import NEVER, Slot
from kg.transfer.terms import first_day, last_day
from kg.wording import Sentence, constraint, yuan

WISH = Sentence("非硬性要求", "a wish")
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True)
class When:
    """The day of asking, and what binds: not before `start`, done by `by`, for `budget` yuan at most. What is
    only wished for is shown and binds nothing."""

    as_of: date
    start: date | None = None
    by: date | None = None
    budget: float | None = None
    wished_by: date | None = None
    wished_budget: float | None = None

    @property
    def begin(self) -> date:
        """The first day on which a route may begin."""
        return max(self.as_of, self.start or self.as_of)


def when_of(bounds: Bounds, as_of: date) -> When:
    """The bounds of a requirement that calendar and bill are held against; words that are no date bind
    nothing here."""
    start = first_day(bounds.start) if bounds.start else None
    by = last_day(bounds.by) if bounds.by else None
    binds, pays = bounds.hard("by"), bounds.hard("budget")
    return When(
        as_of,
        start,
        by if binds else None,
        bounds.budget if pays else None,
        None if binds else by,
        None if pays else bounds.budget,
    )


@dataclass(frozen=True)
class Way:
    """How goods come to a step: km (None: not known), and whether they have to be carried."""

    km: float | None
    carried: bool


@dataclass(frozen=True)
class Timed:
    """A step with its slot (None: not known), and the bill of bringing the goods there (None: no price)."""

    option: Option
    slot: Slot | None
    carriage: Part | None = None
    carriage_unknown: bool = False


@dataclass(frozen=True)
class Timeline:
    """The steps of a route on the calendar, from `begin` on (None: nobody gave a day)."""

    begin: date | None
    steps: tuple[Timed, ...]

    @property
    def end(self) -> date | None:
        """The last day of the last step; None where one step's end is not known."""
        last = self.steps[-1].slot if self.steps else None
        return last.end if last else None

    @property
    def months(self) -> float | None:
        """From the day on which the route may begin to its last day."""
        if self.end is None or self.begin is None:
            return None
        return round(((self.end - self.begin).days + 1) / DAYS_A_MONTH, 2)

    @property
    def known_cost(self) -> float:
        """Yuan of what is billed so far, transport included."""
        return round(sum(one.option.bill.known for one in self.steps) + (self.transport or 0.0), 2)

    @property
    def cost(self) -> float | None:
        """Yuan of the whole route, None where a step's or a way's bill is not known."""
        whole = all(one.option.bill.yuan is not None and not one.carriage_unknown for one in self.steps)
        return self.known_cost if whole and self.steps else None

    @property
    def transport(self) -> float | None:
        """Yuan of the ways that have a price; None where none has."""
        parts = [one.carriage.yuan for one in self.steps if one.carriage]
        return round(sum(parts), 2) if parts else None


def timing_of(option: Option, when: When | None) -> Timing:
    """How an option takes up time, asked on a day."""
    calendar = option.offer.terms.calendar
    if calendar is None or when is None:
        return Timing()
    days = option.work.days
    until = min((lapse.until.toordinal() for lapse in option.lapses), default=NEVER)
    floor = calendar.earliest(when.as_of, when.begin).toordinal()
    length = None if days is None else calendar.length(days)
    return Timing(floor, length, calendar.starts(days), True, min(until, NEVER - 1))


def timeline_of(options: Sequence[Option], ways: Sequence[Way], when: When | None) -> Timeline:
    """The timeline of a chain; `ways[i]` leads to option i."""
    found: list[Timed] = []
    after = when.begin if when else None
    for option, way in zip(options, ways, strict=True):
        slot = _slot(option, when, after)
        after = slot.end + timedelta(days=1) if slot and slot.end else None
        found.append(replace(_carried(option, way), slot=slot))
    return Timeline(when.begin if when else None, tuple(found))


def _slot(option: Option, when: When | None, after: date | None) -> Slot | None:
    calendar = option.offer.terms.calendar
    if calendar is None or when is None or after is None:
        return None
    return calendar.slot(when.as_of, after, option.work.days)


def _carried(option: Option, way: Way) -> Timed:
    price = option.offer.terms.prices.per_km
    if price is None or not way.carried:
        return Timed(option, None)
    if way.km is None:
        return Timed(option, None, carriage_unknown=True)
    return Timed(option, None, Part("transport_per_km", round(way.km, 1), price))


def bound_proofs(timeline: Timeline, when: When | None) -> list[Proof]:
    """What the budget, the deadline and the day not to begin before come to on this route."""
    if when is None:
        return []
    found = [_budget(timeline, when.budget)] if when.budget is not None else []
    found += [_by(timeline, when.by)] if when.by is not None else []
    found += [as_wish(_budget(timeline, when.wished_budget))] if when.wished_budget is not None else []
    found += [as_wish(_by(timeline, when.wished_by))] if when.wished_by is not None else []
    found += [_start(timeline, when.start)] if when.start is not None else []
    return found


def as_wish(proof: Proof) -> Proof:
    """The proof of a bound that is only wished for: where it is not kept, that is asked about."""
    if proof.verdict == "unknown" and proof.ask is not None:
        return proof
    if proof.verdict == "fits" and (proof.margin is None or proof.margin.value >= 0):
        return proof
    what = constraint(proof.constraint)
    required, offered = (
        one if isinstance(one, Sentence) else Sentence(str(one), str(one))
        for one in (proof.required, proof.offered)
    )
    ask = Sentence(
        f"{what.zh}：期望 {required.zh}，这条路线为 {offered.zh}，能否接受？",
        f"{what.en}: {required.en} is wished for, this route has {offered.en}; is that all right?",
    )
    return Proof(proof.constraint, proof.required, proof.offered, "unknown", note=WISH, ask=ask)


def _budget(timeline: Timeline, budget: float) -> Proof:
    most, cost = yuan(budget), timeline.cost
    if cost is not None:
        margin = Amount(round(budget - cost, 2), "yuan")
        return Proof("budget", most, yuan(cost), "fits", margin=margin, share=margin.value / (budget or 1.0))
    names = _names([one for one in timeline.steps if one.option.bill.yuan is None or one.carriage_unknown])
    known = yuan(timeline.known_cost)
    note = Sentence(
        f"{names.zh}没有可算的价格；已知 {known.zh}", f"no price for {names.en}; known: {known.en}"
    )
    ask = Sentence(
        f"{names.zh}：报价多少？预算为 {most.zh}", f"{names.en}: at what price? The budget is {most.en}"
    )
    return Proof("budget", most, None, "unknown", note=note, ask=ask)


def _by(timeline: Timeline, by: date) -> Proof:
    if timeline.end is not None:
        margin = Amount(float((by - timeline.end).days), "d")
        return Proof("by", by.isoformat(), timeline.end.isoformat(), "fits", margin=margin)
    names = _names([one for one in timeline.steps if one.option.offer.terms.calendar is None])
    lasting = _names([one for one in timeline.steps if one.option.work.days is None])
    zh = [f"{names.zh}没有排期"] * bool(names.zh) + [f"{lasting.zh}不知要做几天"] * bool(lasting.zh)
    en = [f"no calendar of {names.en}"] * bool(names.en) + [f"not known how long {lasting.en} takes"] * bool(
        lasting.en
    )
    who = _names([one for one in timeline.steps if one.slot is None or one.slot.end is None])
    ask = Sentence(
        f"{who.zh}：何时有空、要做多久？须在 {by.isoformat()} 前完成",
        f"{who.en}: from when, and for how long? It has to be done by {by.isoformat()}",
    )
    return Proof("by", by.isoformat(), None, "unknown", note=Sentence("；".join(zh), "; ".join(en)), ask=ask)


def _start(timeline: Timeline, start: date) -> Proof:
    first = timeline.steps[0].slot if timeline.steps else None
    if first is not None:
        return Proof("start", start.isoformat(), first.start.isoformat(), "fits")
    note = Sentence("没有排期", "no calendar")
    return Proof("start", start.isoformat(), None, "unknown", note=note)


def _names(steps: Sequence[Timed]) -> Sentence:
    names = list(dict.fromkeys(one.option.offer.by.called for one in steps))
    return Sentence("、".join(one.zh for one in names), ", ".join(one.en for one in names))
