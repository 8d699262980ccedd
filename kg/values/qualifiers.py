"""Words that say of which side a parameter is meant: a dryer has a 进风温度 and another 出风温度."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.values.parameters import parameter_of

_SIDES = {
    "进": "进风|进口|入口|进气|进水|进液|进料|入料|入风",
    "出": "出风|出口|排风|排气|出气|出水|出液|出料",
    "内": "内(?=[径压温表腔壁])|内部|芯部",
    "外": "外(?=[径压温表壁])|外部",
    "顶": "[塔柜罐]顶|顶部",
    "底": "[塔柜罐]底|塔釜|底部",
    "夹套": "夹套|壳程|油浴|水浴",
    "环境": "环境|室内",
    "初始": "初始|起始",
}
_SIDE = re.compile("|".join(f"(?P<s{i}>{words})" for i, words in enumerate(_SIDES.values())))
_REACH = 4
"""Characters between a side and the parameter (出口气体温度)."""


@lru_cache(maxsize=65536)
def side_of(name: str | None) -> str | None:
    """The side that a parameter's name states (进, 出, 内, 外, 顶, 底, 夹套, 环境, 初始); None for a plain
    one and for names that the list of parameters has as they are (进料粒度)."""
    if not name or parameter_of(name) is not None:
        return None
    found = _SIDE.search(name)
    return list(_SIDES)[int(str(found.lastgroup)[1:])] if found else None


def with_side(measures: str, left: str) -> str:
    """A parameter with the side that stands right before it in a text: 温度 behind 出风温度为 is 出风温度.

    `left` is the text before the number; the parameter is looked for at its end.
    """
    at = left.rfind(measures)
    if at < 0 or side_of(measures) is not None or re.search(r"[，,。；;、]", left[at:]):
        return measures
    before = left[max(0, at - _REACH - 2) : at]
    found = list(_SIDE.finditer(before + measures))
    near = [one for one in found if one.start() < len(before)]
    if not near or re.search(r"[^\u4e00-\u9fff]|的|和|与", before[near[-1].start() :]):
        return measures
    whole = before[near[-1].start() :] + measures
    return whole if parameter_of(whole) is None else measures
