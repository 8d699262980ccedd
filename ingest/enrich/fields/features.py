"""A text as numbers: which character pairs and triples it holds (hashed), and its static vector."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 16
LONGEST = 400
_NUMBER = re.compile(r"[0-9]+")
_CODES = re.compile(r"(?:中图)?(?:分\s*类\s*号|文章编号|doi)[^，。；;,]*", re.I)
_OUT = re.compile(r"[^\u3400-\u9fffa-z0]+")
_WORD = re.compile(r"[\u3400-\u9fffa-z]{2}")
_SEED = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


def tidy(text: str) -> str:
    """The text as it is looked at: folded, without classification codes, numbers as 0, gaps as one space."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    return _OUT.sub(" ", _NUMBER.sub("0", _CODES.sub(" ", text))).strip()


def says_something(tidied: str) -> bool:
    """Whether a tidied text has a word: two letters or characters side by side."""
    return _WORD.search(tidied) is not None


@dataclass(frozen=True)
class Grams:
    """Which buckets each of `count` texts has, each once: `rows` ascending, `buckets` beside."""

    count: int
    rows: NDArray[np.int64]
    buckets: NDArray[np.int64]


def grams(texts: Sequence[str]) -> Grams:
    """The hashed pairs and triples of characters of tidied texts; none across a gap."""
    joined = " ".join(texts) + "  "
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    first, second, third = codes[: len(owner)], codes[1 : len(owner) + 1], codes[2:]
    third = np.concatenate([third, np.full(2, 32, np.uint64)])[: len(owner)]
    pair = (first != 32) & (second != 32)
    triple = pair & (third != 32)
    two = first * _SEED[0] + second * _SEED[1]
    three = two + (third + np.uint64(1)) * _SEED[2]
    values = np.concatenate([_bucket(two[pair]), _bucket(three[triple])])
    keys = np.unique(np.concatenate([owner[pair], owner[triple]]) * BUCKETS + values)
    return Grams(len(texts), keys // BUCKETS, keys % BUCKETS)


def _bucket(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    mixed = (values ^ (values >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(48)).astype(np.int64)
