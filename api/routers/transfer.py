"""Routes and screening."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.deps import KnowledgeOf
from api.questions import Routes, Screen

router = APIRouter(tags=["transfer"])


@router.get("/routes", summary="Transfer routes with a proof per constraint")
def routes(
    knowledge: KnowledgeOf,
    key: str | None = None,
    need: str | None = None,
    budget: str | None = None,
    by: str | None = None,
    near: str | None = None,
    max_hand_overs: int | None = None,
    limit: int = 5,
    as_of: str | None = None,
    lang: str = "zh",
) -> dict[str, Any]:
    asked = Routes(key, need, budget, by, near, max_hand_overs, limit, as_of, lang=lang)
    return asked.answer(knowledge)


@router.get("/funds/{fund}/screen", summary="Projects that fit a fund's mandate and have a line")
def screen(
    knowledge: KnowledgeOf, fund: str, limit: int = 20, page: int = 1, lang: str = "zh"
) -> dict[str, Any]:
    return Screen(fund, limit, page, lang).answer(knowledge)
