"""Ranking `route-v1`: features that each explain themselves, with fixed weights.

A feature gives a score from 0 to 1 and a reason; its docstring is the public explanation. The score of a
route is the weighted sum; step features are averaged over the steps, leg features over the legs, so that
the search can add them up. It is no probability: `probability` stays null until recorded outcomes or
human grades calibrate one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.transfer.operation import Related
from kg.transfer.proof import Document, Proof, Verdict

NAME = "route-v1"
WEIGHTS = {
    "operation": 0.35,
    "envelope": 0.25,
    "headroom": 0.05,
    "hand_overs": 0.15,
    "nearness": 0.10,
    "money": 0.10,
}
FAR = 1000.0
"""km of one leg from which on a route is as far as can be."""


@dataclass(frozen=True)
class Score:
    """A feature's score, 0 to 1, and why."""

    value: float
    reason: str


def operation(how: Related) -> Score:
    """The line offers the very operation that is asked for; a broader one counts less, a related one
    little."""
    return Score(how.strength, f"operation: {how.match}")


def envelope(proofs: Sequence[Proof]) -> Score:
    """The share of the required numbers that the line's limits prove; a step without numbers proves half."""
    if not proofs:
        return Score(0.5, "no number is asked of the line")
    fits = sum(proof.verdict == "fits" for proof in proofs)
    return Score(fits / len(proofs), f"{fits} of {len(proofs)} numbers proved")


def headroom(proofs: Sequence[Proof]) -> Score:
    """How comfortably the numbers fit: half the required value as margin on the tightest one is enough."""
    shares = [proof.share for proof in proofs if proof.verdict == "fits" and proof.share is not None]
    if not shares:
        return Score(0.5, "no margin known")
    return Score(min(1.0, 2 * min(shares)), f"tightest margin {min(shares):.0%} of what is asked")


def hand_overs(count: int, steps: int) -> Score:
    """Fewer institutions in a row: each hand-over costs time and samples."""
    most = max(steps - 1, 1)
    return Score(1 - count / most, f"{count} hand-overs")


def nearness(km: float | None) -> Score:
    """One leg of the way: 1 on the spot, 0 from 1,000 km on, half where the distance is unknown."""
    if km is None:
        return Score(0.5, "distance unknown")
    return Score(1 - min(km, FAR) / FAR, f"{km:.0f} km")


def money(verdict: Verdict | None) -> Score:
    """A fund admits the project on every stated term (1), or may admit it (half), or none is known to (0)."""
    value = {"fits": 1.0, "unknown": 0.5, "short": 0.0, None: 0.0}[verdict]
    reason = {"fits": "a fund admits it", "unknown": "a fund may admit it"}.get(
        verdict or "", "no fund admits it"
    )
    return Score(value, reason)


FEATURES = {one.__name__: one for one in (operation, envelope, headroom, hand_overs, nearness, money)}


def reason(name: str, score: Score) -> Document:
    """A feature as an entry of `reasons`."""
    explained = (FEATURES[name].__doc__ or "").strip()
    return {
        "feature": name,
        "score": round(score.value, 4),
        "weight": WEIGHTS[name],
        "reason": score.reason,
        "explanation": explained,
    }


def mean(scores: Sequence[Score]) -> Score:
    """The mean of a feature over steps or legs, with the reasons that occur."""
    reasons = "; ".join(dict.fromkeys(score.reason for score in scores))
    return Score(sum(score.value for score in scores) / len(scores), reasons)
