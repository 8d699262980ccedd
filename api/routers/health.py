"""Whether the process lives and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="The process lives")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", summary="The store answers")
def readyz(request: Request) -> JSONResponse:
    health = request.app.state.store.health()
    return JSONResponse(health, status_code=200 if health.get("ready") else 503)
