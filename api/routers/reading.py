"""Reading a text."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from api.deps import AsOf, LangOf, ReaderOf
from api.reading import ReadOptions, read_text
from kg.errors import UsageError
from kg.wording import Sentence

router = APIRouter(tags=["reading"])
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}, "kind": {"type": "string"}},
                }
            },
            "text/plain": {"schema": {"type": "string"}},
        },
    }
}


@router.get("/read", summary="What a text says: steps, quantities, maturity, field, terms, flags")
def read(reader: ReaderOf, lang: LangOf, as_of: AsOf, text: str, kind: str | None = None) -> dict[str, Any]:
    return read_text(reader, text, ReadOptions.of(kind, as_of))


@router.post("/read", summary="The same for a text of any length in the body", openapi_extra=_BODY)
async def read_body(
    request: Request, reader: ReaderOf, lang: LangOf, as_of: AsOf, kind: str | None = None
) -> dict[str, Any]:
    given, said = _text_of(await request.body(), request.headers.get("content-type", ""))
    options = ReadOptions.of(kind or said, as_of)
    return await run_in_threadpool(read_text, reader, given, options)


def _text_of(body: bytes, content_type: str) -> tuple[str, str | None]:
    """The text of a body, and the kind that a JSON body may name."""
    remedy = Sentence(
        '以 application/json 发送 {"text": "…"}，或直接发送 UTF-8 文本',
        'send {"text": "…"} as application/json, or the text itself in UTF-8',
    )
    try:
        text = body.decode("utf-8-sig")
        if "json" not in content_type:
            return text, None
        row = json.loads(text)
    except ValueError as exc:
        wrong = Sentence(f"请求体不是文本：{exc}", f"the body is no text: {exc}")
        raise UsageError(wrong, field="text", remedy=remedy) from exc
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        empty = Sentence("请求体里没有 text", "the body holds no text")
        raise UsageError(empty, field="text", remedy=remedy)
    kind = row.get("kind")
    return row["text"], kind if isinstance(kind, str) else None
