"""pH values: their unit stands before the number."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.enrich.relations import RELATED
from kg.errors import BadValueError
from kg.reading import QuantityMention
from kg.values.quantity import parse_quantity

_NUMBER = r"\d{1,2}(?: ?\. ?\d+)?"
_PH = re.compile(
    r"[pP] ?[hH]\s?(?:值)?(?:范围)?\s?(?:分别)?"
    r"(?P<link>调节?至|调到|控制在|控制为|维持在|保持在|稳定在|为|是|约为|约|在|至|到"
    r"|[=:：≥≤><]|不低于|不超过|大于|小于|高于|低于)*"
    rf"\s?(?P<one>{_NUMBER})(?:\s?(?:~|-|–|—|至|到|±)\s?(?P<two>{_NUMBER}))?(?![\d.]|\s?[%℃])"
)
_AFTER = re.compile(r"\s?(?:及以下|或以下|以下|以内|及以上|或以上|以上|左右|上下(?!游|文))")


def acidities(text: str, folded: str) -> list[QuantityMention]:
    """All pH values of a text (`folded`: the same, folded), by place."""
    found = []
    for match in _PH.finditer(folded):
        if max(float(end.replace(" ", "")) for end in (match["one"], match["two"] or "0")) > 14:
            continue
        link = RELATED.search(match["link"] or "")
        number = folded[match.start("one") : match.end()].replace(" ", "")
        after = _AFTER.match(folded, match.end())
        end = after.end() if after else match.end()
        words = f"{link.group() if link else ''}{number}{after.group() if after else ''}"
        try:
            quantity = parse_quantity(words, unit="pH")
        except BadValueError:
            continue
        given = text[match.start() : end]
        found.append(
            QuantityMention(
                match.start(), end, replace(quantity, text=given), quantity.relation, "pH", "pH value"
            )
        )
    return found
