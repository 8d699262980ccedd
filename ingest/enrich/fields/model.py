"""The trained classifier as it is shipped: a small `.npz`, read and applied with numpy alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.enrich.fields.errors import FieldsError
from ingest.enrich.fields.features import BUCKETS, grams, says_something, tidy

SHIPPED = Path(__file__).parent / "model.npz"
_ARRAYS = ("names", "weights", "scale", "dense", "bias", "idf", "slope", "offset", "threshold", "about")


@dataclass(frozen=True)
class Model:
    """One logistic regression per field over hashed grams (tf-idf, length 1) and the static vector.

    `weights` (buckets, fields) int8 times `scale` (fields), `dense` (dimension, fields), `bias`, `slope`,
    `offset` and `threshold` (fields); probability = sigmoid(slope · logit + offset). A field is said where
    its probability reaches its threshold.
    """

    names: tuple[str, ...]
    weights: NDArray[np.int8] = field(repr=False)
    scale: NDArray[np.float32] = field(repr=False)
    dense: NDArray[np.float32] = field(repr=False)
    bias: NDArray[np.float32] = field(repr=False)
    idf: NDArray[np.float32] = field(repr=False)
    slope: NDArray[np.float32] = field(repr=False)
    offset: NDArray[np.float32] = field(repr=False)
    threshold: NDArray[np.float32] = field(repr=False)
    about: dict[str, Any] = field(repr=False)

    def logits(self, texts: Sequence[str], vectors: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """(texts, fields) before calibration; `vectors`: the encoder's (texts, dimension), if it is used."""
        found = grams([tidy(text) for text in texts])
        idf = self.idf[found.buckets]
        sums = np.zeros((len(texts), len(self.names)), dtype=np.float32)
        lengths = np.zeros(len(texts), dtype=np.float32)
        if len(found.rows):
            starts = np.flatnonzero(np.diff(found.rows, prepend=-1))
            present = found.rows[starts]
            sums[present] = np.add.reduceat(self.weights[found.buckets] * idf[:, None], starts, axis=0)
            lengths[present] = np.sqrt(np.add.reduceat(idf * idf, starts))
        sums *= self.scale / np.where(lengths > 0, lengths, 1)[:, None]
        sums += self.bias
        return sums if vectors is None else sums + _product(vectors, self.dense)

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """(texts, fields) between 0 and 1, calibrated; 0 for a text without a word."""
        logits = np.clip(self.slope * self.logits(texts, vectors) + self.offset, -30, 30)
        known = np.array([says_something(tidy(text)) for text in texts], dtype=bool)
        return np.where(known[:, None], 1 / (1 + np.exp(-logits)), 0).astype(np.float32)

    def save(self, path: Path) -> None:
        """Write the file; the same model gives the same bytes."""
        arrays: dict[str, NDArray[Any]] = {
            name: np.asarray(getattr(self, name)) for name in _ARRAYS if name not in ("names", "about")
        }
        arrays["names"] = np.asarray(self.names)
        arrays["about"] = np.asarray(json.dumps(self.about, ensure_ascii=False, sort_keys=True))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name in _ARRAYS:
                content = io.BytesIO()
                np.save(content, arrays[name], allow_pickle=False)
                file.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)


def _product(vectors: NDArray[np.float32], dense: NDArray[np.float32]) -> NDArray[np.float32]:
    """The product in double precision: in single, a text's last bits depend on the texts beside it."""
    return (vectors.astype(np.float64) @ dense.astype(np.float64)).astype(np.float32)


def read_model(path: Path = SHIPPED) -> Model:
    """Read a model file. Raises FieldsError where it is none, or one of another version."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in _ARRAYS}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as exc:
        raise FieldsError(
            f"{path} is no model of fields: {exc}",
            file=str(path),
            remedy="Train one with: python -m ingest.enrich.fields train --data DIR --out FILE",
        ) from exc
    names = tuple(str(name) for name in arrays.pop("names"))
    about: dict[str, Any] = json.loads(str(arrays.pop("about")))
    if arrays["weights"].shape != (BUCKETS, len(names)):
        raise FieldsError(
            f"{path} was made by another version: {arrays['weights'].shape} weights", file=str(path)
        )
    return Model(names=names, about=about, **arrays)
