"""How good the classifier is on texts that it has not seen, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.enrich.fields import known_words
from ingest.enrich.fields.examples import Example
from ingest.enrich.fields.model import Model
from ingest.enrich.fields.training import Encode

_FEW, _WORST, _PAIRS, _BINS = 10, 10, 8, 5


def report(model: Model, examples: Sequence[Example], encode: Encode, title: str) -> str:
    """Figures per field, macro-F1, reliability, confusions and the worst errors.

    A field that telling words speak for and the codes do not is counted neither as right nor as wrong.
    """
    texts = [example.text for example in examples]
    probability = model.probabilities(texts, encode(known_words(texts)))
    true = np.array([[name in e.fields for name in model.names] for e in examples])
    maybe = np.array([[name in e.maybe for name in model.names] for e in examples])
    said = (probability >= model.threshold) & ~maybe
    lines = [f"{title}: {len(examples)} texts", "", *_fields(model, true, said), ""]
    lines += [_none(true, said), "", *_reliability(probability[~maybe], true[~maybe]), ""]
    lines += ["Most frequent confusions (true, said instead):", *_confusions(model, true, said), ""]
    lines += ["Worst errors (surest wrong):", *_worst(model, examples, probability, true | maybe)]
    return "\n".join(lines) + "\n"


def _fields(model: Model, true: NDArray[np.bool_], said: NDArray[np.bool_]) -> Iterator[str]:
    yield "| field | texts | precision | recall | F1 |"
    yield "|---|---|---|---|---|"
    right, texts, claims = (true & said).sum(0), true.sum(0), said.sum(0)
    score = 2 * right / np.maximum(texts + claims, 1)
    for column, name in enumerate(model.names):
        precision, recall = right[column] / max(claims[column], 1), right[column] / max(texts[column], 1)
        yield f"| {name} | {texts[column]} | {precision:.2f} | {recall:.2f} | {score[column]:.2f} |"
    micro = 2 * right.sum() / max(texts.sum() + claims.sum(), 1)
    yield ""
    yield (
        f"macro-F1 {score[texts > 0].mean():.3f} over the {(texts > 0).sum()} fields with texts, "
        f"{score[texts >= _FEW].mean():.3f} over the {(texts >= _FEW).sum()} with at least {_FEW}; "
        f"micro-F1 {micro:.3f}"
    )


def _none(true: NDArray[np.bool_], said: NDArray[np.bool_]) -> str:
    none, silent = ~true.any(1), ~said.any(1)
    both = (none & silent).sum()
    return (
        f"None: {none.sum()} texts, precision {both / max(silent.sum(), 1):.2f}, "
        f"recall {both / max(none.sum(), 1):.2f}"
    )


def _reliability(probability: NDArray[np.float32], true: NDArray[np.bool_]) -> Iterator[str]:
    yield "| probability said | pairs | mean said | true |"
    yield "|---|---|---|---|"
    place = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    for number in range(_BINS):
        here = place == number
        if here.any():
            edges = f"{number / _BINS:.1f}–{(number + 1) / _BINS:.1f}"
            yield f"| {edges} | {here.sum()} | {probability[here].mean():.3f} | {true[here].mean():.3f} |"


def _confusions(model: Model, true: NDArray[np.bool_], said: NDArray[np.bool_]) -> Iterator[str]:
    pairs = (true & ~said).astype(int).T @ (said & ~true).astype(int)
    for place in np.argsort(-pairs, axis=None, kind="stable")[:_PAIRS]:
        missed, instead = divmod(int(place), len(model.names))
        yield f"- {model.names[missed]} → {model.names[instead]}: {pairs[missed, instead]}"


def _worst(
    model: Model, examples: Sequence[Example], probability: NDArray[np.float32], true: NDArray[np.bool_]
) -> Iterator[str]:
    wrong = np.where(true, 0, probability)
    for row in np.argsort(-wrong.max(axis=1), kind="stable")[:_WORST]:
        column = int(wrong[row].argmax())
        codes = "、".join(sorted(examples[row].fields)) or "none"
        said = f"{model.names[column]} ({wrong[row, column]:.2f})"
        yield f"- `{examples[row].id}`: said {said}, codes say {codes}"
