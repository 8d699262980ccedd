"""The component that reads a need: conditions, wishes, deadline, budget, the asker's own equipment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.enrich.asking import SEEKS
from ingest.enrich.budgets import find_budget
from ingest.enrich.deadlines import find_deadline
from ingest.enrich.folding import squeeze
from ingest.enrich.words import WordLists, choice, load
from kg.reading import Budget, Condition, Deadline, Equipment

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_CLAUSE = re.compile(r"[^，,]+")
_LEAD = re.compile(
    r"^(?:[\s、，]|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[、)）]|\.(?!\d))|[①-⑳]|其中|同时|并且|且|另外|此外|并|即)+"
)
_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,10}:")
_DEMANDS = re.compile(
    r"(?<![的更高环保准量能用场出降低这就])要求(?=[\u4e00-\u9fff(（a-zA-Zα-ω\d≥≤<>:：])"
    r"(?!的|提高|越来越|不断|更|较|很|严|高|也|下|日益)|(?:指标|要求|参数|条件)(?:如下|为)?[:：]"
    r"|(?:需要?|(?<![反适响效供对呼])应当?)(?=具备|具有|有|配备|配有|采用|达到|满足|控制|小于|大于|低于|高于|不|符合|保证|能|远程|实现|设|在|为|承受|耐|通过|提供)"
    r"(?!.{0,3}(?:有关|在于|为了))"
)
_BOUND = re.compile(
    r"(?:[≥≤≧≦⩾⩽><±]|不低于|不高于|不超过|不少于|不小于|不大于|不多于|至少|至多|最多|最少|大于|小于|高于|低于|超过|少于|达到|控制在|限于|优于)[^，]{0,8}?\d"
    r"|\d[^，、]{0,8}?(?:以上|以下|以内|之内|之间)|(?:达到|满足|符合)[^，]{0,10}(?:标准|国标)"
)
_ASKS = (
    r"(?:^|[，。；、])(?:求(?![解得和出])|需(?!求))|要求:?[^，。]{0,8}?(?:[≥≤\d]|不低于|不超过|达到|不小于|不大于)"
    r"|指标:|不能有|(?<![反适响效供对呼])应(?:当)?(?:小于|大于|低于|高于|不|具备|满足|达到)"
    r"|[前内](?:实现|完成|交付|交货|投产|提供|解决|建成|上线|验收)"
)
_HELP = re.compile(
    r"合作|对接|指导|专家|人才|团队|支持|帮助|协助|引进|转让|推荐|攻关|(?:解决|突破|攻克)[^，]{0,4}(?:问题|难题|技术|难点|瓶颈)|研发|开发"
)
"""Whom or what an asker looks for is the need itself; a condition says how the result must be."""
_HOPED = re.compile(r"希望|期望|望有|[若如]能|如果能|欢迎|愿意|意向|盼")
_OUTPUT = re.compile(r"专利|论文|专著|著作权|奖(?:励|项)?$|培养[^，]{0,8}(?:人|名)")
_TASK = re.compile(r"^(?:开发|研发|研究|完成|建立|建成|形成|提出|构建|设计|开展|进行|掌握|编制|突破)")
_LONG, _SHORT = 60, 12
_HAS_NUMBER = re.compile(r"\d")
_OWNER = r"(?:我们?公司|本公司|我司|公司|我厂|本厂|企业|本企业|我单位|本单位|单位|我们|我方|厂内|自有|集团)?"
_OWNS = re.compile(
    rf"{_OWNER}(?:目前|现在|现|已经|已)?(?:拥有|现有|已有|自有|配备有?|配有|购置了?|建有|具备|装备有?|自备|备有|有)(?P<thing>[^，。；;\n]{{2,40}})"
)
_MACHINE = re.compile(
    r"设备|生产线|产线|流水线|机(?!会|构|制|遇|理|械性)|炉|塔|釜|反应器|罐|窑|泵|压机|机床|厂房|车间|装置|实验室|仪器?|平台|中心|基地|系统|检测手段|模具|条线"
)
_ASKED = re.compile(
    r"希望|需要|需求|寻求|要求|必须|最好|优先|应|须(?!知)|承接|乙方|对方|合作方|供应商|产线方|贵"
)


@dataclass(frozen=True)
class NeedFacts:
    """What a need asks for and says of the asker."""

    conditions: tuple[Condition, ...]
    deadline: Deadline | None
    budget: Budget | None
    equipment: tuple[Equipment, ...]
    is_need: bool


class Needs:
    """Reads any text as if it were a need, and says whether it looks like one, without spaCy."""

    def __init__(self) -> None:
        words = WordLists(load("needs"))
        self._must = words.pattern("must")
        self._wish = words.pattern("wish")
        self._elsewhere = words.pattern("elsewhere")
        self._present = words.pattern("present")
        plain = [word for word in words["is_need"] if len(word) > 1]
        self._is_need = re.compile(rf"{choice(plain)}|{_ASKS}|{SEEKS}")

    def find(self, text: str, *, surely: bool = False) -> NeedFacts:
        """The facts with offsets of the text as given.

        Only of a text that looks like a need, or is `surely` one; of another nothing is found.
        """
        squeezed = squeeze(text)
        plain = squeezed.text
        budget = find_budget(plain, squeezed, text)
        if not (surely or budget or self._is_need.search(plain)):
            return NeedFacts((), None, None, (), is_need=False)
        deadline = find_deadline(plain, squeezed, text)
        owned = tuple(_own_equipment(plain, text, squeezed.span))
        taken = [(one.start, one.end) for one in (deadline, budget, *owned) if one is not None]
        conditions = []
        for begin, finish, hard, rule in self._conditions(plain):
            start, end = squeezed.span(begin, finish)
            if not any(start < last and first < end for first, last in taken):
                conditions.append(Condition(text[start:end], hard, start, end, rule))
        return NeedFacts(tuple(conditions), deadline, budget, owned, is_need=True)

    def _conditions(self, plain: str) -> Iterator[tuple[int, int, bool, str]]:
        """(start, end, hard, rule) of each clause that asks for something."""
        asked: tuple[bool, str] | None = None
        for sentence in _SENTENCE.finditer(plain):
            if not (asked and plain[sentence.start() - 1 : sentence.start()] in ";；"):
                asked = None
            if self._elsewhere.match(_LEAD.sub("", sentence.group())):
                continue
            for clause in _CLAUSE.finditer(plain, sentence.start(), sentence.end()):
                words = clause.group()
                judged = self._judge(words, asked)
                if judged is not None:
                    lead = _LEAD.match(words)
                    start = clause.start() + (lead.end() if lead else 0)
                    end = clause.end() - (len(words) - len(words.rstrip()))
                    if end - start >= 3:
                        yield start, end, *judged
                asked = self._opened(words) or asked

    def _judge(self, words: str, asked: tuple[bool, str] | None) -> tuple[bool, str] | None:
        """(hard, rule) of one clause; `asked` is what an earlier 要求 of the sentence makes of it."""
        if _OUTPUT.search(words):
            return None
        must = self._must.search(words) or _DEMANDS.search(words)
        wish = self._wish.search(words)
        if wish is not None and len(words) <= _LONG:
            general = _HOPED.match(wish.group()) and _HELP.search(words) and not _HAS_NUMBER.search(words)
            return None if general else (False, wish.group())
        if must is not None:
            return True, must.group()
        if self._present.search(words) or len(words) > _LONG:
            return None
        bound = _BOUND.search(words)
        if bound is not None:
            return True, bound.group()
        task = _TASK.match(_LEAD.sub("", words))
        return asked if asked and not task and (_HAS_NUMBER.search(words) or len(words) <= _SHORT) else None

    def _opened(self, words: str) -> tuple[bool, str] | None:
        """`要求粒径≤5 μm，纯度99%`: what follows in the sentence is asked too."""
        if self._present.search(words):
            return None
        return (True, "after 要求") if "要求" in words and _DEMANDS.search(words) else None


def _own_equipment(plain: str, text: str, span: object) -> Iterator[Equipment]:
    for match in _OWNS.finditer(plain):
        before = plain[max(0, match.start() - 6) : match.start()]
        said = plain[match.start() : match.start("thing")]
        if not _MACHINE.search(match["thing"]) or _ASKED.search(before + said):
            continue
        if said in ("有", "具备", "配备", "拥有", "配有") and not re.search(
            r"(?:公司|企业|厂|我们|单位|集团|现|已|目前)[^，。；]{0,4}$", before
        ):
            continue
        assert callable(span)
        start, end = span(match.start(), match.end())
        yield Equipment(text[start:end], start, end)
