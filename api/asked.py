"""What was asked, as people say it: the steps with their numbers, and all else that was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from api.phrases import bracketed, worth
from api.words import word
from kg.wording import Sentence, yuan

Document = dict[str, Any]
WISH = Sentence("希望", "wish")


def asked(requirement: Document, lang: str) -> str:
    """What is asked for, in one line: the steps with their numbers, maturity, money, place."""
    steps = []
    for step in requirement["steps"]:
        numbers = [worth(one, lang) for one in step["quantities"]]
        steps.append(step["unit_op"] + bracketed(("、" if lang != "en" else ", ").join(numbers), lang))
    facts = [" → ".join(steps)] if steps else []
    if requirement["maturity"]:
        facts.append(f"TRL {requirement['maturity']['value']}")
    if requirement["funding_need"]:
        money = worth(f"{requirement['funding_need']['value']:,.10g} yuan", lang)
        facts.append(f"{word('money_wanted', lang)} {money}")
    if requirement["region"]:
        facts.append(requirement["region"]["value"])
    return " · ".join(facts)


def beside(requirement: Document, lang: str) -> str:
    """What else was understood, in one line: bounds, runs, what the doer must have; empty where nothing."""
    return " · ".join(dict.fromkeys(one.said(lang) for one in _beside(requirement)))


def open_funds(funds: Sequence[Document], requirement: Document, lang: str) -> str:
    """What is to be said of funds of which every term is unknown: how many, and what was not stated."""
    from kg.transfer.answers import MOST_FUNDS

    count = f"{len(funds)}"
    more = len(funds) == MOST_FUNDS
    left = [what for name, what in _FUND_TERMS.items() if not requirement[name]]
    who = Sentence("成果", "result") if requirement["subject"] else Sentence("需求", "need")
    zh = f"{count} 支{'以上' if more else ''}基金没有条件排除它"
    en = f"{'at least ' if more else ''}{count} funds state nothing that rules it out"
    if left:
        zh += f"；{who.zh}没写{'、'.join(one.zh for one in left)}"
        en += f"; the {who.en} does not state {', '.join(one.en for one in left)}"
    return Sentence(zh, en).said(lang)


_FUND_TERMS = {
    "fields": Sentence("领域", "field"),
    "maturity": Sentence("阶段", "stage"),
    "funding_need": Sentence("资金", "money"),
    "region": Sentence("所在地", "place"),
}
"""What funds ask about, by its name in the requirement."""


def _beside(requirement: Document) -> Iterator[Sentence]:
    yield from _bounds(requirement)
    several = len(requirement["steps"]) > 1
    for step in requirement["steps"]:
        for one in _run(step["run"]):
            yield _of_step(one, step["unit_op"] if several else None)
    for name, before in _DEMANDED.items():
        for one in requirement[name]:
            said = Sentence(f"{before.zh}{one['value']}", f"{before.en}{one['value']}")
            if name not in ("materials", "alternatives"):
                said = _wished(said, one)
            yield _of_step(said, one.get("step") if several else None)
    if requirement["maturity_target"]:
        level = requirement["maturity_target"]["value"]
        yield Sentence(f"目标 TRL {level}", f"to reach TRL {level}")


_DEMANDED = {
    "certificates": Sentence("", ""),
    "materials": Sentence("物料 ", "material "),
    "hazards": Sentence("物料 ", "material "),
    "regions": Sentence("在", "in "),
    "refused_regions": Sentence("不在", "not in "),
    "verification": Sentence("", ""),
    "alternatives": Sentence("也可用", "or by "),
}
"""Lists of the requirement beside its steps, with what stands before each."""


def _bounds(requirement: Document) -> Iterator[Sentence]:
    budget, by, start = (requirement[name] for name in ("budget", "by", "start"))
    if budget:
        most = yuan(budget["value"])
        yield _wished(Sentence(f"预算 ≤{most.zh}", f"budget ≤{most.en}"), budget)
    if by:
        yield _wished(Sentence(f"{by['value']} 前", f"by {by['value']}"), by)
    if start:
        yield Sentence(f"{start['value']} 起", f"from {start['value']} on")
    yield from _place(requirement["near"], requirement["within_km"])
    if requirement["max_hand_overs"]:
        most_often = requirement["max_hand_overs"]
        zh, en = f"交接 ≤{most_often['value']} 次", f"≤{most_often['value']} hand-overs"
        yield _wished(Sentence(zh, en), most_often)


def _place(near: Document | None, within: Document | None) -> Iterator[Sentence]:
    if within:
        km = f"{within['value']:g} km"
        zh = f"距{near['value']} {km} 内" if near else f"{km} 内"
        en = f"within {km} of {near['value']}" if near else f"within {km}"
        yield _wished(Sentence(zh, en), within)
    elif near:
        yield Sentence(f"{near['value']}附近", f"near {near['value']}")


def _run(run: Document) -> Iterator[Sentence]:
    if run["days"] is not None:
        yield Sentence(f"{run['days']:g} 天", f"{run['days']:g} days")
    if run["batches"] is not None:
        yield Sentence(f"{run['batches']:g} 批", f"{run['batches']:g} batches")
    if run["amount"] is not None:
        shown = worth(run["amount"], "zh")
        yield Sentence(f"共 {shown}", f"{shown} in all")


def _wished(said: Sentence, item: Document) -> Sentence:
    """A bound that does not rule out says so."""
    if item["hard"]:
        return said
    return Sentence(f"{said.zh}{bracketed(WISH.zh, 'zh')}", f"{said.en}{bracketed(WISH.en, 'en')}")


def _of_step(said: Sentence, step: str | None) -> Sentence:
    return Sentence(f"{step} {said.zh}", f"{step} {said.en}") if step else said
