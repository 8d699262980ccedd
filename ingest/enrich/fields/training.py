"""Trains the classifier: one logistic regression per field, Platt's calibration, a threshold for none.

Needs scipy (the extra `train`); using the model needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.enrich.fields.examples import Example
from ingest.enrich.fields.features import BUCKETS, grams, tidy
from ingest.enrich.fields.model import Model
from ingest.enrich.fields.scheme import Scheme

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
_WEIGHT = {"coded": 1.0, "words": 0.5, "ours": 2.0}
_DENSE = 0.5
# A field of fewer coded positives also takes the titles that its telling words speak for.
_THIN = 150
_FOLDS = 2
_LOWEST, _HIGHEST = 0.25, 0.6
# Thresholds from few positives are drawn to this one, as if so many more had been seen.
_USUAL, _AS_IF = 0.4, 20.0


@dataclass(frozen=True)
class Settings:
    """`strength`: inverse of the penalty; `rounds`: most, of L-BFGS; `test`: percent of groups kept out."""

    strength: float = 3.0
    rounds: int = 150
    test: int = 15


def in_test(example: Example, settings: Settings) -> bool:
    """Whether an example is held out: by its group's hash, so that the same text is on one side only."""
    return int(example.group, 16) % 100 < settings.test if example.kind != "ours" else False


def train(examples: Sequence[Example], scheme: Scheme, encode: Encode | None, settings: Settings) -> Model:
    """A calibrated model of these examples, none of them held out here."""
    data = _Data.of(_both_lengths(examples), scheme, encode)
    model = _fit(data, np.ones(len(data.fold), dtype=bool), settings)
    held_out = np.zeros(data.labels.shape, dtype=np.float32)
    for fold in range(_FOLDS):
        part = data.fold == fold
        held_out[part] = _decide(data, part, _fit(data, ~part, settings))
    return _calibrated(_model(model, scheme, data), held_out, data)


def _both_lengths(examples: Sequence[Example]) -> list[Example]:
    """Each with an abstract also by its title alone: registers hold both."""
    return [*examples, *(replace(example, abstract="") for example in examples if example.abstract)]


