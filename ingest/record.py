"""What one row of a register became: a record to write, a row held back, or a row refused for secrecy.

Held and classified rows carry the identity of their record where the row still shows it (`source`,
`sheet`, `kind`, `key`, `name`, `uscc`): a held row must not retire its record under `--complete`, and all
that is known of a classified record is refused or deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.store.base import Property
from kg.wording import Sentence


@dataclass(frozen=True)
class Place:
    """Where a row stands: file as given, worksheet ('' for flat files), 1-based line in either."""

    file: str
    worksheet: str
    line: int


@dataclass(frozen=True)
class Reference:
    """A cell that names another entity: `name` is the schema's reference, `value` the cell's key or name.

    `kind` narrows the target; `by` says what the source file says it holds (`any`: key first, then name).
    `properties` go onto the edge: `km` where the register states a distance.
    """

    name: str
    value: str
    by: Literal["key", "name", "any"] = "any"
    kind: str | None = None
    properties: Mapping[str, Property] = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True)
class Child:
    """A node that exists only as part of its record (a Limit)."""

    kind: str
    edge: str
    name: str
    properties: Mapping[str, Property | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """One row mapped to the schema.

    `sheet` is the stable name of the source's sheet (never the file name). `properties` are stored
    properties, flattened (see `kg.values`); None means that the column is there and empty. `content_hash` is
    over what the row says, not where it stands. `key_column` is the header (or headers) that hold the key.
    """

    source: str
    sheet: str
    kind: str
    key: str
    place: Place
    properties: Mapping[str, Property | None]
    references: tuple[Reference, ...] = ()
    children: tuple[Child, ...] = ()
    restricted: bool = False
    synthetic: bool = False
    content_hash: str = ""
    key_column: str = ""
    states_level: bool = False
    """Whether the row says in words how secret it is (公开, 内部): only that lifts an earlier refusal."""

    @property
    def name(self) -> str | None:
        return _text(self.properties.get("name"))

    @property
    def uscc(self) -> str | None:
        """The social credit code, of a body that shows one."""
        return _text(self.properties.get("uscc"))


def _text(value: Property | None) -> str | None:
    return value if isinstance(value, str) and value else None


@dataclass(frozen=True)
class Problem:
    """Something wrong at one cell or row. `code` groups it in the report; it is the same in any language."""

    code: str
    message: Sentence
    place: Place
    field: str | None = None
    remedy: Sentence | None = None


@dataclass(frozen=True)
class HeldRow:
    """A row that goes to quarantine, as it was read, with why."""

    place: Place
    cells: Mapping[str, Any]
    problems: tuple[Problem, ...]
    sheet: str = ""
    source: str = ""
    kind: str = ""
    key: str | None = None
    name: str | None = None
    uscc: str | None = None
    restricted: bool = False


@dataclass(frozen=True)
class ClassifiedRow:
    """A row that is never stored or copied: only its place is reported.

    Key, name and code serve to find what else is said of the record; they are never shown.
    """

    place: Place
    source: str = ""
    sheet: str = ""
    kind: str = ""
    key: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    uscc: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class MappedRow:
    """The outcome of one row, with warnings about values that were dropped or kept as text.

    `cells` is the row as it was read, for duplicates; empty where it is classified.
    """

    outcome: Record | HeldRow | ClassifiedRow
    warnings: tuple[Problem, ...] = ()
    cells: Mapping[str, Any] = field(default_factory=dict)
