"""Where training starts: the teacher's word vectors, fewer numbers, common words made light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.static import normalise

_VOCABULARY_SHARE = 0.25
_SIF = 1e-4


@dataclass(frozen=True)
class Start:
    """`rows` (tokens + 1, dim): the student's first table, row 0 (unknown) zero; `goals` (texts, dim): the
    teacher's vectors, centred, projected, of length 1."""

    rows: NDArray[np.float32]
    goals: NDArray[np.float32]


def starting_point(
    words: NDArray[np.float32], texts: NDArray[np.float32], weight: NDArray[np.float64], dim: int
) -> Start:
    """Project the teacher's vectors of `words` and `texts` onto their shared first `dim` principal axes.

    Both are centred first: all the teacher's vectors lean one way, which says nothing about a text. Word rows
    are scaled by smooth inverse frequency, a / (a + p(word)) with a = 1e-4: Arora, Liang and Ma, "A simple
    but tough-to-beat baseline for sentence embeddings", ICLR 2017.
    """
    centred_texts, centred_words = texts - texts.mean(axis=0), words - words.mean(axis=0)
    axes = _principal_axes(centred_texts, centred_words, dim)
    sif = (_SIF / (_SIF + weight / weight.sum())).astype(np.float32)
    rows = centred_words @ axes * sif[:, None]
    return Start(np.vstack([np.zeros((1, dim), np.float32), rows]), normalise(centred_texts @ axes))


def _principal_axes(texts: NDArray[np.float32], words: NDArray[np.float32], dim: int) -> NDArray[np.float32]:
    covariance = texts.T @ texts / len(texts) + _VOCABULARY_SHARE * words.T @ words / len(words)
    _, axes = np.linalg.eigh(covariance)
    return np.ascontiguousarray(axes[:, ::-1][:, :dim], dtype=np.float32)


def centre(rows: NDArray[np.float32], ids: list[NDArray[np.int64]], rounds: int = 5) -> NDArray[np.float32]:
    """Subtract one vector from every row, so that the unit vectors of the texts `ids` have mean zero.

    A text's vector is the mean of its rows: what is taken from each row is taken from every text, and no
    reader of the model needs to know of it. Normalising follows, hence the rounds. Row 0 (unknown) stays
    zero.
    """
    means = np.vstack([rows[text].mean(axis=0) for text in ids]).astype(np.float32)
    shift = np.zeros(rows.shape[1], np.float32)
    for _ in range(rounds):
        length = np.linalg.norm(means - shift, axis=1)
        # The vector at which sum((mean - shift) / length) is zero, were the lengths right already.
        inverse = 1 / np.maximum(length, 1e-9)
        shift = ((means * inverse[:, None]).sum(axis=0) / inverse.sum()).astype(np.float32)
    moved = rows - shift
    moved[0] = 0
    return moved
