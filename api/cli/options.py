"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.room import with_room
from api.languages import VARIABLE, language

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document. 输出一个 JSON 文档")]
Store = Annotated[
    str | None,
    typer.Option("--store", metavar="URL", help="Store: a folder, kglite:///path or neo4j://… 图谱存储"),
]
EncoderName = Annotated[
    str | None,
    typer.Option(
        "--encoder", metavar="NAME", callback=with_room, help="Encoder: a folder or a name. 向量模型"
    ),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Answer for this day. 基准日期")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="How many at most. 条数")]
PageNumber = Annotated[int, typer.Option("--page", metavar="N", help="Page, from 1. 页码")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Also write .xlsx, .csv or .md. 另存为表格")
]
KindName = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Kind of entity. 实体种类")]
SourceFile = Annotated[
    Path | None,
    typer.Option("--source", metavar="FILE.yaml", help="Source file (docs/sources.md). 来源描述文件"),
]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders. 文件或文件夹")]
Language = Annotated[
    str,
    typer.Option("--lang", metavar="zh|en", envvar=VARIABLE, callback=language, help="Language. 语言"),
]
