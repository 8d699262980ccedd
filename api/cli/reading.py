"""The command that reads a text: steps, quantities, maturity, field, terms, flags, and what a need asks."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli import options as opt
from api.cli.output import print_document, say_error
from api.languages import language
from api.wiring import Services
from kg.errors import NotFoundError, UsageError
from kg.wording import Lang, Sentence, told

Text = Annotated[str | None, typer.Argument(metavar="TEXT", help="The text to read. 待读文本")]
File = Annotated[Path | None, typer.Option("--file", metavar="F", help="Read a file (- is stdin). 读文件")]
Lines = Annotated[
    Path | None,
    typer.Option(
        "--jsonl",
        metavar="F",
        help='One {"id", "text"} a line; writes one reading a line (- is stdin). 逐行读取',
    ),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="need|achievement", help="Read as; else as it looks. 按需求或成果读取"),
]


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command("read", help="Read a text: steps, quantities, maturity, needs. 读懂一段文本")(read)


def read(
    text: Text = None,
    file: File = None,
    jsonl: Lines = None,
    kind: Kind = None,
    as_of: opt.AsOf = None,
    as_json: opt.Json = False,
    lang: opt.Language = "zh",
) -> int:
    from api.reading import ReadOptions, read_text, readable

    if sum(given is not None for given in (text, file, jsonl)) != 1:
        raise UsageError(
            Sentence(
                "文本要给一份，也只给一份：TEXT、--file 或 --jsonl", "give one text: TEXT, --file or --jsonl"
            ),
            field="text",
            remedy='zhongshi read "经球磨3 h…"',
        )
    options = ReadOptions.of(kind, as_of)
    reader = Services.from_options(None).full_reader
    if jsonl is not None:
        from api.reading import read_lines

        failed = 0
        for row in read_lines(reader, decoded(jsonl).split("\n"), options, str(jsonl)):
            failed += _written(told(row, language(lang)), language(lang))
        return 1 if failed else 0
    words = readable(text if text is not None else decoded(file or Path("-")))
    found = read_text(reader, words, options)
    if as_json:
        print_document(found)
    else:
        from api.cli.render.reading import print_reading

        print_reading(words, found, lang)
    return 0


def _written(row: dict[str, object], lang: Lang) -> int:
    """One compact document a line; 1 where it is an error, which is said on stderr too."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n")
    error = row.get("error")
    if not isinstance(error, dict):
        return 0
    say_error(error, lang)
    return 1


def decoded(path: Path) -> str:
    """A file's text as it stands (UTF-8 with or without a mark, UTF-16 with one, else GB 18030)."""
    if str(path) == "-":
        data = sys.stdin.buffer.read()
    elif not path.exists():
        raise NotFoundError.no_file(path)
    elif path.is_dir():
        raise UsageError(
            Sentence(f"{path} 是文件夹", f"{path} is a folder"),
            file=str(path),
            remedy=Sentence("给一个文本文件", "give a file with text"),
        )
    else:
        data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
