"""Which reader a file needs, told by its first bytes; its name only decides between kinds of text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePath

from ingest.readers.delimited import Score, open_delimited
from ingest.readers.encoding import head_of
from ingest.readers.jsonl import open_json
from ingest.readers.model import Grid, NoRows, Rows
from ingest.readers.parquet import open_parquet
from ingest.readers.workbook import open_workbook
from kg.errors import InputFileError
from kg.wording import Sentence

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"SQLite format 3",
    b"\x28\xb5\x2f\xfd",
)


def open_file(path: Path, score: Score) -> Sequence[Grid | Rows]:
    """The sheets of a file. `score` counts known headers in a row; it settles the delimiter of a text file.

    Raises `InputFileError` for a missing, empty, encrypted or unknown file.
    """
    if not path.exists():
        raise InputFileError.no_file(path)
    head = head_of(path)
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        return (NoRows(),)
    if head.startswith(b"PAR1"):
        return (open_parquet(path),)
    if head.startswith(b"PK\x03\x04"):
        return open_workbook(path)
    _refuse_binary(path, head)
    return (open_json(path),) if _is_json(path, head) else (open_delimited(path, score),)


def _refuse_binary(path: Path, head: bytes) -> None:
    if head.startswith(OLD_OFFICE):
        raise InputFileError(
            Sentence(
                f"{path.name} 是旧格式的 Excel 文件，或设了密码",
                f"{path.name} is an Excel file of the old form, or one with a password",
            ),
            file=str(path),
            remedy=Sentence(
                "用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx",
                "open it in Excel or WPS, remove the password and save it as .xlsx",
            ),
        )
    if head.startswith(BINARY):
        raise InputFileError(
            Sentence(f"{path.name} 不是表格", f"{path.name} is not a table"),
            file=str(path),
            remedy=Sentence(
                "给 .csv、.tsv、.xlsx、.jsonl 或 .parquet 文件",
                "give .csv, .tsv, .xlsx, .jsonl or .parquet files",
            ),
        )


def _is_json(path: Path, head: bytes) -> bool:
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    if {".jsonl", ".ndjson", ".json"} & set(suffixes[-2:]):
        return True
    first = head.lstrip(b"\xef\xbb\xbf \r\n\t").split(b"\n", 1)[0]
    try:
        return first.startswith(b"{") and isinstance(json.loads(first.decode("utf-8", "replace")), dict)
    except json.JSONDecodeError:
        return False
