"""Windows of money and maturity: both in one cell, or their two ends in two columns."""

from __future__ import annotations

import re

from kg.values.tidy import tidy

_NUMBER = r"[\d一二三四五六七八九]"
_END = rf"(?:TRL\s*)?{_NUMBER}\s*级?"
_STAGE = re.compile(
    rf"(?:(?:技术)?成熟度(?:等级)?|TRL|技术就绪度)\s*(?:TRL)?\s*(?:等级)?\s*[:：为]?\s*"
    rf"(?:不限|(?:[≥≤<>]=?|不低于|不高于|至少|最高)?\s*{_END}(?:\s*(?:~|-+|—+|–|至|到)\s*{_END})?\s*(?:及?以上|及?以下|起)?)"
    rf"|(?<![\d.]){_NUMBER}\s*级?\s*(?:~|-+|—+|–|至|到)\s*{_NUMBER}\s*级",
    re.IGNORECASE,
)
_BOUNDED = re.compile(r"[≥≤<>~]|不|最|至|以[上下内]|起|限")
_EDGE = " ,;，；、/|。()（）及且和并"


def parts(text: str) -> tuple[str, str]:
    """The money and the maturity of one cell: `100万—800万元，TRL 4～6` gives ('100万—800万元', 'TRL 4~6').

    A part that is not there is ''; `不限` alone is both.
    """
    words = tidy(text)
    stage = _STAGE.search(words)
    if stage is None:
        return (words, words) if words in ("不限", "均不限", "无限制") else (words, "")
    rest = (words[: stage.start()].rstrip(_EDGE) + "，" + words[stage.end() :].lstrip(_EDGE)).strip(_EDGE)
    return rest, stage.group().strip()


def between(low: str, high: str) -> str:
    """Two ends as one window: `100~800`, `≥100`, `≤800`; both empty is ''."""
    if low and high:
        return low if low == high else f"{low}~{high}"
    if low:
        return low if _BOUNDED.search(tidy(low)) else f"≥{low}"
    return (high if _BOUNDED.search(tidy(high)) else f"≤{high}") if high else ""
