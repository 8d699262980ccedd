"""Segmentation for full text: characters and bigrams of Chinese, whole words of everything else.

Both stores index and match the same tokens, so that BM25 means the same on both. Characters + bigrams beat
dictionary words on Chinese registration texts (measured; see docs/matching.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kg.schema.model import KindSpec
from kg.store.base import Property

_RUNS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9α-ω]+(?:[.\-][a-z0-9]+)*")


def fold(text: str) -> str:
    """The text as it is compared: NFKC (full-width to half-width), lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """Tokens of a text: of a Chinese run its characters, then its bigrams; otherwise the word itself."""
    return list(_tokens(fold(text)))


def _tokens(folded: str) -> Iterator[str]:
    for run in _RUNS.findall(folded):
        if run[0] < "\u3400":
            yield run
            if not run.isalnum():
                yield from re.split(r"[.\-]", run)
            continue
        yield from run
        yield from (run[i : i + 2] for i in range(len(run) - 1))


def index_tokens(kind: KindSpec, properties: Mapping[str, Property | None]) -> str:
    """The space separated tokens to index for a node: each searchable property repeated by its weight."""
    parts: list[str] = []
    for spec in kind.properties.values():
        value = properties.get(spec.name)
        if spec.search and value:
            text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
            parts.extend(tokens(text) * spec.search)
    return " ".join(parts)


def embed_text(kind: KindSpec, properties: Mapping[str, Property | None]) -> str:
    """The text whose vector stands for a node: its embedded properties, in the schema's order."""
    values = (properties.get(spec.name) for spec in kind.properties.values() if spec.embed)
    return "。".join(" ".join(map(str, v)) if isinstance(v, list) else str(v) for v in values if v)
