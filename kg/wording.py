"""What is said to a person, in Chinese and in English: both are made where the fact is known, one is chosen
where the document leaves.

Nothing that is kept between questions depends on a language: proofs, scores and gaps hold `Sentence`s, and
`told` turns them into plain strings when a document is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Lang = Literal["zh", "en"]
DEFAULT: Lang = "zh"
LANGUAGES: dict[str, Lang] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True)
class Sentence:
    """One statement or question in both languages; names and quoted data stand in both as they are."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def sentence(text: Sentence | str) -> Sentence:
    """A sentence as it is; a plain text, such as another program's words, says the same in both languages."""
    return Sentence(text, text) if isinstance(text, str) else text


def did_you_mean(word: str) -> Sentence:
    """A remedy that offers the nearest right word."""
    return Sentence(f"是不是“{word}”？", f"did you mean '{word}'?")


def one_of(names: Iterable[str]) -> Sentence:
    """A remedy that lists what may stand there."""
    known = list(names)
    return Sentence(f"可用：{'、'.join(known) or '无'}", f"one of: {', '.join(known) or 'none'}")


CONSTRAINTS: dict[str, tuple[str, str]] = {
    "availability": ("可用性", "availability"),
    "budget": ("预算", "budget"),
    "certificate": ("资质", "certificate"),
    "by": ("期限", "deadline"),
    "distance": ("距离", "distance"),
    "field": ("领域", "field"),
    "mandate": ("投资范围", "mandate"),
    "material": ("物料", "material"),
    "maturity": ("成熟度", "maturity"),
    "max_hand_overs": ("交接次数", "hand-overs"),
    "near": ("就近", "near"),
    "quantity": ("数值", "quantity"),
    "region": ("地区", "region"),
    "stage": ("阶段", "stage"),
    "start": ("开始", "start"),
    "ticket": ("单笔投资", "ticket"),
    "unit_op": ("单元操作", "unit operation"),
    "verification": ("验证", "verification"),
}
"""The words of our own constraints; any other constraint is a parameter's name and stands for itself."""


def told(value: Any, lang: Lang) -> Any:
    """A document with every sentence in it as a plain string of one language."""
    if isinstance(value, Sentence):
        return value.said(lang)
    if isinstance(value, dict):
        return {name: told(part, lang) for name, part in value.items()}
    if isinstance(value, list):
        return [told(part, lang) for part in value]
    return value


def constraint(name: str) -> Sentence:
    """A constraint as it stands in a sentence."""
    return Sentence(*CONSTRAINTS.get(name, (name, name)))


def called(name: str, *, synthetic: bool) -> Sentence:
    """Somebody's name as a sentence says it: what is generated says so."""
    return Sentence(f"{name}〔示例〕", f"{name} 〔synthetic〕") if synthetic else Sentence(name, name)


def listed(parts: Iterable[Sentence]) -> Sentence:
    """Several short statements as one, each once."""
    once = list(dict.fromkeys(parts))
    return Sentence("、".join(one.zh for one in once), ", ".join(one.en for one in once))


def yuan(value: float) -> Sentence:
    """An amount of money: 810 万元, 8,100,000 yuan."""
    for size, unit in ((1e8, "亿元"), (1e4, "万元")):
        if abs(value) >= size:
            return Sentence(f"{value / size:,.10g} {unit}", f"{value:,.10g} yuan")
    return Sentence(f"{value:,.10g} 元", f"{value:,.10g} yuan")
