"""Funds of a store with their mandates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.access import View
from kg.identity import normal_name
from kg.store.base import Row
from kg.transfer.documents import Entity, entity_of_row, number, returned, text
from kg.transfer.mandate import Contains, Mandate, Place, Project, Window, check_mandate
from kg.transfer.proof import Proof, Verdict, overall
from kg.transfer.terms import last_day

FUNDS = (
    f"MATCH (f:Fund) WHERE f.access = 'public' AND NOT f.retired RETURN {returned('f', 'f')}, "
    "f.stage_low AS stage_low, f.stage_high AS stage_high, f.stage_text AS stage_text, "
    "f.deadline AS deadline, f.any_field AS any_field, f.any_region AS any_region, "
    "f.ticket_low AS ticket_low, f.ticket_high AS ticket_high, f.ticket_text AS ticket_text"
)
FIELDS = (
    "MATCH (f:Fund)-[:ADMITS]->(x:Field) WHERE f.access = 'public' AND NOT f.retired "
    "AND x.access = 'public' AND NOT x.retired RETURN f.id AS id, x.name AS name"
)
REGIONS = (
    "MATCH (f:Fund)-[:ADMITS]->(x:Region) WHERE f.access = 'public' AND NOT f.retired "
    "AND x.access = 'public' AND NOT x.retired RETURN f.id AS id, x.name AS name, x.place_code AS code"
)

ANY = "不限"

Areas = Callable[[str], tuple[str, ...]]
"""The adcodes that a place's name stands for (川渝: two); none where the gazetteer does not know it."""


@dataclass(frozen=True)
class Fund:
    """A fund with its mandate; `until` is the last day of its investing, as an ISO date of any precision."""

    entity: Entity
    mandate: Mandate
    until: str | None = None

    def over(self, as_of: date) -> bool:
        """Whether it invests no more on a day."""
        end = last_day(self.until) if self.until else None
        return end is not None and end < as_of


@dataclass(frozen=True)
class Admission:
    """A fund with its proof for one project."""

    fund: Fund
    proofs: tuple[Proof, ...]

    @property
    def verdict(self) -> Verdict:
        return overall(self.proofs)


def load_funds(view: View, above: Mapping[str, frozenset[str]], areas: Areas) -> tuple[Fund, ...]:
    """All visible funds, ordered by id."""
    fields, regions = _named(view.query(FIELDS)), _grouped(view.query(REGIONS))
    found: list[Fund] = []
    for row in view.query(FUNDS):
        entity = entity_of_row(row, "f")
        assert entity is not None  # f.id is never null
        admitted = sorted(regions.get(entity.id, ()), key=lambda one: str(one["name"]))
        places = [place for one in admitted for place in _places(one, areas)]
        places += [Place(ANY)] if row["any_region"] else []
        names = (*fields.get(entity.id, ()), *([ANY] if row["any_field"] else []))
        wider = frozenset().union(*(above.get(normal_name(name), frozenset()) for name in names))
        mandate = Mandate(
            entity.name,
            names,
            tuple(places),
            _window(row, "stage"),
            _window(row, "ticket"),
            entity.source,
            entity.synthetic,
            wider,
        )
        found.append(Fund(entity, mandate, text(row["deadline"])))
    return tuple(sorted(found, key=lambda fund: fund.entity.id))


def admissions(funds: Iterable[Fund], project: Project, contains: Contains, as_of: date) -> list[Admission]:
    """The funds that still invest and that no term excludes, those that fit on every stated term first."""
    alive = [fund for fund in funds if not fund.over(as_of)]
    checked = [Admission(fund, check_mandate(fund.mandate, project, contains)) for fund in alive]
    open_ones = [one for one in checked if one.verdict != "short"]
    return sorted(open_ones, key=_order)


def _order(one: Admission) -> tuple[bool, int, int, str]:
    fits = sum(proof.verdict == "fits" for proof in one.proofs)
    return (one.verdict != "fits", len(one.proofs) - fits, -fits, one.fund.entity.id)


def _places(row: Row, areas: Areas) -> list[Place]:
    name, code = str(row["name"]), text(row["code"])
    codes = (code,) if code else areas(name)
    return [Place(name, one) for one in codes] or [Place(name)]


def _window(row: Row, name: str) -> Window:
    ends = number(row[f"{name}_low"]), number(row[f"{name}_high"])
    return Window(ends[0], ends[1], text(row[f"{name}_text"]) or "")


def _named(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted({str(one["name"]) for one in held})) for key, held in _grouped(rows).items()}


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return found
