"""The command that serves the HTTP API."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.cli import options as opt
from api.cli.output import say
from api.wiring import Services
from kg.errors import UsageError, ZhongshiError


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
) -> None:
    import uvicorn

    from api.app import create_app

    services = Services.from_options(store, encoder)
    with services.store():
        pass  # a server of a store that is not there would make an empty one
    with listening(host, port) as listener, services.store(write=True) as opened:
        app = create_app(services, opened)
        where = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        say(f"服务地址 serving at {where} (接口说明 described at {where}/docs; Ctrl-C 停止 stops it)")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises `UsageError` for what is no port, `AddressError` where it cannot,
    both before the store is opened to write."""
    if not 0 <= port <= 65535:
        raise UsageError(f"port {port} is out of range", field="port", remedy="use 0 to 65535; 0 takes any")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise AddressError(
            f"{host}:{port} cannot be served: {reason}",
            field="host" if isinstance(exc, socket.gaierror) else "port",
            remedy="stop what serves there, or name another address with --port N or --host HOST",
        ) from exc
