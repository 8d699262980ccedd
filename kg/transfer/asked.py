"""The requirement of a question: an achievement or a need of the graph, or a need in words, with its
options."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.transfer.answering import says_scale
from kg.transfer.documents import entity_of
from kg.transfer.knowledge import Knowledge
from kg.transfer.mandate import Project
from kg.transfer.quantities import Asked, Origin, asked_from_document, distinct
from kg.transfer.requirement import Bounds, Requirement, Step, merged

if TYPE_CHECKING:
    from kg.reading import QuantityMention
    from kg.reading import Step as ReadStep
    from kg.store.base import Node

KINDS = ("Achievement", "Need")


@dataclass(frozen=True)
class RouteOptions:
    """Options of a route question: `budget` (yuan), `by` and `max_hand_overs` are hard, `near` is a wish."""

    budget: float | None = None
    by: date | None = None
    near: str | None = None
    max_hand_overs: int | None = None
    limit: int = 5
    as_of: date | None = None

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise UsageError(
                f"limit {self.limit} is below 1", field="limit", remedy="ask for at least one route"
            )
        if self.max_hand_overs is not None and self.max_hand_overs < 0:
            raise UsageError(
                f"max-hand-overs {self.max_hand_overs} is below 0",
                field="max-hand-overs",
                remedy="use 0 or more",
            )
        if self.budget is not None and self.budget < 0:
            raise UsageError(
                f"budget {self.budget} is below 0", field="budget", remedy="give yuan, 0 or more"
            )

    def bounds(self) -> Bounds:
        by = self.by.isoformat() if self.by else None
        return Bounds(self.budget, by, self.near, self.max_hand_overs)


def requirement_of_node(knowledge: Knowledge, node: Node, options: RouteOptions) -> Requirement:
    """What an achievement or a need of the graph asks for; raises `UsageError` for any other kind."""
    if node.kind not in KINDS:
        raise UsageError(
            f"{node.properties.get('name')} is a {node.kind}; routes start from an achievement or a need",
            field="key",
            remedy="give the key of an achievement or a need, or --need TEXT",
        )
    subject = knowledge.state().subject(node.kind, node.id)
    return Requirement(subject.steps, entity_of(node), None, subject.project, options.bounds())


def requirement_of_text(knowledge: Knowledge, text: str, options: RouteOptions | None = None) -> Requirement:
    """What a need in words asks for, as the reader understands it."""
    bounds = options.bounds() if options else Bounds()
    return Requirement(steps_of_text(knowledge, text), None, text, Project(), bounds)


def steps_of_text(knowledge: Knowledge, text: str) -> tuple[Step, ...]:
    """The steps that a text asks for: what the reader says is its own, in order.

    Where there is but one, it also has the loose quantities that state a rate or a process parameter.
    """
    from kg.reading import steps

    read = steps(knowledge.reader.read(text), text)
    own = [step for step in read.steps if step.own]
    loose = [one for one in map(_asked, read.loose) if says_scale(one)] if len(own) == 1 else []
    return knowledge.state().settling.settled(
        merged(_step(step, order, loose) for order, step in enumerate(own))
    )


def _step(step: ReadStep, order: int, loose: list[Asked]) -> Step:
    quantities = distinct((*map(_asked, step.quantities), *loose))
    origin = Origin(None, "need", step.text, step.start, step.end)
    return Step(order, step.name, step.text, quantities, "hard", True, origin)


def _asked(mention: QuantityMention) -> Asked:
    document = {**mention.quantity.document(), "measures": mention.measures, "relation": mention.relation}
    origin = Origin(None, "need", mention.quantity.text, mention.start, mention.end)
    return asked_from_document(document, origin)
