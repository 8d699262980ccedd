"""What a store says about itself, kept in one bookkeeping node of its graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.errors import EncoderMismatchError, StoreVersionError
from kg.store.base import IndexInfo, Property
from kg.store.bookkeeping import FORMAT
from kg.wording import Sentence


@dataclass(frozen=True)
class Meta:
    """`generation` rises with every commit; `segments` are the embedded store's index files, oldest first.

    They stand in the graph so that one commit moves graph, vectors and texts together.
    """

    generation: int = 0
    segments: tuple[str, ...] = ()
    info: IndexInfo | None = None
    format: int = FORMAT
    filling: bool = False
    """Whether an import is half done."""

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Meta:
        info = None
        if properties.get("encoder"):
            info = IndexInfo(
                properties["encoder"], int(properties["dimension"]), properties.get("fingerprint", "")
            )
        return cls(
            int(properties.get("generation", 0)),
            tuple(properties.get("segments") or ()),
            info,
            int(properties.get("format", FORMAT)),
            bool(properties.get("filling", False)),
        )

    def properties(self) -> dict[str, Property]:
        """As stored."""
        found: dict[str, Property] = {
            "generation": self.generation,
            "segments": list(self.segments),
            "format": self.format,
            "kind": "Meta",
        }
        if self.info:
            found |= {
                "encoder": self.info.encoder,
                "dimension": self.info.dimension,
                "fingerprint": self.info.fingerprint,
            }
        return found

    def next(self, segment: str | None) -> Meta:
        """After one more commit, with the segment it wrote."""
        added = (*self.segments, segment) if segment else self.segments
        return replace(self, generation=self.generation + 1, segments=added)

    def with_info(self, info: IndexInfo, *, vectors: int) -> Meta:
        """With the encoder recorded; raises `EncoderMismatchError` where another one's vectors are there."""
        if self.info and vectors and self.info != info:
            raise EncoderMismatchError(
                Sentence(
                    f"库里的向量是用 {_words(self.info, '维')} 算的，不是 {_words(info, '维')}",
                    f"the vectors of this store were made by {_words(self.info)}, not by {_words(info)}",
                ),
                remedy=Sentence(
                    f"用 {self.info.encoder}，或用 {info.encoder} 导入一个新库",
                    f"use encoder {self.info.encoder}, or ingest into a new store with {info.encoder}",
                ),
            )
        return replace(self, info=info)


def _words(info: IndexInfo, numbers: str = "numbers") -> str:
    return f"{info.encoder} ({info.dimension} {numbers}, {info.fingerprint[:12]})"


def check_format(found: int, where: str) -> None:
    """Raise `StoreVersionError` for a store that a newer version wrote."""
    if found > FORMAT:
        raise StoreVersionError(
            Sentence(
                f"{where} 是更新的版本写的（格式 {found}；本版本最高读到 {FORMAT}）",
                f"{where} was written by a newer version (format {found}; this one reads up to {FORMAT})",
            ),
            remedy=Sentence(
                "升级 zhongshi（pip install -U zhongshi），或用新版本导出",
                "upgrade zhongshi (pip install -U zhongshi), or export the store with the newer version",
            ),
        )
