"""What the generator draws with (operations, industries) and what it draws (offers, results, needs)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["scale", "condition", "finest", "span"]
Relation = Literal["=", ">=", "<=", "range"]
Difficulty = Literal["plain", "paraphrased", "incomplete"]
Range = tuple[float, float]


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation. `unit` is the unit of every number here; `lows` and `highs` are the ends
    of offers (empty: open)."""

    name: str
    unit: str
    kind: Kind
    need: Range
    lows: tuple[float, ...]
    highs: tuple[float, ...]


@dataclass(frozen=True)
class Operation:
    """A unit operation: `words` are the trade's, `synonyms` the bench's."""

    name: str
    words: tuple[str, ...]
    synonyms: tuple[str, ...]
    equipment: str
    offered: bool
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class ChainStep:
    """One place of a process chain: one of `choices` is drawn; an optional one may be left out."""

    choices: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class Product:
    """What a result makes; `at` narrows needed ranges by operation and parameter."""

    name: str
    chain: str
    raw: str
    sub: str
    at: Mapping[str, Mapping[str, Range]]


@dataclass(frozen=True)
class Industry:
    """One industry chain with its products, processes and wording; `chains` and `indicators` by chain."""

    field: str
    share: int
    modifiers: tuple[str, ...]
    uses: tuple[str, ...]
    products: tuple[Product, ...]
    chains: Mapping[str, tuple[ChainStep, ...]]
    indicators: Mapping[str, tuple[str, ...]]
    backgrounds: tuple[str, ...]


@dataclass(frozen=True)
class Want:
    """A quantity that a step needs, in the parameter's unit; `text` as written, `lab` the bench's."""

    parameter: str
    kind: Kind
    relation: Relation
    low: float | None
    high: float | None
    unit: str
    text: str
    lab: str = ""


@dataclass(frozen=True)
class Step:
    """An operation of a chain, in the words of its text."""

    op: str
    said: str
    synonym: bool
    wants: tuple[Want, ...]


@dataclass(frozen=True)
class Bound:
    """A limit of an offer, in the parameter's unit and as the sheet shows it. Without numbers: named only."""

    parameter: str
    low: float | None
    high: float | None
    unit: str
    shown_low: str
    shown_high: str
    shown_unit: str


@dataclass(frozen=True)
class Institution:
    """A pilot institution (中试机构)."""

    key: str
    name: str
    form: str
    place: str
    fields: tuple[str, ...]
    services: str


@dataclass(frozen=True)
class Terms:
    """When something can be had and at what price (yuan); None: an empty cell. A certificate has a last day,
    or none that is stated."""

    free_from: date | None = None
    blocked: tuple[tuple[date, date], ...] = ()
    notice_days: int | None = None
    setup_days: int | None = None
    min_days: int | None = None
    price_per_day: int | None = None
    price_per_batch: int | None = None
    setup_cost: int | None = None
    refuses: tuple[str, ...] = ()
    certificates: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True)
class Line:
    """A pilot line (中试线)."""

    key: str
    name: str
    field: str
    institution: Institution
    terms: Terms


@dataclass(frozen=True)
class Offer:
    """A capability of a line, or of an institution's own equipment (`line` None)."""

    key: str
    name: str
    op: str
    equipment: str
    institution: Institution
    line: Line | None
    bounds: tuple[Bound, ...]
    terms: Terms


@dataclass(frozen=True)
class Fund:
    """A fund with its windows; amounts in yuan, an open end is None, no fields and no region mean any."""

    key: str
    name: str
    form: str
    size: int
    ticket: tuple[int | None, int | None]
    trl: tuple[int | None, int | None]
    fields: tuple[str, ...]
    region: str
    stage: str


@dataclass(frozen=True)
class Owner:
    """An organisation that owns results or has needs."""

    key: str
    name: str
    form: str
    place: str
    place_short: str
    field: str


@dataclass(frozen=True)
class Maturity:
    """The sentence of a text that says how far the result is, and the level that it speaks for."""

    said: str
    trl: int


@dataclass(frozen=True)
class Story:
    """A drawn text with what it truly says. `mentions` are the operations of other people's practice."""

    title: str
    text: str
    pilot_need: str
    keywords: tuple[str, ...]
    industry: Industry
    product: Product
    steps: tuple[Step, ...]
    mentions: tuple[str, ...]
    maturity: Maturity | None = None


@dataclass(frozen=True)
class Result:
    """An achievement as it is registered; None is an empty cell."""

    key: str
    story: Story
    difficulty: Difficulty
    owner: Owner | None
    place: str | None
    field: str | None
    year: int | None
    trl: int | None
    amount: int | None
    secrecy: str
    form: str


@dataclass(frozen=True)
class Need:
    """An enterprise's need."""

    key: str
    story: Story
    owner: Owner
    budget: int | None
    deadline: str | None


@dataclass(frozen=True)
class Catalogue:
    """All data of the generator."""

    operations: Mapping[str, Operation]
    units: Mapping[str, Mapping[str, Mapping[str, float]]]
    industries: tuple[Industry, ...]
    lines: tuple[Mapping[str, object], ...]
    equipment: tuple[str, ...]
    funds: tuple[Fund, ...]
    places: tuple[tuple[int, str, str], ...]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    rivers: tuple[str, ...]
    extra: tuple[str, ...]
    phrases: Mapping[str, tuple[str, ...]]
    maturity: Mapping[int, tuple[str, ...]]

    def industry(self, field: str) -> Industry:
        return next(one for one in self.industries if one.field == field)
