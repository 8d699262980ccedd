"""One order out of several: text and vector scores fused into one score between 0 and 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.store.base import Scored

TEXT_SHARE = 0.7
"""Weight of the full text beside the vector; measured on title → abstract and keywords → abstract."""

LEAST_TEXT, LEAST_COSINE = 0.1, 0.45
"""A score below is not a find. Of the text's: a share of the best of this query. Of the cosine: measured in
docs/matching.md; what lies below is as near to nonsense as to a question."""


@dataclass(frozen=True)
class Candidate:
    """An id with its fused score and the sources that found it (`fulltext`, `vector`, `graph`)."""

    id: str
    score: float
    found_by: tuple[str, ...]


def fuse(
    text: Sequence[Scored],
    vector: Sequence[Scored],
    graph: Mapping[str, float],
    worded: Mapping[str, float] | None = None,
) -> list[Candidate]:
    """Candidates best first, ties by id.

    A BM25 score counts relative to the best of this query, a cosine as it is (negative as 0); a source that
    did not find an id gives it 0. `graph` scores (0 to 1) lift a candidate to at least their own value.
    `worded` holds the scores by the query's words alone, where they, not the scores by every character, say
    whether a text is a find.
    """
    lexical = _shares({hit.id: hit.score for hit in text})
    dense = {hit.id: max(hit.score, 0.0) for hit in vector}
    worded = lexical if worded is None else _shares(worded)
    sources = {
        "fulltext": {key for key in lexical if worded.get(key, 0.0) >= LEAST_TEXT},
        "vector": {key for key, score in dense.items() if score >= LEAST_COSINE},
        "graph": set(graph),
    }
    return sorted(
        (
            Candidate(
                key,
                _score(lexical.get(key, 0.0), dense.get(key, 0.0), graph.get(key, 0.0)),
                tuple(name for name, found in sources.items() if key in found),
            )
            for key in set().union(*sources.values())
        ),
        key=lambda candidate: (-candidate.score, candidate.id),
    )


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    best = max(scores.values(), default=0.0) or 1.0
    return {key: score / best for key, score in scores.items()}


def _score(lexical: float, dense: float, graph: float) -> float:
    return round(max(TEXT_SHARE * lexical + (1 - TEXT_SHARE) * dense, graph), 6)
