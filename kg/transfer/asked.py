"""The requirement of a question: an achievement or a need of the graph, or a need in words, with its
options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.transfer.allowed import budget_in, overlap, says_time, without_money
from kg.transfer.begins import start_in
from kg.transfer.cues import wished
from kg.transfer.demands import Demand, demands_in
from kg.transfer.documents import entity_of
from kg.transfer.knowledge import Knowledge
from kg.transfer.loose import attached
from kg.transfer.mandate import Project
from kg.transfer.quantities import Asked, Origin, asked_from_document, distinct
from kg.transfer.reach import within_in
from kg.transfer.refused import refused_in, required_in
from kg.transfer.requirement import ASKED_FIELDS, Alternative, Bounds, Requirement, Step, Target, merged
from kg.transfer.ripeness import maturity_in
from kg.transfer.runs import with_run
from kg.transfer.terms import last_day
from kg.transfer.verification import kinds_of, verification_in
from kg.transfer.wishes import Material, materials_in, place_in
from kg.wording import Sentence

if TYPE_CHECKING:
    from kg.reading import QuantityMention, Reading
    from kg.reading import Step as ReadStep
    from kg.store.base import Node

KINDS = ("Achievement", "Need")
COURTESY = re.compile(r"希望|期望|望有|欢迎|愿意|意向|盼|建议|若能|如能|如果能")


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
                Sentence(f"limit {self.limit} 小于 1", f"limit {self.limit} is below 1"),
                field="limit",
                remedy=Sentence("至少要一条路径", "ask for at least one route"),
            )
        if self.max_hand_overs is not None and self.max_hand_overs < 0:
            raise UsageError(
                Sentence(
                    f"max-hand-overs {self.max_hand_overs} 小于 0",
                    f"max-hand-overs {self.max_hand_overs} is below 0",
                ),
                field="max-hand-overs",
                remedy=Sentence("用 0 或更大的数", "use 0 or more"),
            )
        if self.budget is not None and self.budget < 0:
            raise UsageError(
                Sentence(f"预算 {self.budget} 小于 0", f"budget {self.budget} is below 0"),
                field="budget",
                remedy=Sentence("按元填写，不小于 0", "give yuan, 0 or more"),
            )

    def bounds(self) -> Bounds:
        by = self.by.isoformat() if self.by else None
        return Bounds(self.budget, by, self.near, self.max_hand_overs)


def requirement_of_node(knowledge: Knowledge, node: Node, options: RouteOptions) -> Requirement:
    """What an achievement or a need of the graph asks for; raises `UsageError` for any other kind."""
    if node.kind not in KINDS:
        raise UsageError(
            Sentence(
                f"{node.properties.get('name')} 是 {node.kind}；路径从成果或需求开始",
                f"{node.properties.get('name')} is a {node.kind}; routes start from an achievement or a need",
            ),
            field="key",
            remedy=Sentence(
                "给出成果或需求的编号，或用 --need TEXT",
                "give the key of an achievement or a need, or --need TEXT",
            ),
        )
    subject = knowledge.state().subject(node.kind, node.id)
    said = [(Origin(node.id, name), text) for name, text in _own_words(node)]
    project, target = _with_maturity(subject.project, said)
    bounds = _with_start(_with_own(options.bounds(), node), said, options.as_of or date.today())
    bounds = _with_place(_with_reach(bounds, said), said)
    steps, numbers = subject.steps, without_reach(subject.numbers, bounds)
    for origin, text in said:
        steps, numbers = with_run(text, origin, steps, numbers)
    return Requirement(
        steps,
        numbers,
        _materials(said),
        entity_of(node),
        None,
        project,
        bounds,
        demands=(*_demands(said, steps), *_stated_kinds(node)),
        target=_stated_target(node) or target,
    )


def requirement_of_text(knowledge: Knowledge, text: str, options: RouteOptions | None = None) -> Requirement:
    """What a need in words asks for, as the reader understands it."""
    said = [(Origin(None, "need"), text)]
    as_of = (options and options.as_of) or date.today()
    bounds = _with_reach(options.bounds() if options else Bounds(), said)
    bounds = _with_start(_with_place(bounds, said), said, as_of)
    reading = knowledge.reader.read(text)
    steps, numbers = _read(knowledge, reading, text)
    steps, numbers = _with_wishes(steps, numbers, reading)
    bounds = _with_deadline(bounds, reading, as_of, text)
    numbers = without_reach(_without_deadline(numbers, reading), bounds)
    budget = budget_in(text, reading, numbers)
    if budget is not None:
        bounds, numbers = _with_budget(bounds, budget, text), without_money(numbers, budget)
    steps, numbers = with_run(text, said[0][0], steps, numbers)
    others, (project, target) = _alternatives(reading), _with_maturity(Project(), said)
    demands = _demands(said, steps)
    return Requirement(steps, numbers, _materials(said), None, text, project, bounds, others, demands, target)


def _read(knowledge: Knowledge, reading: Reading, text: str) -> tuple[tuple[Step, ...], tuple[Asked, ...]]:
    """The steps that a text asks for (what the reader says is its own, in order), and all other numbers."""
    from kg.reading import steps

    state = knowledge.state()
    read = steps(reading, text)
    names = [one.name for one in _alternatives(reading)]
    own = _without_alternatives([step for step in read.steps if step.own], names)
    settled = state.settling.settled(merged(_step(step, order) for order, step in enumerate(own)))
    loose = [_asked(one) for one in read.loose]
    aside = [one for step in read.steps for one in (step.bench if step.own else step.quantities)]
    return attached(settled, [*loose, *(replace(_asked(one), reached=True) for one in aside)], state.stated)


def _with_wishes(
    steps: tuple[Step, ...], numbers: tuple[Asked, ...], reading: Reading
) -> tuple[tuple[Step, ...], tuple[Asked, ...]]:
    """The numbers of a clause that the reader takes for a wish (最好…, 尽量…) are wishes; 希望 is mere
    courtesy."""
    wishes = [
        Origin(None, "need", one.text, one.start, one.end)
        for one in reading.conditions
        if not one.hard and not COURTESY.match(one.rule)
    ]

    def softer(asked: Iterable[Asked]) -> tuple[Asked, ...]:
        return tuple(
            replace(one, hard=False) if any(overlap(one.origin, wish) for wish in wishes) else one
            for one in asked
        )

    if not wishes:
        return steps, numbers
    return tuple(replace(one, quantities=softer(one.quantities)) for one in steps), softer(numbers)


def _alternatives(reading: Reading) -> tuple[Alternative, ...]:
    """Operations that may be done instead of the one before them (喷雾造粒或喷雾干燥)."""
    found: dict[str, Alternative] = {}
    for one in reading.unit_ops:
        if one.own and one.alternative:
            origin = Origin(None, "need", one.text, one.start, one.end)
            found.setdefault(one.name, Alternative(one.name, origin))
    return tuple(found.values())


def _without_alternatives(steps: Sequence[ReadStep], names: Sequence[str]) -> list[ReadStep]:
    """The steps without those; what is said of an alternative is said of the step before it."""
    found: list[ReadStep] = []
    for step in steps:
        if step.name in names and found:
            found[-1] = replace(found[-1], quantities=(*found[-1].quantities, *step.quantities))
        else:
            found.append(step)
    return found


def _step(step: ReadStep, order: int) -> Step:
    quantities = distinct(map(_asked, step.quantities))
    origin = Origin(None, "need", step.text, step.start, step.end)
    return Step(order, step.name, step.text, quantities, "hard", True, origin=origin)


def _asked(mention: QuantityMention) -> Asked:
    said = {"measures": mention.measures, "relation": mention.relation, "stage": mention.stage}
    origin = Origin(None, "need", mention.quantity.text, mention.start, mention.end)
    return asked_from_document({**mention.quantity.document(), **said}, origin, demanded=True)


def _own_words(node: Node) -> list[tuple[str, str]]:
    """The texts of a node that ask for something: all of a need's, the pilot request of a result."""
    names = ("name", "description", "indicators") if node.kind == "Need" else tuple(ASKED_FIELDS)
    found = [(name, node.properties.get(name)) for name in names]
    return [(name, text) for name, text in found if isinstance(text, str)]


