"""The money that a need names as its budget, in yuan."""

from __future__ import annotations

import re

from ingest.enrich.folding import Squeezed
from kg.errors import ZhongshiError
from kg.reading import Budget
from kg.values.money import parse_money_window

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[一二三四五六七八九十百千两]+"
_SCALE = r"(?:[十百千]?万|亿|千|百|w|k)?\s?(?:元|块钱?)?(?:人民币)?"
_MONEY = rf"(?:人民币|¥|￥)?\s?(?:{_NUMBER})\s?(?:余|多)?\s?{_SCALE}"
_RELATION = (
    r"(?:大?约|约为|为|是|在|控制在|不超过|不高于|不多于|不大于|不低于|不少于|最多|最高|至多|至少|上限|≤|<=|<|≥|>=|:|：|共计?|合计|总计|拟投入|预计|人民币|达|达到|限额|"
    r"总额|资金|经费|费用|金额|可|能|提供|出资|投入|\(|\)|（|）|万元|元| )*"
)
_BUDGET = re.compile(
    rf"(?P<cue>(?:项目|研发|资金|经费|总|采购|投资|投入|合作|中试|开发|委托)*(?:预算|经费|资金预算|拟投入|计划投入|可投入|愿意?出资|愿投入|投资额|费用|报价|悬赏|榜金|出资|投入资金|研发投入|研发费用|资金投入)(?:金额|总额|额度|上限)?)"
    rf"(?P<relation>{_RELATION})(?P<money>{_MONEY}(?:\s?(?:~|-|–|—|至|到)\s?{_MONEY})?)\s?(?P<after>以内|以下|之内|左右|以上|封顶)?"
)
_WITHIN = re.compile(
    rf"(?P<money>{_MONEY})(?P<after>以内|以下|之内)?的?(?:预算|研发经费|项目经费|合作经费|中试经费)"
)
_CUE = re.compile(r"预算|经费|投入|出资|投资|费用|报价|悬赏|榜金")
_UNIT = re.compile(r"[万亿元块千wk]")
_PAST = re.compile(r"(?:已|先后|累计|曾|每年|年度|近)[^，。；]{0,8}$")
_HEADER_UNIT = re.compile(r"[（(](万元|元|亿元|千元)[)）]")


def find_budget(plain: str, squeezed: Squeezed, text: str) -> Budget | None:
    """The first budget that a text states; None where it states none."""
    if not _CUE.search(plain):
        return None
    for pattern in (_BUDGET, _WITHIN):
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 10) : match.start()]
            if _PAST.search(before):
                continue
            ends = _ends(match)
            if ends is None:
                continue
            start, end = squeezed.span(match.start(), match.end())
            return Budget(text[start:end], start, end, *ends)
    return None


def _ends(match: re.Match[str]) -> tuple[float | None, float | None] | None:
    groups = match.groupdict()
    relation, after, money = groups.get("relation") or "", groups.get("after") or "", match["money"]
    header = _HEADER_UNIT.search(relation)
    if not _UNIT.search(money) and header is None:
        return None
    bound = next((w for w in ("不低于", "不少于", "至少", "≥", ">=") if w in relation), "")
    words = f"{bound}{money.replace('余', '').replace('多', '')}{'' if after == '左右' else after}"
    try:
        window = parse_money_window(words, unit=header[1] if header else None)
    except (ZhongshiError, ValueError):
        return None
    if window.low is None and window.high is None:
        return None
    return window.low, window.high
