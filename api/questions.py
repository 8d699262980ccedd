"""What may be asked, by command line and HTTP alike: a question checks itself and answers with a document.

A question is made of small parts that several of them share: what hits must be (`Filtering`), which page,
which language.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from api.wiring import as_of_date, last_day
from kg.errors import UsageError
from kg.search.query import Filters, Page, Window, trl_window
from kg.wording import DEFAULT, Lang, Sentence

if TYPE_CHECKING:
    from kg.schema.model import Schema
    from kg.transfer import Knowledge

Document = dict[str, Any]

_YUAN = Sentence("按元写：500000 或 50万", "write yuan: 500000 or 50万")


class Question(Protocol):
    """A request that can be answered from what is known of a store."""

    def answer(self, knowledge: Knowledge) -> Document: ...

    def asked(self) -> Document:
        """What was asked, option by option, as a sheet repeats it; nothing that was not given."""


@dataclass(frozen=True)
class Filtering:
    """What hits must be, in people's own words; None does not filter."""

    field: str | None = None
    region: str | None = None
    owner: str | None = None
    year: str | None = None
    trl: str | None = None

    def filters(self, schema: Schema, kind: str | None) -> Filters:
        """The same as search takes it; raises `UsageError` for an unknown kind and for what is no window."""
        return Filters(
            kinds=schema.with_children(schema.kind(kind).name) if kind else (),
            field=self.field,
            region=self.region,
            owner=self.owner,
            year=Window.parse(self.year, "year") if self.year is not None else None,
            trl=trl_window(self.trl) if self.trl is not None else None,
        )


NO_FILTER = Filtering()
FIRST_PAGE = Page()


@dataclass(frozen=True)
class Search:
    """Search of everything that has a text."""

    text: str
    kind: str | None = None
    filters: Filtering = NO_FILTER
    page: Page = FIRST_PAGE
    lang: Lang = DEFAULT

    def asked(self) -> Document:
        return _given(question=self.text, kind=self.kind, **vars(self.filters), page=self.page.number)

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.search.engine import search

        wanted = self.filters.filters(knowledge.schema, self.kind)
        answer = search(knowledge.view, knowledge.encoder, knowledge.schema, self.text, wanted, self.page)
        document = answer.document(self.lang)
        return document if answer.total else _with_note(document, knowledge, wanted, self.lang)


@dataclass(frozen=True)
class Match:
    """Results and lines for a need in words."""

    need: str | None
    page: Page = FIRST_PAGE
    lang: Lang = DEFAULT

    def asked(self) -> Document:
        return _given(need=self.need, page=self.page.number)

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.transfer import match_need

        if not self.need or not self.need.strip():
            raise UsageError(
                Sentence("没有写需求", "no need was given"),
                field="need",
                remedy=Sentence("写出需要什么：--need TEXT", "say what you need: --need TEXT"),
            )
        return match_need(knowledge, self.need, self.page, self.lang)


@dataclass(frozen=True)
class Screen:
    """Projects for a fund, which is named by key, id or name."""

    fund: str
    filters: Filtering = NO_FILTER
    page: Page = FIRST_PAGE
    lang: Lang = DEFAULT
    as_of: str | None = None

    def asked(self) -> Document:
        return _given(fund=self.fund, **vars(self.filters), page=self.page.number)

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.search.naming import one_of_kind
        from kg.transfer import screen_fund

        wanted = self.filters.filters(knowledge.schema, "Achievement")
        fund = one_of_kind(knowledge.view, "Fund", self.fund)
        day = as_of_date(self.as_of)
        document = screen_fund(knowledge, fund, self.page, self.lang, wanted, day)
        document["projects"] = _at_a_glance(knowledge, document["projects"])
        said = document["total"] or document["note"]
        return document if said else _with_note(document, knowledge, wanted, self.lang)


@dataclass(frozen=True)
class Routes:
    """Routes for an achievement or a need, by key or in words; at most `limit` of them."""

    key: str | None = None
    need: str | None = None
    budget: str | None = None
    by: str | None = None
    near: str | None = None
    max_hand_overs: int | None = None
    limit: int = 5
    as_of: str | None = None
    requirement: Path | None = None
    lang: Lang = DEFAULT

    def asked(self) -> Document:
        left_out = ("limit", "lang")
        return _given(
            **{one.name: getattr(self, one.name) for one in fields(self) if one.name not in left_out}
        )

    def answer(self, knowledge: Knowledge) -> Document:
        from kg.transfer import RouteOptions, routes_for

        given = (self.key is not None, bool((self.need or "").strip()), self.requirement is not None)
        if sum(given) != 1:
            raise UsageError(
                Sentence(
                    "编号、需求和要求文件给一个，也只给一个", "give a key, a need or a requirement file"
                ),
                field="key",
                remedy=Sentence(
                    "routes KEY，或 --need TEXT，或 --requirement FILE",
                    "routes KEY, or --need TEXT, or --requirement FILE",
                ),
            )
        options = RouteOptions(
            budget=yuan(self.budget) if self.budget else None,
            by=last_day(self.by, "by") if self.by else None,
            near=self.near,
            max_hand_overs=self.max_hand_overs,
            limit=Page(self.limit).limit,
            as_of=as_of_date(self.as_of),
        )
        return routes_for(
            knowledge,
            key_or_id=self.key,
            need=self.need,
            requirement=self.requirement,
            options=options,
            lang=self.lang,
        )


def _at_a_glance(knowledge: Knowledge, projects: list[Document]) -> list[Document]:
    """Projects with what a hit says of a result (owner, place, year, TRL, field, form), and the money that it
    wants in yuan."""
    from dataclasses import asdict

    from kg.search.glance import glances

    nodes = knowledge.view.get([one["achievement"]["id"] for one in projects])
    found = glances(knowledge.view, knowledge.schema, list(nodes.values()))
    return [
        {**one, **asdict(found[key]), "funding_need": nodes[key].properties.get("funding_need")}
        for one in projects
        for key in (one["achievement"]["id"],)
    ]


def _with_note(document: Document, knowledge: Knowledge, wanted: Filters, lang: Lang) -> Document:
    """An empty answer with what is said of a filter that names nothing known, if there is one."""
    from api.unknown import unknown_name

    found = unknown_name(knowledge.view, knowledge.schema, wanted)
    return document if found is None else {**document, "note": found.said(lang)}


def _given(**asked: object) -> Document:
    """What was said; a first page goes without saying."""
    said = {name: value for name, value in asked.items() if value is not None}
    if said.get("page") == 1:
        del said["page"]
    return said


def yuan(text: str) -> float:
    """An amount of money as people type it (`500000`, `50万`) in yuan; raises `UsageError`."""
    from kg.errors import BadValueError
    from kg.values.money import parse_money

    try:
        amount = parse_money(text, unit="元")
    except BadValueError as exc:
        raise UsageError(exc.message, field="budget", remedy=_YUAN) from exc
    if amount is None:
        raise UsageError(
            Sentence(f"“{text}”不是金额", f"{text!r} is no amount"), field="budget", remedy=_YUAN
        )
    return amount
