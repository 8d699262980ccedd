"""The document of `routes`: requirement, routes with their proofs, or why there is none and what to add."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import NotFoundError
from kg.transfer.asked import RouteOptions, requirement_of_node, requirement_of_text
from kg.transfer.funds import Admission, admissions
from kg.transfer.knowledge import Knowledge
from kg.transfer.mandate import Place
from kg.transfer.planning import Plan, Route, Wish, plan
from kg.transfer.proof import Amount, Document, Proof, questions
from kg.transfer.rank import NAME, reason
from kg.transfer.requirement import Requirement
from kg.values.region import contains, locate

MOST_FUNDS = 10
"""Funds shown with a route: those that fit first."""

RULE = "disclosure"


def routes_for(
    knowledge: Knowledge,
    *,
    key_or_id: str | None = None,
    need: str | None = None,
    options: RouteOptions | None = None,
) -> Document:
    """Routes for an achievement or need by key or id, or for a need in words.

    `status` is `ok`, `blocked` (the key names only what may not be shown) or `abstain` (see `why_not` and
    `open_questions`). Raises `NotFoundError`, `AmbiguousKeyError`, `UsageError`.
    """
    given = options or RouteOptions()
    if key_or_id is None:
        return answer(knowledge, requirement_of_text(knowledge, need or "", given), given)
    try:
        node = knowledge.view.one(key_or_id)
    except NotFoundError:
        if knowledge.view.withheld(key_or_id):
            return blocked(key_or_id)
        raise
    return answer(knowledge, requirement_of_node(knowledge, node, given), given)


def answer(knowledge: Knowledge, requirement: Requirement, options: RouteOptions) -> Document:
    """The document for a requirement."""
    state, project = knowledge.state(), requirement.project
    admitted = admissions(state.funds, project, contains)
    origin, near_known = _origin(requirement)
    wish = Wish(
        options.limit,
        options.max_hand_overs,
        origin,
        by_distance=bool(options.near) and near_known,
        money=admitted[0].verdict if admitted else None,
    )
    held = [state.options(step, project.trl) for step in requirement.steps]
    found = plan(requirement.steps, held, state.distances, wish)
    unchecked = _unchecked(requirement, near_known)
    if found.routes:
        status, open_questions = "ok", list[str]()
    else:
        status, open_questions = "abstain", _to_add(requirement, found)
    return {
        "status": status,
        "requirement": requirement.document(),
        "routes": [
            _route(route, found, admitted, unchecked, options.max_hand_overs) for route in found.routes
        ],
        "why_not": [entry.document() for entry in found.why_not],
        "open_questions": open_questions,
        "gates": [],
        "ranking": NAME,
    }


def blocked(key: str) -> Document:
    """The answer for a record that may not be shown: the rule and who can lift it, nothing of the record."""
    gate = {
        "rule": RULE,
        "status": "blocked",
        "holder": "the record's owner",
        "why": "the record is not public (内部 or 待定密); its owner has to release it first",
    }
    return {
        "status": "blocked",
        "requirement": None,
        "routes": [],
        "why_not": [],
        "open_questions": [f"{key}: ask its owner to release it (密级 公开), then ask again"],
        "gates": [gate],
        "ranking": NAME,
    }


def _origin(requirement: Requirement) -> tuple[Place | None, bool]:
    """Where the way begins: the place that was asked for, else the owner's; and whether that wish is
    understood."""
    near = requirement.bounds.near
    if near is None:
        return requirement.project.place, True
    found = locate(near)
    if found is None:
        return requirement.project.place, False
    return Place(near, found.code), True


def _route(
    route: Route, found: Plan, admitted: Sequence[Admission], unchecked: Sequence[Proof], most: int | None
) -> Document:
    proofs = [proof for option in route.options for proof in option.proofs]
    asks = questions([*proofs, *unchecked])
    asks += [f"Who does {step.unit_op} ({step.text})? Nobody lists it" for step in found.uncovered]
    return {
        "score": route.score,
        "probability": None,
        "steps": [_step(route, index) for index in range(len(route.steps))],
        "totals": {
            "cost": None,
            "months": None,
            "risk": route.risk,
            "km": route.km,
            "hand_overs": route.hand_overs,
        },
        "funds": [_fund(one) for one in admitted[:MOST_FUNDS]],
        "money": [],
        "uncovered": None,
        "gates": [],
        "bounds": [proof.document() for proof in [*unchecked, *_hand_overs(route, most)]],
        "not_covered": [step.unit_op for step in found.uncovered],
        "open_questions": asks,
        "reasons": [reason(name, feature) for name, feature in route.features],
    }


def _step(route: Route, index: int) -> Document:
    step, option = route.steps[index], route.options[index]
    offer = option.offer
    return {
        "unit_op": step.unit_op,
        "capability": offer.capability.document(),
        "line": offer.line.document() if offer.line else None,
        "institution": offer.institution.entity.document() if offer.institution else None,
        "start": None,
        "end": None,
        "cost": None,
        "proof": [proof.document() for proof in option.proofs],
        "text": step.text,
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
    """Bounds that no data can be held against yet, each an unknown with its question."""
    bounds, found = requirement.bounds, list[Proof]()
    if bounds.budget is not None:
        ask = f"What does each step cost? No price is stated; the budget is {bounds.budget:,.10g} yuan"
        found.append(
            Proof("budget", f"{bounds.budget:,.10g} yuan", None, "unknown", note="no price", ask=ask)
        )
    if bounds.by is not None:
        ask = f"When is each line free, and how long does it take? It has to be done by {bounds.by}"
        found.append(Proof("by", bounds.by, None, "unknown", note="no calendar", ask=ask))
    if not near_known:
        ask = f"Where is {bounds.near}? The gazetteer does not know it, so nothing is ordered by distance"
        found.append(Proof("near", bounds.near, None, "unknown", note="unknown place", ask=ask))
    return found


def _hand_overs(route: Route, most: int | None) -> list[Proof]:
    if most is None:
        return []
    margin = Amount(float(most - route.hand_overs), "hand-overs")
    return [Proof("max_hand_overs", str(most), str(route.hand_overs), "fits", margin=margin)]


def _to_add(requirement: Requirement, found: Plan) -> list[str]:
    """What would make a route possible to find."""
    if not requirement.steps:
        what = requirement.subject.name if requirement.subject else "the text"
        return [
            f"No process step was found in {what}: name the operations that a pilot line should do, with "
            "scale and unit (for example 喷雾造粒 12 kg/h), in 中试需求 or 成果简介, or ask with --need"
        ]
    nearest = questions(proof for option in found.nearest for proof in option.proofs)
    nobody = [entry.required for entry in found.why_not if entry.constraint == "unit_op" and entry.by is None]
    asks = [f"Who does {name}? No visible capability lists it or anything alike" for name in nobody]
    return list(dict.fromkeys([*asks, *nearest]))
