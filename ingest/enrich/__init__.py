"""The reader: from a Chinese technical text to its operations and quantities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.reading import Reader


def build_reader(lexicon: Path | None = None) -> Reader:
    """The reader with our vocabulary, or with the one in `lexicon` (a file or folder as in `kg/vocabulary`).

    Raises VocabularyError for a wrong file. spaCy is imported at the first text that is read.
    """
    from ingest.enrich.reader import SpacyReader

    return SpacyReader(lexicon)
