"""The vectors and texts of the embedded store: segments in a folder, read when they are first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kg.errors import StoreError
from kg.store.index.bm25 import TextIndex
from kg.store.index.segments import (
    Changes,
    bytes_of,
    load_texts,
    load_vectors,
    sweep,
    write_base,
    write_changes,
)
from kg.store.index.vectors import VectorIndex
from kg.wording import Sentence

INDEX = "index"
_Index = TypeVar("_Index", VectorIndex, TextIndex)
_READ_AGAIN = 5
_MANY_TAILS = 64
_MUCH = 0.1
"""The share of the index that may lie in segments beside the base before a save joins them."""


class FolderIndex:
    """The index of one state of the graph, which names its segments.

    `look_again` is called where a segment is gone because a writer has joined them meanwhile: it points this
    index at a later state and says whether there may be one.
    """

    def __init__(self, store: Path, look_again: Callable[[], bool]) -> None:
        self.folder = store / INDEX
        self._look_again = look_again
        self._lock = threading.RLock()
        self._segments: tuple[str, ...] = ()
        self._vectors: VectorIndex | None = None
        self._texts: TextIndex | None = None

    def point_at(self, segments: tuple[str, ...]) -> None:
        """Answer from these segments from now on."""
        if segments != self._segments:
            self._segments = segments
            self.forget()

    def forget(self) -> None:
        """Let go of what was read; it is read again when asked for."""
        self._vectors = self._texts = None

    def vectors(self) -> VectorIndex:
        """Raises `StoreError` where a segment is gone."""
        with self._lock:
            if self._vectors is None:
                self._vectors = self._read(load_vectors)
            return self._vectors

    def texts(self) -> TextIndex:
        """Raises `StoreError` where a segment is gone."""
        with self._lock:
            if self._texts is None:
                self._texts = self._read(load_texts)
            return self._texts

    def holds(self, one: str) -> bool:
        return one in self.vectors() or one in self.texts()

    def _read(self, load: Callable[[Path, tuple[str, ...]], _Index]) -> _Index:
        for _ in range(_READ_AGAIN):
            try:
                return load(self.folder, self._segments)
            except FileNotFoundError:
                if not self._look_again():
                    break
        raise StoreError(
            Sentence(f"{self.folder}：缺少索引文件", f"{self.folder}: an index file is missing"),
            file=str(self.folder),
            remedy=Sentence(
                "把导出件导入新库，或重新导入登记表",
                "import an export of this store into a new one, or ingest again",
            ),
        )

    def write(self, changes: Changes) -> str | None:
        """A segment of these changes, if any; it counts for nothing until a state names it."""
        return write_changes(self.folder, changes) if changes else None

    def adopt(self, changes: Changes, segments: tuple[str, ...]) -> None:
        """Take over changes whose segment is now among those that count."""
        with self._lock:
            self._segments = segments
            if self._vectors is not None:
                changes.apply_vectors(self._vectors)
            if self._texts is not None:
                changes.apply_texts(self._texts)

    def scattered(self) -> bool:
        """Whether the segments since the last base are many, or hold much beside it."""
        tails = [name for name in self._segments if name.startswith("tail")]
        if len(tails) > _MANY_TAILS or len(tails) == len(self._segments) > 0:
            return True
        grown = sum(bytes_of(self.folder / name) for name in tails)
        return grown > _MUCH * sum(bytes_of(self.folder / name) for name in self._segments)

    def join(self) -> str:
        """Write all that counts as one segment; its name."""
        return write_base(self.folder, self.vectors(), self.texts())

    def sweep(self, keep: set[str]) -> None:
        """Remove the segments that no state names any more."""
        sweep(self.folder, keep)
