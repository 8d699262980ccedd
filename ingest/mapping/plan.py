"""A sheet's description bound to the columns that are really there, ready to read rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.mapping.headers import REASON_COLUMNS, header_forms, is_unit, normal_header, resolve, split_header
from ingest.secrecy import is_secrecy_header
from ingest.sources.model import Distances, Limits, SheetSpec, Target
from ingest.validate import PropertyCheck
from kg.schema.model import KindSpec, ReferenceSpec, Schema
from kg.values.money import money_unit
from kg.values.tidy import tidy
from kg.values.units import same_dimension, unit_of

MONEY_TYPES = ("money", "money_window")
AWAY = "AWAY_FROM"
COUNTERS = frozenset({"序号", "序", "行号", "no.", "no", "#", "index"})
"""Headers of running numbers, which are nobody's loss."""


@dataclass(frozen=True)
class Input:
    """One column that feeds a property or a reference; `shared` where its cells feed several."""

    column: str
    target: Target
    shared: bool = False


@dataclass(frozen=True)
class PropertyPlan:
    """A property, the columns that feed it, and the check of its cells."""

    name: str
    type: str
    inputs: tuple[Input, ...]
    check: PropertyCheck


@dataclass(frozen=True)
class ReferencePlan:
    """A reference and the columns that feed it."""

    spec: ReferenceSpec
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class LimitPlan:
    """One limit of a row: real columns, and the unit that their headers state."""

    spec: Limits
    unit: str | None


@dataclass(frozen=True)
class DistancePlan:
    """Distances of a row: column of the place (or the place itself), column of the km, unit; `kind` is what
    the place must be."""

    reference: str
    place_column: str | None
    place: str | None
    km: str
    unit: str
    kind: str | None = None


@dataclass(frozen=True)
class Plan:
    """Everything that a row of one table needs. `missing` are columns that the description names in vain."""

    spec: SheetSpec
    source: str
    kind: KindSpec
    key: tuple[str, ...]
    secrecy: tuple[str, ...]
    synthetic: tuple[str, ...]
    properties: tuple[PropertyPlan, ...]
    references: tuple[ReferencePlan, ...]
    limits: tuple[LimitPlan, ...]
    distances: tuple[DistancePlan, ...]
    where: Mapping[str, tuple[str, ...]]
    fill_down: tuple[str, ...]
    private: frozenset[str]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    all_synthetic: bool = False

    @cached_property
    def mapped(self) -> frozenset[str]:
        """The columns whose cells matter."""
        found = {*self.key, *self.secrecy, *self.synthetic, *self.where}
        for inputs in (*(p.inputs for p in self.properties), *(r.inputs for r in self.references)):
            found |= {one.column for one in inputs}
        for limit in self.limits:
            found |= set(limit.spec.columns)
        for distance in self.distances:
            found |= {name for name in (distance.place_column, distance.km) if name}
        return frozenset(found)

    @cached_property
    def several(self) -> bool:
        """Whether several rows add to one record: said so, a limit a row, or nothing but links."""
        rowwise = any(
            one.parameter_column and not _numbered(one.parameter_column) for one in self.spec.limits
        )
        links = bool(self.references or self.distances) and not self.properties and not self.limits
        many = all(plan.spec.many for plan in self.references)
        return self.spec.several or rowwise or (links and many)


def _numbered(header: str) -> bool:
    """Whether a header belongs to a repeated group: `参数{n}`, or `参数1` itself."""
    return "{n}" in header or re.search(r"\d$", tidy(header)) is not None


class _Binder:
    """Finds the columns of a description among those that are there."""

    def __init__(self, spec: SheetSpec, columns: Sequence[str]) -> None:
        self.spec = spec
        self.columns = tuple(column for column in columns if column)
        self.missing: list[str] = []
        self.used: set[str] = set()

    def all(self, header: str) -> dict[int, str]:
        found = resolve(header, self.columns)
        if not found:
            self.missing.append(header)
        self.used |= set(found.values())
        return found

    def one(self, header: str) -> str | None:
        return next(iter(self.all(header).values()), None)


