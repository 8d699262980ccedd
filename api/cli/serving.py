"""The command that serves the HTTP API."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.cli import options as opt
from api.cli.output import say
from api.languages import language
from api.wiring import Services
from kg.errors import UsageError, ZhongshiError
from kg.wording import Sentence


class AddressError(ZhongshiError):
    """The address cannot be served: taken, not of this machine, or not allowed."""

    code = "address"


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command("serve", help="Serve the HTTP API; /docs describes it. 启动服务")(serve)


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address. 地址")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", help="Port; 0 takes a free one. 端口")
    ] = 8000,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
    lang: opt.Language = "zh",
) -> None:
    import uvicorn

    from api.app import create_app

    services = Services.from_options(store, encoder)
    with services.store():
        pass  # a server of a store that is not there would make an empty one
    with listening(host, port) as listener, services.store(write=True) as opened:
        app = create_app(services, opened)
        where = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        say(
            Sentence(
                f"服务地址 {where} （接口说明见 {where}/docs ；Ctrl-C 停止）",
                f"serving at {where} (described at {where}/docs; Ctrl-C stops it)",
            ).said(language(lang))
        )
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises `UsageError` for what is no port, `AddressError` where it cannot,
    both before the store is opened to write."""
    if not 0 <= port <= 65535:
        raise UsageError(
            Sentence(f"端口 {port} 超出范围", f"port {port} is out of range"),
            field="port",
            remedy=Sentence("用 0 到 65535；0 为任选空闲端口", "use 0 to 65535; 0 takes any"),
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise AddressError(
            Sentence(f"{host}:{port} 用不了：{reason}", f"{host}:{port} cannot be served: {reason}"),
            field="host" if isinstance(exc, socket.gaierror) else "port",
            remedy=Sentence(
                "停掉占用该地址的程序，或用 --port N、--host HOST 换一个地址",
                "stop what serves there, or name another address with --port N or --host HOST",
            ),
        ) from exc
