"""Achievements and needs as matching reads them from the graph: one by id, or many for a screening.

A screening asks of all what a mandate looks at (`load_projects`), and only of those that it admits what they
have to go through (`with_steps`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kg.access import SEEN, View
from kg.identity import normal_name
from kg.store.base import Row
from kg.transfer.chain import Settling
from kg.transfer.documents import Entity, entity_of_row, number, returned, text, whole
from kg.transfer.loose import StatedBy, attached
from kg.transfer.mandate import FieldNames, Place, Project
from kg.transfer.quantities import Asked, Origin, asked_from_document, distinct
from kg.transfer.requirement import ASKED_FIELDS, Step, merged, step_role


def _match(kind: str, pattern: str, among: bool, *seen: str) -> str:
    """A MATCH over one kind with the visibility of every node in it; kinds and patterns are constants of
    ours."""
    where = [SEEN.format(name) for name in ("a", *seen)] + (["a.id IN $ids"] if among else [])
    return f"MATCH (a:{kind}){pattern} WHERE {' AND '.join(where)} "


_LIKELY = 0.5
_READ = "a.trl_hint AS trl_hint, a.likely_fields AS likely_fields"


def _likely(texts: Sequence[str]) -> tuple[str, ...]:
    """The fields that the classifier thinks more likely than not."""
    found = (json.loads(text) for text in texts)
    return tuple(one["name"] for one in found if one["score"] >= _LIKELY)


def subjects_query(kind: str, among: bool) -> str:
    """Entities with maturity, money and place."""
    own = {
        "Achievement": f"a.trl AS trl, a.funding_need AS funding_need, {_READ}",
        "Need": f"NULL AS trl, NULL AS funding_need, {_READ}",
    }
    return (
        _match(kind, "", among)
        + f"RETURN {returned('a', 'a')}, a.region AS region, a.region_code AS region_code, {own[kind]}"
    )


def fields_query(kind: str, among: bool) -> str:
    """Fields of each entity."""
    return _match(kind, "-[:IN_FIELD]->(f:Field)", among, "f") + "RETURN a.id AS id, f.name AS name"


def owners_query(kind: str, among: bool) -> str:
    """Places of the owners (of a need: of who asks)."""
    edge = {"Achievement": "OWNED_BY", "Need": "ASKED_BY"}[kind]
    return (
        _match(kind, f"-[:{edge}]->(o:Organization)", among, "o")
        + "RETURN a.id AS id, o.id AS owner, o.region AS region, o.region_code AS region_code"
    )


def steps_query(kind: str) -> str:
    """Process steps with the operation that each needs."""
    return (
        _match(kind, "-[:HAS_STEP]->(s:ProcessStep)-[:NEEDS]->(u:UnitOp)", True, "s", "u")
        + "RETURN a.id AS id, s.`order` AS position, s.text AS words, s.`start` AS begins, s.`end` AS stop, "
        "s.field AS field, s.quantities AS quantities, u.name AS name"
    )


def numbers_query(kind: str) -> str:
    """Numbers that stand in a subject's texts."""
    return _match(kind, "", True) + "RETURN a.id AS id, a.quantities AS quantities"


def asked_query() -> str:
    """Operations that a need's register names."""
    return _match("Need", "-[:ASKS]->(u:UnitOp)", True, "u") + "RETURN a.id AS id, u.name AS name"


@dataclass(frozen=True)
class Subject:
    """An achievement or a need with what a mandate and a route look at; `numbers` are of no step."""

    entity: Entity
    project: Project
    steps: tuple[Step, ...] = ()
    numbers: tuple[Asked, ...] = ()


