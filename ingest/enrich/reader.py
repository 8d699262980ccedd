"""The reader: a text in, its facts out; the spaCy pipeline is built at the first text."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.enrich.doubled import once
from ingest.enrich.fields import Fields
from kg.reading import FieldScore, Reading
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 256


class SpacyReader:
    """Keeps `kg.reading.Reader`; may be handed to another process, which builds a pipeline of its own."""

    def __init__(self, lexicon: Path | None = None, facts: Collection[str] | None = None) -> None:
        self._lexicon, self._facts = lexicon, facts
        self.version = _version(load_vocabulary(lexicon).fingerprint)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self._lexicon, self._facts)

    def read(self, text: str) -> Reading:
        """The facts of one text of any length; of one that holds itself twice, those of the first copy."""
        if not text:
            return Reading()
        from ingest.enrich.pipeline import reading_of

        return reading_of(self._nlp(once(text)))

    def read_many(self, texts: Iterable[str], *, fields: bool = True) -> Iterator[Reading]:
        """The facts of many texts, in their order; without `fields` their classifier is left out."""
        from ingest.enrich.pipeline import FIELDS, reading_of

        left_out = () if fields else (FIELDS,)
        for doc in self._nlp.pipe(map(once, texts), batch_size=_BATCH, disable=left_out):
            yield reading_of(doc)

    def classify(self, texts: Sequence[str]) -> list[tuple[FieldScore, ...]]:
        """The fields of each text, in order; needs no spaCy. Raises FieldsError where the model is none."""
        return self._fields.find_many(texts)

    @cached_property
    def _fields(self) -> Fields:
        return Fields()

    @cached_property
    def _nlp(self) -> Language:
        from ingest.enrich.pipeline import build_pipeline

        with _without_torch():
            return build_pipeline(self._lexicon, self._facts)


@contextmanager
def _without_torch() -> Iterator[None]:
    """Below spaCy, thinc imports torch where it is installed: 2 s and 600 MB that we have no use for."""
    hide = "torch" not in sys.modules
    if hide:
        sys.modules["torch"] = None  # type: ignore[assignment]  # as `import` documents: not to be found
    try:
        yield
    finally:
        if hide:
            del sys.modules["torch"]


def _version(vocabulary: str) -> str:
    """A hash over the vocabulary, the word lists and the reader's own code and units."""
    folder = Path(__file__).parent
    values = Path(__file__).parents[2] / "kg" / "values"
    files = [
        *folder.glob("*.py"),
        *folder.glob("lexicon/*.yaml"),
        *folder.glob("lexicon/*.json"),
        *(file for file in folder.glob("fields/*") if file.is_file()),
        values.parent / "deadlines.py",
        *values.glob("*.py"),
        *values.glob("*.yaml"),
    ]
    digest = hashlib.sha256(vocabulary.encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return f"reader-{digest.hexdigest()[:12]}"
