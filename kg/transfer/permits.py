"""Permits as records of their own, beside what a line's register says of its certificates.

A permit that covers lines is those lines'; one that covers none is its holder's as a whole. `valid_until`
is read from its words, as that of a certificate is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.access import SEEN, View
from kg.store.base import Row
from kg.transfer.documents import source_of, text
from kg.transfer.terms import Fact, Stated

_SAYS = (
    "m.id AS id, m.name AS name, m.form AS form, m.valid_from AS valid_from, m.valid_until AS valid_until, "
    "m.provenance AS provenance"
)
COVERED = (
    f"MATCH (m:Permit)-[:COVERS]->(p:PilotLine) WHERE {SEEN.format('m')} AND {SEEN.format('p')} "
    f"RETURN p.id AS body, {_SAYS}"
)
HELD = (
    f"MATCH (m:Permit)-[:HELD_BY]->(o:Organization) WHERE {SEEN.format('m')} AND {SEEN.format('o')} "
    f"RETURN o.id AS body, {_SAYS}"
)


@dataclass(frozen=True)
class Permits:
    """What the permits say, by line and by institution; each permit a statement of its own."""

    lines: Mapping[str, tuple[Stated, ...]] = field(default_factory=dict)
    bodies: Mapping[str, tuple[Stated, ...]] = field(default_factory=dict)


def load_permits(view: View) -> Permits:
    """All visible permits; one that covers a line is not its holder's elsewhere."""
    covered = view.query(COVERED)
    some = {str(row["id"]) for row in covered}
    held = [row for row in view.query(HELD) if str(row["id"]) not in some]
    return Permits(_by_body(covered), _by_body(held))


def _by_body(rows: Iterable[Row]) -> dict[str, tuple[Stated, ...]]:
    found: dict[str, list[tuple[str, Stated]]] = defaultdict(list)
    for row in rows:
        since, until = text(row["valid_from"]), text(row["valid_until"])
        lasts = (f"{since}至{until}" if since else f"至{until}") if until else ""
        words = f"{text(row['form']) or ''} {row['name']}".strip() + (f"（{lasts}）" if lasts else "")
        fact = Fact("certificates", (words,), source_of(row["provenance"]))
        found[str(row["body"])].append((str(row["id"]), {"certificates": fact}))
    return {
        body: tuple(one for _, one in sorted(held, key=lambda pair: pair[0])) for body, held in found.items()
    }
