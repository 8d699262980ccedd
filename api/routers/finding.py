"""Search and match."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.deps import KnowledgeOf
from api.questions import Match, Search

router = APIRouter(tags=["finding"])


@router.get("/search", summary="Search achievements, lines, funds and needs")
def search(
    knowledge: KnowledgeOf,
    q: str,
    kind: str | None = None,
    field: str | None = None,
    region: str | None = None,
    owner: str | None = None,
    year: str | None = None,
    trl: str | None = None,
    limit: int = 10,
    page: int = 1,
) -> dict[str, Any]:
    return Search(q, kind, field, region, owner, year, trl, limit, page).answer(knowledge)


@router.get("/match", summary="Results and lines for a need")
def match(
    knowledge: KnowledgeOf, need: str, limit: int = 10, page: int = 1, lang: str = "zh"
) -> dict[str, Any]:
    return Match(need, limit, page, lang).answer(knowledge)
