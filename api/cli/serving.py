"""The command that serves the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli import options as opt
from api.wiring import Services


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command("serve", help="Serve the HTTP API; /docs describes it. 启动服务")(serve)


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address. 地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="Port. 端口")] = 8000,
    store: opt.Store = None,
    encoder: opt.EncoderName = None,
) -> None:
    import uvicorn

    from api.app import create_app

    services = Services.from_options(store, encoder)
    with services.store():
        pass  # a server of a store that is not there would make an empty one
    with services.store(write=True) as opened:
        uvicorn.run(create_app(services, opened), host=host, port=port, log_level="warning")
