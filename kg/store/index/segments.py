"""What a transaction changed in the indexes, as a folder beside the graph.

A segment is written before the graph names it and never changed afterwards: one that no saved graph names is
harmless and swept away by the next writer.
"""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.store.base import Vectors
from kg.store.index.bm25 import TextIndex
from kg.store.index.postings import Postings, read_lines
from kg.store.index.vectors import VectorIndex


@dataclass
class Changes:
    """Vectors and texts put, and ids dropped (None), in one transaction."""

    vectors: dict[str, Vectors | None] = field(default_factory=dict)
    texts: dict[str, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.vectors or self.texts)

    def drop(self, one: str) -> None:
        self.vectors[one] = None
        self.texts[one] = None

    def put_vectors(self) -> tuple[list[str], Vectors]:
        """Ids with a new vector, and the vectors as one matrix."""
        rows = {one: vector for one, vector in self.vectors.items() if vector is not None}
        matrix = np.stack(list(rows.values())) if rows else np.empty((0, 0), dtype=np.float32)
        return list(rows), matrix

    def apply_vectors(self, index: VectorIndex) -> None:
        index.drop([one for one, vector in self.vectors.items() if vector is None])
        index.add(*self.put_vectors())

    def apply_texts(self, index: TextIndex) -> None:
        index.drop({one for one, text in self.texts.items() if text is None})
        index.put({one: text for one, text in self.texts.items() if text is not None})


def write_changes(folder: Path, changes: Changes) -> str:
    """Write a segment of changes; its name."""
    target = _fresh(folder, "tail")
    ids, matrix = changes.put_vectors()
    _matrix(target / "vectors.npy", matrix)
    _lines(target / "vectors.ids", ids)
    _lines(target / "vectors.drop", [one for one, vector in changes.vectors.items() if vector is None])
    _lines(
        target / "texts.tsv", [f"{one}\t{text}" for one, text in changes.texts.items() if text is not None]
    )
    _lines(target / "texts.drop", [one for one, text in changes.texts.items() if text is None])
    return target.name


def read_changes(folder: Path) -> Changes:
    """The changes of a segment."""
    changes = Changes()
    changes.vectors.update(dict.fromkeys(read_lines(folder / "vectors.drop")))
    matrix = np.load(folder / "vectors.npy")
    changes.vectors.update(zip(read_lines(folder / "vectors.ids"), matrix, strict=True))
    changes.texts.update(dict.fromkeys(read_lines(folder / "texts.drop")))
    for line in read_lines(folder / "texts.tsv"):
        one, _, text = line.partition("\t")
        changes.texts[one] = text
    return changes


def write_base(folder: Path, vectors: VectorIndex, texts: TextIndex) -> str:
    """Write everything as one segment, flushed to the disk; its name."""
    target = _fresh(folder, "base")
    ids, matrix = vectors.rows()
    _matrix(target / "vectors.npy", matrix)
    _lines(target / "vectors.ids", ids)
    texts.merged().save(target)
    for file in target.iterdir():
        _flush(file)
    _flush(target)
    _flush(folder)
    return target.name


def load_vectors(folder: Path, names: tuple[str, ...]) -> VectorIndex:
    """The vector index of these segments, oldest first."""
    index = VectorIndex()
    for name in names:
        if name.startswith("base"):
            index.add(read_lines(folder / name / "vectors.ids"), _mapped(folder / name / "vectors.npy"))
        else:
            read_changes(folder / name).apply_vectors(index)
    return index


def load_texts(folder: Path, names: tuple[str, ...]) -> TextIndex:
    """The text index of these segments, oldest first."""
    index = TextIndex()
    for name in names:
        if name.startswith("base"):
            index = TextIndex(Postings.load(folder / name))
        else:
            read_changes(folder / name).apply_texts(index)
    return index


def bytes_of(segment: Path) -> int:
    """The size of a segment's files."""
    return sum(file.stat().st_size for file in segment.iterdir())


def sweep(folder: Path, keep: set[str]) -> None:
    """Remove segments that no saved graph names."""
    for child in folder.iterdir():
        if child.name not in keep:
            shutil.rmtree(child, ignore_errors=True)


def _mapped(file: Path) -> Vectors:
    """The rows of a file, read as they are used; as a plain array, whose rows are taken without ado."""
    matrix: Vectors = np.asarray(np.load(file, mmap_mode="r"))
    return matrix


def _fresh(folder: Path, prefix: str) -> Path:
    target = folder / f"{prefix}-{secrets.token_hex(8)}"
    target.mkdir(parents=True)
    return target


def _matrix(file: Path, matrix: Vectors) -> None:
    """Write an array through Python's own file, whose errors say why (numpy's: "76800 requested …")."""
    with file.open("wb") as handle:
        np.lib.format.write_array_header_1_0(handle, np.lib.format.header_data_from_array_1_0(matrix))
        handle.write(np.ascontiguousarray(matrix).data)


def _lines(file: Path, lines: list[str]) -> None:
    file.write_text("\n".join(lines), encoding="utf-8")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
