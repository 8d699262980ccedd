"""What a result or a need asks for: ordered steps with their quantities, maturity, money, fields, place,
bounds.

Every item says where it came from. A step is `hard` (no route without it), `soft` (covered where somebody
offers it, an open question where nobody does) or `told` (said of the result, not asked of a line):
- what a pilot request, a need's text or a register's column asks for is hard;
- where there is such a request, the steps that only the description of the result names are told;
- where there is none, these are hard, except plain auxiliary ones without a number (搅拌, 过滤 …), which
  nearly any institution does on the side: they are soft.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.transfer.documents import Entity
from kg.transfer.mandate import Project
from kg.transfer.proof import Document
from kg.transfer.quantities import Asked, Origin

PLAIN = frozenset({
    "搅拌", "混合", "过滤", "洗涤", "清洗", "筛分", "溶解", "冷却", "加热", "静置", "称量", "包装", "装配",
    "组装", "研磨", "浸泡", "水洗", "抽滤", "烘干", "干燥", "脱水", "配料", "投料", "振荡", "沉淀", "稀释",
})  # fmt: skip
"""Auxiliary steps; soft where an abstract only mentions them without a number."""

ASKED_FIELDS = frozenset({"pilot_need"})
"""Fields of a result that ask for something, as against those that describe it; all of a need asks."""


Role = Literal["hard", "soft", "told"]


@dataclass(frozen=True)
class Step:
    """One process step in order: its unit operation (the vocabulary's name or the text's words) and
    quantities."""

    order: int
    unit_op: str
    text: str
    quantities: tuple[Asked, ...] = ()
    role: Role = "hard"
    asked: bool = False
    origin: Origin = field(default_factory=Origin, compare=False)

    def document(self) -> Document:
        return {
            "order": self.order,
            "unit_op": self.unit_op,
            "text": self.text,
            "hard": self.role == "hard",
            "role": self.role,
            "quantities": [
                {**q.document(), "hard": q.hard, "origin": q.origin.document()} for q in self.quantities
            ],
            "origin": self.origin.document(),
        }


@dataclass(frozen=True)
class Bounds:
    """What the asker adds: budget (yuan) and hand-overs at most, done by (ISO date) are hard; `near` is a
    wish."""

    budget: float | None = None
    by: str | None = None
    near: str | None = None
    max_hand_overs: int | None = None

    def document(self) -> Document:
        hard = {"budget": self.budget, "by": self.by, "max_hand_overs": self.max_hand_overs}
        items = {name: _item(value, True, f"--{name.replace('_', '-')}") for name, value in hard.items()}
        return {**items, "near": _item(self.near, False, "--near")}


@dataclass(frozen=True)
class Requirement:
    """A subject's requirement. `subject` is None for a need in words, whose `text` stands instead."""

    steps: tuple[Step, ...] = ()
    subject: Entity | None = None
    text: str | None = None
    project: Project = field(default_factory=Project)
    bounds: Bounds = field(default_factory=Bounds)

    def document(self) -> Document:
        """The printed requirement: same input, same document."""
        entity, project = (self.subject.id if self.subject else None), self.project

        def stated(value: object, name: str) -> Document | None:
            return None if value is None else {"value": value, "origin": Origin(entity, name).document()}

        return {
            "subject": self.subject.document() if self.subject else None,
            "text": self.text,
            "steps": [step.document() for step in self.steps],
            "maturity": stated(project.trl, "trl"),
            "funding_need": stated(project.funding_need, "funding_need"),
            "region": stated(project.place.name if project.place else None, "region"),
            "fields": [stated(one.name, "fields") for one in project.fields],
            **self.bounds.document(),
        }


def step_role(unit_op: str, asked: bool, quantities: tuple[Asked, ...]) -> Role:
    """The role of a step by itself; see the head of this file."""
    hard = asked or bool(quantities) or unit_op not in PLAIN
    return "hard" if hard else "soft"


def merged(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in order, each operation once with all its quantities; descriptions only tell where there is
    a request.

    The order is that of the description, then of what only the request names.
    """
    found: dict[str, Step] = {}
    requested: set[str] = set()
    for step in sorted(steps, key=lambda one: (one.asked, one.order, one.origin.start or 0, one.unit_op)):
        if step.asked:
            requested.add(step.unit_op)
        held = found.get(step.unit_op)
        found[step.unit_op] = step if held is None else _joined(held, step)
    chain = [_placed(step, order, requested) for order, step in enumerate(found.values())]
    return tuple(chain)


def _placed(step: Step, order: int, requested: set[str]) -> Step:
    role: Role = "told" if requested and step.unit_op not in requested else step.role
    return step if (order, role) == (step.order, step.role) else replace(step, order=order, role=role)


def _joined(held: Step, more: Step) -> Step:
    """One step of two mentions; the request's words say where it came from."""
    quantities = tuple(dict.fromkeys((*held.quantities, *more.quantities)))
    role: Role = "hard" if "hard" in (held.role, more.role) else "soft"
    return replace(more, order=held.order, asked=held.asked or more.asked, quantities=quantities, role=role)


def _item(value: object, hard: bool, option: str) -> Document | None:
    return (
        None if value is None else {"value": value, "hard": hard, "origin": Origin(field=option).document()}
    )
