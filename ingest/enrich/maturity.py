"""The component that finds maturity evidence and says whether it was proved, is claimed, or is aimed at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.enrich.folding import squeeze
from ingest.enrich.maturity_kind import KindOf
from ingest.enrich.words import WordLists, choice, load
from kg.reading import MaturityKind, MaturityMention
from kg.values.trl import parse_trl

_BREAK = re.compile("[，。；\n]")
_LATE, _REACH, _SHORT = 0.5, 48, 80
_MAY_BE = re.compile(r"(?:可以?|能够?|可被|能被|值得|适[合于]|便于|易于|利于)$")
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_OURS = re.compile(r"该|此[套种项法]|本(?!文|身|地)|我|公司|厂|单位|成果|项目|课题|样机|院")
_YET = re.compile(r"[^，。；]{0,8}[，；](?:但|然而|可是|不过)")
_RESEARCH = re.compile(
    r"本发明|本实用新型|本公开|本申请|公开了|描述了|提供了?一种|所述|本文|本研究|本论文|该文|(?<!测试)结果(?:表明|显示)|实验表明"
    r"|(?:^|[。\[【（(])(?:目的|方法|结果|结论)(?:[\]】）)]|[：:]|\s)"
)
_OWNED = ("专利", "标准", "论文")
_SPOKEN_OF = re.compile(
    r"申请(?:发展)?(?:趋势|信息|文献|数据|情况|分布|人|量|书)|(?:文献|数据|信息|分析|价值|联盟|运营|检索|文本|分类|总量)"
)
"""Patents as what is studied."""
_MEETS = "符合标准"
_REQUIRED = re.compile(r"要求(?!的)|需|应|目标|指标|希望|必须|须|若|如果|才能|是否")
_AGAIN = re.compile(r"(?:该|此|上述|这[种套台]|所述|本)(?:新型)?$")
_OWNERSHIP = re.compile(r"本(?:合同|协议)|归属|归[甲乙丙双各]|享有|使用权|申请权|专利权人")
"""Who is to own a patent says nothing of whether there is one."""
_FIRM = re.compile(r"公司|企业|我们|需求|工作基础|现有基础")
_LEVEL = "技术成熟度等级"
_HAD = re.compile(
    r"(?:现有|已有|前期|工作|研究)?(?:的)?(?:工作|研究|技术)?基础[:：](?:\d[.、])?"
    r"(?P<words>(?:目前|公司|我们?|我公司|我司|本公司|项目组|课题组|团队)*"
    r"(?:已经?|有成熟|有一定|搭建|建立|完成|开展|研发|开发|研制|试制|掌握|进行|形成)[^，。；:：]{2,40})"
)
"""What an asker says first of what it has."""


@dataclass(frozen=True)
class EvidenceItem:
    """A sort of evidence (`lexicon/maturity.yaml`): `evidence` is the standard's word for it, `bare` says
    that its words alone tell that it was done, `kind` what they make it wherever they stand; `where` and
    `once` limit where they count (`firm`: a text that speaks of a firm or of what it has)."""

    name: str
    trl: int | None
    evidence: str
    bare: bool
    kind: MaturityKind | None = None
    where: str = ""
    once: bool = False


class Maturity:
    """Finds evidence in any text, without spaCy: text in, mentions out."""

    def __init__(self) -> None:
        data = load("maturity")
        self._items, self._pattern = _items([row for row in data["items"] if not row.get("wide")])
        self._wide, self._wide_pattern = _items([row for row in data["items"] if row.get("wide")])
        self._telling = re.compile(choice(data["telling"].split()))
        self._kind_of = KindOf(WordLists(data["cues"]))

    def find(self, text: str) -> tuple[MaturityMention, ...]:
        """All mentions by place, with offsets of the text as given."""
        squeezed = squeeze(text)
        plain = squeezed.text
        found: list[MaturityMention] = []
        taken: set[int] = set()
        for wide, match in self._matches(plain):
            item = (self._wide if wide else self._items)[int((match.lastgroup or "i0")[1:])]
            if wide and not taken.isdisjoint(range(*match.span())):
                continue
            read = plain[: match.end()] if wide and item.kind else plain  # whole clauses by themselves
            judged = self._kind_of(read, match.start(), match.end(), bare=item.bare)
            if judged is None or not _counts(item, plain, match, found, judged[0]):
                continue
            if item.kind is not None and judged[0] != "target":
                judged = item.kind, f"the words: {item.name}"
            taken.update(range(*match.span()))
            start, end = squeezed.span(match.start(), match.end())
            kind, rule = judged
            words = text[start:end]
            hint = parse_trl(_digits(words)) if item.name == _LEVEL else item.trl
            found.append(MaturityMention(start, end, words, item.name, kind, hint, rule))
        for match in _HAD.finditer(plain):
            begin, finish = match.span("words")
            if taken.isdisjoint(range(begin, finish)):
                start, end = squeezed.span(begin, finish)
                found.append(
                    MaturityMention(start, end, text[start:end], "已完成的工作", "proved", None, "现有基础")
                )
        return tuple(sorted(found, key=lambda one: one.start))

    def _matches(self, plain: str) -> Iterator[tuple[bool, re.Match[str]]]:
        """All matches, of each clause the narrow ones first and then the wide (True); only the clauses with a
        telling word are searched, no item reaches over a comma."""
        reached = 0
        for told in self._telling.finditer(plain):
            if told.start() < reached:
                continue
            begin = _last_break(plain, reached, told.start())
            stop = _BREAK.search(plain, told.end())
            reached = stop.end() if stop else len(plain)
            end = stop.start() if stop else len(plain)
            yield from ((False, match) for match in self._pattern.finditer(plain, begin, end))
            yield from ((True, match) for match in self._wide_pattern.finditer(plain, begin, end))


def _counts(
    item: EvidenceItem, plain: str, match: re.Match[str], found: Sequence[MaturityMention], kind: MaturityKind
) -> bool:
    """Whether the item counts at this place of this text."""
    if item.once and any(one.item == item.name for one in found):
        return False
    if item.name == _MEETS and _REQUIRED.search(_around(plain, match)):
        return False
    if item.where == "late":
        late = match.start() > _LATE * len(plain) or len(plain) < _SHORT
        return late and not _YET.match(plain, match.end())
    if item.name in _OWNED and _SPOKEN_OF.match(plain, match.end()):
        return False
    if _AGAIN.search(plain[max(0, match.start() - 5) : match.start()]) and any(
        one.item == item.name for one in found
    ):
        return False
    if item.name in _OWNED and _OWNERSHIP.search(_around(plain, match)):
        return False
    if item.where == "firm" and _FIRM.search(plain) is None:
        return False
    before = plain[max(0, match.start() - _REACH) : match.end()]
    if item.where == "own" and kind == "claimed" and "广泛" in match.group():
        return _MAY_BE.search(before[: -len(match.group())]) is not None
    if item.where == "own" and kind == "proved":
        told = "广泛" not in before and _RESEARCH.search(plain) is None
        return told or _OURS.search(_SENTENCE.split(before)[-1]) is not None
    return item.where not in ("asker", "firm") or _RESEARCH.search(plain) is None


def _around(plain: str, match: re.Match[str]) -> str:
    """The sentence of a match, at most so far on either side."""
    before = _SENTENCE.split(plain[max(0, match.start() - _REACH) : match.start()])[-1]
    return before + _SENTENCE.split(plain[match.start() : match.end() + _REACH])[0]


def _last_break(plain: str, reached: int, place: int) -> int:
    return max(reached, max(plain.rfind(mark, reached, place) for mark in "，。；\n") + 1)


def _items(rows: Sequence[Mapping[str, Any]]) -> tuple[list[EvidenceItem], re.Pattern[str]]:
    items = [
        EvidenceItem(
            row["item"],
            row["trl"],
            row["evidence"],
            row["bare"],
            row.get("kind"),
            row.get("where", ""),
            row.get("once", False),
        )
        for row in rows
    ]
    groups = (f"(?P<i{number}>{_joined(row['words'])})" for number, row in enumerate(rows))
    return items, re.compile("|".join(groups))


def _joined(words: str) -> str:
    """A folded YAML text leaves a space at each line break; the alternatives have none."""
    return words.strip().replace(" |", "|")


def _digits(words: str) -> str:
    return re.sub(r"[^1-9一二三四五六七八九]", "", words)[-1:]
