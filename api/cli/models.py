"""Commands about encoders: fetch one into the cache, export the shipped one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import options as opt
from api.cli.output import print_document, say
from api.wiring import encoder_failures

Name = Annotated[str, typer.Argument(metavar="NAME", help="A model's name. 模型名")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where to write. 输出目录")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    models = typer.Typer(no_args_is_help=True, help="Encoders: fetch, export. 向量模型")
    models.command("fetch", help="Fetch a model into the user's cache. 获取模型到本机缓存")(fetch)
    models.command("export", help="Write the shipped model as a float folder. 导出内置模型")(export)
    app.add_typer(models, name="embeddings")


def fetch(name: Name, as_json: opt.Json = False) -> None:
    from embeddings.fetch import fetch as fetch_model

    with encoder_failures():
        folder = fetch_model(name, progress=say)
    _done(name, folder, as_json=as_json)


def export(folder: Folder, as_json: opt.Json = False) -> None:
    from embeddings.encoder import DEFAULT
    from embeddings.export import export_float
    from embeddings.places import SHIPPED

    with encoder_failures():
        export_float(SHIPPED / DEFAULT, folder)
    _done(DEFAULT, folder, as_json=as_json)


def _done(name: str, folder: Path, *, as_json: bool) -> None:
    if as_json:
        print_document({"model": name, "folder": str(folder)})
    else:
        say(f"{name}: {folder}")