def bind(
    spec: SheetSpec,
    columns: Sequence[str],
    schema: Schema,
    *,
    source: str,
    money: str | None = None,
    synthetic: bool = False,
) -> Plan:
    """The plan of a sheet for these columns. `money` is a unit of money stated above the header."""
    kind = schema.kinds[spec.kind]
    binder = _Binder(spec, columns)
    targets = _targets(spec, binder)
    secrecy = tuple(
        c for c in binder.columns if any(is_secrecy_header(form) for form in (c, *header_forms(c)))
    )
    secrecy += tuple(
        one.column for one in targets if one.target.role == "secrecy" or one.target.name == "secrecy"
    )
    marks = tuple(
        c for c in binder.columns if normal_header(c) in ("synthetic", "是否生成", "生成数据", "是否模拟")
    )
    plan = Plan(
        spec=spec,
        source=source,
        kind=kind,
        key=tuple(found for header in spec.key if (found := binder.one(header))),
        secrecy=tuple(dict.fromkeys(secrecy)),
        synthetic=(*marks, *(one.column for one in targets if one.target.role == "synthetic")),
        properties=_properties(targets, kind, money),
        references=_references(targets, kind),
        limits=tuple(limit for one in spec.limits for limit in _limits(one, binder)),
        distances=tuple(one for each in spec.distances for one in _distances(each, binder, kind)),
        where={found: values for header, values in spec.where.items() if (found := binder.one(header))},
        fill_down=tuple(found for header in spec.fill_down if (found := binder.one(header))),
        private=frozenset(),
        missing=(),
        unused=(),
        all_synthetic=synthetic,
    )
    known = {*plan.mapped, *(c for header in spec.ignore for c in resolve(header, binder.columns).values())}
    known |= {c for c in binder.columns if normal_header(c) in map(normal_header, REASON_COLUMNS)}
    unused = tuple(c for c in binder.columns if c not in known and normal_header(c) not in COUNTERS)
    private = frozenset(c for c in binder.columns if c not in plan.mapped and is_personal(c, schema))
    return replace(plan, missing=tuple(dict.fromkeys(binder.missing)), unused=unused, private=private)


def _targets(spec: SheetSpec, binder: _Binder) -> list[Input]:
    return [
        Input(column, target, shared=len(targets) > 1)
        for header, targets in spec.columns.items()
        for column in binder.all(header).values()
        for target in targets
    ]


def _properties(targets: Sequence[Input], kind: KindSpec, money: str | None) -> tuple[PropertyPlan, ...]:
    found: dict[str, list[Input]] = {}
    for one in targets:
        if one.target.role == "property" and one.target.name != "secrecy":
            found.setdefault(one.target.name, []).append(one)
    plans = []
    for name, inputs in found.items():
        spec = kind.properties[name]
        unit = next((u for one in inputs if (u := _unit(one, spec.type, spec.unit))), None)
        unit = unit or (money if spec.type in MONEY_TYPES else None)
        plans.append(PropertyPlan(name, spec.type, tuple(inputs), PropertyCheck(spec, unit)))
    return tuple(plans)


def _unit(one: Input, type_name: str, usual: str | None) -> str | None:
    """The unit of bare numbers: the source file's, else the header's where it fits the property."""
    if one.target.unit:
        return one.target.unit
    unit = split_header(one.column)[1]
    if unit is None:
        return None
    if type_name in MONEY_TYPES:
        return unit if money_unit(unit) is not None else None
    if type_name == "quantity" and unit_of(unit):
        return unit if usual is None or same_dimension(unit, usual) else None
    return None


def _references(targets: Sequence[Input], kind: KindSpec) -> tuple[ReferencePlan, ...]:
    found: dict[str, list[Input]] = {}
    for one in targets:
        if one.target.role == "reference":
            found.setdefault(one.target.name, []).append(one)
    return tuple(ReferencePlan(kind.references[name], tuple(inputs)) for name, inputs in found.items())


def _limits(spec: Limits, binder: _Binder) -> list[LimitPlan]:
    """One plan a group: group 1, 2, 3 … of the headers that hold `{n}` or that stand several times."""
    names = ("parameter_column", "column", "low", "high", "unit_column")
    found = {name: binder.all(header) for name in names if (header := getattr(spec, name))}
    leading = [f for name, f in found.items() if name != "unit_column"]
    groups = sorted({n for columns in leading for n in columns})
    plans = []
    for group in groups:
        real = {
            name: columns.get(group)
            or (columns.get(1) if len(columns) == 1 and name == "unit_column" else None)
            for name, columns in found.items()
        }
        bound = replace(spec, **real)  # type: ignore[arg-type]
        if bound.columns and (bound.parameter or bound.parameter_column or bound.column):
            plans.append(LimitPlan(bound, spec.unit or _header_unit(bound)))
    return plans


def _header_unit(spec: Limits) -> str | None:
    for column in (spec.column, spec.high, spec.low):
        unit = split_header(column)[1] if column else None
        if unit and is_unit(unit):
            return unit
    return None


def _distances(spec: Distances, binder: _Binder, kind: KindSpec) -> list[DistancePlan]:
    reference = next(name for name, one in kind.references.items() if one.edge == AWAY)
    if spec.place and spec.km:
        place, km = binder.one(spec.place), binder.one(spec.km)
        if not place or not km:
            return []
        unit = spec.unit or split_header(km)[1] or "km"
        return [DistancePlan(reference, place, None, km, unit, spec.kind)]
    found = [column for header in spec.places for column in binder.all(header).values()]
    return [
        DistancePlan(
            reference,
            None,
            split_header(column)[0],
            column,
            spec.unit or split_header(column)[1] or "km",
            spec.kind,
        )
        for column in found
    ]


def is_personal(column: str, schema: Schema) -> bool:
    """Whether a header is that of a person's data in any kind (联系人, 电话, 身份证号 …)."""
    forms = set(header_forms(column))
    for kind in schema.kinds.values():
        for spec in kind.properties.values():
            if spec.personal and forms & {
                normal_header(w) for w in (spec.name, spec.label.zh, *spec.label.aliases)
            }:
                return True
    return False
