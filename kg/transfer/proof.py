"""One line of a proof: what is required, what is offered, and the verdict with its margin or shortfall.

Three answers, not two: `fits`, `short` (by how much, in the unit of what was required), `unknown` (what
to ask). An unknown is never counted as a fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from kg.wording import Sentence

Verdict = Literal["fits", "short", "unknown"]
Document = dict[str, Any]


@dataclass(frozen=True)
class Amount:
    """A margin or a shortfall; `unit` is that of what was required."""

    value: float
    unit: str | None

    def document(self) -> Document:
        return {"value": self.value, "unit": self.unit}


@dataclass(frozen=True)
class Source:
    """The record that stated a fact, and the file, worksheet (None for a file without sheets) and line it
    stood on."""

    source: str | None = None
    file: str | None = None
    line: int | None = None
    sheet: str | None = None

    def document(self) -> Document:
        return {"source": self.source, "file": self.file, "line": self.line, "sheet": self.sheet}


@dataclass(frozen=True)
class Proof:
    """A verdict on one constraint.

    `required` and `offered` are quantity documents, text or words of ours. `note` says in words what a
    number cannot; `ask` is the question that would settle an unknown. `share` is the unrounded margin or
    shortfall as a part of what was required, for ordering.
    """

    constraint: str
    required: Document | Sentence | str | None
    offered: Document | Sentence | str | None
    verdict: Verdict
    margin: Amount | None = None
    short_by: Amount | None = None
    source: Source | None = None
    note: Sentence | None = None
    ask: Sentence | None = None
    share: float | None = None

    def document(self) -> Document:
        """The entry as INTERFACE's `proof` shows it, still in both languages; `note` and `ask` are further
        keys."""
        return {
            "constraint": self.constraint,
            "required": self.required,
            "offered": self.offered,
            "verdict": self.verdict,
            "margin": self.margin.document() if self.margin else None,
            "short_by": self.short_by.document() if self.short_by else None,
            "source": self.source.document() if self.source else None,
            "note": self.note,
            "ask": self.ask,
        }


def overall(proofs: Iterable[Proof]) -> Verdict:
    """The verdict of all of them together: short if one is short, else unknown if one is unknown."""
    verdicts = {proof.verdict for proof in proofs}
    if "short" in verdicts:
        return "short"
    return "unknown" if "unknown" in verdicts else "fits"


def questions(proofs: Iterable[Proof]) -> list[Sentence]:
    """What to ask, in order, each once."""
    return list(dict.fromkeys(proof.ask for proof in proofs if proof.ask))


def tidy(value: float) -> float:
    """Six significant digits: 3.0000000004 kg/h is 3 kg/h."""
    return float(f"{value:.6g}")
