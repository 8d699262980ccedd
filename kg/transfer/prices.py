"""What a step costs: setting up once, then so many days or batches at the line's own price.

What is asked decides which price counts: where a number of batches is asked and a price per batch is
stated, that one; else the price per day over the working days (set-up days are paid by the set-up cost
alone). Nothing is estimated: without a price, or without a number to multiply it with, the cost is unknown,
and only the part that is known is told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from kg.transfer.proof import Document, Source
from kg.wording import Sentence, yuan


@dataclass(frozen=True)
class Price:
    """Yuan, and the record that states it."""

    yuan: float
    source: Source = field(default_factory=Source, compare=False)


@dataclass(frozen=True)
class Prices:
    """The prices of one offer; None where nobody states one."""

    per_day: Price | None = None
    per_batch: Price | None = None
    setup: Price | None = None
    per_km: Price | None = None

    @property
    def stated(self) -> bool:
        return any((self.per_day, self.per_batch, self.setup, self.per_km))


@dataclass(frozen=True)
class Part:
    """One item of a bill: so many times a price."""

    what: str
    count: float
    price: Price

    @property
    def yuan(self) -> float:
        return round(self.count * self.price.yuan, 2)

    def document(self) -> Document:
        return {
            "what": self.what,
            "count": self.count,
            "each": self.price.yuan,
            "amount": self.yuan,
            "source": self.price.source.document(),
        }


NO_PRICE = Sentence("没有登记价格", "no price is stated")
NO_DAYS = Sentence("有日单价，但不知要用几天", "a price per day is stated, but not how many days it takes")
NO_BATCHES = Sentence("有每批价格，但没说要做几批", "a price per batch is stated, but not how many are asked")


@dataclass(frozen=True)
class Cost:
    """A bill; `unknown` says what is missing to make it whole, None where it is whole."""

    parts: tuple[Part, ...] = ()
    unknown: Sentence | None = None

    @property
    def known(self) -> float:
        """Yuan of the items that are known."""
        return round(sum(part.yuan for part in self.parts), 2)

    @property
    def yuan(self) -> float | None:
        """The whole bill, None where a part of it is not known."""
        return None if self.unknown else self.known


def step_cost(prices: Prices, days: float | None, batches: float | None) -> Cost:
    """The bill of one step that takes so many working days or batches (None: not known)."""
    setup = (Part("setup_cost", 1.0, prices.setup),) if prices.setup else ()
    if prices.per_batch and batches is not None:
        return Cost((*setup, Part("price_per_batch", float(math.ceil(batches)), prices.per_batch)))
    if prices.per_day and days is not None:
        return Cost((*setup, Part("price_per_day", float(math.ceil(days)), prices.per_day)))
    if prices.per_day or prices.per_batch:
        return Cost(setup, NO_DAYS if prices.per_day else NO_BATCHES)
    return Cost(setup, NO_PRICE)


def batches_question(by: Sentence, prices: Prices, cost: Cost) -> list[Sentence]:
    """How many batches are to be run, where only that is missing for a bill; `by` names the line."""
    if cost.unknown != NO_BATCHES or prices.per_batch is None:
        return []
    each = yuan(prices.per_batch.yuan)
    return [
        Sentence(
            f"{by.zh}：按批计价，每批 {each.zh}，要做几批？",
            f"{by.en}: a batch costs {each.en}; how many are to be run?",
        )
    ]
