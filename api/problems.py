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

from api.languages import of_failure
from api.published import Published
from kg.errors import NotFoundError, StoreError, UsageError, ZhongshiError
from kg.wording import Lang, Sentence, told

_PARAMETERS = Sentence("参数见 /docs", "see /docs for the parameters")
_PATHS = Sentence("有哪些路径见 /docs", "see /docs for what there is")
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
    error: ZhongshiError,
    lang: Lang,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response that says this error in a language."""
    words: dict[str, Any] = told(error.document()["error"], lang)
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


def _lang(request: Request) -> Lang:
    return of_failure(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def _unplaced(value: Any) -> Any:
    """A store's own words without where it lies on this machine."""
    return _FOLDERS.sub("", value) if isinstance(value, str) else value


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, ZhongshiError)
    return problem(error, _lang(request))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: Mapping[str, Any] = error.errors()[0]
    field = str(first["loc"][-1])
    said = Sentence(f"缺少参数 {field}", f"{field} is missing")
    if first["type"] == "int_parsing":
        given = f"{first.get('input')!r}"
        said = Sentence(f"参数 {field} 要写整数，不是 {given}", f"{field} {given}: write a whole number")
    elif first["type"] != "missing":
        given = f"{first.get('input')!r}: {first['msg']}"
        said = Sentence(f"参数 {field} 不对：{given}", f"{field} {given}")
    return problem(UsageError(said, field=field, remedy=_PARAMETERS), _lang(request))


async def _http(request: Request, error: Exception) -> Response:
    """What the framework itself refuses."""
    assert isinstance(error, HTTPException)
    path, allowed, lang = request.url.path, (error.headers or {}).get("Allow", ""), _lang(request)
    if error.status_code == 404:
        return problem(NotFoundError(Sentence(f"没有 {path}", f"there is no {path}"), remedy=_PATHS), lang)
    if error.status_code == 405:
        refused = Sentence(f"{path} 不接受 {request.method}", f"{path} does not take {request.method}")
        remedy = Sentence(f"用 {allowed}", f"use {allowed}") if allowed else _PATHS
        return problem(WrongMethodError(refused, field="method", remedy=remedy), lang, headers=error.headers)
    return problem(ZhongshiError(str(error.detail)), lang, status=error.status_code, headers=error.headers)


async def _unforeseen(request: Request, error: Exception) -> Response:
    """A defect of ours: the server's log has its traceback, the caller learns that it is one."""
    kind = type(error).__name__
    failed = ZhongshiError(
        Sentence(f"这个问题没能回答（{kind}）", f"the question could not be answered ({kind})"),
        remedy=Sentence(
            "再试一次；仍然如此，请附上服务日志报告",
            "try again; if it stays, report it with the server's log",
        ),
    )
    return problem(failed, _lang(request))
