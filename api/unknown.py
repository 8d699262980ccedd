"""Names that a filter gave and no record carries: an empty answer says so, instead of looking like a no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.access import SEEN
from kg.identity import normal_name
from kg.search.filters import allowed
from kg.search.glance import region_of
from kg.search.query import Filters
from kg.wording import Sentence

if TYPE_CHECKING:
    from kg.access import View
    from kg.schema.model import Schema

NAMED = {
    "field": Sentence("领域", "field"),
    "region": Sentence("地区", "place"),
    "owner": Sentence("完成单位", "owner"),
}
EDGES = {"field": "IN_FIELD", "owner": "OWNED_BY"}
MOST_LISTED = 10
MOST_NEAR = 3


def unknown_name(view: View, schema: Schema, filters: Filters) -> Sentence | None:
    """What to say of the first field, place or owner of these filters that no record of any kind has; None
    where each is known. Asks the graph, so it is for answers that are empty."""
    for name in NAMED:
        asked = getattr(filters, name)
        if asked and not allowed(view, schema, Filters(**{name: asked})):
            return _said(name, asked, _known(view, schema, name))
    return None


def _said(name: str, asked: str, known: Sequence[str]) -> Sentence:
    what = NAMED[name]
    zh, en = f"没有记录的{what.zh}是“{asked}”", f"no {what.en} is called “{asked}” here"
    folded = {normal_name(one): one for one in known}
    near = [folded[one] for one in get_close_matches(normal_name(asked), folded, MOST_NEAR, 0.5)]
    if near:
        zh, en = f"{zh}；最接近的是 {'、'.join(near)}", f"{en}; the nearest: {', '.join(near)}"
    if not known:
        return Sentence(f"{zh}；还没有记录写明{what.zh}", f"{en}; no record states any {what.en}")
    listed, more = known[:MOST_LISTED], len(known) > MOST_LISTED
    zh += f"；已有的{what.zh}：{'、'.join(listed)}" + (f" 等 {len(known)} 个" if more else "")
    en += f"; the {what.en}s are: {', '.join(listed)}" + (f" … {len(known)} in all" if more else "")
    return Sentence(zh, en)


def _known(view: View, schema: Schema, name: str) -> list[str]:
    """The names that records carry, the most frequent first, ties by name."""
    counts: dict[str, int] = {}
    for known, number in _regions(view, schema) if name == "region" else _ends(view, schema, EDGES[name]):
        counts[known] = counts.get(known, 0) + number
    return sorted(counts, key=lambda one: (-counts[one], one))


def _ends(view: View, schema: Schema, edge: str) -> Iterable[tuple[str, int]]:
    for kind in schema.edges[edge].starts:
        rows = view.query(
            f"MATCH (n:`{kind}`)-[:{edge}]->(t) WHERE {SEEN.format('n')} AND {SEEN.format('t')} "
            "RETURN t.name AS name, count(DISTINCT n.id) AS number"
        )
        yield from ((str(row["name"]), int(row["number"])) for row in rows if row["name"])


def _regions(view: View, schema: Schema) -> Iterable[tuple[str, int]]:
    for kind, spec in schema.kinds.items():
        if spec.derived or "region" not in spec.properties:
            continue
        rows = view.query(
            f"MATCH (n:`{kind}`) WHERE {SEEN.format('n')} "
            "RETURN n.region AS region, n.region_code AS code, count(n) AS number"
        )
        for row in rows:
            place = region_of(row["region"], row["code"])
            if place:
                yield place, int(row["number"])
