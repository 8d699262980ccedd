"""What may be asked, by command line and HTTP alike: a question checks itself and answers with a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from api import documents
from api.wiring import as_of_date
from kg.errors import UsageError
from kg.search.query import Filters, Page, Window
from kg.wording import DEFAULT, Sentence, language

if TYPE_CHECKING:
    from kg.transfer import Knowledge

Document = dict[str, Any]

NO_EFFECT = {
    "--budget": Sentence(
        "产线尚未登记价格，预算暂为未知", "no line states a price yet, so the budget stays unknown"
    ),
    "--by": Sentence(
        "产线尚未登记排期，期限暂为未知", "no line states a calendar yet, so the date stays unknown"
    ),
    "--as-of": Sentence("目前日期还不影响结果", "the calendar does not matter yet"),
}
"""Options of `routes` that are taken and change nothing yet."""


class Question(Protocol):
    """A request that can be answered from what is known of a store."""

    def answer(self, knowledge: Knowledge) -> Document: ...


@dataclass(frozen=True)
class Search:
    """Search of everything that has a text."""

    text: str
    kind: str | None = None
    field: str | None = None
    region: str | None = None
    owner: str | None = None
    year: str | None = None
    trl: str | None = None
    limit: int = 10
    page: int = 1

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.search.engine import search

        schema = knowledge.schema
        filters = Filters(
            kinds=schema.with_children(schema.kind(self.kind).name) if self.kind else (),
            field=self.field,
            region=self.region,
            owner=self.owner,
            year=Window.parse(self.year, "year") if self.year else None,
            trl=Window.parse(self.trl, "trl") if self.trl else None,
        )
        page = Page(self.limit, self.page)
        return documents.search_answer(
            search(knowledge.view, knowledge.encoder, schema, self.text, filters, page)
        )


@dataclass(frozen=True)
class Match:
    """Results and lines for a need in words."""

    need: str | None
    limit: int = 10
    page: int = 1
    lang: str = DEFAULT

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.transfer import match_need

        if not self.need or not self.need.strip():
            raise UsageError("no need was given", field="need", remedy="say what you need: --need TEXT")
        return match_need(knowledge, self.need, Page(self.limit, self.page), language(self.lang))


@dataclass(frozen=True)
class Screen:
    """Projects for a fund."""

    fund: str
    limit: int = 20
    page: int = 1
    lang: str = DEFAULT

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.transfer import screen_fund

        lang, page = language(self.lang), Page(self.limit, self.page)
        return screen_fund(knowledge, knowledge.view.one(self.fund), page, lang)


@dataclass(frozen=True)
class Routes:
    """Routes for an achievement or a need, by key or in words."""

    key: str | None = None
    need: str | None = None
    budget: str | None = None
    by: str | None = None
    near: str | None = None
    max_hand_overs: int | None = None
    limit: int = 5
    as_of: str | None = None
    requirement: Path | None = None
    lang: str = DEFAULT

    def without_effect(self) -> list[str]:
        """Sentences about given options that change nothing yet."""
        given = {"--budget": self.budget, "--by": self.by, "--as-of": self.as_of}
        lang = language(self.lang)
        return [f"{name}: {NO_EFFECT[name].said(lang)}" for name, value in given.items() if value is not None]

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.transfer import RouteOptions, routes_for

        if self.requirement is not None:
            raise UsageError(
                "--requirement is not there yet", field="requirement", remedy="use KEY or --need"
            )
        if (self.key is None) == (not (self.need or "").strip()):
            raise UsageError("give either a key or a need", field="key", remedy="routes KEY, or --need TEXT")
        options = RouteOptions(
            budget=yuan(self.budget) if self.budget else None,
            by=as_of_date(self.by) if self.by else None,
            near=self.near,
            max_hand_overs=self.max_hand_overs,
            limit=Page(self.limit).limit,
            as_of=as_of_date(self.as_of),
        )
        lang = language(self.lang)
        return routes_for(knowledge, key_or_id=self.key, need=self.need, options=options, lang=lang)


def yuan(text: str) -> float:
    """An amount of money as people type it (`500000`, `50万`) in yuan; raises `UsageError`."""
    from kg.errors import BadValueError
    from kg.values.money import parse_money

    try:
        amount = parse_money(text, unit="元")
    except BadValueError as exc:
        raise UsageError(exc.message, field="budget", remedy="write yuan: 500000 or 50万") from exc
    if amount is None:
        raise UsageError(f"{text!r} is no amount", field="budget", remedy="write yuan: 500000 or 50万")
    return amount
