"""The component that finds maturity evidence and says whether it was proved, is claimed, or is aimed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.enrich.folding import squeeze
from ingest.enrich.maturity_kind import KindOf
from ingest.enrich.words import WordLists, choice, load
from kg.reading import MaturityMention
from kg.values.trl import parse_trl

_BREAK = re.compile("[，。；\n]")
_LEVEL = "技术成熟度等级"


@dataclass(frozen=True)
class EvidenceItem:
    """A sort of evidence (`lexicon/maturity.yaml`): `evidence` is the standard's word for it, `bare` says
    that its words alone tell that it was done."""

    name: str
    trl: int | None
    evidence: str
    bare: bool


class Maturity:
    """Finds evidence in any text, without spaCy: text in, mentions out."""

    def __init__(self) -> None:
        data = load("maturity")
        self._items, self._pattern = _items(data["items"])
        self._telling = re.compile(choice(data["telling"].split()))
        self._kind_of = KindOf(WordLists(data["cues"]))

    def find(self, text: str) -> tuple[MaturityMention, ...]:
        """All mentions by place, with offsets of the text as given."""
        squeezed = squeeze(text)
        found = []
        for match in self._matches(squeezed.text):
            item = self._items[int((match.lastgroup or "i0")[1:])]
            judged = self._kind_of(squeezed.text, match.start(), match.end(), bare=item.bare)
            if judged is None:
                continue
            start, end = squeezed.span(match.start(), match.end())
            kind, rule = judged
            words = text[start:end]
            hint = parse_trl(_digits(words)) if item.name == _LEVEL else item.trl
            found.append(MaturityMention(start, end, words, item.name, kind, hint, rule))
        return tuple(found)

    def _matches(self, plain: str) -> Iterator[re.Match[str]]:
        """All matches; only the clauses with a telling word are searched, no item reaches over a comma."""
        reached = 0
        for told in self._telling.finditer(plain):
            if told.start() < reached:
                continue
            begin = _last_break(plain, reached, told.start())
            stop = _BREAK.search(plain, told.end())
            reached = stop.end() if stop else len(plain)
            yield from self._pattern.finditer(plain, begin, stop.start() if stop else len(plain))


def _last_break(plain: str, reached: int, place: int) -> int:
    return max(reached, max(plain.rfind(mark, reached, place) for mark in "，。；\n") + 1)


@dataclass(frozen=True)
class TrlSuggestion:
    """The level that the proved evidence speaks for (None: none does), and the mentions that say so."""

    level: int | None
    because: tuple[MaturityMention, ...]


def suggest_trl(mentions: Sequence[MaturityMention]) -> TrlSuggestion:
    """The highest level that any proved evidence speaks for; claims and targets never count.

    A suggestion for a person (GB/T 22900-2022 asks for all of a level's evidence, a text shows some of it).
    """
    proved = [one for one in mentions if one.kind == "proved" and one.trl_hint is not None]
    level = max((one.trl_hint or 0 for one in proved), default=None)
    return TrlSuggestion(level, tuple(one for one in proved if one.trl_hint == level))


def _items(rows: Sequence[Mapping[str, Any]]) -> tuple[list[EvidenceItem], re.Pattern[str]]:
    items = [EvidenceItem(row["item"], row["trl"], row["evidence"], row["bare"]) for row in rows]
    groups = (f"(?P<i{number}>{_joined(row['words'])})" for number, row in enumerate(rows))
    return items, re.compile("|".join(groups))


def _joined(words: str) -> str:
    """A folded YAML text leaves a space at each line break; the alternatives have none."""
    return words.strip().replace(" |", "|")


def _digits(words: str) -> str:
    return re.sub(r"[^1-9一二三四五六七八九]", "", words)[-1:]
