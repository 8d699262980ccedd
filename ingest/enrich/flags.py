"""The component that raises warnings for a person: hazardous chemistry, dual use, secrecy words."""

from __future__ import annotations

import re

from ingest.enrich.folding import squeeze
from ingest.enrich.words import load
from kg.reading import FlagKind, FlagMention


class Flags:
    """Finds the words that raise a warning, in any text, without spaCy: text in, mentions out."""

    def __init__(self) -> None:
        rows = load("flags")["flags"]
        self._kinds: list[tuple[FlagKind, str]] = [(row["kind"], row["why"]) for row in rows]
        groups = (
            f"(?P<f{number}>{row['words'].strip().replace(' |', '|')})" for number, row in enumerate(rows)
        )
        self._pattern = re.compile("|".join(groups))

    def find(self, text: str) -> tuple[FlagMention, ...]:
        """All warnings by place, with offsets of the text as given; the same words are one warning."""
        squeezed = squeeze(text)
        found: dict[tuple[str, str], FlagMention] = {}
        for match in self._pattern.finditer(squeezed.text):
            kind, why = self._kinds[int((match.lastgroup or "f0")[1:])]
            start, end = squeezed.span(match.start(), match.end())
            mention = FlagMention(kind, text[start:end], start, end, why)
            found.setdefault((kind, match.group()), mention)
        return tuple(found.values())
