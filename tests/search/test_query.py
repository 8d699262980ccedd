"""Windows, pages and empty questions."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.search.query import Page, Window, checked_text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4-6", 4, 6),
        ("4～6", 4, 6),
        ("４－６", 4, 6),
        ("5", 5, 5),
        ("2020-", 2020, None),
        ("-2019", None, 2019),
    ],
)
def test_windows(text: str, low: int | None, high: int | None) -> None:
    assert Window.parse(text, "trl") == Window(low, high)


@pytest.mark.parametrize("text", ["", "-", "高", "6-4", "4-6-8", "4.5"])
def test_what_is_no_window_says_so(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Window.parse(text, "trl")
    assert caught.value.field == "trl"
    assert caught.value.remedy


@pytest.mark.parametrize(("limit", "number"), [(0, 1), (10, 0), (-1, 1), (5000, 1)])
def test_pages_out_of_range(limit: int, number: int) -> None:
    with pytest.raises(UsageError):
        Page(limit, number)


def test_an_empty_query_is_refused_and_a_long_one_cut() -> None:
    with pytest.raises(UsageError):
        checked_text(" 　\n")
    assert len(checked_text("长" * 20_000)) == 10_000