def _with_place(bounds: Bounds, said: Sequence[tuple[Origin, str]]) -> Bounds:
    """The bounds with the place that the words wish for, where the asker gives none."""
    if bounds.near is not None:
        return bounds
    found = next((place for origin, text in said if (place := place_in(text, origin))), None)
    return replace(bounds, near=found[0], near_in=found[1]) if found else bounds


def _with_reach(bounds: Bounds, said: Sequence[tuple[Origin, str]]) -> Bounds:
    """The bounds with how far away the words allow, counted from the place that they name."""
    found = next(((text, one) for origin, text in said if (one := within_in(text, origin))), None)
    if found is None or (bounds.near is not None and bounds.near != found[1][0]):
        return bounds
    text, (place, km, origin) = found
    soft = _softer(bounds, "within_km", origin, text)
    return replace(bounds, near=place, near_in=origin, within_km=km, within_in=origin, soft=soft)


def without_reach(numbers: tuple[Asked, ...], bounds: Bounds) -> tuple[Asked, ...]:
    """The numbers without the distance or the time that is the bound (2小时车程内)."""
    found = bounds.within_in
    if found is None:
        return numbers
    return tuple(one for one in numbers if not (_one_text(one.origin, found) and overlap(one.origin, found)))


def _one_text(one: Origin, two: Origin) -> bool:
    return (one.entity, one.field) == (two.entity, two.field)


