"""What the student reads in training: titles, their nouns, abstracts, strings of dictionary words."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.distil.words import Lexicon
from embeddings.errors import EncoderError

_SENTENCE_END = re.compile("[。；;!！?？\n]")
_ABSTRACT_CHARS = 220  # what fits in the teacher's window of tokens
_NOUN_SENTENCES = 20_000
_SYNTHETIC = 30_000


@dataclass(frozen=True)
class Document:
    """One document of the training corpus, in lower case."""

    title: str
    abstract: str


@dataclass(frozen=True)
class TrainingTexts:
    """`texts` to imitate the teacher on, and `pairs` of positions in it that speak of the same document.

    The first `real` texts are a document's own (title, nouns, abstract); the rest are made of words.
    """

    texts: tuple[str, ...]
    real: int
    pairs: tuple[tuple[int, int], ...]


def read_corpus(path: Path, source: str | None = None) -> tuple[Document, ...]:
    """Read JSON lines (plain or gzip) with `title` and `abstract`, only those of `source` if given.

    Raises EncoderError with file and line where a line is not a JSON object.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [_row(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(
        Document(row["title"].lower(), row["abstract"].lower())
        for row in rows
        if row.get("title") and row.get("abstract") and (source is None or row.get("source") == source)
    )


def _row(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as exc:
        raise EncoderError(f"{path}, line {number}: not JSON: {exc}", "Write one JSON object a line") from exc
    if not isinstance(row, dict):
        raise EncoderError(f"{path}, line {number}: not an object", "Write one JSON object a line")
    return row


def training_texts(corpus: Iterable[Document], lexicon: Lexicon, rng: random.Random) -> TrainingTexts:
    """Texts of the lengths that the product meets, from a need's few nouns to an abstract.

    Titles, noun strings and abstracts teach more than sentences do (measured). Duplicate titles count once.
    """
    unique: dict[str, Document] = {}
    for document in corpus:
        unique.setdefault(document.title, document)
    documents = list(unique.values())
    titles = [document.title for document in documents]
    nouns = [lexicon.nouns(title) for title in titles]
    wholes = [f"{document.title}。{document.abstract}"[:_ABSTRACT_CHARS] for document in documents]
    n = len(titles)
    pairs = [(i, 2 * n + i) for i in range(n)]
    pairs += [(n + i, 2 * n + i) for i, short in enumerate(nouns) if len(short) > 3]
    short = [noun or title for noun, title in zip(nouns, titles, strict=True)]
    texts = titles + short + wholes + _noun_sentences(documents, lexicon, rng) + _synthetic(lexicon, rng)
    return TrainingTexts(tuple(texts), 3 * n, tuple(pairs))


def _noun_sentences(documents: Sequence[Document], lexicon: Lexicon, rng: random.Random) -> list[str]:
    parts = (part.strip() for document in documents for part in _SENTENCE_END.split(document.abstract))
    sentences = list(dict.fromkeys(part for part in parts if 10 <= len(part) <= 90))
    rng.shuffle(sentences)
    strings = (lexicon.nouns(sentence)[:40] for sentence in sentences[:_NOUN_SENTENCES])
    return [string for string in strings if len(string) > 5]


def _synthetic(lexicon: Lexicon, rng: random.Random) -> list[str]:
    """Strings of two to five dictionary words: they teach the words that the corpus lacks."""
    pool = lexicon.content_words
    odds = [min(lexicon.weight(word), 3000.0) ** 0.5 + 3 for word in pool]
    strings = ("".join(rng.choices(pool, odds, k=rng.randint(2, 5))) for _ in range(_SYNTHETIC))
    return list(dict.fromkeys(strings))
