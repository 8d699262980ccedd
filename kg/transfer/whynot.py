"""Why there is no route: per step that nobody can do, what was required, the best that is offered, and
the gap.

What would open a route (`smallest_change`, and all that was found in `changes`) is computed by solving again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.transfer.candidates import Option
from kg.transfer.documents import Entity
from kg.transfer.proof import Amount, Document
from kg.transfer.requirement import Step
from kg.wording import Sentence

if TYPE_CHECKING:
    from kg.transfer.smallest_change import Change


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
    binding = [proof for proof in best.proofs if proof.verdict == "short"]
    return [
        WhyNot(one.constraint, one.required, one.offered, best.offer.by, one.short_by, step.unit_op)
        for one in binding
    ]


def only_questions(step: Step, options: Sequence[Option]) -> list[WhyNot]:
    """A step for which offers are only a question: the nearest one, no shortfall known."""
    best = min(options, key=lambda option: (-option.how.strength, option.offer.id), default=None)
    offered = best.offer.unit_op if best else None
    return [WhyNot("unit_op", step.unit_op, offered, best.offer.by if best else None, step=step.unit_op)]


def gap(option: Option) -> tuple[int, float]:
    """How many constraints are short, and the largest shortfall as a share of what is required."""
    short = [proof for proof in option.proofs if proof.verdict == "short"]
    return len(short), max((1.0 if proof.share is None else proof.share for proof in short), default=0.0)
