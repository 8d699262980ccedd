"""Places that a text names, and not as a part of an organisation's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.values.region import name_at

_OF_A_NAME = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:大学|学院|公司|集团|研究院|研究所|设计院|中心|厂|医院|股份|实验室|路|街)"
)


def named_places(text: str) -> Iterator[tuple[int, int]]:
    """Where each place of the gazetteer stands, in order; 成都 in 成都大学 is none."""
    at = 0
    while at < len(text):
        end = name_at(text, at)
        if end is not None and _OF_A_NAME.match(text, end) is None:
            yield at, end
        at = end or at + 1
