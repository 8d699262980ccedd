"""To which operation a number belongs that the reader left without one, and what it measures, by the words
right before it.

电镀槽容设计值0.45 m³: inside 电镀槽 the reader sees an apparatus and no step, but where 电镀 is a step
of the same text the number is its, and measures 槽容.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_CLAUSE = re.compile(r"[，。；、,;：:！!？?\n]")
_OTHER = re.compile(r"剂|液|物|品|层|膜(?!面)|件|粉|料(?!速|量)|废|厂|炉渣")
"""What makes an operation's name the beginning of something that it makes or uses (干燥剂, 涂布液, 镀层)."""
_MEASURE = re.compile(
    r"(?P<measure>[\u4e00-\u9fff]{1,6}?(?:宽度?|径|长度?|高度?|厚度?|深度?|容积?|量程?|度|力|压力?|温度?|速度?|速率|"
    r"行程|跨距|间距|面积|体积|功率|频率))"
    r"(?:的)?(?:设计值|设计|目标值|指标)?(?:需要?|应|须|要求|拟)?(?:为|是|按|约|仅|达到?|采用|取|不低于|不小于|不超过|控制在)?\s*$"
)
_FILLED = re.compile(r"^.*(?:的|了|由|现有|环节|工序|阶段|采用|达到|需|拟|其|具备|要求|提供|寻找|找到?)")
_LONGEST = 16


def clause_before(text: str, start: int) -> int:
    """Where the clause begins in which something stands."""
    begin = 0
    for mark in _CLAUSE.finditer(text, max(0, start - 60), start):
        begin = mark.end()
    return max(begin, start - 60)


def named_before(text: str, start: int, names: Iterable[str]) -> str | None:
    """The last of these names in the clause before a number, the longest of those that end there; one that
    only begins another thing's name (干燥剂) is none."""
    begin, best = clause_before(text, start), (-1, 0, "")
    for name in names:
        at = text.rfind(name, begin, start)
        if at >= 0 and not _OTHER.match(text, at + len(name)):
            best = max(best, (at + len(name), len(name), name))
    return best[2] or None


def named_behind(text: str, end: int, names: Iterable[str]) -> str | None:
    """The first of these names in the clause behind a number (以1.5 L规模的离心数据为依据), the longest of
    those that begin there."""
    stop = _CLAUSE.search(text, end)
    last = min(stop.start() if stop else len(text), end + _LONGEST)
    found = [(at, -len(name), name) for name in names if (at := text.find(name, end, last)) >= 0]
    return min(found)[2] if found else None


def without_names(measure: str, names: Iterable[str]) -> str:
    """A measure without an operation's name at its beginning (有层析柱径 is a 柱径)."""
    ends = [measure.rfind(name) + len(name) for name in names if name in measure]
    rest = measure[max(ends, default=0) :]
    return rest if len(rest) > 1 else measure


def measure_before(text: str, start: int, names: Iterable[str]) -> str | None:
    """What a number measures by the words right before it (板宽, 柱径), without an operation's name before
    them; None where no such words stand there."""
    begin = max(clause_before(text, start), start - _LONGEST)
    words = text[begin:start]
    words = words[max(words.rfind("（"), words.rfind("(")) + 1 :]
    for name in sorted(names, key=len, reverse=True):
        if name in words:
            words = words[words.rfind(name) + len(name) :]
    found = _MEASURE.search(words)
    if found is None:
        return None
    measure = _FILLED.sub("", found["measure"])
    return measure if 1 < len(measure) <= 6 else None
