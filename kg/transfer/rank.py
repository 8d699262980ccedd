"""Ranking `route-v4`: features that each explain themselves, with fixed weights.

A feature gives a score from 0 to 1 and a reason; its docstring is the public explanation, in English and in
Chinese. The score of a route is the weighted sum; step features are averaged over the steps, leg features
over the legs, so that the search can add them up. The weights of a step's features decide in order: what is
proved on every count comes first; then the operation nearest to the one asked for; then the numbers that are
proved. It is no probability: `probability` stays null until recorded outcomes or human grades calibrate one.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass

from kg.transfer.operation import Match, Related
from kg.transfer.proof import Document, Proof, Verdict
from kg.wording import Sentence, listed, yuan

NAME = "route-v4"
WEIGHTS = {
    "proof": 0.1974,
    "operation": 0.3760,
    "envelope": 0.0658,
    "headroom": 0.0188,
    "hand_overs": 0.1222,
    "nearness": 0.0846,
    "money": 0.0752,
    "price": 0.0300,
    "time": 0.0300,
}
"""Those of `route-v2` times .94, and a little for what a route costs and how long it takes."""
DEAR = 200_000.0
"""Yuan of one step from which on it is as dear as can be."""
LONG = 24.0
"""Months from which on a route is as long as can be."""
FAR = 1000.0
"""km of one leg from which on a route is as far as can be."""


@dataclass(frozen=True)
class Score:
    """A feature's score, 0 to 1, and why."""

    value: float
    reason: Sentence


MATCHES: dict[Match, Sentence] = {
    "same": Sentence("工序相同", "the same operation"),
    "asked narrower": Sentence("产线登记得更宽", "listed more broadly"),
    "offered narrower": Sentence("产线做得更窄", "the line is narrower"),
    "sister": Sentence("工序相近", "a sister operation"),
    "taught": Sentence("登记中有此称呼", "so called in the registry"),
    "alike": Sentence("字面相近", "alike in words"),
}


def proof(verdict: Verdict) -> Score:
    """All that the step asks for is proved; a step with an open question comes behind those with none.

    这一步的各项要求都有依据；有待确认的排在都有依据的之后。
    """
    if verdict == "fits":
        return Score(1.0, Sentence("各项有依据", "all proved"))
    return Score(0.0, Sentence("有待确认", "open questions"))


def operation(how: Related) -> Score:
    """The line offers the very operation that is asked for; a broader one counts less, a related one little.
    It counts before numbers: a sister operation with a proved number comes behind the very one without.

    产线做的就是所要求的工序；登记得更宽的打折扣，只是相近的得分很低。工序比数值优先：相近工序即使数值有依据，也排在同一工序之后。
    """
    return Score(how.strength, MATCHES[how.match])


def envelope(proofs: Sequence[Proof]) -> Score:
    """The share of the required numbers that the line's limits prove; a step without numbers proves half.

    要求的数值中，产线能力证明满足的占比；没有数值要求的步骤记一半。
    """
    if not proofs:
        return Score(0.5, Sentence("没有数值要求", "no number is asked"))
    fits = sum(proof.verdict == "fits" for proof in proofs)
    reason = Sentence(f"数值满足 {fits}/{len(proofs)}", f"{fits} of {len(proofs)} numbers proved")
    return Score(fits / len(proofs), reason)


def proved(numbers: Sequence[Proof], silent: int) -> Sentence:
    """How many numbers of a whole route are proved, and how many of its steps have none."""
    found = envelope(numbers).reason
    if not numbers or not silent:
        return found
    steps = f"{silent} step{'' if silent == 1 else 's'}"
    return Sentence(f"{found.zh}（{silent} 步没提数值）", f"{found.en} ({steps} without)")


def headroom(proofs: Sequence[Proof]) -> Score:
    """How comfortably the numbers fit: half the required value as margin on the tightest one is enough.

    数值满足得是否宽裕：最紧的一项余量达到要求值的一半即为满分。
    """
    shares = [proof.share for proof in proofs if proof.verdict == "fits" and proof.share is not None]
    if not shares:
        return Score(0.5, Sentence("余量未知", "no margin known"))
    tightest = f"{min(shares):.0%}"
    return Score(min(1.0, 2 * min(shares)), Sentence(f"最小余量 {tightest}", f"tightest margin {tightest}"))


def hand_overs(count: int, steps: int) -> Score:
    """Fewer institutions in a row: each hand-over costs time and samples.

    经手的机构越少越好：每次交接都耗时间、耗样品。
    """
    most = max(steps - 1, 1)
    reason = Sentence(f"交接 {count} 次", f"{count} hand-over{'' if count == 1 else 's'}")
    return Score(1 - count / most, reason)


def nearness(km: float | None) -> Score:
    """One leg of the way: 1 on the spot, 0 from 1,000 km on, half where the distance is unknown.

    单程距离：同地记 1，1000 公里及以上记 0，距离未知记一半。
    """
    if km is None:
        return Score(0.5, Sentence("距离未知", "distance unknown"))
    return Score(1 - min(km, FAR) / FAR, Sentence(f"{km:.0f} 公里", f"{km:.0f} km"))


def money(verdict: Verdict | None) -> Score:
    """A fund admits the project on every stated term (1), or may admit it (half), or none is known to (0).

    有基金各项条件都符合记 1，有待确认的记一半，没有合适基金记 0。
    """
    if verdict == "fits":
        return Score(1.0, Sentence("有基金可投", "a fund admits it"))
    if verdict == "unknown":
        return Score(0.5, Sentence("有基金可能可投", "a fund may admit it"))
    return Score(0.0, Sentence("没有合适的基金", "no fund admits it"))


def price(cost: float | None) -> Score:
    """What a step costs: 1 for nothing, 0 from 200,000 yuan on, half where no price is known.

    每步费用：免费记 1，20 万元及以上记 0，价格未知记一半。
    """
    if cost is None:
        return Score(0.5, Sentence("价格未知", "price unknown"))
    return Score(1 - min(cost, DEAR) / DEAR, yuan(cost))


def time(months: float | None) -> Score:
    """How long the route takes from the day it may begin: 0 from 24 months on, half where it is not known.

    从可以开始之日到全部做完的时间：24 个月及以上记 0，时间未知记一半。
    """
    if months is None:
        return Score(0.5, Sentence("时间未知", "time unknown"))
    return Score(1 - min(months, LONG) / LONG, Sentence(f"{months:.1f} 个月", f"{months:.1f} months"))


FEATURES = {
    one.__name__: one
    for one in (proof, operation, envelope, headroom, hand_overs, nearness, money, price, time)
}


def reason(name: str, score: Score) -> Document:
    """A feature as an entry of `reasons`."""
    return {
        "feature": name,
        "score": round(score.value, 4),
        "weight": WEIGHTS[name],
        "reason": score.reason,
        "explanation": explanation(name),
    }


def explanation(name: str) -> Sentence:
    """A feature's docstring: the English paragraph, then the Chinese one."""
    english, chinese = inspect.cleandoc(FEATURES[name].__doc__ or "").split("\n\n")
    return Sentence("".join(chinese.split("\n")), " ".join(english.split("\n")))


def mean(scores: Sequence[Score], reason: Sentence | None = None) -> Score:
    """The mean of a feature over steps or legs, with one reason for all, else the reasons that occur."""
    value = sum(score.value for score in scores) / len(scores)
    return Score(value, reason or listed(score.reason for score in scores))
