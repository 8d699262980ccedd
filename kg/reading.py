"""What a reader finds in a text, and the protocol it keeps; `ingest/enrich` implements it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from kg.values.quantity import Quantity

Relation = Literal["=", ">=", "<=", ">", "<", "~", "range", "±"]


@dataclass(frozen=True)
class QuantityMention:
    """A number with its unit in a text. Offsets count code points, end exclusive.

    `measures` is what it measures (粒径, 处理量 …) where the text says so.
    """

    start: int
    end: int
    quantity: Quantity
    relation: Relation
    measures: str | None


@dataclass(frozen=True)
class UnitOpMention:
    """A unit operation in a text: `name` is the vocabulary's name, or the text's own words.

    `own` is false for background, prior art and negation; `order` counts the own steps from 0.
    """

    start: int
    end: int
    text: str
    name: str
    own: bool
    order: int


@dataclass(frozen=True)
class Reading:
    """All that was read from one text. More components join in the reading issue."""

    quantities: tuple[QuantityMention, ...] = ()
    unit_ops: tuple[UnitOpMention, ...] = ()


class Reader(Protocol):
    """Reads Chinese technical text into structured facts."""

    version: str
    """Changes whenever the same text may read differently."""

    def read(self, text: str) -> Reading: ...

    def read_many(self, texts: Iterable[str]) -> Iterator[Reading]: ...
