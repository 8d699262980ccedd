"""Hybrid search: full text, vectors and the graph, fused, filtered, counted and explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from embeddings.encoder import Encoder
from kg.access import SEEN, View
from kg.errors import EncoderMismatchError
from kg.schema.model import Schema
from kg.search.facets import Facets, divide
from kg.search.filters import allowed
from kg.search.fusion import LEAST_COSINE, Candidate, fuse
from kg.search.glance import Glance, glances
from kg.search.highlight import highlight
from kg.search.notes import note
from kg.search.query import Filters, Page, checked_text
from kg.search.segment import tokens
from kg.search.words import Words, words_of
from kg.store.base import GraphStore, Node, Scored, Vectors
from kg.wording import Lang, Sentence

DEPTH = 300
"""How many ids each source may propose; more are not paged and `total_capped` says so."""

WORDED = 4
"""So many times as deep is asked which texts hold a word of the query."""

EXACT_AMONG = 5000
"""Up to so many allowed ids the filter goes into the index; above, the answer is filtered afterwards."""

KEY_SCORE, DOING_SCORE, NAME_SCORE = 1.0, 0.99, 0.5
"""Scores of what the graph names: a thing of this key, a line that does this operation, what stands beside a
thing of this name."""

FIRST_PAGE = Page()

NAMED = " UNION ".join(
    f"MATCH (n:{kind}) WHERE n.name = $name AND n.access = 'public' AND NOT n.retired RETURN n.id AS id"
    for kind in ("Organization", "Field", "UnitOp")
)
DOING = (
    "MATCH (u:UnitOp)<-[:OF]-(c:Capability)<-[:OFFERS]-(n:PilotLine) WHERE u.name = $name "
    f"AND {SEEN.format('u')} AND {SEEN.format('c')} AND {SEEN.format('n')} RETURN DISTINCT n.id AS id"
)
"""The lines on which the unit operation of this name is done."""


@dataclass(frozen=True)
class Hit:
    """One found node with its score (0 to 1), what found it, the marked piece of its text and its glance."""

    node: Node
    score: float
    found_by: tuple[str, ...]
    highlight: str
    glance: Glance

    def document(self) -> dict[str, Any]:
        """INTERFACE's hit: an entity with `title`, `score`, `found_by`, `highlight`, and its glance."""
        facts = self.node.properties
        return {
            "id": self.node.id,
            "key": facts.get("key"),
            "kind": self.node.kind,
            "name": facts.get("name"),
            "synthetic": bool(facts.get("synthetic", False)),
            "title": facts.get("name"),
            "score": self.score,
            "found_by": list(self.found_by),
            "highlight": self.highlight,
            **asdict(self.glance),
        }


@dataclass(frozen=True)
class Answer:
    """One page of hits; `total` is what can be paged; `note` says why there is little or nothing."""

    total: int
    total_capped: bool
    facets: Facets
    hits: tuple[Hit, ...]
    note: Sentence | None = None

    def document(self, lang: Lang) -> dict[str, Any]:
        """INTERFACE's answer of a search, with `note` in a language."""
        return {
            "total": self.total,
            "total_capped": self.total_capped,
            "facets": self.facets,
            "hits": [hit.document() for hit in self.hits],
            "note": self.note.said(lang) if self.note else None,
        }


@dataclass(frozen=True)
class _Found:
    """Candidates best first; `capped` where a source had more that count than were asked for."""

    candidates: list[Candidate]
    capped: bool


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
    words = words_of(asked)
    found = _candidates(view, encoder, asked, words, wanted.kinds, among)
    division = divide(view, schema, [candidate.id for candidate in found.candidates])
    candidates = {candidate.id: candidate for candidate in found.candidates}
    page_ids = division.ids[page.start : page.stop]
    nodes = view.get(page_ids)
    beside = glances(view, schema, list(nodes.values()))
    hits = tuple(
        _hit(nodes[one], candidates[one], beside[one], _shown(nodes[one], schema, asked))
        for one in page_ids
        if one in nodes
    )
    sources = {source for one in found.candidates for source in one.found_by}
    said = note(words, sources, filtered=bool(wanted.kinds) or among is not None)
    return Answer(len(division.ids), found.capped, division.facets, hits, said)


