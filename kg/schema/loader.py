"""Reads `types/*.yaml` and `edges.yaml` into a Schema and refuses a wrong file with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from kg.errors import SchemaError
from kg.schema.checks import RESERVED, check_edges, check_headers, check_kinds, check_references
from kg.schema.located import Entry, read_yaml
from kg.schema.model import (
    EdgeSpec,
    KindSpec,
    Label,
    PropertySpec,
    ReferenceSpec,
    Schema,
    Tier,
    ValueTypeName,
)

_LABEL = {"zh", "en", "aliases"}
_KIND = {"kind", "label", "key", "parent", "vocabulary", "derived", "properties", "references"}
_FLAGS = {"required", "embed", "filter", "facet", "personal"}
_PROPERTY = _LABEL | _FLAGS | {"type", "on_bad", "search", "unit", "choices", "disclosed"}
_REFERENCE = _LABEL | {"edge", "direction", "kinds", "many", "create", "open_as"}


def load_schema(folder: Path | None = None) -> Schema:
    """The schema in `folder` (default: the one beside this file): `edges.yaml` and `types/*.yaml`.

    Raises SchemaError with file, line and remedy for an unknown key or value type, an edge or reference to
    a kind that is not there, a header that names two columns of a kind, or bad YAML.
    """
    folder = folder or Path(__file__).parent
    files = sorted((folder / "types").glob("*.yaml"))
    if not files:
        raise SchemaError("No schema files", file=str(folder), remedy="types/*.yaml must be in this folder")
    entries: dict[str, Entry] = {}
    own: dict[str, KindSpec] = {}
    for file in files:
        entry = read_yaml(file)
        kind = _kind(entry)
        if kind.name in own:
            entry.need("kind").fail(
                f"The kind {kind.name} stands in two files", f"See {entries[kind.name].file}"
            )
        entries[kind.name], own[kind.name] = entry, kind
    check_kinds(own, entries)
    kinds = {name: _inherit(spec, own) for name, spec in own.items()}
    edge_entries = read_yaml(folder / "edges.yaml").mapping()
    edges = {name: _edge(name, entry) for name, entry in edge_entries.items()}
    schema = Schema(kinds, edges)
    check_edges(schema, edge_entries)
    check_references(schema, entries)
    check_headers(schema, entries)
    return schema


def _kind(entry: Entry) -> KindSpec:
    found = entry.mapping(_KIND)
    return KindSpec(
        name=entry.need("kind").text(),
        label=_label(entry.need("label"), _LABEL),
        key=_label(entry.need("key"), _LABEL),
        parent=found["parent"].text() if "parent" in found else None,
        vocabulary=_flag(found, "vocabulary"),
        derived=_flag(found, "derived"),
        properties={n: _property(n, e) for n, e in _section(found, "properties").items()},
        references={n: _reference(n, e) for n, e in _section(found, "references").items()},
    )


def _section(found: Mapping[str, Entry], name: str) -> dict[str, Entry]:
    return found[name].mapping() if name in found else {}


def _flag(found: Mapping[str, Entry], name: str) -> bool:
    return found[name].flag() if name in found else False


def _label(entry: Entry, known: set[str]) -> Label:
    found = entry.mapping(known)
    aliases = found["aliases"].texts() if "aliases" in found else ()
    return Label(entry.need("zh").text(), entry.need("en").text(), aliases)


def _property(name: str, entry: Entry) -> PropertySpec:
    found = entry.mapping(_PROPERTY)
    if name in RESERVED:
        entry.fail(f"'{name}' is a property that every node has", "Choose another name")
    return PropertySpec(
        name=name,
        type=cast(ValueTypeName, _choice(entry.need("type"), get_args(ValueTypeName))),
        label=_label(entry, _PROPERTY),
        on_bad="reject" if _one_of(found, "on_bad", ("drop", "reject")) == "reject" else "drop",
        search=found["search"].whole() if "search" in found else 0,
        unit=found["unit"].text() if "unit" in found else None,
        choices=_choices(entry, found),
        disclosed=cast(Tier, _one_of(found, "disclosed", get_args(Tier)) or "public"),
        **{flag: _flag(found, flag) for flag in _FLAGS},
    )


def _choices(entry: Entry, found: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    if (entry.need("type").value == "enum") != ("choices" in found):
        entry.fail("An enum needs choices, and only an enum", "Write choices: {value: [other spellings]}")
    return {name: item.texts() for name, item in _section(found, "choices").items()}


def _reference(name: str, entry: Entry) -> ReferenceSpec:
    found = entry.mapping(_REFERENCE)
    direction = _choice(entry.need("direction"), ("out", "in"))
    return ReferenceSpec(
        name=name,
        edge=entry.need("edge").text(),
        direction="out" if direction == "out" else "in",
        kinds=entry.need("kinds").texts(),
        label=_label(entry, _REFERENCE),
        many=_flag(found, "many"),
        create=_flag(found, "create"),
        open_as=found["open_as"].text() if "open_as" in found else None,
    )


def _edge(name: str, entry: Entry) -> EdgeSpec:
    entry.mapping({"zh", "en", "from", "to"})
    label = Label(entry.need("zh").text(), entry.need("en").text())
    return EdgeSpec(name, label, entry.need("from").texts(), entry.need("to").texts())


def _one_of(found: Mapping[str, Entry], name: str, choices: tuple[str, ...]) -> str | None:
    return _choice(found[name], choices) if name in found else None


def _choice(entry: Entry, choices: tuple[str, ...]) -> str:
    if entry.value not in choices:
        entry.fail(f"'{entry.value}' is no {entry.field}", f"Known: {', '.join(choices)}")
    return str(entry.value)


def _inherit(spec: KindSpec, own: Mapping[str, KindSpec]) -> KindSpec:
    """The kind with what its parents have; its own words win, and a header that it takes is taken from the
    parent."""
    if spec.parent is None:
        return spec
    parent = _inherit(own[spec.parent], own)
    return replace(
        spec,
        properties={**parent.properties, **spec.properties},
        references={**parent.references, **spec.references},
    )