def _with_start(bounds: Bounds, said: Sequence[tuple[Origin, str]], as_of: date) -> Bounds:
    """The bounds with the day before which the words let nothing begin."""
    found = next((one for origin, text in said if (one := start_in(text, as_of, origin))), None)
    return bounds if found is None else replace(bounds, start=found[0], start_in=found[1])


def _softer(bounds: Bounds, name: str, at: Origin, text: str) -> frozenset[str]:
    """The names of the bounds that are wishes, with this one where the words make it one."""
    if at.start is None or at.end is None or not wished(text, at.start, at.end):
        return bounds.soft
    return bounds.soft | {name}


def _with_maturity(project: Project, said: Sequence[tuple[Origin, str]]) -> tuple[Project, Target | None]:
    """The project with the level that the words state, where its field states none, and the target."""
    found = [maturity_in(text, origin) for origin, text in said]
    now = next((one for one, _ in found if one), None)
    if project.trl is None and now is not None:
        project = replace(project, trl=now[0], trl_in=now[1])
    return project, next((target for _, target in found if target), None)


def _stated_target(node: Node) -> Target | None:
    """The target of a result's own field; of a need the level that it asks for."""
    name = "trl_target" if node.kind == "Achievement" else "trl_low"
    level = node.properties.get(name)
    if not isinstance(level, int | float):
        return None
    return Target(int(level), True, Origin(node.id, name.removesuffix("_low")))


def _stated_kinds(node: Node) -> tuple[Demand, ...]:
    """The kinds of verification that the record's own field asks for."""
    held = node.properties.get("verification")
    texts = [held] if isinstance(held, str) else list(held) if isinstance(held, Sequence) else []
    kinds = dict.fromkeys(kind for text in texts for kind in kinds_of(str(text)))
    return tuple(Demand("verification", kind, origin=Origin(node.id, "verification")) for kind in kinds)


def _with_deadline(bounds: Bounds, reading: Reading, as_of: date, text: str) -> Bounds:
    """The bounds with the time that the words set, where the asker gives none: a day where it is counted from
    the day of asking (明年3月前, 6个月内), the words themselves where that cannot be."""
    from kg.deadlines import due

    found = reading.deadline
    begins = bounds.start_in
    if bounds.by is not None or found is None:
        return bounds
    if begins is not None and overlap(begins, Origin(start=found.start, end=found.end)):
        return bounds  # 最早明年1月 is when it may begin
    by = found.date
    if by is None and (counted := due(found, as_of)) is not None:
        last = last_day(counted)
        by = last.isoformat() if last else counted
    origin = Origin(None, "need", found.text, found.start, found.end)
    return replace(bounds, by=by or found.text, by_in=origin, soft=_softer(bounds, "by", origin, text))


def _without_deadline(numbers: tuple[Asked, ...], reading: Reading) -> tuple[Asked, ...]:
    """The numbers without the time that is the deadline (6个月内): it is held against the end of a route."""
    found = reading.deadline
    if found is None:
        return numbers
    origin = Origin(None, "need", found.text, found.start, found.end)
    return tuple(one for one in numbers if not (says_time(one) and overlap(one.origin, origin)))


def _with_budget(bounds: Bounds, budget: tuple[float, Origin], text: str) -> Bounds:
    """The bounds with the money that the words allow, where the asker gives none."""
    if bounds.budget is not None:
        return bounds
    soft = _softer(bounds, "budget", budget[1], text)
    return replace(bounds, budget=budget[0], budget_in=budget[1], soft=soft)


def _with_own(bounds: Bounds, node: Node) -> Bounds:
    """The bounds with the budget and the deadline that a need's own row states."""
    if node.kind != "Need":
        return bounds
    budget, by = node.properties.get("budget"), node.properties.get("deadline")
    if bounds.budget is None and isinstance(budget, int | float):
        bounds = replace(bounds, budget=float(budget), budget_in=Origin(node.id, "budget"))
    if bounds.by is None and isinstance(by, str):
        bounds = replace(bounds, by=by, by_in=Origin(node.id, "deadline"))
    return bounds


def _demands(said: Sequence[tuple[Origin, str]], steps: Sequence[Step]) -> tuple[Demand, ...]:
    """All that these texts demand beside numbers."""
    return (*demands_in(said, steps, verification_in), *_once(refused_in, said), *_once(required_in, said))


def _once(
    scan: Callable[[str, Origin], Iterable[Demand]], said: Sequence[tuple[Origin, str]]
) -> tuple[Demand, ...]:
    found: dict[str, Demand] = {}
    for origin, text in said:
        for one in scan(text, origin):
            found.setdefault(one.value, one)
    return tuple(found.values())


def _materials(said: Sequence[tuple[Origin, str]]) -> tuple[Material, ...]:
    found: dict[str, Material] = {}
    for origin, text in said:
        for one in materials_in(text, origin):
            found.setdefault(one.name, one)
    return tuple(found.values())
