"""Results and lines for an enterprise's need in words."""

from __future__ import annotations

from dataclasses import dataclass

from kg.search.engine import search
from kg.search.query import Filters, Page
from kg.transfer.asked import requirement_of_text
from kg.transfer.candidates import Option, prove
from kg.transfer.knowledge import Knowledge
from kg.transfer.loose import number_questions, unanswered
from kg.transfer.proof import Document, questions
from kg.transfer.rank import Score, envelope, headroom, operation, proof
from kg.transfer.requirement import Requirement, Step
from kg.transfer.whynot import gap
from kg.transfer.wishes import material_question
from kg.wording import DEFAULT, Lang, Sentence, told

WEIGHTS = {"proof": 0.27, "operation": 0.6, "envelope": 0.1, "headroom": 0.03}
"""`match-v3`: the features of a step in `route-v4`, deciding in the same order."""

NEAR_MISS = 0.1

TITLE = 40


@dataclass(frozen=True)
class Line:
    """An offer for one step of the need, or a near miss: the operation, but a number falls short."""

    step: Step
    option: Option

    @property
    def features(self) -> tuple[tuple[str, Score], ...]:
        return (
            ("proof", proof(self.option.verdict)),
            ("operation", operation(self.option.how)),
            ("envelope", envelope(self.option.numbers)),
            ("headroom", headroom(self.option.numbers)),
        )

    @property
    def near_miss(self) -> bool:
        return self.option.verdict == "short"

    @property
    def score(self) -> float:
        """The weighted sum of the features. A near miss has at most a tenth of it, less the wider its gap:
        every open line precedes it."""
        whole = sum(WEIGHTS[name] * feature.value for name, feature in self.features)
        if self.near_miss:
            whole *= NEAR_MISS * (1 - min(gap(self.option)[1], 1.0))
        return round(whole, 4)


NO_STEPS = Sentence(
    "没有读出工艺步骤：请写明工序、规模和单位（如 喷雾造粒 12 kg/h）",
    "No process step was found in the need: name the operations with scale and unit (喷雾造粒 12 kg/h)",
)


def match_need(knowledge: Knowledge, need: str, page: Page | None = None, lang: Lang = DEFAULT) -> Document:
    """Achievements by search and lines by proof, each a page of its own; raises `UsageError` for an empty
    need."""
    shown = page or Page()
    hits = search(
        knowledge.view, knowledge.encoder, knowledge.schema, need, Filters(kinds=("Achievement",)), shown
    )
    requirement = requirement_of_text(knowledge, need)
    lines = lines_for(knowledge, requirement)
    taken = lines[shown.start : shown.stop]
    document: Document = {
        "requirement": requirement.document(),
        "total": {"achievements": hits.total, "lines": len(lines)},
        "achievements": [hit.document() for hit in hits.hits],
        "lines": [told(_line(line), lang) for line in taken],
        "open_questions": told(_open(requirement, lines), lang),
        "ranking": "match-v3",
    }
    return document


def lines_for(knowledge: Knowledge, requirement: Requirement) -> list[Line]:
    """Every offer that may do a step, and behind them those that do it but fall short; each once, for the
    step that it serves best; best first, ties by id."""
    state, found = knowledge.state(), dict[str, Line]()
    lines = [
        Line(step, option)
        for step in requirement.steps
        for option in state.options(step, None)
        if option.verdict != "short" or option.operation.verdict == "fits"
    ]
    if not requirement.steps and requirement.text:
        step = Step(0, requirement.text[:TITLE], requirement.text[:TITLE], role="hard", asked=True)
        alike = state.alikeness.nearest(knowledge.encoder, requirement.text)
        lines = [Line(step, prove(step, one, None)) for one in alike]
    for line in sorted(lines, key=lambda one: (one.near_miss, -one.score, one.option.offer.id)):
        found.setdefault(line.option.offer.id, line)
    return list(found.values())


def _line(line: Line) -> Document:
    option, offer = line.option, line.option.offer
    return {
        "line": offer.line.document() if offer.line else None,
        "institution": offer.institution.entity.document() if offer.institution else None,
        "capability": offer.capability.document(),
        "proof": [proof.document() for proof in option.proofs],
        "score": line.score,
        "reasons": [
            {"feature": name, "score": round(f.value, 4), "weight": WEIGHTS[name], "reason": f.reason}
            for name, f in line.features
        ],
        "unit_op": line.step.unit_op,
        "found_by": list(option.found_by),
        "open_questions": [
            *questions(option.proofs),
            *unanswered(line.step.unit_op, offer.by.called, option.silent),
        ],
    }


def _open(requirement: Requirement, lines: list[Line]) -> list[Sentence]:
    """Steps that no line does, then what is asked of the whole."""
    beside = [*number_questions(requirement.numbers), *material_question(requirement.materials, "")]
    if not requirement.steps:
        return [NO_STEPS, *beside]
    served = {line.step.unit_op for line in lines if not line.near_miss}
    unserved = [
        Sentence(f"{step.unit_op}：谁能做？没有产线满足", f"Who does {step.unit_op}? No line fits")
        for step in requirement.steps
        if step.unit_op not in served
    ]
    return [*unserved, *beside]
