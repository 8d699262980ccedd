"""What is missing for a bill is asked for, once and by its name."""

from __future__ import annotations

from kg.transfer.prices import Price, Prices, batches_question, step_cost
from kg.wording import Sentence

LINE = Sentence("L04", "L04")
BY_BATCH = Prices(per_batch=Price(15_000.0))


def test_a_price_a_batch_asks_how_many() -> None:
    asked = batches_question(LINE, BY_BATCH, step_cost(BY_BATCH, days=None, batches=None))
    assert [one.zh for one in asked] == ["L04：按批计价，每批 1.5 万元，要做几批？"]
    assert "15,000 yuan" in asked[0].en


def test_nothing_is_asked_where_the_bill_is_whole_or_another_number_is_missing() -> None:
    by_day = Prices(per_day=Price(4_000.0))
    assert batches_question(LINE, BY_BATCH, step_cost(BY_BATCH, days=None, batches=3)) == []
    assert batches_question(LINE, by_day, step_cost(by_day, days=None, batches=None)) == []
