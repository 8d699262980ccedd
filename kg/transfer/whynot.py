"""Why there is no route: per step that nobody can do, what was required, the best that is offered, and
the gap.

What would open a route (`smallest_change`, and all that was found in `changes`) is computed by solving again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.transfer.candidates import Option
from kg.transfer.documents import Entity
from kg.transfer.proof import Amount, Document, Proof
from kg.transfer.requirement import Step
from kg.wording import Sentence

if TYPE_CHECKING:
    from kg.transfer.smallest_change import Change


MOST_WAYS = 3
"""So many other offers of a step are told beside the one that comes nearest."""


@dataclass(frozen=True)
class WhyNot:
    """One binding constraint; `by` is the line (or who offers) that comes nearest."""

    constraint: str
    required: Document | Sentence | str | int | float | None
    best_offer: Document | Sentence | str | int | float | None
    by: Entity | None = None
    short_by: Amount | None = None
    step: str | None = None
    changes: tuple[Change, ...] = ()
    begins: date | None = None
    """Of a deadline: the day on which the route that ends first begins."""
    instead: bool = False
    """Of another offer than the entries before it: its change would do without theirs."""

    def document(self) -> Document:
        return {
            "constraint": self.constraint,
            "required": self.required,
            "best_offer": self.best_offer,
            "by": self.by.document() if self.by else None,
            "short_by": self.short_by.document() if self.short_by else None,
            "smallest_change": self.changes[0].document() if self.changes else None,
            "changes": [change.document() for change in self.changes],
            "unit_op": self.step,
        }


def why_not(step: Step, options: Sequence[Option]) -> list[WhyNot]:
    """The binding constraints of a step that no option meets: those of the option that comes nearest."""
    short = [option for option in options if option.verdict == "short"]
    related = [option for option in short if option.operation.verdict == "fits"] or short
    if not related:
        return [WhyNot("unit_op", step.unit_op, None, step=step.unit_op)]
    best = min(related, key=lambda option: (gap(option), option.offer.id))
    entries = [_entry(one, best, step) for one in short_proofs(best)]
    return [*entries, *_other_ways(step, related, {entry.constraint for entry in entries})]


def _other_ways(step: Step, options: Sequence[Option], told: set[str]) -> list[WhyNot]:
    """Offers that are short of one other thing only, the nearest of each: another way to a route."""
    found: dict[str, Option] = {}
    for option in sorted(options, key=lambda option: (gap(option), option.offer.id)):
        short = short_proofs(option)
        if len(short) == 1 and short[0].constraint not in told:
            found.setdefault(short[0].constraint, option)
    return [
        replace(_entry(short_proofs(option)[0], option, step), instead=True)
        for option in list(found.values())[:MOST_WAYS]
    ]


def short_proofs(option: Option) -> list[Proof]:
    """What an option falls short of."""
    return [proof for proof in option.proofs if proof.verdict == "short"]


def _entry(proof: Proof, option: Option, step: Step) -> WhyNot:
    return WhyNot(
        proof.constraint, proof.required, proof.offered, option.offer.by, proof.short_by, step.unit_op
    )


def only_questions(step: Step, options: Sequence[Option]) -> list[WhyNot]:
    """A step for which offers are only a question: the nearest one, no shortfall known."""
    best = min(options, key=lambda option: (-option.how.strength, option.offer.id), default=None)
    offered = best.offer.unit_op if best else None
    return [WhyNot("unit_op", step.unit_op, offered, best.offer.by if best else None, step=step.unit_op)]


def gap(option: Option) -> tuple[int, float]:
    """How many constraints are short, and the largest shortfall as a share of what is required."""
    short = [proof for proof in option.proofs if proof.verdict == "short"]
    return len(short), max((1.0 if proof.share is None else proof.share for proof in short), default=0.0)
