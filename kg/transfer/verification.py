"""The five kinds of verification of pilot work (五类验证): which of them is asked for, and who does it.

A kind that belongs to a step (喷雾造粒的工艺验证) is held against that step's offers; one of the whole is
answered where a line of the route states it. A list of kinds is rarely whole: a kind that it lacks is a
question, never a no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.transfer import cues
from kg.transfer.catalogue import Offer
from kg.transfer.demands import Demand
from kg.transfer.proof import Proof, Source
from kg.transfer.quantities import Origin
from kg.wording import Sentence

KINDS: dict[str, tuple[str, str]] = {
    "设计验证": ("design verification", r"设计(?:方案|结构|可行性)?|方案|design"),
    "功能性能验证": (
        "functional and performance verification",
        r"功能(?:[与和及、/]?性能)|功能|性能|(?:functional|performance)(?: and performance)?",
    ),
    "工艺验证": ("process verification", r"工艺(?:路线|参数|放大|流程|稳定性|可行性)?|process"),
    "适配验证": (
        "adaptation verification",
        r"适配|兼容|匹配|装机|上机|装车|应用场景|场景应用|adaptation|compatibility",
    ),
    "生产验证": (
        "production verification",
        r"生产(?:条件|线)?|试生产|量产|批量生产|小批量(?:试)?(?:生产)?|产业化|production",
    ),
}
"""Each kind with its English name and the words before 验证 (verification, validation) that mean it."""

_ONE = re.compile(
    "|".join(f"(?P<k{n}>{words})" for n, (_, words) in enumerate(KINDS.values())), re.IGNORECASE
)
_WORDS = "|".join(words for _, words in KINDS.values())
_SAID = re.compile(
    rf"(?:(?:{_WORDS})(?:性|验证)?\s*(?:[、/,，]|和|与|及|以及|and)?\s*)*(?:{_WORDS})(?:性)?\s*"
    r"(?:等)?(?:[一二两三四五\d]类)?(?:的)?\s*(?:验证(?!码|人)|verification|validation)",
    re.IGNORECASE,
)


def kinds_in(text: str) -> Iterator[tuple[str, int, int]]:
    """The kinds that a text names, each with where (设计、工艺和生产验证 are three)."""
    for said in _SAID.finditer(text):
        for one in _ONE.finditer(text, said.start(), said.end()):
            yield list(KINDS)[int((one.lastgroup or "k0")[1:])], one.start(), one.end()


@lru_cache(maxsize=4096)
def kinds_of(cell: str) -> tuple[str, ...]:
    """The kinds of a register's cell, in which 验证 need not stand (工艺；生产)."""
    return tuple(dict.fromkeys(list(KINDS)[int((m.lastgroup or "k0")[1:])] for m in _ONE.finditer(cell)))


def verification_in(text: str, origin: Origin) -> Iterator[Demand]:
    """The kinds that a text asks for; what is denied or done already is none."""
    for kind, start, end in kinds_in(text):
        if cues.denied(text, start) or cues.done(text, start, end):
            continue
        wish = cues.wished(text, start, end)
        yield Demand("verification", kind, hard=not wish, origin=origin.at(text, start, end))


def verified_by(demand: Demand, offer: Offer) -> Proof:
    """The proof of a kind at one offer, from the most particular record that states kinds."""
    stated = _stated(offer)
    words = "、".join(stated[0]) if stated else None
    source = stated[1] if stated else offer.source
    if stated and demand.value in stated[0]:
        return Proof("verification", _shown(demand.value), words, "fits", source=source)
    by = offer.by.called
    told = Sentence(f"登记的是{words}", f"{words} is stated") if words else NOT_STATED
    ask = Sentence(
        f"{by.zh}：能否做{demand.value}？（{told.zh}）",
        f"{by.en}: does it do {KINDS[demand.value][0]}? ({told.en})",
    )
    return Proof("verification", _shown(demand.value), words, "unknown", source=source, ask=ask)


NOT_STATED = Sentence("登记中没有写", "nothing is stated")


def verified_on(demands: Sequence[Demand], offers: Sequence[Offer]) -> list[Proof]:
    """The proofs of the kinds of the whole on a route: each by the first of its offers that states it."""
    found: list[Proof] = []
    for one in demands:
        proofs = [verified_by(one, offer) for offer in offers]
        sure = next((proof for proof in proofs if proof.verdict == "fits"), None)
        found.append(sure or _open(one, offers))
    return found


def _open(demand: Demand, offers: Sequence[Offer]) -> Proof:
    names = list(dict.fromkeys(offer.by.called for offer in offers))
    zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
    ask = Sentence(
        f"{zh}：谁能出具{demand.value}？（登记中没有写）",
        f"{en}: who does {KINDS[demand.value][0]}? (nothing is stated)",
    )
    return Proof("verification", _shown(demand.value), None, "unknown", ask=ask)


def _stated(offer: Offer) -> tuple[tuple[str, ...], Source] | None:
    """The kinds that are stated of an offer: by the most particular record, else in its own words."""
    for facts in offer.conditions:
        fact = facts.get("verification")
        if fact is not None:
            texts = [fact.value] if isinstance(fact.value, str) else [str(one) for one in fact.value]
            kinds = tuple(dict.fromkeys(kind for text in texts for kind in kinds_of(text)))
            if kinds:
                return kinds, fact.source
    named = tuple(
        dict.fromkeys(
            kind for kind, start, _ in kinds_in(offer.described) if not cues.denied(offer.described, start)
        )
    )
    return (named, offer.source) if named else None


def _shown(kind: str) -> Sentence:
    return Sentence(kind, KINDS[kind][0])
