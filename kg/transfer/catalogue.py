"""What can be offered: every visible capability with its line or institution, unit operation and limits.

Read in a handful of bulk queries once per state of the store, so that a route costs no graph walk per
capability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kg.access import SEEN, View
from kg.identity import normal_name
from kg.store.base import Row
from kg.transfer.answering import parameter_name
from kg.transfer.documents import Entity, entity_of_row, number, returned, source_of, text
from kg.transfer.mandate import Place, Window
from kg.transfer.permits import Permits, load_permits
from kg.transfer.places import Site
from kg.transfer.proof import Source
from kg.transfer.quantities import Bounds, Limit
from kg.transfer.terms import CONDITIONS, NO_TERMS, Stated, Terms, facts_of_row, returned_terms, terms_of
from kg.values.parameters import parameter_of

CAPABILITIES = (
    f"MATCH (c:Capability) WHERE {SEEN.format('c')} "
    f"RETURN {returned('c', 'c')}, c.description AS description, c.equipment AS equipment, "
    + returned_terms("c")
)
OPERATIONS = (
    f"MATCH (c:Capability)-[:OF]->(u:UnitOp) WHERE {SEEN.format('c')} AND {SEEN.format('u')} "
    "RETURN c.id AS capability, u.name AS name"
)
LIMITS = (
    f"MATCH (c:Capability)-[:HAS_LIMIT]->(l:`Limit`) WHERE {SEEN.format('c')} AND {SEEN.format('l')} "
    "RETURN c.id AS capability, l.id AS id, l.parameter AS parameter, l.original AS original, l.low AS low, "
    "l.high AS high, l.unit AS unit, l.si_low AS si_low, l.si_high AS si_high, l.si_unit AS si_unit, "
    "l.better AS better, l.provenance AS provenance"
)
LINES = (
    "MATCH (p:PilotLine)-[:OFFERS]->(c:Capability) "
    f"WHERE {SEEN.format('p')} AND {SEEN.format('c')} RETURN c.id AS capability, {returned('p', 'line')}, "
    "p.stage_low AS low, p.stage_high AS high, p.stage_text AS words, p.status AS status, "
    "p.region AS region, p.region_code AS region_code, " + returned_terms("p")
)
OWN = (
    "MATCH (o:Organization)-[:OFFERS]->(c:Capability) "
    f"WHERE {SEEN.format('o')} AND {SEEN.format('c')} RETURN c.id AS capability, "
    f"{returned('o', 'org')}, o.region AS region, o.region_code AS region_code, " + returned_terms("o")
)
OPERATED = (
    "MATCH (o:Organization)-[:OPERATES]->(p:PilotLine) "
    f"WHERE {SEEN.format('o')} AND {SEEN.format('p')} RETURN p.id AS line, "
    f"{returned('o', 'org')}, o.region AS region, o.region_code AS region_code, " + returned_terms("o")
)


@dataclass(frozen=True)
class Institution:
    """Who offers: the organisation and where it is (None: not stated)."""

    entity: Entity
    place: Place | None = None
    stated: Stated = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Carrier:
    """A line, or an institution's own equipment (line None), on which capabilities are offered."""

    line: Entity | None = None
    institution: Institution | None = None
    stage: Window | None = None
    status: str | None = None
    place: Place | None = None
    stated: Stated = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Offer:
    """A capability as somebody offers it: on a line, or (line None) with the institution's own equipment."""

    id: str
    capability: Entity
    line: Entity | None
    institution: Institution | None
    unit_op: str
    limits: tuple[Limit, ...] = ()
    described: str = ""
    stage: Window | None = None
    status: str | None = None
    place: Place | None = None
    terms: Terms = NO_TERMS
    conditions: tuple[Stated, ...] = field(default=(), compare=False, repr=False)
    """What is said of materials and certificates, the most particular record first."""

    @property
    def by(self) -> Entity:
        """Line, institution or capability: the first that there is."""
        return self.line or (self.institution.entity if self.institution else self.capability)

    @property
    def where(self) -> str:
        """Which institution a hand-over leads to; offers without one stand alone."""
        return self.institution.entity.id if self.institution else self.id

    @cached_property
    def site(self) -> Site:
        """Where it is done: the line's own place, else the institution's."""
        carriers = (self.line, self.institution.entity if self.institution else None)
        ids = [one.id for one in carriers if one] + [normal_name(one.name) for one in carriers if one]
        return Site(tuple(ids) or (self.id,), self.place)

    @property
    def source(self) -> Source:
        return self.capability.source

    @property
    def line_source(self) -> Source:
        """The record of the line, else of the capability: who says where and when it can be had."""
        return self.line.source if self.line else self.source


