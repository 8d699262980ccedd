"""Clean classes: 万级洁净度, 百级洁净室, 洁净度要求ISO 7级. A bare 万级 is a size of anything and none."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.errors import BadValueError
from kg.reading import QuantityMention
from kg.values.quantity import parse_quantity

_CLEAN = "洁净|净化|无尘|超净"
_CLASS = re.compile(
    rf"(?P<before>(?:{_CLEAN})[^，。；、,;\d]{{0,8}}?)?"
    r"(?P<words>(?P<iso>iso\s?(?:class\s?)?[1-9]\s?级)|class\s?\d[\d,]{2,6}(?!\d)"
    r"|(?<![\d.十百千万])(?:\d{0,2}[十百千万]+|\d{3,6}|\d{1,3}(?:,\d{3})+)级)"
    rf"(?P<behind>别?(?:[及或]?以上)?的?\s?(?:{_CLEAN}))?",
    re.IGNORECASE,
)


def clean_classes(text: str, folded: str) -> list[QuantityMention]:
    """All clean classes of a text (`folded`: the same, folded), by place; the span is the class itself."""
    found = []
    for match in _CLASS.finditer(folded):
        if not (match["before"] or match["behind"] or match["iso"]):
            continue
        start, end = match.span("words")
        try:
            quantity = parse_quantity(folded[start:end])
        except BadValueError:
            continue
        given = replace(quantity, text=text[start:end])
        found.append(QuantityMention(start, end, given, quantity.relation, "洁净度", "clean class"))
    return found
