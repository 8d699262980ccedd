"""The unit operation that is asked for against the one that is offered: the first entry of every proof.

The same operation (a synonym included) fits. One that is asked more narrowly than the line's list names
it fits with the difference shown, where the numbers fit. A line narrower than what is asked, a sister
operation, one that the registry's own names teach (a 炉内致密炉 listed under 烧结) and an offer found by its
words alone are questions, never fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.identity import normal_name
from kg.transfer.proof import Proof, Source, Verdict
from kg.vocabulary.model import Vocabulary
from kg.wording import Sentence

Match = Literal["same", "asked narrower", "offered narrower", "sister", "taught", "alike"]

_OF: dict[str, Match] = {
    "same": "same",
    "broader": "asked narrower",
    "narrower": "offered narrower",
    "sister": "sister",
}


@dataclass(frozen=True)
class Related:
    """How an offered operation stands to the asked one; `strength` 0–1 orders the ways.

    `named` is the operation that the offer's own words name, where its list has a broader one.
    """

    match: Match
    strength: float
    named: str = ""

    @property
    def verdict(self) -> Verdict:
        return "fits" if self.match in ("same", "asked narrower") else "unknown"


STRENGTH: dict[Match, float] = {
    "same": 1.0,
    "asked narrower": 0.75,
    "offered narrower": 0.5,
    "sister": 0.25,
    "taught": 0.2,
    "alike": 0.02,
}


def related(vocabulary: Vocabulary, asked: str, offered: str) -> Related | None:
    """The relation of two operations by name; None where they have nothing to do with each other."""
    if normal_name(asked) == normal_name(offered):
        return Related("same", STRENGTH["same"])
    match = _OF.get(vocabulary.relation(asked, offered))
    return Related(match, STRENGTH[match]) if match else None


def alike(similarity: float) -> Related:
    """An offer that words or vectors found: a question, the stronger the more alike (0–1)."""
    return Related("alike", STRENGTH["alike"] * max(0.0, min(1.0, similarity)))


NAMED = 0.24
"""An offer whose own words are those that are asked."""


def taught(offered: str, named: bool) -> Related:
    """An operation under which the registry lists a capability that is called by the words that are asked;
    `named`: this offer is so called itself."""
    return Related("taught", NAMED if named else STRENGTH["taught"], offered)


def operation_proof(asked: str, offered: str, how: Related, source: Source, by: Sentence) -> Proof:
    """The proof entry `unit_op`."""
    note = None if asked == offered else _difference(asked, offered, how.match)
    ask = Sentence(f"{by.zh}：用{offered}能否完成{asked}？", f"{by.en}: can {asked} be done with {offered}?")
    question = None if how.verdict == "fits" else ask
    return Proof("unit_op", asked, offered, how.verdict, source=source, note=note, ask=question)


def _difference(asked: str, offered: str, match: Match) -> Sentence:
    return {
        "same": Sentence(f"{asked}与{offered}是同一工序", f"{asked} and {offered} are the same operation"),
        "asked narrower": Sentence(
            f"要求{asked}，登记的是更宽的{offered}",
            f"{asked} is asked, the list names {offered}, which is broader",
        ),
        "offered narrower": Sentence(
            f"登记的{offered}比要求的{asked}窄", f"{offered} is narrower than {asked}, which is asked"
        ),
        "sister": Sentence(
            f"{offered}与{asked}相近，不是同一工序",
            f"{offered} is a sister operation of {asked}, not the same",
        ),
        "taught": Sentence(
            f"没有工序表收录{asked}；登记中有如此称呼的能力列在{offered}之下",
            f"no list of operations has {asked}; a capability that is called so is listed under {offered}",
        ),
        "alike": Sentence(
            f"{offered}只是字面相近，没有依据说就是{asked}",
            f"{offered} was found by its words; no list says that it is {asked}",
        ),
    }[match]
