"""What a result or a need asks for: ordered steps with quantities, maturity, money, fields, place, bounds.

Every item says where it came from. A step is `hard` (no route without it), or covered where somebody offers
it and an open question where nobody does: `soft` are plain auxiliary steps (搅拌, 洗涤 …) that a description
mentions without a number and no request asks for, for nearly any institution does them on the side;
`unlisted` are words that no list of operations knows: nobody can have said that he does them, or does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.transfer.demands import Demand
from kg.transfer.documents import Entity
from kg.transfer.mandate import Project
from kg.transfer.proof import Document
from kg.transfer.quantities import Asked, Origin, distinct
from kg.transfer.wishes import Material

PLAIN = frozenset({
    "搅拌", "洗涤", "水洗", "清洗", "溶解", "冷却", "加热", "静置", "称量", "包装", "浸泡", "抽滤", "配料",
    "投料", "振荡", "稀释", "给料", "填充", "回收",
})  # fmt: skip
"""Auxiliary steps; soft where an abstract only mentions them without a number."""

ASKED_FIELDS = frozenset({"pilot_need"})
"""Fields of a result that ask for something, as against those that describe it; all of a need asks."""


Role = Literal["hard", "soft", "unlisted"]


@dataclass(frozen=True)
class Run:
    """What is to be run on a step, as far as it is stated: working days, batches, an amount in all (kg, L,
    pieces)."""

    days: float | None = None
    batches: float | None = None
    amount: Asked | None = None
    origin: Origin | None = field(default=None, compare=False)

    def document(self) -> Document:
        amount = None if self.amount is None else self.amount.document()
        origin = self.origin.document() if self.origin else None
        return {"days": self.days, "batches": self.batches, "amount": amount, "origin": origin}


@dataclass(frozen=True)
class Step:
    """One process step in order: its unit operation (the vocabulary's name or the text's words) and
    quantities. `set_aside` are smaller scales of it, which a line that runs the largest need not run."""

    order: int
    unit_op: str
    text: str
    quantities: tuple[Asked, ...] = ()
    role: Role = "hard"
    asked: bool = False
    set_aside: tuple[Asked, ...] = field(default=(), compare=False)
    run: Run = field(default_factory=Run)
    origin: Origin = field(default_factory=Origin, compare=False)

    def document(self) -> Document:
        return {
            "order": self.order,
            "unit_op": self.unit_op,
            "text": self.text,
            "hard": self.role == "hard",
            "role": self.role,
            "asked": self.asked,
            "run": self.run.document(),
            "quantities": [_quantity(one) for one in self.quantities],
            "set_aside": [_quantity(one) for one in self.set_aside],
            "origin": self.origin.document(),
        }


@dataclass(frozen=True)
class Alternative:
    """An operation that would do instead of a step."""

    name: str
    origin: Origin = field(default_factory=Origin, compare=False)

    def document(self) -> Document:
        return {"value": self.name, "hard": False, "origin": self.origin.document()}


@dataclass(frozen=True)
class Target:
    """The maturity (TRL 1–9) that the pilot work is to bring the result to."""

    level: int
    hard: bool = False
    origin: Origin = field(default_factory=Origin, compare=False)

    def document(self) -> Document:
        return {"value": self.level, "hard": self.hard, "origin": self.origin.document()}


@dataclass(frozen=True)
class Bounds:
    """What the asker adds: budget (yuan) and hand-overs at most, done by and not begun before `start` (ISO
    dates), at most `within_km` from `near` are hard, save those that `soft` names; `near` is a wish. The need
    itself may state them: `budget_in`, `by_in`, `near_in` say where; its words may date a time only from the
    day of asking (12月前)."""

    def hard(self, name: str) -> bool:
        """Whether a bound rules out; a wish is shown and asked about."""
        return name not in self.soft

    budget: float | None = None
    by: str | None = None
    near: str | None = None
    max_hand_overs: int | None = None
    start: str | None = None
    within_km: float | None = None
    soft: frozenset[str] = frozenset()
    near_in: Origin | None = field(default=None, compare=False)
    by_in: Origin | None = field(default=None, compare=False)
    budget_in: Origin | None = field(default=None, compare=False)
    start_in: Origin | None = field(default=None, compare=False)
    within_in: Origin | None = field(default=None, compare=False)

    def document(self) -> Document:
        return {
            "budget": _item(self.budget, self.hard("budget"), "--budget", self.budget_in),
            "by": _item(self.by, self.hard("by"), "--by", self.by_in),
            "max_hand_overs": _item(self.max_hand_overs, self.hard("max_hand_overs"), "--max-hand-overs"),
            "start": _item(self.start, True, "--requirement", self.start_in),
            "within_km": _item(self.within_km, self.hard("within_km"), "--requirement", self.within_in),
            "near": _item(self.near, False, "--near", self.near_in),
        }


@dataclass(frozen=True)
class Requirement:
    """A subject's requirement. `subject` is None for a need in words, whose `text` stands instead; `numbers`
    are said of the whole, `materials` the substances that are named, `alternatives` operations that would do
    instead of a step."""

    steps: tuple[Step, ...] = ()
    numbers: tuple[Asked, ...] = ()
    materials: tuple[Material, ...] = ()
    subject: Entity | None = None
    text: str | None = None
    project: Project = field(default_factory=Project)
    bounds: Bounds = field(default_factory=Bounds)
    alternatives: tuple[Alternative, ...] = ()
    demands: tuple[Demand, ...] = ()
    target: Target | None = None

    def demands_on(self, step: Step) -> tuple[Demand, ...]:
        """What is demanded of a step beside numbers; a verification of the whole is asked of the route."""
        return tuple(
            one
            for one in self.demands
            if one.step == step.unit_op or (one.step is None and one.sort != "verification")
        )

    @property
    def verification(self) -> tuple[Demand, ...]:
        """The kinds of verification that the whole needs."""
        return tuple(one for one in self.demands if one.sort == "verification" and one.step is None)

    def document(self) -> Document:
        """The printed requirement: same input, same document."""
        entity, project = (self.subject.id if self.subject else None), self.project

        def stated(value: object, name: str, hard: bool = False) -> Document | None:
            if value is None:
                return None
            return {"value": value, "hard": hard, "origin": Origin(entity, name).document()}

        return {
            "subject": self.subject.document() if self.subject else None,
            "text": self.text,
            "steps": [step.document() for step in self.steps],
            "quantities": [_quantity(one) for one in self.numbers],
            "materials": [one.document() for one in self.materials],
            "certificates": [one.document() for one in self.demands if one.sort == "certificate"],
            "hazards": [one.document() for one in self.demands if one.sort == "material"],
            "refused_regions": [one.document() for one in self.demands if one.sort == "region"],
            "regions": [one.document() for one in self.demands if one.sort == "place"],
            "verification": [one.document() for one in self.demands if one.sort == "verification"],
            "alternatives": [one.document() for one in self.alternatives],
            "maturity": self._maturity(),
            "maturity_target": self.target.document() if self.target else None,
            "funding_need": stated(project.funding_need, "funding_need"),
            "region": self._region(),
            "fields": [stated(one.name, "fields") for one in project.fields],
            "read": {"trl": project.trl_read, "fields": list(project.likely_fields)},
            **self.bounds.document(),
        }

    def _region(self) -> Document | None:
        """The subject's own place, else its owner's; the origin says whose."""
        place, own = self.project.place, self.subject.id if self.subject else None
        if place is None:
            return None
        origin = Origin(place.of or own, "region")
        return {"value": place.name, "hard": False, "origin": origin.document()}

    def _maturity(self) -> Document | None:
        """The maturity now; a line that accepts another one is ruled out by it."""
        trl, entity = self.project.trl, self.subject.id if self.subject else None
        if trl is None:
            return None
        origin = self.project.trl_in or Origin(entity, "trl")
        return {"value": trl, "hard": True, "origin": origin.document()}


def step_role(unit_op: str, asked: bool, quantities: tuple[Asked, ...]) -> Role:
    """The role of a step by itself; see the head of this file."""
    hard = asked or bool(quantities) or unit_op not in PLAIN
    return "hard" if hard else "soft"


def merged(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in order, each operation once with all its quantities: the description's, then what only the
    request names."""
    found: dict[str, Step] = {}
    for step in sorted(steps, key=lambda one: (one.asked, one.order, one.origin.start or 0, one.unit_op)):
        held = found.get(step.unit_op)
        found[step.unit_op] = step if held is None else joined(held, step)
    return tuple(
        step if step.order == order else replace(step, order=order)
        for order, step in enumerate(found.values())
    )


def joined(held: Step, more: Step) -> Step:
    """One step of two mentions: the second with the first's numbers too."""
    role: Role = "hard" if "hard" in (held.role, more.role) else more.role
    return replace(
        more,
        order=held.order,
        asked=held.asked or more.asked,
        quantities=distinct((*held.quantities, *more.quantities)),
        set_aside=distinct((*held.set_aside, *more.set_aside)),
        role=role,
    )


def _quantity(one: Asked) -> Document:
    return {
        **one.document(),
        "hard": one.hard and not one.reached,
        "reached": one.reached,
        "aim": one.aim,
        "demanded": one.demanded,
        "origin": one.origin.document(),
    }


def _item(value: object, hard: bool, option: str, origin: Origin | None = None) -> Document | None:
    if value is None:
        return None
    return {"value": value, "hard": hard, "origin": (origin or Origin(field=option)).document()}
