"""What a person may ask of search: a text, filters, a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import UsageError
from kg.search.segment import fold
from kg.wording import Sentence

MAX_QUERY_CHARACTERS = 10_000


@dataclass(frozen=True)
class Window:
    """A closed range of whole numbers; None is open."""

    low: int | None
    high: int | None

    @classmethod
    def parse(cls, text: str, field: str) -> Window:
        """Read `4`, `4-6`, `4~6`, `4～6`, `2020-` or `-2019`; raises `UsageError` for anything else."""
        found = re.fullmatch(r"\s*(\d+)?\s*(?:([-~至到])\s*(\d+)?)?\s*", fold(text))
        if not found or not (found[1] or found[3]):
            raise UsageError(
                Sentence(f"{field}“{text}”不是区间", f"{field} {text!r} is not a range"),
                field=field,
                remedy=Sentence("写成 4、4-6 或 2020-", "write 4, 4-6 or 2020-"),
            )
        low = int(found[1]) if found[1] else None
        high = (int(found[3]) if found[3] else None) if found[2] else low
        if low is not None and high is not None and low > high:
            raise UsageError(
                Sentence(f"{field}“{text}”上下颠倒", f"{field} {text!r} runs backwards"),
                field=field,
                remedy=Sentence(f"写成 {high}-{low}", f"write {high}-{low}"),
            )
        return cls(low, high)


def trl_window(text: str) -> Window:
    """A window of maturity levels; raises `UsageError` where it leaves 1 to 9."""
    found = Window.parse(text, "trl")
    if any(level is not None and not 1 <= level <= 9 for level in (found.low, found.high)):
        raise UsageError(
            Sentence(f"技术成熟度“{text}”超出范围", f"trl {text!r} leaves the scale"),
            field="trl",
            remedy=Sentence("技术成熟度为 1 到 9 级", "TRL runs from 1 to 9"),
        )
    return found


@dataclass(frozen=True)
class Filters:
    """What a hit must be; None does not filter. `kinds` are schema names with their children."""

    kinds: tuple[str, ...] = ()
    field: str | None = None
    region: str | None = None
    owner: str | None = None
    year: Window | None = None
    trl: Window | None = None

    @property
    def beyond_kind(self) -> bool:
        """Whether the graph has to be asked, not the index's kinds alone."""
        return any((self.field, self.region, self.owner, self.year, self.trl))


@dataclass(frozen=True)
class Page:
    """Which hits to show; numbers start at 1."""

    limit: int = 10
    number: int = 1

    def __post_init__(self) -> None:
        for name, value, most in (("limit", self.limit, 1000), ("page", self.number, 10**6)):
            if not 1 <= value <= most:
                raise UsageError(
                    Sentence(f"{name} {value} 超出范围", f"{name} {value} is out of range"),
                    field=name,
                    remedy=Sentence(f"用 1 到 {most}", f"use 1 to {most}"),
                )

    @property
    def start(self) -> int:
        return (self.number - 1) * self.limit

    @property
    def stop(self) -> int:
        return self.number * self.limit


def checked_text(text: str, field: str = "q") -> str:
    """The text without surrounding space; raises `UsageError` where nothing can be searched."""
    stripped = text.strip()
    if not stripped:
        raise UsageError(
            Sentence("检索词是空的", "the query is empty"),
            field=field,
            remedy=Sentence("写出要找什么", "say what you are looking for"),
        )
    return stripped[:MAX_QUERY_CHARACTERS]
