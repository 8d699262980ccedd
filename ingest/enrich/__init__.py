"""The reader: from a Chinese technical text to its operations and quantities."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.reading import Reader


STEPS = ("quantities", "needs")
"""The facts beside the operations that a question needs."""


def build_reader(lexicon: Path | None = None, facts: Collection[str] | None = None) -> Reader:
    """The reader with our vocabulary, or with the one in `lexicon` (a file or folder as in `kg/vocabulary`).

    `facts` names the sorts of facts wanted beside the operations (quantities, maturity, needs …); all of
    them unless told.

    Raises VocabularyError for a wrong file. spaCy is imported at the first text that is read.
    """
    from ingest.enrich.reader import SpacyReader

    return SpacyReader(lexicon, facts)