@dataclass(frozen=True)
class _Data:
    sparse: Any
    dense: NDArray[np.float32]
    labels: NDArray[np.bool_]
    counts: NDArray[np.float64]
    real: NDArray[np.bool_]
    fold: NDArray[np.int64]
    idf: NDArray[np.float32]

    @classmethod
    def of(cls, examples: Sequence[Example], scheme: Scheme, encode: Encode | None) -> _Data:
        from scipy.sparse import csr_matrix

        texts = [example.text for example in examples]
        found = grams([tidy(text) for text in texts])
        often = np.bincount(found.buckets, minlength=BUCKETS)
        idf = np.log((1 + len(texts)) / (1 + often)).astype(np.float16).astype(np.float32)
        values = idf[found.buckets]
        length = np.sqrt(np.bincount(found.rows, values * values, minlength=len(texts)))
        values = (values / np.where(length > 0, length, 1)[found.rows]).astype(np.float32)
        sparse = csr_matrix((values, (found.rows, found.buckets)), shape=(len(texts), BUCKETS))
        dense = np.zeros((len(texts), 0), dtype=np.float32) if encode is None else _DENSE * encode(texts)
        labels = np.array([[name in e.fields for name in scheme.names] for e in examples])
        maybe = np.array([[name in e.maybe for name in scheme.names] for e in examples])
        thin = labels[[e.kind == "coded" for e in examples]].sum(axis=0) < _THIN
        labels |= maybe & thin
        weight = np.array([_WEIGHT[e.kind] for e in examples])[:, None]
        return cls(
            sparse,
            dense,
            labels,
            np.where(maybe & ~labels, 0.0, weight),
            np.array([e.kind == "coded" for e in examples]),
            np.array([int(e.group, 16) // 100 % _FOLDS if e.kind != "ours" else -1 for e in examples]),
            idf,
        )


def _fit(data: _Data, rows: NDArray[np.bool_], settings: Settings) -> NDArray[np.float64]:
    """(features + 1, fields): weights, the bias last; all fields at once by L-BFGS on the log loss."""
    from scipy.optimize import minimize

    sparse, dense = data.sparse[rows], data.dense[rows]
    back = sparse.T.tocsr()
    labels, counts = data.labels[rows].astype(np.float32), data.counts[rows].astype(np.float32)
    shape = (BUCKETS + dense.shape[1] + 1, labels.shape[1])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape)
        low = weights.astype(np.float32)
        logits = sparse @ low[:BUCKETS] + dense @ low[BUCKETS:-1] + low[-1]
        error = counts * (1 / (1 + np.exp(-np.clip(logits, -30, 30))) - labels)
        slope = np.concatenate([back @ error, dense.T @ error, error.sum(axis=0, keepdims=True)])
        penalty = weights / settings.strength
        penalty[-1] = 0
        value = (counts * (np.logaddexp(0, logits) - labels * logits)).sum(dtype=np.float64)
        return float(value + 0.5 * (weights * penalty).sum()), (slope + penalty).ravel()

    start = np.zeros(shape)
    start[-1] = -3.0
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": settings.rounds})
    return np.asarray(found.x, dtype=np.float64).reshape(shape)


def _decide(data: _Data, rows: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.float32]:
    low = weights.astype(np.float32)
    logits = data.sparse[rows] @ low[:BUCKETS] + data.dense[rows] @ low[BUCKETS:-1] + low[-1]
    return np.asarray(logits, dtype=np.float32)


def _model(weights: NDArray[np.float64], scheme: Scheme, data: _Data) -> Model:
    sparse = weights[:BUCKETS]
    scale = np.abs(sparse).max(axis=0) / 127
    ones = np.ones(len(scheme), dtype=np.float32)
    return Model(
        names=scheme.names,
        weights=np.rint(sparse / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        dense=(_DENSE * weights[BUCKETS:-1]).astype(np.float32),
        bias=weights[-1].astype(np.float32),
        idf=data.idf,
        slope=ones,
        offset=0 * ones,
        threshold=_USUAL * ones,
        about={},
    )


def _calibrated(model: Model, logits: NDArray[np.float32], data: _Data) -> Model:
    """Platt's sigmoid and the threshold of the best F1, from the coded texts while they were held out."""
    slope, offset, threshold = model.slope.copy(), model.offset.copy(), model.threshold.copy()
    for column in range(len(model.names)):
        rows = data.real & (data.counts[:, column] > 0)
        said, true = logits[rows, column], data.labels[rows, column]
        if true.sum() >= _FOLDS:
            slope[column], offset[column] = _platt(said, true)
        probability = 1 / (1 + np.exp(-(slope[column] * said + offset[column])))
        best = _best_threshold(probability, true)
        share = true.sum() / (true.sum() + _AS_IF)
        threshold[column] = share * best + (1 - share) * _USUAL
    return replace(model, slope=slope, offset=offset, threshold=threshold)


def _platt(said: NDArray[np.float32], true: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the sigmoid that makes these logits probabilities (Platt 1999)."""
    from scipy.optimize import minimize

    def loss(at: NDArray[np.float64]) -> float:
        logits = at[0] * said.astype(np.float64) + at[1]
        return float((np.logaddexp(0, logits) - true * logits).mean())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(found.x[0]), float(found.x[1])


def _best_threshold(probability: NDArray[np.float32], true: NDArray[np.bool_]) -> float:
    grid = np.arange(_LOWEST, _HIGHEST + 0.001, 0.025)
    scores = [2 * (true & (probability >= t)).sum() / (true.sum() + (probability >= t).sum()) for t in grid]
    return float(grid[int(np.argmax(scores))])
