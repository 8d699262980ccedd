"""Which encoding a text file is in: UTF-8, UTF-16 or GB18030, judged on the whole file."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import InputFileError
from kg.wording import Sentence

CHUNK = 1 << 20
BAD_SHARE = 0.2  # above this share of undecodable characters a file is not text in that encoding
SURROGATES = range(0xDC80, 0xDD00)  # what `surrogateescape` makes of a bad byte


@dataclass(frozen=True)
class Encoding:
    """A codec's name and how many lines the file has; `damaged` where single bytes do not fit it."""

    name: str
    lines: int
    damaged: bool = False


def open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked where it is gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


def head_of(path: Path, size: int = 1 << 16) -> bytes:
    """The first `size` bytes; a broken archive raises `InputFileError`."""
    try:
        with open_bytes(path) as file:
            return file.read(size)
    except (OSError, EOFError, zlib.error) as exc:
        raise unreadable(path, exc) from exc


def unreadable(path: Path, exc: BaseException) -> InputFileError:
    """The error for a file that the system or the unpacker cannot read."""
    return InputFileError(
        Sentence(f"读不了 {path.name}：{exc}", f"cannot read {path.name}: {exc}"),
        file=str(path),
        remedy=Sentence(
            "检查文件是否完整、是否有权读取，再重新拷贝或导出",
            "check that the file is complete and that you may read it, then copy or export it again",
        ),
    )


def detect(path: Path) -> Encoding:
    """The encoding of a text file; raises `InputFileError` with the first bad line where none fits."""
    head = head_of(path)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return _judged(path, (name,))
    return _judged(path, _without_mark(head))


def _without_mark(head: bytes) -> tuple[str, ...]:
    """Candidates for a file without a byte order mark; many zero bytes mean UTF-16."""
    if head.count(0) > len(head) // 5:
        return ("utf-16-le",) if head[1::2].count(0) >= head[::2].count(0) else ("utf-16-be",)
    wide = [name for end, name in ((b"\n\x00", "utf-16-le"), (b"\x00\n", "utf-16-be")) if end in head]
    return ("utf-8", *wide, "gb18030")


def _judged(path: Path, names: tuple[str, ...]) -> Encoding:
    for name in names:
        if (lines := _strict_lines(path, name)) is not None:
            return Encoding(name, lines)
    shares = [(_bad_share(path, name), name) for name in names if not name.startswith("utf-16")]
    best = min(shares, default=((1.0, 0, 0), ""))
    (share, lines, first), name = best
    if share > BAD_SHARE:
        raise InputFileError(
            Sentence(
                f"{path.name} 不是 UTF-8、UTF-16 或 GB18030 编码的文本（第 {first} 行起有读不出的字节）",
                f"{path.name} is not text in UTF-8, UTF-16 or GB18030 (first bad byte on line {first})",
            ),
            file=str(path),
            line=first or None,
            remedy=Sentence(
                "另存为 UTF-8（Excel 里选“CSV UTF-8”）或 .xlsx",
                "save the file as UTF-8 (Excel: 'CSV UTF-8') or as .xlsx",
            ),
        )
    return Encoding(name, lines, damaged=True)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with open_bytes(path) as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except (OSError, EOFError, zlib.error) as exc:
        raise unreadable(path, exc) from exc


def _strict_lines(path: Path, name: str) -> int | None:
    """How many lines the file has if it decodes without a fault, else None."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    feeds = returns = 0
    try:
        for chunk in _chunks(path):
            text = decoder.decode(chunk)
            feeds += text.count("\n")
            returns += text.count("\r")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return feeds or returns


def _bad_share(path: Path, name: str) -> tuple[float, int, int]:
    """Share of bad bytes among characters beyond ASCII, lines, and the first line with a bad byte."""
    decoder = codecs.getincrementaldecoder(name)("surrogateescape")
    bad = wide = lines = first = 0
    for chunk in (*_chunks(path), b""):
        text = decoder.decode(chunk, final=not chunk)
        faults = sum(1 for char in text if ord(char) in SURROGATES)
        if faults and not first:
            at = next(i for i, char in enumerate(text) if ord(char) in SURROGATES)
            first = lines + text.count("\n", 0, at) + 1
        bad += faults
        wide += sum(1 for char in text if ord(char) > 127)
        bad += _rare(text) if name == "gb18030" else 0
        lines += text.count("\n")
    return bad / max(wide, 1), lines, first


def _rare(text: str) -> int:
    """Characters outside GB 2312: rare in Chinese, usual where other bytes are taken for it."""
    kept = text.encode("gb2312", "ignore").decode("gb2312")
    return sum(1 for char in text if ord(char) > 127 and ord(char) not in SURROGATES) - sum(
        1 for char in kept if ord(char) > 127
    )


def has_bad_bytes(text: str) -> bool:
    """Whether bytes that did not decode stand in this text."""
    return not text.isascii() and any(ord(char) in SURROGATES for char in text)


def without_bad_bytes(text: str) -> str:
    """The text with U+FFFD in place of every byte that did not decode."""
    return "".join("\ufffd" if ord(char) in SURROGATES else char for char in text)
