"""Offers worth checking for a step, each with its proof: by the graph first, by words and vectors as
questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from kg.transfer.answering import answering
from kg.transfer.catalogue import Offer
from kg.transfer.envelope import check, reaches
from kg.transfer.mandate import admits
from kg.transfer.operation import NAMED, STRENGTH, Related, operation_proof
from kg.transfer.prices import Cost, step_cost
from kg.transfer.proof import Amount, Proof, Verdict, overall
from kg.transfer.quantities import Asked
from kg.transfer.requirement import Step
from kg.transfer.schedule import Lapse
from kg.transfer.work import Work, work_of
from kg.wording import Sentence, constraint

FoundBy = Literal["graph", "fulltext", "vector"]

_CLOSED = re.compile(r"停用|停产|停运|关闭|报废|不对外|不开放|已拆")
_DOUBTFUL = re.compile(r"检修|维护|维修|在建|建设中|调试|满负荷|暂停|筹建|规划")


@dataclass(frozen=True)
class Candidate:
    """An offer with how its operation stands to the step's, and what found it."""

    offer: Offer
    how: Related
    found_by: tuple[FoundBy, ...]


@dataclass(frozen=True)
class Option:
    """A candidate with its proof: the operation, every number, and what the line itself demands."""

    offer: Offer
    how: Related
    found_by: tuple[FoundBy, ...]
    operation: Proof
    numbers: tuple[Proof, ...] = ()
    others: tuple[Proof, ...] = ()
    silent: tuple[Asked, ...] = ()
    """Numbers that are not asked of a line: they stand in no proof."""
    work: Work = field(default_factory=Work)
    bill: Cost = field(default_factory=Cost)
    lapses: tuple[Lapse, ...] = ()
    """What of it holds only until a day: the step has to end by then."""

    @property
    def proofs(self) -> tuple[Proof, ...]:
        return (self.operation, *self.numbers, *self.others)

    @cached_property
    def verdict(self) -> Verdict:
        return overall(self.proofs)

    @property
    def proven(self) -> bool:
        """Whether there is ground for a recommendation: the operation fits, or a related one's numbers do; an
        offer that is only alike in words must be more alike than not, one that is itself called what is asked
        is ground by that."""
        if self.operation.verdict == "fits" or self.how.strength == NAMED:
            return True
        near = self.how.match != "alike" or self.how.strength >= STRENGTH["alike"] / 2
        return near and any(one.verdict == "fits" for one in self.numbers)


def prove(step: Step, candidate: Candidate, trl: int | None) -> Option:
    """The option of a candidate: every constraint of the step, then the line's own demands."""
    offer = candidate.offer
    name, work = offer.by.called, work_of(step, offer)
    first = operation_proof(
        step.unit_op, candidate.how.named or offer.unit_op, candidate.how, offer.source, name
    )
    numbers = [(asked, number_proof(asked, offer)) for asked in step.quantities]
    others = [accepted_stage(offer, trl), availability(offer)]
    return Option(
        offer,
        candidate.how,
        candidate.found_by,
        first,
        tuple(proof for _, proof in numbers if proof is not None),
        tuple(proof for proof in others if proof is not None),
        tuple(asked for asked, proof in numbers if proof is None),
        work,
        step_cost(offer.terms.prices, work.days, work.batches),
    )


def number_proof(asked: Asked, offer: Offer) -> Proof | None:
    """The proof of one required quantity; None where it is not asked of a line."""
    answer = answering(asked, offer.limits)
    if answer.role == "skip":
        return None
    by = offer.by.called
    if answer.role == "limit" and answer.limit is not None:
        found = check(asked, answer.limit, asker=by)
        if found.source is None or found.source.file is None:  # a limit stands on its capability's row
            found = replace(found, source=offer.source)
        return found if asked.hard or found.verdict != "short" else _softened(found)
    ask = reaches(by, asked.measures, asked.bounds.text, answer.why)
    return Proof(
        asked.measures or ("批量" if asked.bounds.per_batch else "quantity"),
        asked.document(),
        answer.limit.document() if answer.limit else None,
        "unknown",
        source=offer.source,
        note=answer.why,
        ask=ask,
    )


def accepted_stage(offer: Offer, trl: int | None) -> Proof | None:
    """The maturity that the line accepts, where it states one."""
    window = offer.stage
    if window is None or (window.low is None and window.high is None):
        return None
    required = None if trl is None else f"TRL {trl}"
    accepted = admits(window, "TRL")
    if trl is None:
        ask = Sentence(
            f"项目方：目前 TRL 几级？{offer.by.called.zh}接收 {accepted}",
            f"Project: which TRL? {offer.by.called.en} accepts {accepted}",
        )
        return Proof("maturity", required, accepted, "unknown", source=offer.line_source, ask=ask)
    gaps = [trl - window.low] if window.low is not None else []
    gaps += [window.high - trl] if window.high is not None else []
    amount, short = Amount(abs(min(gaps)), "TRL"), min(gaps) < 0
    return Proof(
        "maturity",
        required,
        accepted,
        "short" if short else "fits",
        margin=None if short else amount,
        short_by=amount if short else None,
        source=offer.line_source,
    )


def availability(offer: Offer) -> Proof | None:
    """What the line's status says, where it says that the line may not be had."""
    status = offer.status or ""
    verdict: Verdict | None = "short" if _CLOSED.search(status) else None
    if verdict is None and _DOUBTFUL.search(status):
        verdict = "unknown"
    if verdict is None:
        return None
    ask = Sentence(
        f"{offer.by.called.zh}：何时可用？（状态：{status}）",
        f"{offer.by.called.en}: from when can it be used? (status: {status})",
    )
    return Proof(
        "availability",
        Sentence("可用", "open"),
        status,
        verdict,
        source=offer.line_source,
        ask=ask if verdict == "unknown" else None,
    )


def alike_words(one: frozenset[str], two: frozenset[str]) -> float:
    """Dice coefficient of two names' pieces, 0 to 1."""
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def pieces(text: str) -> frozenset[str]:
    """Bigrams of a name without punctuation; a single character stands for itself."""
    compact = re.sub(r"\W+", "", text.casefold())
    return frozenset(compact[i : i + 2] for i in range(len(compact) - 1)) or frozenset(compact)


def _softened(proof: Proof) -> Proof:
    """A wish that is not met is told, never a reason for no."""
    what = constraint(proof.constraint)
    ask = Sentence(
        f"{what.zh}未达到期望，能否接受？", f"{what.en}: a wish that is not met; is it still all right?"
    )
    return Proof(
        proof.constraint,
        proof.required,
        proof.offered,
        "unknown",
        source=proof.source,
        note=Sentence("非硬性要求", "a wish"),
        ask=ask,
    )
