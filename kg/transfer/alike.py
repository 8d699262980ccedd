"""Offers by the likeness of their words: what is asked when no list relates an operation to any offer.

Two sources, each says that it found the offer: shared characters and bigrams of the names (`fulltext`),
and the cosine (`vector`) of the embedded texts, or of an operation's names and synonyms. The
capabilities' vectors are read once; there are few of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.access import View
from kg.transfer.candidates import Candidate, FoundBy, alike_words, pieces
from kg.transfer.catalogue import Offer
from kg.transfer.operation import alike
from kg.vocabulary.model import Vocabulary

if TYPE_CHECKING:
    from embeddings.encoder import Encoder

WORDS_FROM = 0.25
COSINE_FROM = 0.45
"""Below these an offer is not worth a question (docs/matching.md)."""
OPERATIONS_ALIKE = 3
"""So many operations are asked about by the likeness of their names."""


@dataclass(frozen=True)
class Alikeness:
    """Offers with the vectors of their capabilities (rows of zeros where there is none)."""

    offers: tuple[Offer, ...]
    vectors: NDArray[np.float32]
    fingerprint: str | None
    _pieces: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    _found: dict[str, list[Candidate]] = field(default_factory=dict, repr=False)

    def nearest(self, encoder: Encoder, text: str) -> list[Candidate]:
        """Offers worth a question, most alike first, ties by id; the same words are looked up once."""
        if text not in self._found:
            self._found[text] = self._nearest(encoder, text)
        return self._found[text]

    def _nearest(self, encoder: Encoder, text: str) -> list[Candidate]:
        cosines, asked = self._cosines(encoder, text).tolist(), pieces(text)
        likeness = lru_cache(maxsize=None)(lambda own: alike_words(asked, own))  # names repeat
        found: list[tuple[float, Candidate]] = []
        for index, offer in enumerate(self.offers):
            words = max(map(likeness, self._pieces[index]))
            cosine = cosines[index]
            by: tuple[FoundBy, ...] = ("fulltext",) if words >= WORDS_FROM else ()
            by = (*by, "vector") if cosine >= COSINE_FROM else by
            if by:
                strength = max(words, cosine)
                found.append((strength, Candidate(offer, alike(strength), by)))
        return [one for _, one in sorted(found, key=lambda pair: (-round(pair[0], 6), pair[1].offer.id))]

    def _cosines(self, encoder: Encoder, text: str) -> NDArray[np.float32]:
        if self.fingerprint is None or encoder.fingerprint != self.fingerprint:
            return np.zeros(len(self.offers), dtype=np.float32)
        asked: NDArray[np.float32] = encoder.encode([text])[0]
        return self.vectors @ asked


@dataclass(frozen=True)
class NamesOfOperations:
    """The operations that are offered, by the vectors of all their names; `owners` are their places in
    `operations`, one a row."""

    operations: tuple[str, ...]
    owners: NDArray[np.int64]
    vectors: NDArray[np.float32]

    def nearest(self, encoder: Encoder, text: str) -> list[tuple[str, float]]:
        """The operations whose names come nearest to the words of a text, with the cosine, best first."""
        if not self.operations:
            return []
        asked: NDArray[np.float32] = encoder.encode([text])[0]
        best = np.full(len(self.operations), -1.0)
        np.maximum.at(best, self.owners, (self.vectors @ asked).astype(np.float64))
        order = np.lexsort((np.arange(len(best)), -best.round(6)))[:OPERATIONS_ALIKE]
        return [(self.operations[i], float(best[i])) for i in order if best[i] >= COSINE_FROM]


def names_of_operations(
    encoder: Encoder, operations: Sequence[str], vocabulary: Vocabulary
) -> NamesOfOperations:
    """The names and synonyms of the operations that are offered, as vectors."""
    names, owners = list[str](), list[int]()
    for index, operation in enumerate(operations):
        known = vocabulary.canonical(operation)
        for name in dict.fromkeys((operation, *((known.name, *known.synonyms) if known else ()))):
            names.append(name)
            owners.append(index)
    vectors = encoder.encode(names) if names else np.zeros((0, encoder.dimension), dtype=np.float32)
    return NamesOfOperations(tuple(operations), np.array(owners, dtype=np.int64), vectors)


def load_alikeness(view: View, offers: Sequence[Offer]) -> Alikeness:
    """The offers with their capabilities' stored vectors."""
    info = view.store.index_info()
    cut = lru_cache(maxsize=None)(pieces)
    names = tuple((cut(offer.unit_op), cut(offer.capability.name)) for offer in offers)
    if info is None:
        return Alikeness(tuple(offers), np.zeros((len(offers), 0), dtype=np.float32), None, names)
    held = view.store.vectors(sorted({offer.capability.id for offer in offers}))
    rows = np.zeros((len(offers), info.dimension), dtype=np.float32)
    for index, offer in enumerate(offers):
        vector = held.get(offer.capability.id)
        if vector is not None:
            rows[index] = vector
    return Alikeness(tuple(offers), rows, info.fingerprint, names)
