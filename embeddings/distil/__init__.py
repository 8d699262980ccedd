"""Makes a small static model out of a transformer and a corpus: minutes on two cores, no GPU.

The packages that it needs (torch, sentence-transformers, jieba) are imported when it runs, not before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.distil.start import centre, starting_point
from embeddings.distil.student import Student
from embeddings.distil.teacher import open_teacher
from embeddings.distil.texts import Document, read_corpus, training_texts
from embeddings.distil.vocabulary import build_vocabulary
from embeddings.distil.words import read_lexicon
from embeddings.errors import EncoderError
from embeddings.export import write_int8

__all__ = ["Document", "distil", "read_corpus"]

_LEAST = 100
_WORD_WINDOW, _TEXT_WINDOW = 32, 200  # tokens that the teacher reads


def distil(
    teacher_dir: Path,
    corpus: Sequence[Document],
    out: Path,
    *,
    steps: int = 800,
    dim: int = 256,
    keep: int = 20_000,
    seed: int = 0,
    progress: Callable[[str], None] = lambda message: None,
) -> Path:
    """Distil the teacher in `teacher_dir` into the new static model folder `out`, and return `out`.

    `dim` numbers per vector, `keep` words of two characters and more beside all characters. The same
    arguments on the same kind of machine give the same model. Raises EncoderError where a package is
    missing, the teacher cannot be read, the corpus is tiny or `out` exists.
    """
    if len(corpus) < _LEAST:
        raise EncoderError(
            f"The corpus has {len(corpus)} documents, at least {_LEAST} are needed",
            "Give more texts, or another --source",
        )
    if out.exists():  # said now, not after minutes of work
        raise EncoderError(f"{out} exists already", "Give a folder that does not exist yet")
    teacher = open_teacher(teacher_dir)
    lexicon = read_lexicon(f"{document.title} {document.abstract}" for document in corpus)
    material = training_texts(corpus, lexicon, random.Random(seed))
    vocabulary = build_vocabulary(lexicon, teacher.pieces, keep)
    progress(f"{len(material.texts)} texts, {len(vocabulary.tokens)} tokens")

    words = teacher.encode(vocabulary.tokens, _WORD_WINDOW, progress)
    texts = teacher.encode(material.texts, _TEXT_WINDOW, progress)
    tokenizer = vocabulary.tokenizer()
    ids = _token_ids(tokenizer, material.texts)
    student = Student(starting_point(words, texts, vocabulary.weight, dim), ids)
    student.train(np.array(material.pairs), steps, seed, progress)
    write_int8(centre(student.rows(), ids[: material.real]), tokenizer, out)
    return out


def _token_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[NDArray[np.int64]]:
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    # A text without a known token stands as the unknown one alone, whose row is zero.
    return [np.array([i for i in encoding.ids if i] or [0], np.int64) for encoding in encodings]
