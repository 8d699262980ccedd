"""The words of a relation before a number (≥, 不低于, 优于), and what they say to `kg.values.quantity`."""

from __future__ import annotations

import re

RELATED = re.compile(
    r"(?:≥|≤|≦|≧|⩾|⩽|>=|<=|>|<|±|\+/-|≈|~|不大于|不超过|不高于|不多于|不得超过|不得大于|小于等于|小于或等于"
    r"|不小于|不低于|不少于|不得低于|不得小于|大于等于|大于或等于|至少|至多|最多|最少|小于|低于|少于|短于|不足|不到"
    r"|大于|高于|多于|长于|超过|大约|约为|约|接近|近|最[大高小低](?=\s?$)|[优好]于"
    r"|(?<![A-Za-z])(?:at least|at most|no more than|no less than|less than|more than|below|above|about"
    r"|approx\.|up to))(?:\s?)$",
    re.IGNORECASE,
)
"""A relation at the end of what stands before a number."""

_CLOSER = re.compile(
    r"精度|误差|偏差|粗糙度|均匀性|不均匀|真空|漏率|噪声|噪音|损耗|重复性|公差|平面度|同轴度|圆度|面形|不确定度"
    r"|波动|稳定性|±"
)
_SMALL = re.compile(
    r"(?:±|\d\s?(?:mm|μm|um|nm|pm|Pa|″|′|ppm|ppb|ns|ps|fs|rad|mrad|μrad)$)|10\^-|10-\d|[eE]-\d"
)


def plain_relation(words: str, left: str) -> str:
    """The words with a relation that a quantity's text knows; 优于 is at most where less is better (accuracy,
    vacuum, roughness: by what stands in the clause before, or a unit of small lengths and pressures)."""
    if words[:1] in ("优", "好") and words[1:2] == "于":
        closer = _SMALL.search(words) or _CLOSER.search(re.split("[，,。；;]", left)[-1])
        return ("≤" if closer else "≥") + words[2:].lstrip("±")
    return words.replace("长于", "大于").replace("短于", "小于")
