"""What a schema must keep across its files; each failure names file, line and remedy."""

from __future__ import annotations

from collections.abc import Mapping

from kg.schema.located import Entry
from kg.schema.lookup import labelled_columns
from kg.schema.model import KindSpec, Schema

RESERVED = frozenset(
    {"id", "key", "kind", "synthetic", "access", "retired", "source", "provenance", "stated_by", "sheet"}
)
"""Properties that every stored node has and that no kind may declare (`name` is declared by each)."""


def check_kinds(kinds: Mapping[str, KindSpec], entries: Mapping[str, Entry]) -> None:
    """Parents exist and do not run in a circle; every kind but a derived one has a required text `name`."""
    for name, spec in kinds.items():
        entry, seen, at = entries[name], {name}, spec.parent
        while at is not None:
            if at not in kinds:
                entry.need("parent").fail(f"There is no kind {at}", f"Known: {', '.join(sorted(kinds))}")
            if at in seen:
                entry.need("parent").fail(f"{name} is below itself", "Break the circle of parents")
            seen.add(at)
            at = kinds[at].parent
        title = spec.properties.get("name")
        if not spec.derived and (title is None or title.type != "text" or not title.required):
            entry.fail(f"{name} has no required text property `name`", "Add it")


def check_edges(schema: Schema, entries: Mapping[str, Entry]) -> None:
    """The ends of every edge are kinds."""
    for name, edge in schema.edges.items():
        for side, kinds in (("from", edge.starts), ("to", edge.ends)):
            for kind in kinds:
                if kind not in schema.kinds:
                    entry = entries[name].need(side)
                    entry.fail(
                        f"{name} ends at {kind}, which is no kind",
                        f"Known: {', '.join(sorted(schema.kinds))}",
                    )


def check_references(schema: Schema, entries: Mapping[str, Entry]) -> None:
    """Every reference names an edge of the schema, and both its ends are ends of that edge."""
    for name, spec in schema.kinds.items():
        for reference in spec.references.values():
            at = entries[name].mapping().get("references")
            entry = (at.mapping() if at else {}).get(reference.name, entries[name])
            edge = schema.edges.get(reference.edge)
            if edge is None:
                entry.fail(f"There is no edge {reference.edge}", f"Known: {', '.join(sorted(schema.edges))}")
            here, there = (
                (edge.starts, edge.ends) if reference.direction == "out" else (edge.ends, edge.starts)
            )
            if not set(schema.labels(name)) & set(here):
                entry.fail(
                    f"{edge.name} has no end {name} on this side", "Change the direction or edges.yaml"
                )
            opened = spec.properties.get(reference.open_as or "")
            if reference.open_as and (opened is None or opened.type != "boolean"):
                entry.fail(f"{reference.open_as} is no boolean property", "Name one in open_as")
            for kind in reference.kinds:
                if kind not in schema.kinds:
                    entry.fail(f"There is no kind {kind}", f"Known: {', '.join(sorted(schema.kinds))}")
                if not set(schema.labels(kind)) & set(there):
                    entry.fail(f"{edge.name} has no end {kind}", "Change the kinds or edges.yaml")


def check_headers(schema: Schema, entries: Mapping[str, Entry]) -> None:
    """No header names two columns of one kind, and no two kinds have the same label."""
    labels: dict[str, str] = {}
    for name, spec in schema.kinds.items():
        taken: dict[str, tuple[str, str]] = {}
        for header, written, column in labelled_columns(schema, spec):
            place = (column.role, column.name)
            if taken.setdefault(header, place) != place:
                entry = _place(entries[name], column.role, column.name)
                first = taken[header][1] or "the key"
                entry.fail(
                    f"The header '{written}' of {name} names both {first} and {column.name}",
                    "Keep one of them",
                )
        for word in {spec.label.zh, spec.label.en}:
            if labels.setdefault(word.casefold(), name) != name:
                entries[name].need("label").fail(
                    f"'{word}' is already the label of {labels[word]}", "Choose another"
                )


def _place(entry: Entry, role: str, name: str) -> Entry:
    section = entry.mapping().get({"property": "properties", "reference": "references"}.get(role, role))
    if section is None:
        return entry
    return (section.children or {}).get(name, section)
