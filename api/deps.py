"""What the routers are handed: what is known of the store, and the parts of a question."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Any

from fastapi import Depends, Request

from api.languages import of_request
from api.questions import Filtering
from api.wiring import as_of_date
from kg.errors import UsageError
from kg.reading import Reader
from kg.search.query import Page
from kg.transfer import Knowledge
from kg.wording import Lang, Sentence, did_you_mean, one_of


def knowledge(request: Request) -> Knowledge:
    """The app's one `Knowledge`, which reads the store again when it has changed."""
    found = request.app.state.knowledge
    assert isinstance(found, Knowledge)
    return found


def reader(request: Request) -> Reader:
    """The app's reader of every sort of fact."""
    found: Reader = request.app.state.reader
    return found


def paging(usual: int) -> Callable[..., Page]:
    """A page by `limit` (as many as usual unless told) and `page`."""

    def page_of(limit: int = usual, page: int = 1) -> Page:
        return Page(limit, page)

    return page_of


def lang_of(request: Request, lang: str | None = None) -> Lang:
    """The language that `lang` names, else the first of ours in Accept-Language, else Chinese."""
    return of_request(lang, request.headers.get("accept-language", ""))


def day_of(as_of: str | None = None) -> str | None:
    """The day to answer for, checked."""
    as_of_date(as_of, "as_of")
    return as_of


def known_parameters(request: Request) -> None:
    """Raise `UsageError` for a query parameter that the path does not document: a filter that is mistyped and
    ignored would answer another question."""
    known = _documented(request)
    for name in request.query_params:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            remedy = did_you_mean(near[0]) if near else one_of(known)
            raise UsageError(
                Sentence(f"没有参数 {name}", f"there is no parameter {name}"), field=name, remedy=remedy
            )


def _documented(request: Request) -> list[str]:
    path = request.scope["route"].path_format
    described: dict[str, Any] = request.app.openapi()["paths"][path][request.method.lower()]
    return [one["name"] for one in described.get("parameters", ()) if one["in"] == "query"]


ReaderOf = Annotated[Reader, Depends(reader)]
KnowledgeOf = Annotated[Knowledge, Depends(knowledge)]
FilteringOf = Annotated[Filtering, Depends()]
LangOf = Annotated[Lang, Depends(lang_of)]
AsOf = Annotated[str | None, Depends(day_of)]
