"""The calendar and the bill of a route as its document shows them, every number with its record."""

from __future__ import annotations

from kg.transfer.proof import Document
from kg.transfer.terms import CALENDAR
from kg.transfer.timeline import Timed, Timeline
from kg.wording import Sentence

NO_TRANSPORT = Sentence(
    "未含运输费用：没有登记运输单价；交接不计天数",
    "transport is not in it: no price per km is stated; no days are counted for a hand-over",
)
NO_DAYS_BETWEEN = Sentence("交接不计天数", "no days are counted for a hand-over")


def dated(step: Timed) -> Document:
    """`start`, `end` and `cost` of a step, null where not known, and what they rest on."""
    slot, work, bill = step.slot, step.option.work, step.option.bill
    calendar = step.option.offer.terms.calendar
    facts = step.option.offer.terms.facts
    return {
        "start": slot.start.isoformat() if slot else None,
        "end": slot.end.isoformat() if slot and slot.end else None,
        "cost": bill.yuan,
        "schedule": {
            "setup_days": calendar.setup_days if calendar else None,
            "days": work.days,
            "batches": work.batches,
            "passed": [period.shown for period in slot.passed] if slot else [],
            "note": work.note,
            "stated": [
                fact.document() for fact in facts if fact.name in (*CALENDAR, "setup_days", "min_days")
            ],
        },
        "bill": [part.document() for part in bill.parts],
        "cost_note": bill.unknown,
    }


def totals_beside(timeline: Timeline) -> Document:
    """What stands beside the totals of INTERFACE: the part of the cost that is known, transport, first and
    last day."""
    billed = [step.carriage for step in timeline.steps if step.carriage]
    first = timeline.steps[0].slot if timeline.steps else None
    known = bool(billed) or any(step.option.bill.parts for step in timeline.steps)
    return {
        "known_cost": timeline.known_cost if known else None,
        "transport": timeline.transport,
        "transport_bill": [part.document() for part in billed],
        "start": first.start.isoformat() if first else None,
        "end": timeline.end.isoformat() if timeline.end else None,
        "note": _note(timeline) if known or first else None,
    }


def _note(timeline: Timeline) -> Sentence:
    return NO_DAYS_BETWEEN if timeline.transport is not None else NO_TRANSPORT
