"""Rates of charge and discharge: `0.5C倍率`, `以1 C放电`; a C alone is none, nor is a temperature."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.enrich.relations import RELATED
from kg.errors import BadValueError
from kg.reading import QuantityMention
from kg.values.quantity import parse_quantity

UNIT = "C"
"""The unit of a mention. No unit of the registers: there `1200C` is a slip for ℃, and is asked about."""
_RATE = re.compile(
    r"(?<![\d.A-Za-z+-])(?P<one>\d{1,2}(?:\.\d+)?)\s?(?:C?\s?(?:~|-|至|到)\s?(?P<two>\d{1,2}(?:\.\d+)?)\s?)?"
    r"C(?![A-Za-z\d°])"
)
_BESIDE = re.compile(r"倍率|[充放]电|充放|恒流|快充|超充|循环")
_HEAT = re.compile(r"[温热烧炉煅焙冻]\D{0,6}$")
_LEFT, _RIGHT = 18, 14


def c_rates(text: str, folded: str) -> list[QuantityMention]:
    """All rates of a text (`folded`: the same, folded), by place."""
    found = []
    for match in _RATE.finditer(folded):
        left = folded[max(0, match.start() - _LEFT) : match.start()]
        near = left + folded[match.end() : match.end() + _RIGHT]
        if _HEAT.search(left) or not _BESIDE.search(near):
            continue
        one, two, bound = match["one"], match["two"], RELATED.search(left)
        start = match.start() - (len(left) - bound.start() if bound else 0)
        try:
            quantity = parse_quantity(
                f"{bound.group() if bound else ''}{one}{f'~{two}' * bool(two)}", unit="倍"
            )
        except BadValueError:
            continue
        given = replace(quantity, text=text[start : match.end()], unit=UNIT, si_unit=None)
        given = replace(given, si_value=None, si_low=None, si_high=None)
        found.append(QuantityMention(start, match.end(), given, quantity.relation, "倍率", "rate of charge"))
    return found
