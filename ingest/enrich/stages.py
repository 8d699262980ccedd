"""Whether a quantity was reached in the laboratory or is what the result is to be scaled up to (放大)."""

from __future__ import annotations

import re

from kg.reading import Stage

_NOW = re.compile(r"实验室|小试|台架|克级|公斤级|已实现|已达到|现有|目前|样品|扣式")
_TARGET = re.compile(
    r"放大|扩大|拟|目标|要求|需要|需|希望|期望|中试|规模化|量产|产业化|计划|设计|提升[到至]|提高[到至]"
)
_CLAUSE_END = re.compile(r"[，,。；;！!？?\n]")
_BASIS_BEHIND = re.compile(
    r"^\s?(?:规模|级)?的?[^，,。；;]{0,8}(?:数据|结果|工艺)(?:为|作)(?:依据|基础)|^\s?级?(?:小试|样品)"
)
_REACH = 40


def stage_of(folded: str, start: int, end: int) -> Stage | None:
    """The stage that the words of the clause before a quantity, or right behind it, give it; else None.

    The word nearest to the quantity counts: `实验室单炉量为7.5 kg` is now, `拟放大到0.25 t` a target.
    """
    if _BASIS_BEHIND.match(folded[end : end + 16]):
        return "now"
    left = folded[max(0, start - _REACH) : start]
    clause = left[max((found.end() for found in _CLAUSE_END.finditer(left)), default=0) :]
    now = max((found.end() for found in _NOW.finditer(clause)), default=-1)
    target = max((found.end() for found in _TARGET.finditer(clause)), default=-1)
    if now == target:
        return None
    return "now" if now > target else "target"
