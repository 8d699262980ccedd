"""What a need says beside its operations: where it should be done, and which substances it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.transfer.named_places import named_places
from kg.transfer.proof import Document
from kg.transfer.quantities import Origin
from kg.values.region import locate
from kg.wording import Sentence

_NEAR_BEFORE = re.compile(
    r"(?:(?<![存现正所不非勿要])在|位于|靠近|邻近|临近|毗邻|距离?|离|落地|落户|就近于)\s*$"
)
_NOT_THERE = re.compile(
    r"(?:不|不要|不能|勿|别|非|避开|除|以外的?|除了)(?:要|能|想|愿|宜|可|在|去|到|放|设|选|位于|落户|落地){0,3}\s*$"
)
_NEAR_BEHIND = re.compile(
    r"\s*(?:市|省|地区)?(?:附近|周边|周围|一带|本地|当地|就近|境内|市内|省内|区内|及周边|范围内|"
    r"的?(?:中试|产线|平台|基地|机构))"
)

_HEADS = (
    "粉体|粉末|微粉|粉料|超细粉|树脂|陶瓷|合金|浆料|料浆|溶液|纤维|薄膜|晶须|微球|催化剂|橡胶|塑料|玻璃|石墨|电解质|前驱体|"
    "[正负]极材料|复合材料|提取物|饲料|油脂|溶剂|凝胶|乳液|涂料|胶黏剂|胶粘剂"
)
_ELEMENTS = "铝锆硅钛锌铁镁钙锂钠钾镍钴锰铜钨钼钇铌钽硼铬钒锡铅铋锑钡锶铈镧钕银金铂钯镓铟锗铪"
_MATERIAL = re.compile(
    rf"(?:[\u4e00-\u9fffA-Za-z0-9\-]{{0,8}}?)(?:{_HEADS})"
    rf"|(?:氧化|氮化|碳化|硫化|氯化|氟化|硼化|氢氧化|磷酸|硫酸|碳酸|硝酸|钛酸|钴酸|锰酸)[{_ELEMENTS}]{{1,3}}"
)
_UNIT_BEFORE = re.compile(r"^[a-zA-Z]{1,2}(?=[\u4e00-\u9fff])")
_WITHOUT = re.compile(r"[不未无]含?\s*$")
_CUT = re.compile(
    r".*(?:[\d.]+\s*[万亿]?(?:吨|千克|公斤|kg|g|克|升|L|t|h|d|a|m³|件)?(?:/[a-z年月日天时小]+)?|请问|年产|日产|产能|[不含无]含?|需要|需求|要求|希望|寻求|寻找|对接|承接|提供|进行|生产|制备|处理|加工|开发|采购|用于|一种|实现|完成|小批量|批量|中试|试制|"
    r"[对将把用以为的和与及或做于在])"
)


@dataclass(frozen=True)
class Material:
    """A substance that a need names."""

    name: str
    origin: Origin

    def document(self) -> Document:
        return {"value": self.name, "hard": True, "origin": self.origin.document()}


def place_in(text: str, origin: Origin) -> tuple[str, Origin] | None:
    """The first place near which a text wants something done (绵阳附近, 在成都), with where it stands; one in
    an organisation's name is none."""
    for start, end in named_places(text):
        wanted = _NEAR_BEHIND.match(text, end) or _NEAR_BEFORE.search(text, 0, start)
        if wanted and not _NOT_THERE.search(text, 0, start) and locate(text[start:end]) is not None:
            return text[start:end], origin.at(text, start, end)
    return None


def materials_in(text: str, origin: Origin) -> tuple[Material, ...]:
    """The substances that a text names, each once, in order."""
    found: dict[str, Material] = {}
    for match in _MATERIAL.finditer(text):
        cut = _CUT.match(match.group())
        name = _UNIT_BEFORE.sub("", match.group()[cut.end() :] if cut else match.group())
        if len(name) > 1 and not _WITHOUT.search(text, 0, match.end() - len(name)):
            start = match.end() - len(name)
            where = origin.at(text, start, match.end())
            found.setdefault(name, Material(name, where))
    return tuple(found.values())


def material_question(
    materials: tuple[Material, ...], described: str, proved: Iterable[str] = ()
) -> list[Sentence]:
    """Whether the substances can be handled, for those that no description of the lines names and no proof
    of its own (`proved`: the words of those) speaks of."""
    apart = tuple(proved)
    open_ones = [
        one.name
        for one in materials
        if one.name not in described and not any(words in one.name for words in apart)
    ]
    if not open_ones:
        return []
    return [
        Sentence(
            f"{'、'.join(open_ones)}：产线没有登记可处理的物料，请确认能否处理",
            f"{', '.join(open_ones)}: no line states which materials it handles; ask whether it can",
        )
    ]
