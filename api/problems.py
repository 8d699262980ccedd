"""Failures over HTTP: problem+json (RFC 9457) with the command's words."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kg.errors import UsageError, ZhongshiError


def install_problems(app: FastAPI) -> None:
    """Answer every failure as a problem document."""
    app.add_exception_handler(ZhongshiError, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _problem(status: int, title: str, members: dict[str, Any]) -> JSONResponse:
    body = {"type": "about:blank", "title": title, "status": status, **members}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


async def _own(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ZhongshiError)
    words = error.document()["error"]
    return _problem(error.status, error.code, {"detail": error.message, **words})


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = str(first["loc"][-1])
    wrong = UsageError(f"{field}: {first['msg']}", field=field, remedy="see /docs for the parameters")
    return await _own(request, wrong)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _problem(error.status_code, "http", {"detail": str(error.detail), "code": "http"})
