"""The schema in memory: kinds, their properties, references and edges, as `types/*.yaml` state them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ValueTypeName = Literal[
    "text", "texts", "integer", "number", "boolean", "year", "date", "money", "money_window",
    "trl", "trl_window", "quantity", "region", "uscc", "enum",
]  # fmt: skip
Tier = Literal["public", "registered", "matched", "restricted"]


@dataclass(frozen=True)
class Label:
    """What a person reads, and the other headers that name the same column."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class PropertySpec:
    """One property of a kind.

    `on_bad` says whether a bad value holds back the row (`reject`) or is dropped with a warning (`drop`).
    `search` is the weight in the full text (0: not searchable); `embed` puts the value into the embedded
    text. `unit` is the unit of a bare number. `choices` belong to `enum`. `personal` values are dropped
    unless mapped.
    """

    name: str
    type: ValueTypeName
    label: Label
    required: bool = False
    on_bad: Literal["reject", "drop"] = "drop"
    search: int = 0
    embed: bool = False
    filter: bool = False
    facet: bool = False
    unit: str | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    disclosed: Tier = "public"
    personal: bool = False


@dataclass(frozen=True)
class ReferenceSpec:
    """A column that names other entities and becomes edges.

    `direction` is seen from the kind that holds the column. With `create`, a name that is not there yet
    becomes a node (an owner, a field, a unit operation); without, it is reported as unresolved. `open_as` is
    the boolean property that is set where the cell says 不限 instead of naming anything.
    """

    name: str
    edge: str
    direction: Literal["out", "in"]
    kinds: tuple[str, ...]
    label: Label
    many: bool = False
    create: bool = False
    open_as: str | None = None


@dataclass(frozen=True)
class KindSpec:
    """One node type. `parent` is the kind it is a second label of; `vocabulary` kinds are named alike in all
    sources; `derived` kinds are never a sheet of their own (Limit, ProcessStep)."""

    name: str
    label: Label
    key: Label
    parent: str | None = None
    vocabulary: bool = False
    derived: bool = False
    properties: Mapping[str, PropertySpec] = field(default_factory=dict)
    references: Mapping[str, ReferenceSpec] = field(default_factory=dict)


@dataclass(frozen=True)
class EdgeSpec:
    """One edge type with the kinds at its ends (parents stand for their children)."""

    name: str
    label: Label
    starts: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Schema:
    """All kinds and edges; properties and references of a kind include its parent's."""

    kinds: Mapping[str, KindSpec]
    edges: Mapping[str, EdgeSpec]

    def kind(self, name: str) -> KindSpec:
        """The kind of this name, ignoring case, or by its zh label; raises `UsageError` listing what there
        is."""
        from kg.schema.lookup import find_kind

        return find_kind(self, name)

    def labels(self, kind: str) -> tuple[str, ...]:
        """Labels of a kind's nodes, root kind first."""
        spec = self.kinds[kind]
        return (*self.labels(spec.parent), kind) if spec.parent else (kind,)

    def with_children(self, kind: str) -> tuple[str, ...]:
        """The kind and every kind below it."""
        return tuple(name for name in self.kinds if kind in self.labels(name))
