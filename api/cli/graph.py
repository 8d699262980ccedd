"""Commands about the graph itself: stats, export, import, show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from api.cli import options as opt
from api.cli.output import print_document, say
from api.wiring import Services
from api.words import word

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of an export. 导出目录")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command("stats", help="Count nodes, edges and runs. 统计")(stats)
    app.command("export", help="Write every node and edge as files. 导出")(export)
    app.command("import", help="Load an export into an empty store. 导入导出件")(import_)
    app.command("show", help="Show one entity with its sources and neighbours. 查看一个实体")(show)


def stats(store: opt.Store = None, as_json: opt.Json = False, lang: opt.Language = "zh") -> None:
    from kg.store.stats import count

    services = Services.from_options(store)
    with services.store() as opened:
        document = count(opened)
    if as_json:
        print_document(document)
    else:
        from api.cli.render.graph import print_stats

        print_stats(document, services.schema, lang)


def export(
    folder: Folder, store: opt.Store = None, as_json: opt.Json = False, lang: opt.Language = "zh"
) -> None:
    from kg.store.portable import export_store

    with Services.from_options(store).store() as opened:
        document = export_store(opened, folder)
    _done(document, as_json, f"{word('exported', lang)} {folder}")


def import_(
    folder: Folder, store: opt.Store = None, as_json: opt.Json = False, lang: opt.Language = "zh"
) -> None:
    from kg.store.portable import import_store

    with Services.from_options(store).store(write=True) as opened:
        try:
            document = import_store(folder, opened)
        except Exception:
            opened.rewind()
            raise
    _done(document, as_json, f"{word('imported', lang)} {folder}")


def _done(document: Mapping[str, object], as_json: bool, message: str) -> None:
    if as_json:
        print_document(document)
    else:
        say(message)


def show(
    key_or_id: Annotated[str, typer.Argument(metavar="ID", help="Id or key. 编号")],
    store: opt.Store = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> None:
    from api.documents import shown

    services = Services.from_options(store)
    with services.view() as view:
        document = shown(view, services.schema, view.one(key_or_id))
    if as_json:
        print_document(document)
    else:
        from api.cli.render.graph import print_entity

        print_entity(document, services.schema, lang)
