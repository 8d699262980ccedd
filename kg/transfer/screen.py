"""Projects for a fund: those that no term of its mandate excludes, the ones that can really be made first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.errors import UsageError
from kg.search.filters import allowed
from kg.search.query import Filters, Page
from kg.store.base import Node
from kg.transfer.candidates import Option
from kg.transfer.costing import Wish
from kg.transfer.funds import Fund
from kg.transfer.knowledge import Knowledge, State
from kg.transfer.loose import number_questions, unanswered
from kg.transfer.mandate import Project, check_mandate, excluded
from kg.transfer.planning import Plan, groundable, must_steps, open_options, plan
from kg.transfer.project import Subject
from kg.transfer.proof import Document, Proof, overall, questions
from kg.transfer.rank import Score, envelope, operation
from kg.transfer.requirement import Step
from kg.transfer.whynot import WhyNot
from kg.values.region import contains
from kg.wording import DEFAULT, Lang, Sentence, constraint, told

WEIGHTS = {"mandate": 0.5, "line": 0.5}
"""`screen-v2`: how surely the mandate admits it, and how surely its steps can be done."""

MOST_ROUTES = 5

UNGROUNDED = Sentence("多数步骤只有待确认的产线", "mostly questions, too little that is known to fit")
NO_STEPS = Sentence(
    "没有工艺步骤：请补充中试需求或成果简介", "no process step is known: add 中试需求 or 成果简介"
)


@dataclass(frozen=True)
class Doable:
    """Whether a project has a route, how surely its steps can be done, and what stays open even with the
    surest choice for each step."""

    feasible: bool
    line: Score
    asks: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Screened:
    """A project with its mandate proof, whether there is a route, and its score (0 to 1)."""

    subject: Subject
    mandate: tuple[Proof, ...]
    doable: Doable
    features: tuple[tuple[str, Score], ...]

    @property
    def feasible(self) -> bool:
        return self.doable.feasible

    @property
    def score(self) -> float:
        return round(sum(WEIGHTS[name] * feature.value for name, feature in self.features), 4)

    @property
    def asks(self) -> list[Sentence]:
        """What is to be asked before it is sure: the open terms of the mandate, then the route's."""
        return list(dict.fromkeys([*questions(self.mandate), *self.doable.asks]))

    @property
    def order(self) -> tuple[bool, bool, bool, float, str]:
        """Feasible ones first; of these what is proved on every count, then a proved route under an open
        mandate; then by score, ties by id."""
        doubtful = bool(self.doable.asks)
        return (not self.feasible, bool(self.asks), doubtful, -self.score, self.subject.entity.id)


def screen_fund(
    knowledge: Knowledge,
    node: Node,
    page: Page | None = None,
    lang: Lang = DEFAULT,
    filters: Filters | None = None,
    as_of: date | None = None,
) -> Document:
    """The projects of a page for a fund, of those that pass the filters, none where it invests no more on the
    day of asking; raises `UsageError` for another kind of node."""
    if node.kind != "Fund":
        raise UsageError(
            Sentence(
                f"{node.properties.get('name')} 是 {node.kind}，不是基金",
                f"{node.properties.get('name')} is a {node.kind}, not a fund",
            ),
            field="fund",
            remedy=Sentence("给出基金的编号", "give the key of a fund"),
        )
    shown = page or Page(20)
    state = knowledge.state()
    fund = next(one for one in state.funds if one.entity.id == node.id)
    over = fund.over(as_of or date.today())
    ranked = [] if over else state.screened(fund.entity.id, lambda: screened(state, fund))
    among = allowed(knowledge.view, knowledge.schema, filters) if filters else None
    if among is not None:
        ranked = [one for one in ranked if one.subject.entity.id in among]
    document: Document = {
        "fund": fund.entity.document(),
        "total": len(ranked),
        "feasible": sum(one.feasible for one in ranked),
        "projects": [told(_document(state, one), lang) for one in ranked[shown.start : shown.stop]],
        "note": _over(fund).said(lang) if over else None,
        "ranking": "screen-v2",
    }
    return document


def _over(fund: Fund) -> Sentence:
    return Sentence(
        f"基金已于 {fund.until} 到期，不再投资", f"the fund ended on {fund.until} and invests no more"
    )


def screened(state: State, fund: Fund) -> list[Screened]:
    """Every project that the mandate does not exclude, best first (`Screened.order`). The mandate is asked
    first: only of those that it admits are steps read and lines looked for."""
    checked: dict[Project, tuple[Proof, ...]] = {}
    admitted: list[Subject] = []
    for subject in state.projects.values():
        project = subject.project
        if excluded(fund.mandate, project):
            continue
        if project not in checked:
            checked[project] = check_mandate(fund.mandate, project, contains)
        if overall(checked[project]) != "short":
            admitted.append(subject)
    found = [_screened(state, one, checked[one.project]) for one in state.stepped(admitted)]
    return sorted(found, key=lambda one: one.order)


def _screened(state: State, subject: Subject, proofs: tuple[Proof, ...]) -> Screened:
    found = state.doable(subject)
    fits = sum(proof.verdict == "fits" for proof in proofs)
    unknown = len(proofs) - fits
    reason = Sentence(f"条件符合 {fits}/{len(proofs)}", f"{fits} of {len(proofs)} terms fit")
    mandate = Score((fits + 0.5 * unknown) / len(proofs), reason)
    return Screened(subject, proofs, found, (("mandate", mandate), ("line", found.line)))


