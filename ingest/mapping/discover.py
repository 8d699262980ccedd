"""Which files a list of paths means: folders are walked in order; what is no register is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputFileError
from kg.wording import Sentence

DATA = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".parquet"})
"""Endings that say that a file is a register; in a folder, a file of another ending may be something else."""
_PASSED = re.compile(
    r"^[.~]|^(?:thumbs\.db|desktop\.ini|readme|license)(?:\.|$)"
    r"|\.(?:zip|rar|7z|tar|tgz|tar\.\w+|bz2|xz|zst|ya?ml|toml|ini|md|rst|html?|pdf|docx?|pptx?|png|jpe?g"
    r"|gif|svg|py|sh|log|lock|tmp|bak|npy)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A file to read; `named` where the caller gave its own path, `relative` its path in the folder."""

    path: Path
    relative: str
    named: bool

    @property
    def is_data(self) -> bool:
        """Whether its name says that it is a register."""
        name = self.path.name.lower().removesuffix(".gz")
        return self.named or any(name.endswith(ending) for ending in DATA)


def discover(paths: Sequence[Path]) -> list[Found]:
    """The files that these paths mean, each once. Raises `InputFileError` for a path that is not there, a
    source file given as data, or folders without any file."""
    found: dict[Path, Found] = {}
    for path in paths:
        if path.is_dir():
            for one in _walk(path):
                found.setdefault(one.path.resolve(), one)
        else:
            found[path.resolve()] = _named(path)
    if not found:
        where = ", ".join(str(path) for path in paths)
        raise InputFileError(
            Sentence(f"{where} 里没有登记表", f"there is no register in {where}"),
            file=where,
            remedy=Sentence(
                "给 .csv、.tsv、.xlsx、.jsonl 或 .parquet 文件，或放有这些文件的文件夹",
                "give .csv, .tsv, .xlsx, .jsonl or .parquet files, or a folder that holds some",
            ),
        )
    return list(found.values())


def _named(path: Path) -> Found:
    if not path.exists():
        raise InputFileError.no_file(path)
    if path.suffix.lower() in (".yaml", ".yml"):
        raise InputFileError(
            Sentence(f"{path.name} 是来源描述文件，不是数据", f"{path.name} is a source file, not data"),
            file=str(path),
            remedy=Sentence(f"用 --source {path} 给出", f"give it with --source {path}"),
        )
    return Found(path, path.name, named=True)


def _walk(folder: Path) -> Iterator[Found]:
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).parts):
        parts = path.relative_to(folder).parts
        if (
            path.is_file()
            and not any(part.startswith(".") for part in parts)
            and not _PASSED.search(path.name)
        ):
            yield Found(path, "/".join(parts), named=False)
