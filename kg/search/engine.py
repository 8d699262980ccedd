"""Hybrid search: full text, vectors and the graph, fused, filtered, counted and explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.encoder import Encoder
from kg.access import View
from kg.errors import EncoderMismatchError
from kg.schema.model import Schema
from kg.search.facets import Facets, divide
from kg.search.filters import allowed
from kg.search.fusion import Candidate, fuse
from kg.search.highlight import highlight
from kg.search.query import Filters, Page, checked_text
from kg.search.segment import tokens
from kg.store.base import GraphStore, Node, Scored

DEPTH = 300
"""How many ids each source may propose; more are not paged and `total_capped` says so."""

EXACT_AMONG = 5000
"""Up to so many allowed ids the filter goes into the index; above, the answer is filtered afterwards."""

KEY_SCORE, NAME_SCORE = 1.0, 0.5

FIRST_PAGE = Page()

NAMED = " UNION ".join(
    f"MATCH (n:{kind}) WHERE n.name = $name AND n.access = 'public' AND NOT n.retired RETURN n.id AS id"
    for kind in ("Organization", "Field", "UnitOp")
)


@dataclass(frozen=True)
class Hit:
    """One found node with its score (0 to 1), what found it and the marked piece of its text."""

    node: Node
    score: float
    found_by: tuple[str, ...]
    highlight: str


@dataclass(frozen=True)
class Answer:
    """One page of hits; `total` is what can be paged."""

    total: int
    total_capped: bool
    facets: Facets
    hits: tuple[Hit, ...]


def search(
    view: View,
    encoder: Encoder,
    schema: Schema,
    text: str,
    filters: Filters | None = None,
    page: Page = FIRST_PAGE,
) -> Answer:
    """The hits of a page for a text; raises `UsageError` for an empty text, `EncoderMismatchError`."""
    asked, wanted = checked_text(text), filters or Filters()
    among = allowed(view, schema, wanted)
    found, capped = _candidates(view, encoder, asked, wanted.kinds, among)
    division = divide(view, schema, [candidate.id for candidate in found])
    candidates = {candidate.id: candidate for candidate in found}
    page_ids = division.ids[page.start : page.stop]
    nodes = view.get(page_ids)
    hits = tuple(_hit(nodes[one], candidates[one], schema, asked) for one in page_ids if one in nodes)
    return Answer(len(division.ids), capped, division.facets, hits)


def ranked(
    view: View, encoder: Encoder, text: str, *, kinds: Sequence[str] = (), limit: int = 50
) -> list[Candidate]:
    """Candidates of some kinds for a text, without facets and highlights: what matching starts from."""
    return _candidates(view, encoder, checked_text(text), kinds, None)[0][:limit]


def checked_encoder(store: GraphStore, encoder: Encoder) -> Encoder:
    """The encoder, if the store's vectors are its own; raises `EncoderMismatchError` else."""
    info = store.index_info()
    if info is not None and info.fingerprint != encoder.fingerprint:
        raise EncoderMismatchError(
            f"the store was embedded with {info.encoder} ({info.dimension} numbers), not with {encoder.name}",
            remedy=f"use --encoder {info.encoder}, or ingest into a new store with --encoder {encoder.name}",
        )
    return encoder


def _candidates(
    view: View, encoder: Encoder, text: str, kinds: Sequence[str], among: set[str] | None
) -> tuple[list[Candidate], bool]:
    exact = sorted(among) if among is not None and len(among) <= EXACT_AMONG else None
    depth = DEPTH if among is None or exact is not None else DEPTH * 4
    by_text = view.match_text(_distinct(tokens(text)), depth, kinds=kinds, among=exact)
    by_vector = _nearest(view, encoder, text, depth, kinds, exact)
    graph = _by_graph(view, text, kinds)
    found = fuse(by_text, by_vector, graph)
    if among is not None:
        found = [candidate for candidate in found if candidate.id in among]
    return found, len(by_text) == depth or len(by_vector) == depth


def _nearest(
    view: View, encoder: Encoder, text: str, depth: int, kinds: Sequence[str], among: Sequence[str] | None
) -> list[Scored]:
    if view.store.index_info() is None:
        return []
    vector = checked_encoder(view.store, encoder).encode([text])[0]
    return view.nearest(vector, depth, kinds=kinds, among=among) if vector.any() else []


def _by_graph(view: View, text: str, kinds: Sequence[str]) -> dict[str, float]:
    """Ids that the graph itself names: the node of this key, and what stands beside a node of this name."""
    found = {node.id: KEY_SCORE for node in view.find(text) if not kinds or node.kind in kinds}
    rows = view.query(NAMED, name=text)
    for row in rows:
        for near in view.neighbours(row["id"])[:DEPTH]:
            if (not kinds or near.node.kind in kinds) and near.node.kind not in ("Limit", "ProcessStep"):
                found.setdefault(near.node.id, NAME_SCORE)
    return found


def _distinct(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _hit(node: Node, candidate: Candidate, schema: Schema, text: str) -> Hit:
    return Hit(node, candidate.score, candidate.found_by, _shown(node, schema, text))


def _shown(node: Node, schema: Schema, text: str) -> str:
    """The best marked piece: of the longest searchable text first, then of the others."""
    specs = [spec for spec in schema.kinds[node.kind].properties.values() if spec.search]
    values = [node.properties.get(spec.name) for spec in specs]
    texts = [" ".join(map(str, v)) if isinstance(v, list) else str(v) for v in values if v]
    ordered = sorted(texts, key=len, reverse=True)
    return next((piece for piece in (highlight(t, text) for t in ordered) if piece), "")
