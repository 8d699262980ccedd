"""Stable ids: the same thing gets the same id on every run, whatever its file or its label."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kg.schema.model import Schema
from kg.values.uscc import is_uscc

_SEPARATOR = "\x1f"


def entity_id(
    schema: Schema,
    kind: str,
    source: str,
    key: str | None,
    *,
    name: str | None = None,
    uscc: str | None = None,
) -> str:
    """`<root kind>-<16 hex>` of SHA-256, safe in a URL.

    Hashed is the social credit code where a valid one is known (organisations only), for a vocabulary kind
    its normalised name, else source and key; without a key, source and normalised name. Two sources never
    share an id but through a code or a vocabulary. Raises ValueError where there is neither key nor name.
    """
    root = schema.labels(kind)[0]
    return f"{root.lower()}-{_digest(_basis(schema, kind, source, key, name, uscc))}"


def child_id(kind: str, record_id: str, sheet: str, *parts: str) -> str:
    """The id of a node that exists only as part of a record: its record, the stating sheet, and what tells
    it apart (a limit's parameter, a step's order)."""
    return f"{kind.lower()}-{_digest(_SEPARATOR.join((kind, record_id, sheet, *parts)))}"


@lru_cache(maxsize=65536)
def normal_name(text: str) -> str:
    """A name as it is compared: NFKC (which makes （） to ()), case folded, without white space."""
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _basis(
    schema: Schema, kind: str, source: str, key: str | None, name: str | None, uscc: str | None
) -> str:
    root = schema.labels(kind)[0]
    if root == "Organization" and uscc and is_uscc(uscc):
        return f"uscc:{uscc.strip().upper()}"
    label = normal_name(name or "")
    if schema.kinds[root].vocabulary and (label or key):
        return f"{root}{_SEPARATOR}{label or normal_name(key or '')}"
    if key and key.strip():
        return f"{source}{_SEPARATOR}{key.strip()}"
    if label:
        return f"{source}{_SEPARATOR}{label}"
    raise ValueError(f"a {kind} needs a key or a name")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def by_root_kind(schema: Schema, ids: Iterable[str]) -> dict[str, list[str]]:
    """Ids in groups by the root kind that they were made for, in the given order; others are left out."""
    roots = {kind.lower(): kind for kind, spec in schema.kinds.items() if not spec.parent}
    groups: dict[str, list[str]] = {}
    for one in ids:
        root = roots.get(one.partition("-")[0])
        if root is not None:
            groups.setdefault(root, []).append(one)
    return groups
