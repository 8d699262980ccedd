"""Failures over HTTP: problem+json (RFC 9457) with the command's words.

Every body, the framework's own failures included, holds what the command prints, `{"error": {code, message,
file, line, field, remedy}}`, and the same words once more as members of the problem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.published import Published
from kg.errors import NotFoundError, StoreError, UsageError, ZhongshiError

_FOLDERS = re.compile(r"(?:\w+://)?/(?:[^\s/:;,]+/)+")


class WrongMethodError(UsageError):
    """The path is there and takes another method."""

    status = 405


def install_problems(app: FastAPI) -> None:
    """Answer every failure as a problem document."""
    app.add_exception_handler(ZhongshiError, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem(
    error: ZhongshiError, *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The response that says this error."""
    words: dict[str, Any] = error.document()["error"]
    if isinstance(error, StoreError):
        words = {name: _unplaced(value) for name, value in words.items()}
    body = {
        "type": "about:blank",
        "title": error.code,
        "status": status or error.status,
        "detail": words["message"],
        **words,
        "error": words,
    }
    media = "application/problem+json"
    return Published(body, status_code=status or error.status, media_type=media, headers=headers)


def _unplaced(value: Any) -> Any:
    """A store's own words without where it lies on this machine."""
    return _FOLDERS.sub("", value) if isinstance(value, str) else value


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, ZhongshiError)
    return problem(error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: Mapping[str, Any] = error.errors()[0]
    field = str(first["loc"][-1])
    said = "is missing" if first["type"] == "missing" else f"{first.get('input')!r}: {first['msg']}"
    return problem(UsageError(f"{field} {said}", field=field, remedy="see /docs for the parameters"))


async def _http(request: Request, error: Exception) -> Response:
    """What the framework itself refuses."""
    assert isinstance(error, HTTPException)
    path, allowed = request.url.path, (error.headers or {}).get("Allow", "")
    if error.status_code == 404:
        return problem(NotFoundError(f"there is no {path}", remedy="see /docs for what there is"))
    if error.status_code == 405:
        remedy = f"use {allowed}" if allowed else "see /docs for what there is"
        wrong = WrongMethodError(f"{path} does not take {request.method}", field="method", remedy=remedy)
        return problem(wrong, headers=error.headers)
    return problem(ZhongshiError(str(error.detail)), status=error.status_code, headers=error.headers)


async def _unforeseen(request: Request, error: Exception) -> Response:
    """A defect of ours: the server's log has its traceback, the caller learns that it is one."""
    remedy = "try again; if it stays, report it with the server's log"
    return problem(
        ZhongshiError(f"the question could not be answered ({type(error).__name__})", remedy=remedy)
    )
