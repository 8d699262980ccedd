"""Whether the process lives and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.published import Published

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="The process lives")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", summary="The store answers")
def readyz(request: Request) -> Response:
    health = {name: value for name, value in request.app.state.store.health().items() if name != "url"}
    return Published(health, status_code=200 if health.get("ready") else 503)