def load_projects(
    view: View, kind: str, above: Mapping[str, frozenset[str]], ids: Sequence[str] | None = None
) -> dict[str, Subject]:
    """Subjects by id without their steps and numbers, all visible ones where no ids are given; `above` holds
    the normalised names of every broader field."""
    among, given = ids is not None, {} if ids is None else {"ids": list(ids)}
    fields = _fields(view.query(fields_query(kind, among), **given), above)
    places = _places(view.query(owners_query(kind, among), **given))
    found: dict[str, Subject] = {}
    for row in view.query(subjects_query(kind, among), **given):
        entity = entity_of_row(row, "a")
        assert entity is not None  # a.id is never null
        project = Project(
            whole(row["trl"]),
            number(row["funding_need"]),
            fields.get(entity.id, ()),
            _place(row) or places.get(entity.id),
            whole(row["trl_hint"]),
            _likely(row["likely_fields"] or ()),
        )
        found[entity.id] = Subject(entity, project)
    return found


def with_steps(
    view: View,
    kind: str,
    subjects: Iterable[Subject],
    settling: Settling,
    stated: StatedBy,
    *,
    origins: bool = True,
) -> dict[str, Subject]:
    """The subjects, by id, with their steps and numbers; `stated` tells the parameters that the lines of an
    operation state. A screening does without origins: equal quantities are then one object."""
    held = {subject.entity.id: subject for subject in subjects}
    given = {"ids": list(held)}
    steps = _steps(view.query(steps_query(kind), **given), kind, origins)
    asked = _grouped(view.query(asked_query(), **given)) if kind == "Need" else {}
    found: dict[str, Subject] = {}
    for row in view.query(numbers_query(kind), **given):
        one = str(row["id"])
        own = [*steps.get(one, ()), *_named(one, asked.get(one, ()))]
        loose = _numbers(row["quantities"] or (), Origin(one), kind, origins)
        chain, numbers = attached(settling.settled(merged(own)), loose, stated)
        found[one] = replace(held[one], steps=chain, numbers=numbers)
    return found


def _fields(rows: Iterable[Row], above: Mapping[str, frozenset[str]]) -> dict[str, tuple[FieldNames, ...]]:
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names[row["id"]].add(str(row["name"]))
    known = {
        name: FieldNames(name, above.get(normal_name(name), frozenset()))
        for name in set().union(*names.values())
    }
    return {key: tuple(known[name] for name in sorted(held)) for key, held in names.items()}


def _places(rows: Iterable[Row]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for row in sorted(rows, key=lambda row: str(row["owner"])):
        place = _place(row)
        if place is not None:
            found.setdefault(row["id"], replace(place, of=str(row["owner"])))
    return found


def _place(row: Mapping[str, Any]) -> Place | None:
    name = text(row["region"])
    return Place(name, text(row["region_code"])) if name else None


def _steps(rows: Iterable[Row], kind: str, with_origin: bool) -> dict[str, list[Step]]:
    """Steps by subject."""
    found: dict[str, list[Step]] = defaultdict(list)
    for row in rows:
        source = text(row["field"])
        origin = Origin(row["id"], source, text(row["words"]), whole(row["begins"]), whole(row["stop"]))
        quantities = distinct(_numbers(row["quantities"] or (), origin, kind, with_origin))
        name, words = str(row["name"]), str(row["words"] or row["name"])
        asked = kind == "Need" or source in ASKED_FIELDS
        role = step_role(name, asked, quantities)
        found[row["id"]].append(
            Step(int(row["position"] or 0), name, words, quantities, role, asked, origin=origin)
        )
    return found


def _named(entity: str, rows: Iterable[Row]) -> list[Step]:
    names = sorted({str(row["name"]) for row in rows})
    return [Step(10_000, name, name, (), "hard", True, origin=Origin(entity, "unit_op")) for name in names]


def _numbers(held: Iterable[str], origin: Origin, kind: str, with_origin: bool) -> list[Asked]:
    if not with_origin:
        return [_shared(raw, kind) for raw in held]
    return [_asked(json.loads(raw), origin, kind) for raw in held]


def _asked(found: Mapping[str, Any], origin: Origin, kind: str) -> Asked:
    name = found.get("field") or origin.field
    here = Origin(origin.entity, name, found.get("text"), found.get("start"), found.get("end"))
    return asked_from_document(found, here, kind == "Need" or name in ASKED_FIELDS)


@lru_cache(maxsize=200_000)
def _shared(raw: str, kind: str) -> Asked:
    return _asked(json.loads(raw), Origin(), kind)


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return found
