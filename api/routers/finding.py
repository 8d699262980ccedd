"""Search and match."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from api.deps import AsOf, FilteringOf, KnowledgeOf, LangOf, paging
from api.questions import Match, Search
from kg.search.query import Page

router = APIRouter(tags=["finding"])
PageOf = Annotated[Page, Depends(paging(10))]


@router.get("/search", summary="Search achievements, lines, funds and needs")
def search(
    knowledge: KnowledgeOf,
    filters: FilteringOf,
    page: PageOf,
    lang: LangOf,
    as_of: AsOf,
    q: str,
    kind: str | None = None,
) -> dict[str, Any]:
    return Search(q, kind, filters, page, lang).answer(knowledge)


@router.get("/match", summary="Results and lines for a need")
def match(knowledge: KnowledgeOf, page: PageOf, lang: LangOf, as_of: AsOf, need: str) -> dict[str, Any]:
    return Match(need, page, lang).answer(knowledge)
