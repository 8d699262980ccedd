"""Writes static models: the small int8 folder that is shipped, and a float one for other libraries."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.folder import CONFIG, MODULES, TOKENIZER, WEIGHTS, new_folder, save_weights
from embeddings.static import read_static

_PARTS = "sentence_transformers.models."
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": _PARTS + "StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": _PARTS + "Normalize"},
]


def export_float(source: Path, out: Path) -> None:
    """Write the static model in `source` as the new folder `out`, float32, which sentence-transformers reads.

    sentence-transformers cannot load an int8 table. Raises EncoderError where `source` holds no static model
    or `out` exists.
    """
    encoder = read_static(source)
    with new_folder(out) as work:
        save_weights({"embedding.weight": encoder.rows}, work / WEIGHTS)
        encoder.tokenizer.save(str(work / TOKENIZER))
        _write(work / MODULES, _MODULES)
        _write(work / "1_Normalize" / CONFIG, {})
        _write(
            work / "config_sentence_transformers.json",
            {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"},
        )


def write_int8(rows: NDArray[np.float32], tokenizer: Tokenizer, out: Path) -> None:
    """Write rows (tokens, dimension) and their tokenizer as the new model2vec folder `out`.

    Each row becomes int8 with a float32 weight that restores its scale: a quarter of the size, and a relative
    error of at most 1/254 of the row's largest number. Raises EncoderError where `out` exists.
    """
    scale = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
    # A zero row (the unknown token's) has no scale; any divisor leaves it zero.
    whole = np.round(rows / np.where(scale > 0, scale, 1)[:, None]).astype(np.int8)
    config = {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "hidden_dim": int(rows.shape[1]),
        "normalize": True,
    }
    with new_folder(out) as work:
        save_weights({"embeddings": whole, "weights": scale}, work / WEIGHTS)
        tokenizer.save(str(work / TOKENIZER), pretty=False)
        _write(work / CONFIG, config)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
