"""How quantities are written: the words and patterns that `quantity` reads. All patterns expect tidied
text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, cast, get_args

from kg.values.numerals import CHARACTERS

Relation = Literal["=", ">=", "<=", ">", "<", "~", "range", "±"]

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+)"
_POWER = r"10\s*\^?\s*\(?[-+]?\d+\)?"
NUMBER = rf"[-+]?\s?(?:10\s*\^\s*\(?[-+]?\d+\)?|{_DIGITS}(?:[eE][-+]?\d+)?(?:\s*[×xX*·]\s*{_POWER})?)"
"""A number: 1,200.5, 10^-3, 1×10^-3, -48, 2e-5."""

_BEFORE = {
    "<=": "<= =< ≤ ≦ ⩽ ≯ 不大于 不超过 不高于 不多于 不得超过 不得大于 小于等于 小于或等于 最大 最高 最多 "
    "至多 上限 可达 高达 最大可达 最高可达 最高达 最大达 低于等于 max up_to at_most no_more_than",
    ">=": ">= => ≥ ≧ ⩾ ≮ 不小于 不低于 不少于 不得低于 不得小于 大于等于 大于或等于 最小 最低 最少 至少 "
    "下限 高于等于 达到 达 min at_least no_less_than",
    "<": "< 小于 低于 少于 不足 不到 未超过 less_than below",
    ">": "> 大于 高于 多于 超过 超 more_than above over",
    "~": "~ ≈ ≒ 约 大约 约为 约等于 近 接近 大概 about approx. approx ca. ca",
    "±": "± +/- +-",
}
_AFTER = {
    "<=": "以下 及以下 或以下 以内 之内 (含)以下 封顶 or_less",
    ">=": "以上 及以上 或以上 (含)以上 起 or_more",
    "~": "左右 上下 前后",
}


def _choices(table: Mapping[str, str]) -> dict[str, Relation]:
    return {
        word.replace("_", " "): cast(Relation, relation)
        for relation, words in table.items()
        for word in words.split()
    }


def _any(words: Mapping[str, Relation]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BEFORE = _choices(_BEFORE)
AFTER = _choices(_AFTER)
RELATIONS: tuple[Relation, ...] = get_args(Relation)

_DIAMETER = r"(?:[ΦφØø⌀ϕ∅]\s*)?"
_LINK = r"(?:~+|(?<!\^)-|–|—{1,2}|─|至|到|to|\.{2,3}|…+)"
QUANTITY = re.compile(
    rf"^(?:(?P<before>{_any(BEFORE)})\s*(?:为|是|:|=)?\s*)?{_DIAMETER}(?P<one>{NUMBER})\s*"
    rf"(?:(?P<unit1>[^\d~±<>≤≥]*?)\s*(?P<sep>{_LINK}|±|\+/-)\s*{_DIAMETER}(?P<two>{NUMBER})\s*)?"
    rf"(?P<unit>[^<>≤≥]*?)\s*(?P<after>{_any(AFTER)})?$",
    re.IGNORECASE,
)
"""[relation] number [unit] [link number] [unit] [relation]."""

BOTH_BOUNDS = re.compile(
    r"^(?P<one>(?:[<>≤≥]=?|不[^\d]+|大于[^\d]*|小于[^\d]*).*?\d[^<>≤≥]*?)\s*[,;、且和及并~]*\s*"
    r"(?P<two>(?:[<>≤≥]=?|且?不[超大小低高]|小于|大于).*\d.*)$"
)
"""`≥3且≤15 kg/h`."""

BETWEEN = re.compile(
    rf"^(?P<low>{NUMBER})\s*(?P<unit>[^\d<≤]*?)\s*[<≤]=?\s*\D{{0,8}}?\s*[<≤]=?\s*(?P<high>{NUMBER}.*)$"
)
"""`3<x≤15 kg/h`."""

PER_BEFORE = re.compile(
    r"^每?(年|月|日|天|小时|时|班|批|分钟)"
    r"(?:产能?|处理能?力?量?|加工量?|生产能?力?)?(?:为|达)?(?=\s*(?:约|[<>≤≥~]|不|\d))"
)
"""`年产5万吨`, `每小时3000件`: the time stands first."""
PER = {"年": "年", "月": "月", "日": "天", "天": "天", "时": "h", "小时": "h", "班": "班", "批": "批"}
PER |= {"分钟": "min"}

PH = re.compile(r"^ph\s*值?\s*(?:范围)?\s*(?:为|是|:|=|在)?\s*", re.IGNORECASE)
CLEAN_CLASS = re.compile(
    r"^(?:class\s*([\d,]+)|(\d*[十百千万]+)级|([\d,]+)级|iso\s*(?:class)?\s*([1-9])\s*级?)(?:洁净.*)?$",
    re.IGNORECASE,
)
NOTE = re.compile(r"\s*\(([^()]*)\)\s*$")
NUMERAL = re.compile(rf"(?<![\d.])([{CHARACTERS}]+)(?=[^{CHARACTERS}]|$)")
