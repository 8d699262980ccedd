"""One entity with its sources and neighbours."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.deps import KnowledgeOf, LangOf
from api.documents import shown

router = APIRouter(tags=["entities"])


@router.get("/entities/{key_or_id}", summary="One entity, by id or key")
def entity(knowledge: KnowledgeOf, lang: LangOf, key_or_id: str) -> dict[str, Any]:
    return shown(knowledge.view, knowledge.schema, knowledge.view.one(key_or_id))
