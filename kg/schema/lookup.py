"""Finding things in the schema by the words that people use: kinds by name or label, columns by header."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.errors import UsageError
from kg.schema.model import KindSpec, Label, Schema
from kg.wording import Sentence, one_of

GROUPS = 20
"""How many numbered column groups (参数1 … 参数20) are understood without a source file."""
_GROUPED = ("parameter", "original", "low", "high", "unit")


@dataclass(frozen=True)
class Column:
    """What a header means. `child` columns belong to a derived node (a Limit): `kind` is its kind, `group`
    the number that the header ends with (None: no number)."""

    role: Literal["key", "property", "reference", "child"]
    name: str
    kind: str | None = None
    group: int | None = None


def find_kind(schema: Schema, name: str) -> KindSpec:
    """The kind of this name, ignoring case, spaces and hyphens, or by its zh or en label or another name.

    Raises UsageError that lists the kinds.
    """
    wanted = header_key(name)
    for spec in schema.kinds.values():
        if wanted in {header_key(word) for word in (spec.name, spec.label.zh, spec.label.en)}:
            return spec
    for spec in schema.kinds.values():
        if wanted in {header_key(word) for word in spec.label.aliases}:
            return spec
    raise UsageError(
        Sentence(f"没有“{name}”这种实体", f"There is no kind '{name}'"),
        field="kind",
        remedy=one_of(f"{spec.name} ({spec.label.zh})" for spec in schema.kinds.values() if not spec.derived),
    )


def header_key(header: str) -> str:
    """A header as it is compared: NFKC, case ignored, without white space, underscores, hyphens, asterisks,
    colons."""
    return re.sub(r"[\s_\-*:·.]+", "", unicodedata.normalize("NFKC", header).casefold())


def headers(schema: Schema, kind: str) -> Mapping[str, Column]:
    """Every header of a kind that needs no source file, by its `header_key`; keys, properties, references
    and, where the kind has limits, the columns of their groups."""
    return {header: column for header, _, column in labelled_columns(schema, schema.kinds[kind])}


def labelled_columns(schema: Schema, spec: KindSpec) -> Iterator[tuple[str, str, Column]]:
    """(header key, header as written, column) of a kind. A header that a kind declares itself is its own,
    even where its parent uses the word for something else."""
    own = list(_columns(spec))
    for header, written, column in own:
        yield header, written, column
    taken = {header for header, _, _ in own}
    for child in _children(schema, spec):
        for name in _GROUPED:
            if name not in child.properties:
                continue
            for word in _words(child.properties[name].label, name):
                for group in (None, *range(1, GROUPS + 1)):
                    header = header_key(word if group is None else f"{word}{group}")
                    if header not in taken:
                        yield header, word, Column("child", name, child.name, group)


def _columns(spec: KindSpec) -> Iterator[tuple[str, str, Column]]:
    for word in _words(spec.key):
        yield header_key(word), word, Column("key", "key")
    for name, prop in spec.properties.items():
        for word in _words(prop.label, name):
            yield header_key(word), word, Column("property", name)
    for name, reference in spec.references.items():
        for word in _words(reference.label, name):
            yield header_key(word), word, Column("reference", name)


def _words(label: Label, name: str | None = None) -> list[str]:
    return list(dict.fromkeys(word for word in (label.zh, label.en, *label.aliases, name) if word))


def _children(schema: Schema, spec: KindSpec) -> list[KindSpec]:
    """Derived kinds with grouped columns that hang on this kind (Limit on Capability)."""
    ends = [end for edge in schema.edges.values() if spec.name in edge.starts for end in edge.ends]
    return [schema.kinds[end] for end in ends if end == "Limit" and end in schema.kinds]