def checked_encoder(store: GraphStore, encoder: Encoder) -> Encoder:
    """The encoder, if the store's vectors are its own; raises `EncoderMismatchError` else."""
    info = store.index_info()
    if info is not None and info.fingerprint != encoder.fingerprint:
        raise EncoderMismatchError(
            Sentence(
                f"库里的向量是用 {info.encoder}（{info.dimension} 维）算的，不是 {encoder.name}",
                f"the store was embedded with {info.encoder} ({info.dimension} "
                f"numbers), not with {encoder.name}",
            ),
            remedy=Sentence(
                f"用 --encoder {info.encoder}，或用 --encoder {encoder.name} 导入一个新库",
                f"use --encoder {info.encoder}, or ingest into a new store with --encoder {encoder.name}",
            ),
        )
    return encoder


def _candidates(
    view: View, encoder: Encoder, text: str, words: Words, kinds: Sequence[str], among: set[str] | None
) -> _Found:
    exact = sorted(among) if among is not None and len(among) <= EXACT_AMONG else None
    depth = DEPTH if among is None or exact is not None else DEPTH * 4
    by_text, worded = _by_text(view, text, words, depth, kinds, exact)
    cut = len(by_text) == depth
    by_text = [hit for hit in by_text if hit.id in worded]
    vector = _vector(view, encoder, text) if words.speaks else None
    near = [] if vector is None else view.nearest(vector, depth, kinds=kinds, among=exact)
    by_vector = [hit for hit in near if hit.score >= LEAST_COSINE]
    rest = [] if vector is None else _cosines(view, vector, by_text, by_vector)
    found = fuse(by_text, [*by_vector, *rest], _by_graph(view, text, kinds), worded)
    if among is not None:
        found = [candidate for candidate in found if candidate.id in among]
    return _Found(found, cut or len(by_vector) == depth)


def _by_text(
    view: View, text: str, words: Words, depth: int, kinds: Sequence[str], among: Sequence[str] | None
) -> tuple[list[Scored], dict[str, float]]:
    """The texts scored by every token of the query, and the scores of those that hold a word of it."""
    if not words.found:
        return [], {}
    held = view.match_text(words.found, depth * WORDED, kinds=kinds, among=among)
    worded = {hit.id: hit.score for hit in held}
    found = view.match_text(_distinct(tokens(text)), depth, kinds=kinds, among=among) if held else []
    return found, worded


def _vector(view: View, encoder: Encoder, text: str) -> Vectors | None:
    """The query's vector; None where the store has no vectors or the encoder knows no part of the query."""
    if view.store.index_info() is None:
        return None
    vector: Vectors = checked_encoder(view.store, encoder).encode([text])[0]
    return vector if vector.any() else None


def _cosines(view: View, vector: Vectors, found: list[Scored], near: list[Scored]) -> list[Scored]:
    """The cosines of what the text found, wherever the vectors' own list ends."""
    known = {hit.id for hit in near}
    rest = [hit.id for hit in found if hit.id not in known]
    return view.nearest(vector, len(rest), among=rest) if rest else []


def _by_graph(view: View, text: str, kinds: Sequence[str]) -> dict[str, float]:
    """Ids that the graph itself names: the node of this key, what stands beside a node of this name, and the
    lines on which the operation of this name is done."""
    found = {node.id: KEY_SCORE for node in view.find(text) if not kinds or node.kind in kinds}
    rows = view.query(NAMED, name=text)
    for row in rows:
        for near in view.neighbours(row["id"])[:DEPTH]:
            is_part = bool(near.node.properties.get("stated_by"))
            if (not kinds or near.node.kind in kinds) and not is_part:
                found.setdefault(near.node.id, NAME_SCORE)
    if not kinds or "PilotLine" in kinds:
        for row in view.query(DOING, name=text):
            found[row["id"]] = max(found.get(row["id"], 0.0), DOING_SCORE)
    return found


def _distinct(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _hit(node: Node, candidate: Candidate, glance: Glance, piece: str) -> Hit:
    return Hit(node, candidate.score, candidate.found_by, piece, glance)


def _shown(node: Node, schema: Schema, text: str) -> str:
    """The best marked piece: of the longest searchable text first, then of the others."""
    specs = [spec for spec in schema.kinds[node.kind].properties.values() if spec.search]
    values = [node.properties.get(spec.name) for spec in specs]
    texts = [" ".join(map(str, v)) if isinstance(v, list) else str(v) for v in values if v]
    ordered = sorted(texts, key=len, reverse=True)
    return next((piece for piece in (highlight(t, text) for t in ordered) if piece), "")
