"""A transformer read by sentence-transformers: slower and better than the static model, and an extra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderError
from embeddings.extras import load
from embeddings.folder import fingerprint
from embeddings.static import normalise

EXTRA = "transformers"
_BATCH = 64


@dataclass(frozen=True)
class TransformerEncoder:
    """Encodes texts with a sentence-transformers model, normalised."""

    name: str
    fingerprint: str
    dimension: int
    model: Any

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`: (n, dimension), rows of length 1. Text past the model's window is not read."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = self.model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False)
        return normalise(np.asarray(found, dtype=np.float32))


def read_transformer(folder: Path, name: str | None = None) -> TransformerEncoder:
    """Read a sentence-transformers or transformers folder; nothing is downloaded.

    Raises EncoderError where the extra is not installed or the folder cannot be read.
    """
    library = load("sentence_transformers", EXTRA)
    try:
        model = library.SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
        dimension = int(np.asarray(model.encode(["维"], show_progress_bar=False)).shape[1])
    except Exception as exc:  # the library raises whatever its many parts raise
        raise EncoderError(
            (
                f"sentence-transformers 读不了文件夹 {folder}：{exc}",
                f"sentence-transformers cannot read the folder {folder}: {exc}",
            ),
            (
                "检查模型文件夹是否完整，或重新获取",
                "Check that it is a complete model folder, or fetch it again",
            ),
        ) from exc
    return TransformerEncoder(name or folder.resolve().name, fingerprint(folder), dimension, model)