def load_offers(view: View) -> tuple[Offer, ...]:
    """All offers, ordered by id."""
    operations = _grouped(view.query(OPERATIONS))
    limits = _limits(view.query(LIMITS))
    carriers, permits = _carriers(view), load_permits(view)
    offers: list[Offer] = []
    for row in view.query(CAPABILITIES):
        capability = entity_of_row(row, "c")
        assert capability is not None  # c.id is never null
        names = sorted({str(one["name"]) for one in operations.get(capability.id, [])}) or [capability.name]
        words = (capability.name, text(row["description"]), *(row["equipment"] or ()))
        described = " ".join(part for part in words if part)
        for name in names:
            for carrier in carriers.get(capability.id, [Carrier()]):
                offer = _offer(capability, name, carrier, limits.get(capability.id, ()), described)
                own = facts_of_row(row, capability.source)
                offers.append(_on_conditions(_on_terms(offer, carrier, own), carrier, own, permits))
    return tuple(sorted(offers, key=lambda offer: offer.id))


def _offer(
    capability: Entity, name: str, carrier: Carrier, limits: tuple[Limit, ...], described: str
) -> Offer:
    line, institution = carrier.line, carrier.institution
    ids = (capability.id, line.id if line else "", institution.entity.id if institution else "", name)
    return Offer(
        "/".join(ids),
        capability,
        line,
        institution,
        name,
        limits,
        described,
        carrier.stage,
        carrier.status,
        carrier.place or (institution.place if institution else None),
    )


def _on_terms(offer: Offer, carrier: Carrier, own: Stated) -> Offer:
    body = carrier.institution.stated if carrier.institution else {}
    terms = terms_of(body, carrier.stated, own)
    return offer if terms is NO_TERMS else replace(offer, terms=terms)


def _on_conditions(offer: Offer, carrier: Carrier, own: Stated, permits: Permits) -> Offer:
    line, body = carrier.line, carrier.institution
    stated = [own, carrier.stated, *(permits.lines.get(line.id, ()) if line else ())]
    stated += [body.stated, *permits.bodies.get(body.entity.id, ())] if body else []
    kept = tuple(one for one in stated if any(name in one for name in CONDITIONS))
    return replace(offer, conditions=kept) if kept else offer


def limit_of_row(row: Mapping[str, Any], source: Source) -> Limit:
    """A stored Limit; its original text is what a person reads."""
    parameter = str(row["parameter"] or "")
    ends = [number(row[name]) for name in ("low", "high")]
    si_ends = [number(row[name]) for name in ("si_low", "si_high")]
    bounds = Bounds(
        str(row["original"] or ""),
        ends[0],
        ends[1],
        text(row["unit"]),
        si_ends[0],
        si_ends[1],
        text(row["si_unit"]),
    )
    known = parameter_of(parameter_name(parameter) or "")
    return Limit(parameter, bounds, text(row["better"]) or (known.better if known else None), source)


def _limits(rows: Iterable[Row]) -> dict[str, tuple[Limit, ...]]:
    found: dict[str, list[tuple[str, Limit]]] = defaultdict(list)
    for row in rows:
        limit = limit_of_row(row, source_of(row["provenance"]))
        found[row["capability"]].append((str(row["id"]), limit))
    return {
        capability: tuple(limit for _, limit in sorted(pairs, key=lambda pair: (pair[1].parameter, pair[0])))
        for capability, pairs in found.items()
    }


def _carriers(view: View) -> dict[str, list[Carrier]]:
    """Per capability the lines with their institutions, and institutions that offer it without a line of
    theirs."""
    operators = {row["line"]: _institution(row) for row in view.query(OPERATED)}
    found: dict[str, list[Carrier]] = defaultdict(list)
    for row in view.query(LINES):
        line = entity_of_row(row, "line")
        if line is not None:
            stage = Window(number(row["low"]), number(row["high"]), text(row["words"]) or "")
            status, place = text(row["status"]), _place(row)
            found[row["capability"]].append(
                Carrier(line, operators.get(line.id), stage, status, place, facts_of_row(row, line.source))
            )
    for row in view.query(OWN):
        institution = _institution(row)
        theirs = {one.institution.entity.id for one in found[row["capability"]] if one.institution}
        if institution.entity.id not in theirs:
            found[row["capability"]].append(Carrier(None, institution))
    return found


def _institution(row: Row) -> Institution:
    entity = entity_of_row(row, "org")
    assert entity is not None  # the pattern matched it
    return Institution(entity, _place(row), facts_of_row(row, entity.source))


def _place(row: Row) -> Place | None:
    name = text(row["region"])
    return Place(name, text(row["region_code"])) if name else None


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["capability"]].append(row)
    return found
