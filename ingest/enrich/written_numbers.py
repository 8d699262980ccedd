"""Quantities that do not begin with a figure: pH 7, 百分之五, 三十公斤, HRC55-65."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.enrich.measures import measured, per_time, said_per
from kg.errors import BadValueError
from kg.reading import QuantityMention
from kg.values.numerals import chinese_number
from kg.values.quantity import parse_quantity

_RELATED = (
    r"(?P<relation>≥|≤|>|<|~|≈|不低于|不高于|不超过|不小于|不大于|不少于"
    r"|大于|小于|高于|低于|超过|约为|约|近)?\s?"
)
_HAN = "零〇一二两三四五六七八九十百千"
_SHARE = re.compile(
    rf"{_RELATED}(?P<of>百|千|万)分之(?P<one>[{_HAN}点]+|\d+(?:\.\d+)?)"
    rf"(?:\s?(?:至|到|~|-)\s?(?:[百千万]分之)?(?P<two>[{_HAN}点]+|\d+(?:\.\d+)?))?(?P<after>以上|以下|以内|左右)?"
)
_PRICED = re.compile(r"[价费钱付省本收花卖售约每达近]\D{0,4}$")
_PLACES = re.compile("[十百千万亿]")
_WORDS = re.compile(
    rf"(?<![第每{_HAN}\d万亿年月分]){_RELATED}(?P<number>(?:[二两三四五六七八九十][{_HAN}]*|一[百千十][{_HAN}]*|一(?=万|亿|个月|小时|公斤|吨))(?:多|余)?(?:万|亿)?)"
    r"(?:多|余)?(?P<unit>万?元|公斤|千克|毫克|克(?!隆)|万?吨(?!位)|个月|年(?![级代龄度轮生计规来前后])|天(?![然线])|小时|分钟|周(?![期边围年])|公里|千米|毫米|厘米|微米|米(?![粉饭])|万?亩|平方米|立方米|摄氏度|升(?![级降])|(?:kg|mg|g|t|mL|L)(?![A-Za-z]))"
    r"(?P<per>\s?(?:每(?:小时|分钟|天|日|年|月|批|班)|/\s?(?:小时|天|日|年|月|批|班|min|h|d|a)(?![A-Za-z])))?"
    r"(?P<after>以上|以下|以内|之内|左右|内(?![部容外径]))?"
)
_HARDNESS = re.compile(
    rf"(?<![A-Za-z])(?P<unit>HRC|HRA|HRB|HV|HBW|HBS|HB|邵氏[AD])\s?(?:为|值|达到|=|:)?\s?{_RELATED}(?P<one>\d{{2,4}}(?:\.\d+)?)"
    r"(?:\s?(?:~|-{1,3}|–|至|到|±)\s?(?P<two>\d{1,4}(?:\.\d+)?))?(?P<after>以上|以下|左右)?(?![\d.]|\s?(?:HRC|HV))"
)


def written(text: str, folded: str) -> Iterator[QuantityMention]:
    """Mentions of such quantities, by sort and place."""
    if "分之" in folded:
        yield from _shares(text, folded)
    for match in _WORDS.finditer(folded):
        number = match["number"].replace("多", "").replace("余", "")
        value = chinese_number(number)
        if value is None or (len(number) > 1 and not _PLACES.search(number)):
            continue  # 二〇二七年 is a date
        if match["unit"] == "元" and len(number) == 1 and not _PRICED.search(folded, 0, match.start()):
            continue  # 二元羧酸, 三元体系
        if match["relation"] == "近" and match["unit"] in ("年", "个月", "天", "周"):
            continue  # 近三年 is when
        per = match["per"] or ""
        after = (match["after"] or "").replace("之内", "以内")
        after = "以内" if after == "内" else after
        words = f"{match['relation'] or ''}{value:.12g}{match['unit']}{per}{after}"
        left = folded[max(0, match.start() - 24) : match.start()]
        rate = None if per else per_time(left, f"{number}{match['unit']}")
        words = said_per(rate[1], words) if rate else words
        yield from _mention(text, folded, match, words, "number in words")
    for match in _HARDNESS.finditer(folded):
        unit = "HB" if match["unit"] == "HBS" else match["unit"]
        two = f"-{match['two']}" if match["two"] else ""
        words = f"{match['relation'] or ''}{match['one']}{two}{unit}{match['after'] or ''}"
        yield from _mention(text, folded, match, words, "hardness before its number")


def _shares(text: str, folded: str) -> Iterator[QuantityMention]:
    for match in _SHARE.finditer(folded):
        one, two = _value(match["one"]), _value(match["two"]) if match["two"] else None
        if one is None:
            continue
        scale = 0.01 if match["of"] == "万" else 1
        unit = "%" if match["of"] != "千" else "‰"
        ends = f"{one * scale:.12g}" + (f"-{two * scale:.12g}" if two is not None else "")
        words = f"{match['relation'] or ''}{ends}{unit}{match['after'] or ''}"
        yield from _mention(text, folded, match, words, "share in words")


def _value(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        pass
    whole, _, rest = words.partition("点")
    value = chinese_number(whole)
    digits = "".join(str(int(chinese_number(char) or 0)) for char in rest)
    return None if value is None else float(f"{value:g}.{digits or 0}") if rest else value


def _mention(
    text: str, folded: str, match: re.Match[str], words: str, rule: str
) -> Iterator[QuantityMention]:
    from dataclasses import replace

    try:
        quantity = parse_quantity(words)
    except (BadValueError, ValueError, OverflowError):
        return
    start, end = match.span()
    noun = measured(folded[max(0, start - 32) : start], folded[end : end + 10])
    given = replace(quantity, text=text[start:end])
    yield QuantityMention(start, end, given, quantity.relation, noun, rule)
