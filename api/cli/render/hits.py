"""Search hits on the terminal: one table, the text around the first found word beside each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.cli.render.tables import print_tables
from api.phrases import synthetic
from api.tables import Table, at_a_glance, kind_word, without_marks
from api.words import word

Document = dict[str, Any]
SNIPPET = 60
"""Characters of a highlight that the terminal shows."""


def print_hits(title: str, hits: Sequence[Document], total: int, lang: str, *, more: bool = False) -> None:
    """Hits as a table, under each name what it is at a glance; the kind only where there are several, what
    found a hit only in sheets."""
    if not hits:
        return
    kinds = len({hit["kind"] for hit in hits}) > 1
    rows = [
        (
            number,
            hit["key"],
            *([kind_word(hit["kind"], lang)] if kinds else []),
            "\n".join(filter(None, (hit["name"] + synthetic(hit, lang), at_a_glance(hit, lang)))),
            hit["score"],
            snippet(hit["highlight"]),
        )
        for number, hit in enumerate(hits, start=1)
    ]
    names = ("#", "key", *(["kind"] if kinds else []), "name", "score", "highlight")
    counted = f"{word('total', lang)} {total}{'+' if more else ''} · {word('shown', lang)} {len(hits)}"
    print_tables([Table(f"{title} · {counted}", [word(name, lang) for name in names], rows)])


def snippet(highlight: str) -> str:
    """At most `SNIPPET` characters of a highlight, the first found word among them."""
    text = without_marks(highlight).replace("\n", " ").strip()
    if len(text) <= SNIPPET:
        return text
    before = len(without_marks(highlight.partition("<em>")[0]))
    start = max(0, min(before - SNIPPET // 4, len(text) - SNIPPET))
    cut = text[start : start + SNIPPET].strip("…").lstrip("。，、；：）)-—")
    return ("…" if start else "") + cut + ("…" if start + SNIPPET < len(text) else "")
