"""Routes and screening."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from api.deps import AsOf, FilteringOf, KnowledgeOf, LangOf, paging
from api.questions import Routes, Screen
from kg.search.query import Page

router = APIRouter(tags=["transfer"])


@router.get("/routes", summary="Transfer routes with a proof per constraint")
def routes(
    knowledge: KnowledgeOf,
    lang: LangOf,
    as_of: AsOf,
    key: str | None = None,
    need: str | None = None,
    budget: str | None = None,
    by: str | None = None,
    near: str | None = None,
    max_hand_overs: int | None = None,
    limit: int = 5,
) -> dict[str, Any]:
    asked = Routes(key, need, budget, by, near, max_hand_overs, limit, as_of, lang=lang)
    return asked.answer(knowledge)


@router.get("/funds/{fund}/screen", summary="Projects that fit a fund's mandate and have a line")
def screen(
    knowledge: KnowledgeOf,
    filters: FilteringOf,
    page: Annotated[Page, Depends(paging(20))],
    lang: LangOf,
    as_of: AsOf,
    fund: str,
) -> dict[str, Any]:
    return Screen(fund, filters, page, lang, as_of).answer(knowledge)
