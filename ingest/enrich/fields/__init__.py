"""Which fields of technology a text belongs to: a trained, calibrated classifier that may say none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reading import FieldScore

if TYPE_CHECKING:
    from embeddings.encoder import Encoder
    from ingest.enrich.fields.model import Model

_BATCH = 256


class Fields:
    """Applies the shipped model, or the one in `path`; both files are read at the first text.

    Raises FieldsError where the file is no model, or was trained with another encoder.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    def find(self, text: str) -> tuple[FieldScore, ...]:
        """The fields of a title, or a title and abstract, the likeliest first; empty for none."""
        return self.find_many([text])[0]

    def find_many(self, texts: Sequence[str]) -> list[tuple[FieldScore, ...]]:
        """The fields of each text, in order; a text's answer does not depend on its neighbours."""
        found: list[tuple[FieldScore, ...]] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            rows = self.model.probabilities(batch, self._encoder.encode(known_words(batch)))
            for row in rows:
                said = [
                    (float(p), name)
                    for p, name, least in zip(row, self.model.names, self.model.threshold, strict=True)
                    if p >= least
                ]
                found.append(tuple(FieldScore(name, round(p, 3)) for p, name in sorted(said, reverse=True)))
        return found

    @cached_property
    def model(self) -> Model:
        """The trained model."""
        from ingest.enrich.fields.model import SHIPPED, read_model

        return read_model(self._path or SHIPPED)

    @cached_property
    def _encoder(self) -> Encoder:
        from embeddings.encoder import open_encoder
        from ingest.enrich.fields.errors import FieldsError

        encoder = open_encoder()
        if self.model.about["encoder"] != encoder.fingerprint:
            raise FieldsError(
                "The model of fields was trained with another version of the shipped encoder",
                remedy="Train again: python -m ingest.enrich.fields train --data DIR --out FILE",
            )
        return encoder


def known_words(texts: Sequence[str]) -> list[str]:
    """The texts as the encoder gets them: their beginning."""
    from ingest.enrich.fields.features import LONGEST

    return [text[:LONGEST] for text in texts]