def doable(subject: Subject, options: Sequence[Sequence[Option]]) -> Doable:
    """Whether `plan` finds a route, without searching for it, how surely the steps can be done and what would
    have to be asked."""
    if not subject.steps:
        return Doable(False, Score(0.0, Sentence("未读出工艺步骤", "no process step is known")))
    held = [open_options(of_step) for of_step in options]
    open_ones, must = [one for one in held if one], must_steps(subject.steps)
    if not open_ones or any(not held[i] for i in must):
        lacking = "、".join(subject.steps[i].unit_op for i in must if not held[i])
        return Doable(False, Score(0.0, _no_line(lacking)))
    value = sum(max(map(_sureness, options)) for options in open_ones) / len(held)
    silent = sum(step.role == "unlisted" and not held[i] for i, step in enumerate(subject.steps))
    if not groundable(open_ones, silent):
        return Doable(False, Score(round(value / 2, 6), UNGROUNDED))
    reason = Sentence(
        f"{len(open_ones)}/{len(held)} 步有产线", f"{len(open_ones)} of {len(held)} steps have a line"
    )
    return Doable(True, Score(round(value, 6), reason), tuple(_asks(subject, held)))


def _asks(subject: Subject, held: Sequence[Sequence[Option]]) -> list[Sentence]:
    """What stays open where each step is done by whoever leaves least open."""
    asks: list[Sentence] = []
    for step, options in zip(subject.steps, held, strict=True):
        if options:
            fewest: list[Sentence] = min((_open(step, one) for one in _grounded(options)), key=len)
            asks += fewest
        else:
            asks += [_unlisted(step), *number_questions(step.quantities)]
    return list(dict.fromkeys([*asks, *number_questions(subject.numbers)]))


def _grounded(options: Sequence[Option]) -> list[Option]:
    """The surest first; only those for which something speaks, wherever there are any."""
    proven = [one for one in options if one.proven] or list(options)
    return sorted(proven, key=lambda one: (-_sureness(one), one.offer.id))


def _open(step: Step, option: Option) -> list[Sentence]:
    left = unanswered(step.unit_op, option.offer.by.called, option.silent)
    return list(dict.fromkeys([*questions(option.proofs), *left]))


def _unlisted(step: Step) -> Sentence:
    return Sentence(f"{step.unit_op}：没有机构登记", f"nobody lists {step.unit_op}")


def _no_line(lacking: str) -> Sentence:
    if not lacking:
        return Sentence("没有产线", "no line")
    return Sentence(f"没有产线能做{lacking}", f"no line for {lacking}")


def _sureness(option: Option) -> float:
    return 0.6 * operation(option.how).value + 0.4 * envelope(option.numbers).value


def _document(state: State, one: Screened) -> Document:
    subject = one.subject
    found = plan(
        subject.steps,
        [state.options(step, subject.project.trl) for step in subject.steps],
        state.distances,
        Wish(MOST_ROUTES, origin=subject.project.place),
    )
    return {
        "achievement": subject.entity.document(),
        "score": one.score,
        "mandate": [proof.document() for proof in one.mandate],
        "feasible": one.feasible,
        "open": len(one.asks) if one.feasible else None,
        "missing": one.asks if one.feasible else _missing(one, found),
        "routes": len(found.routes),
        "best_route": _best_route(found) if one.feasible else [],
        "routes_capped": len(found.routes) == MOST_ROUTES,
        "reasons": [
            {"feature": name, "score": feature.value, "weight": WEIGHTS[name], "reason": feature.reason}
            for name, feature in one.features
        ],
    }


def _best_route(found: Plan) -> list[Document]:
    """Who does each step on the first of the routes."""
    if not found.routes:
        return []
    best = found.routes[0]
    return [
        {
            "unit_op": step.unit_op,
            "capability": option.offer.capability.document(),
            "line": option.offer.line.document() if option.offer.line else None,
            "institution": who.entity.document() if (who := option.offer.institution) else None,
            "region": option.offer.place.name if option.offer.place else None,
        }
        for step, option in zip(best.steps, best.options, strict=True)
    ]


def _missing(one: Screened, found: Plan) -> list[Sentence]:
    """What keeps the project from a route: open terms, steps without a line, numbers that are short."""
    missing = questions(one.mandate)
    if not one.subject.steps:
        missing.append(NO_STEPS)
    missing += [_lacking(entry) for entry in found.why_not]
    missing += [_unlisted(step) for step in found.uncovered if not found.why_not]
    return missing


def _lacking(entry: WhyNot) -> Sentence:
    """A step that no line can do, with the gap of the nearest one."""
    wanted = _words(entry.required)
    short = f"{entry.short_by.value:g} {entry.short_by.unit}" if entry.short_by else None
    zh = f"（最接近：{entry.by.called.zh}）" if entry.by else ""
    en = f" (nearest: {entry.by.called.en})" if entry.by else ""
    if entry.constraint == "unit_op":
        return Sentence(f"{wanted.zh}：没有确定能做的产线{zh}", f"no line for {wanted.en}{en}")
    what, step = constraint(entry.constraint), entry.step or ""
    if entry.constraint == "availability":
        return Sentence(f"{step}：产线{entry.best_offer}{zh}", f"no line for {step}: {entry.best_offer}{en}")
    return Sentence(
        f"{step}：{what.zh}要求 {wanted.zh}" + (f"，差 {short}" if short else "，没有产线满足") + zh,
        f"no line for {step}: {what.en} {wanted.en}" + (f", short by {short}" if short else "") + en,
    )


def _words(value: object) -> Sentence:
    """What is required, in words: a quantity's own text, or what it says."""
    if isinstance(value, Sentence):
        return value
    text = str(value.get("text") if isinstance(value, dict) else value)
    return Sentence(text, text)
