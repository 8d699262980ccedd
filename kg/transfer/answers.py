"""The document of `routes`: requirement, routes with their proofs, or why there is none and what to add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.errors import NotFoundError
from kg.transfer.asked import RouteOptions, requirement_of_node, requirement_of_text
from kg.transfer.candidates import Option
from kg.transfer.chain import contradictions
from kg.transfer.conditions import on_conditions
from kg.transfer.costing import Route, Wish
from kg.transfer.funds import Admission, admissions
from kg.transfer.handed_back import requirement_of_file
from kg.transfer.knowledge import Knowledge, State
from kg.transfer.loose import number_questions, unanswered
from kg.transfer.mandate import Place
from kg.transfer.places import Distances
from kg.transfer.planning import Plan, plan
from kg.transfer.prices import batches_question
from kg.transfer.proof import Amount, Document, Proof, questions
from kg.transfer.rank import NAME, reason
from kg.transfer.reach import in_reach
from kg.transfer.requirement import Requirement, Step
from kg.transfer.ripeness import target_questions
from kg.transfer.scale import scale_up
from kg.transfer.smallest_change import Solver, with_changes
from kg.transfer.terms import last_day
from kg.transfer.timeline import When, as_wish, bound_proofs, when_of
from kg.transfer.timetable import dated, totals_beside
from kg.transfer.verification import verified_on
from kg.transfer.wishes import material_question
from kg.values.region import contains, locate
from kg.wording import DEFAULT, Lang, Sentence, told

MOST_FUNDS = 10
"""Funds shown with a route: those that fit first."""

RULE = "disclosure"


def routes_for(
    knowledge: Knowledge,
    *,
    key_or_id: str | None = None,
    need: str | None = None,
    requirement: Path | None = None,
    options: RouteOptions | None = None,
    lang: Lang = DEFAULT,
) -> Document:
    """Routes for an achievement or need by key or id, for a need in words, or for a requirement in a file.

    `status` is `ok`, `blocked` (the key names only what may not be shown) or `abstain` (see `why_not` and
    `open_questions`). Raises `NotFoundError`, `AmbiguousKeyError`, `UsageError`.
    """
    given = options or RouteOptions()
    if requirement is not None:
        return answer(knowledge, requirement_of_file(knowledge, requirement, given), given, lang)
    if key_or_id is None:
        return answer(knowledge, requirement_of_text(knowledge, need or "", given), given, lang)
    try:
        node = knowledge.view.one(key_or_id)
    except NotFoundError:
        if knowledge.view.withheld(key_or_id):
            return blocked(key_or_id, lang)
        raise
    return answer(knowledge, requirement_of_node(knowledge, node, given), given, lang)


def answer(
    knowledge: Knowledge, requirement: Requirement, options: RouteOptions, lang: Lang = DEFAULT
) -> Document:
    """The document for a requirement."""
    state = knowledge.state()
    admitted = admissions(state.funds, requirement.project, contains, options.as_of or date.today())
    wish, near_known = _wish(requirement, options, state.distances, admitted)
    held = _options(state, requirement, options)
    found = plan(requirement.steps, held, state.distances, wish)
    unchecked = _unchecked(requirement, near_known)
    if not found.routes and found.why_not:
        solver = _solver(knowledge, requirement, options)
        found = replace(found, why_not=tuple(with_changes(requirement, found.why_not, solver)))
    if found.routes:
        status, open_questions = "ok", list[Sentence]()
    else:
        status, open_questions = "abstain", [*_past(wish.when), *_to_add(requirement, found)]
    routes = [_route(route, found, requirement, admitted, unchecked, wish) for route in found.routes]
    return {
        "status": status,
        "requirement": requirement.document(),
        "routes": told(routes, lang),
        "why_not": told([entry.document() for entry in found.why_not], lang),
        "open_questions": told(open_questions, lang),
        "gates": [],
        "ranking": NAME,
    }


def _options(state: State, requirement: Requirement, options: RouteOptions) -> list[tuple[Option, ...]]:
    """The options of every step, with what is demanded beside numbers."""
    return [_of_step(state, requirement, step, options) for step in requirement.steps]


def _of_step(state: State, requirement: Requirement, step: Step, options: RouteOptions) -> tuple[Option, ...]:
    held = state.options(step, requirement.project.trl)
    held = on_conditions(held, requirement.demands_on(step), options.as_of or date.today())
    bounds = requirement.bounds
    if bounds.within_km is None:
        return held
    origin, known = _origin(requirement, state.distances)
    origin = origin if known else None
    return in_reach(held, bounds.within_km, origin, state.distances, bounds.hard("within_km"))


def _wish(
    requirement: Requirement, options: RouteOptions, distances: Distances, admitted: Sequence[Admission]
) -> tuple[Wish, bool]:
    """What the search is bound by, and whether the place to be near to is known."""
    origin, near_known = _origin(requirement, distances)
    wish = Wish(
        options.limit,
        requirement.bounds.max_hand_overs if requirement.bounds.hard("max_hand_overs") else None,
        origin,
        by_distance=requirement.bounds.near is not None and near_known,
        money=admitted[0].verdict if admitted else None,
        when=when_of(requirement.bounds, options.as_of or date.today()),
    )
    return wish, near_known


def _solver(knowledge: Knowledge, asked: Requirement, options: RouteOptions) -> Solver:
    """Solves a changed requirement as `answer` would."""
    state = knowledge.state()

    def routes(requirement: Requirement, lifted: tuple[str, str] | None) -> int:
        held = _options(state, requirement, options)
        if lifted is not None:
            held = [tuple(_met(option, *lifted) for option in of_step) for of_step in held]
        wish, _ = _wish(requirement, options, state.distances, ())
        return len(plan(requirement.steps, held, state.distances, wish).routes)

    as_of = options.as_of or date.today()
    return Solver(routes, lambda step: _of_step(state, asked, step, options), as_of)


def _met(option: Option, by: str, constraint: str) -> Option:
    """The option as if its line met one constraint."""
    if option.offer.by.id != by:
        return option

    def met(proofs: Sequence[Proof]) -> tuple[Proof, ...]:
        return tuple(replace(p, verdict="fits") if p.constraint == constraint else p for p in proofs)

    lapses = tuple(one for one in option.lapses if one.constraint != constraint)
    return replace(option, numbers=met(option.numbers), others=met(option.others), lapses=lapses)


def blocked(key: str, lang: Lang = DEFAULT) -> Document:
    """The answer for a record that may not be shown: the rule and who can lift it, nothing of the record."""
    gate = {
        "rule": RULE,
        "status": "blocked",
        "holder": Sentence("成果权属单位", "the record's owner"),
        "why": Sentence(
            "该记录未公开（内部或待定密），须先由权属单位公开",
            "the record is not public (内部 or 待定密); its owner has to release it first",
        ),
    }
    ask = Sentence(
        f"{key}：请权属单位将密级改为公开，再来查询",
        f"{key}: ask its owner to release it (密级 公开), then ask again",
    )
    return {
        "status": "blocked",
        "requirement": None,
        "routes": [],
        "why_not": [],
        "open_questions": [ask.said(lang)],
        "gates": [told(gate, lang)],
        "ranking": NAME,
    }


def _origin(requirement: Requirement, distances: Distances) -> tuple[Place | None, bool]:
    """Where the way begins: the place that was asked for, else the owner's; and whether that wish is
    understood."""
    near = requirement.bounds.near
    if near is None:
        return requirement.project.place, True
    found = locate(near)
    place = Place(near, found.code if found else None)
    if found is None and not distances.knows(place):
        return requirement.project.place, False
    return place, True


def _route(
    route: Route,
    found: Plan,
    requirement: Requirement,
    admitted: Sequence[Admission],
    unchecked: Sequence[Proof],
    wish: Wish,
) -> Document:
    bounds = [*unchecked, *bound_proofs(route.timeline, wish.when)]
    bounds += _hand_overs(route, requirement.bounds.max_hand_overs)
    bounds += verified_on(requirement.verification, [option.offer for option in route.options])
    return {
        "score": route.score,
        "probability": None,
        "steps": [_step(route, index) for index in range(len(route.steps))],
        "totals": {
            "cost": route.timeline.cost,
            "months": route.timeline.months,
            "risk": route.risk(sum(proof.verdict == "unknown" for proof in bounds)),
            "km": route.km,
            "hand_overs": route.hand_overs,
            **totals_beside(route.timeline),
        },
        "funds": [_fund(one) for one in admitted[:MOST_FUNDS]],
        "money": [],
        "uncovered": None,
        "gates": [],
        "bounds": [proof.document() for proof in bounds],
        "not_covered": [step.unit_op for step in found.uncovered],
        "open_questions": _open(route, found, requirement, bounds),
        "pareto": route.pareto,
        "best_in": list(route.best_in),
        "reasons": [reason(name, feature) for name, feature in route.features],
    }


def _open(route: Route, found: Plan, requirement: Requirement, unchecked: Sequence[Proof]) -> list[Sentence]:
    """All that is not known of a route: its proofs, what no limit answers, what nobody offers."""
    asks = questions([*(proof for option in route.options for proof in option.proofs), *unchecked])
    for step, option in zip(route.steps, route.options, strict=True):
        asks += unanswered(step.unit_op, option.offer.by.called, option.silent)
    for step in found.uncovered:
        asks += [_nobody(step), *number_questions(step.quantities)]
    asks += [one for step in requirement.steps for one in contradictions(step)]
    asks += [*_alternatives(requirement), *number_questions(requirement.numbers)]
    described = " ".join(one.offer.described for one in route.options)
    asks += material_question(requirement.materials, described, _demanded(requirement))
    asks += target_questions(requirement)
    for option in route.options:
        asks += batches_question(option.offer.by.called, option.offer.terms.prices, option.bill)
    return list(dict.fromkeys(asks))


def _demanded(requirement: Requirement) -> list[str]:
    """The materials that every line is asked about in its proof."""
    return [one.value for one in requirement.demands if one.sort == "material"]


def _alternatives(requirement: Requirement) -> list[Sentence]:
    return [
        Sentence(
            f"文中说也可用{one.name}：本次未按它查找，可单独提问",
            f"The text would take {one.name} instead: it was not searched for; ask for it by itself",
        )
        for one in requirement.alternatives
    ]


def _nobody(step: Step) -> Sentence:
    same = step.text == step.unit_op
    zh, en = ("", "") if same else (f"（原文：{step.text}）", f" ({step.text})")
    return Sentence(
        f"{step.unit_op}{zh}：谁能做？没有机构登记", f"Who does {step.unit_op}{en}? Nobody lists it"
    )


def _step(route: Route, index: int) -> Document:
    step, option = route.steps[index], route.options[index]
    offer = option.offer
    return {
        "unit_op": step.unit_op,
        "capability": offer.capability.document(),
        "line": offer.line.document() if offer.line else None,
        "institution": offer.institution.entity.document() if offer.institution else None,
        "region": offer.place.name if offer.place else None,
        **dated(route.timeline.steps[index]),
        "proof": [proof.document() for proof in option.proofs],
        "text": step.text,
        "scale_up": found.document() if (found := scale_up(step)) else None,
        "found_by": list(option.found_by),
        "km": _way(route, index),
    }


def _way(route: Route, index: int) -> float | None:
    """km from the step before, for the first step from where the way begins."""
    if index:
        return route.legs[index - 1].km
    return route.first.km if route.first else None


def _fund(one: Admission) -> Document:
    return {
        **one.fund.entity.document(),
        "verdict": one.verdict,
        "proof": [proof.document() for proof in one.proofs],
    }


def _unchecked(requirement: Requirement, near_known: bool) -> list[Proof]:
    """Bounds that no data can be held against, whatever the route: each an unknown with its question."""
    bounds, found = requirement.bounds, list[Proof]()
    if bounds.by is not None and last_day(bounds.by) is None:
        ask = Sentence(
            f"“{bounds.by}”是哪一天？请写成日期（如 2027-03-01）",
            f"Which day is '{bounds.by}'? Write a date, such as 2027-03-01",
        )
        note = Sentence("不是日期", "no date")
        found.append(Proof("by", bounds.by, None, "unknown", note=note, ask=ask))
    if not near_known:
        ask = Sentence(
            f"{bounds.near}在哪里？地名库中查不到，未按距离排序",
            f"Where is {bounds.near}? The gazetteer does not know it, so nothing is ordered by distance",
        )
        note = Sentence("地名未知", "unknown place")
        found.append(Proof("near", bounds.near, None, "unknown", note=note, ask=ask))
    return found


def _hand_overs(route: Route, most: int | None) -> list[Proof]:
    if most is None:
        return []
    margin = Amount(float(most - route.hand_overs), "hand-overs")
    if margin.value < 0:
        return [as_wish(Proof("max_hand_overs", str(most), str(route.hand_overs), "unknown"))]
    return [Proof("max_hand_overs", str(most), str(route.hand_overs), "fits", margin=margin)]


def _to_add(requirement: Requirement, found: Plan) -> list[Sentence]:
    """What would make a route possible to find, and what is asked beside the steps."""
    beside = [one for step in requirement.steps for one in contradictions(step)]
    beside += [*_alternatives(requirement), *number_questions(requirement.numbers)]
    beside += [*material_question(requirement.materials, "", _demanded(requirement))]
    beside += target_questions(requirement)
    if not requirement.steps:
        return [_no_steps(requirement), *beside]
    nearest = questions(proof for option in found.nearest for proof in option.proofs)
    nobody = [entry.required for entry in found.why_not if entry.constraint == "unit_op" and entry.by is None]
    asks = [
        Sentence(
            f"{name}：谁能做？没有机构登记该工序或相近工序",
            f"Who does {name}? No visible capability lists it or anything alike",
        )
        for name in nobody
    ]
    return list(dict.fromkeys([*asks, *nearest, *beside]))


def _past(when: When | None) -> list[Sentence]:
    """Whether the deadline is over on the day of asking."""
    if when is None or when.by is None or when.by >= when.as_of:
        return []
    return [
        Sentence(
            f"期限 {when.by} 已过（提问日 {when.as_of}）：改到哪一天？",
            f"The deadline {when.by} has passed (asked on {when.as_of}): until when instead?",
        )
    ]


def _no_steps(requirement: Requirement) -> Sentence:
    subject = requirement.subject.called if requirement.subject else Sentence("", "the text")
    zh = f"{subject.zh}：" if requirement.subject else ""
    return Sentence(
        f"{zh}没有读出工艺步骤。请在中试需求或成果简介中写明要中试线做的工序、规模和单位"
        "（如 喷雾造粒 12 kg/h），或用 --need 直接提问",
        f"No process step was found in {subject.en}: name the operations that a pilot line should "
        "do, with scale and unit (for example 喷雾造粒 12 kg/h), in 中试需求 or 成果简介, or ask with --need",
    )
