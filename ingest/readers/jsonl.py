"""JSON lines, and a JSON file that is one list of objects: rows that name their columns."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.readers.encoding import CHUNK, Encoding, detect, open_bytes, unreadable
from ingest.readers.model import Cells, Trouble
from kg.errors import InputFileError
from kg.wording import Sentence

_NOT_UTF_8 = Sentence("这一行不是 UTF-8", "the line is not UTF-8")
_NO_OBJECT = Sentence("这一行不是 JSON 对象 {…}", "the line is not a JSON object {…}")
_NO_ENTRY = Sentence("列表里有一项不是对象", "an entry of the list is not an object")
_A_LINE = Sentence("每行写一个 JSON 对象，用 UTF-8", "write one JSON object a line, in UTF-8")
PEEK = 500  # rows whose keys are the columns that a header check sees


@dataclass(frozen=True)
class JsonLines:
    """One JSON object a line; lines keep the file's own numbers."""

    path: Path
    encoding: str
    columns: tuple[str, ...]
    count_hint: int | None
    worksheet: str = ""

    def rows(self) -> Iterator[Cells]:
        return _rows(self.path, self.encoding)


@dataclass(frozen=True)
class JsonList:
    """A file that is one JSON list of objects, read whole."""

    path: Path
    encoding: str
    columns: tuple[str, ...]
    count_hint: int | None
    worksheet: str = ""

    def rows(self) -> Iterator[Cells]:
        return _list_rows(self.path, self.encoding)


def open_json(path: Path) -> JsonLines | JsonList:
    """Rows of a JSON lines file or of a JSON list, by its first character."""
    with open_bytes(path) as file:
        head = file.read(4096)
    mark = head.decode("utf-8-sig", "replace").lstrip()[:1]
    if mark == "[":
        encoding = detect(path).name
        rows = list(_list_rows(path, encoding))
        return JsonList(path, encoding, _columns(iter(rows)), len(rows))
    encoding, count = _lines_encoding(path)
    return JsonLines(path, encoding, _columns(_rows(path, encoding)), count)


def _lines_encoding(path: Path) -> tuple[str, int]:
    """UTF-8 unless the start of the file says otherwise: JSON is UTF-8, a bad line is a bad row."""
    count = 0
    try:
        with open_bytes(path) as file:
            head = file.read(CHUNK)
            try:
                head[: head.rfind(b"\n") + 1].decode("utf-8-sig")
            except UnicodeDecodeError:
                found: Encoding = detect(path)
                return found.name, found.lines
            chunk = head
            while chunk:
                count += chunk.count(b"\n")
                last = chunk
                chunk = file.read(CHUNK)
            count += bool(head) and not last.endswith(b"\n")
    except (OSError, EOFError, zlib.error) as exc:
        raise unreadable(path, exc) from exc
    return "utf-8-sig", count


def _columns(rows: Iterator[Cells]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for _, row in zip(range(PEEK), rows, strict=False):
        names.update(dict.fromkeys(row.values))
    return tuple(names)


def _rows(path: Path, encoding: str) -> Iterator[Cells]:
    try:
        with open_bytes(path) as file:
            for number, line in enumerate(_byte_lines(file, encoding), 1):
                if line.strip():
                    yield _row(number, line, encoding if number == 1 or encoding != "utf-8-sig" else "utf-8")
    except (OSError, EOFError, zlib.error) as exc:
        raise unreadable(path, exc) from exc


def _byte_lines(file: Any, encoding: str) -> Iterator[bytes]:
    """Lines as bytes; UTF-16 is transcoded first, for its line end is two bytes."""
    if not encoding.startswith("utf-16"):
        yield from file
        return
    for line in file.read().decode(encoding, "replace").splitlines():
        yield line.encode("utf-16")


def _row(number: int, line: bytes, encoding: str) -> Cells:
    codec = "utf-16" if encoding.startswith("utf-16") else encoding
    try:
        value = json.loads(line.decode(codec))
    except UnicodeDecodeError:
        return _bad(number, line.decode(codec, "replace"), "bad_encoding", _NOT_UTF_8)
    except (json.JSONDecodeError, RecursionError) as exc:
        zh, en = ("", "")
        if isinstance(exc, json.JSONDecodeError):
            zh, en = f"（第 {exc.pos + 1} 个字符）", f" (character {exc.pos + 1})"
        said = Sentence(f"这一行不是 JSON{zh}", f"the line is not JSON{en}")
        return _bad(number, line.decode(codec, "replace"), "bad_json", said)
    if not isinstance(value, dict):
        return _bad(number, line.decode(codec, "replace"), "bad_json", _NO_OBJECT)
    return Cells(number, flat(value))


def _bad(number: int, text: str, code: str, message: Sentence) -> Cells:
    trouble = Trouble(code, message, remedy=_A_LINE)
    return Cells(number, {}, (trouble,), raw=text.strip("\r\n\ufeff"))


def _list_rows(path: Path, encoding: str) -> Iterator[Cells]:
    with open_bytes(path) as file:
        text = file.read().decode(encoding, "replace").lstrip("\ufeff")
    decoder = json.JSONDecoder()
    at, line, counted = text.index("[") + 1, 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at >= len(text) or text[at] == "]":
            return
        line += text.count("\n", counted, at)
        counted = at
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as exc:
            raise InputFileError(
                Sentence(
                    f"{path.name} 不是有效的 JSON：{exc.msg}", f"{path.name} is not valid JSON: {exc.msg}"
                ),
                file=str(path),
                line=text.count("\n", 0, exc.pos) + 1,
                remedy=Sentence(
                    "写成对象的列表，或每行一个对象（.jsonl）",
                    "write a list of objects, or one object a line (.jsonl)",
                ),
            ) from exc
        yield (
            Cells(line, flat(value))
            if isinstance(value, dict)
            else _bad(line, str(value), "bad_json", _NO_ENTRY)
        )


def flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested objects as dotted names (`owner.name`); lists stay lists."""
    out: dict[str, Any] = {}
    for name, item in value.items():
        if isinstance(item, Mapping):
            out.update(flat(item, f"{prefix}{name}."))
        else:
            out[_storable(prefix + name)] = _storable(item)
    return out


def _storable(item: Any) -> Any:
    """A text without what an escape may smuggle in and no store takes: half a surrogate pair, NUL."""
    if isinstance(item, list):
        return [_storable(one) for one in item]
    if not isinstance(item, str):
        return item
    text = item.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
