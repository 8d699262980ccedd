"""A static model: a table of token vectors whose mean is the vector of a text. Fast, and no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from embeddings.errors import EncoderError
from embeddings.folder import TOKENIZER, WEIGHTS, fingerprint, read_json, static_part

# Texts tokenised at once: bounds the memory that the token lists take.
_BATCH = 512


@dataclass(frozen=True)
class StaticEncoder:
    """Encodes a text as the mean of its tokens' rows, normalised.

    `rows` is (tokens, dimension) float32; the row of the unknown token is zero, so that what the vocabulary
    lacks takes no part. The mean's divisor falls away in the normalisation and is not computed.
    """

    name: str
    fingerprint: str
    rows: NDArray[np.float32] = field(repr=False)
    tokenizer: Tokenizer = field(repr=False)

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        return int(self.rows.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`: (n, dimension), rows of length 1, or 0 where no token is known.

        A text's vector does not depend on the texts beside it.
        """
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = [_well_formed(text) for text in texts[start : start + _BATCH]]
            encodings = self.tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for offset, encoding in enumerate(encodings):
                self.rows[encoding.ids].sum(axis=0, out=sums[start + offset])
        return normalise(sums)


def _well_formed(text: str) -> str:
    """The text with lone surrogates, which JSON can bring in and no tokenizer takes, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def normalise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row of a (n, d) matrix to length 1; a zero row stays zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1)).astype(np.float32, copy=False)


def read_static(folder: Path, name: str | None = None) -> StaticEncoder:
    """Read a static model from a model2vec folder or from sentence-transformers' StaticEmbedding folder.

    Raises EncoderError where the folder holds no static model or its table and tokenizer do not fit.
    """
    part = static_part(folder)
    if part is None:
        raise EncoderError(
            (f"文件夹 {folder} 里没有静态模型", f"The folder {folder} holds no static model"),
            (
                f"应有 {WEIGHTS}、{TOKENIZER} 和 model_type 为 model2vec 的 config.json",
                f"Expected {WEIGHTS} and {TOKENIZER} with a config.json of model_type model2vec",
            ),
        )
    tokenizer = _read_tokenizer(part / TOKENIZER)
    rows = _read_rows(part / WEIGHTS)
    if len(rows) < tokenizer.get_vocab_size():
        raise EncoderError(
            (
                f"{folder} 里的模型有 {len(rows)} 行，词元却有 {tokenizer.get_vocab_size()} 个",
                f"The model in {folder} has {len(rows)} rows for {tokenizer.get_vocab_size()} tokens",
            ),
            (
                "重新获取或拷贝模型文件夹：文件不属于同一个模型",
                "Fetch or copy the model folder again: its files belong to different models",
            ),
        )
    unknown = _unknown_id(part / TOKENIZER, tokenizer)
    if unknown is not None:
        rows[unknown] = 0
    return StaticEncoder(name or folder.resolve().name, fingerprint(folder), rows, tokenizer)


def _read_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:  # the tokenizers library raises bare Exception for every broken file
        raise EncoderError(
            (f"分词器 {path} 读不了：{exc}", f"The tokenizer {path} cannot be read: {exc}"),
            ("重新获取或拷贝模型文件夹", "Fetch or copy the model folder again"),
        ) from exc
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _read_rows(path: Path) -> NDArray[np.float32]:
    """The float32 row of every token id: int8 rows times their weight, model2vec's mapping resolved."""
    try:
        tensors = load_file(str(path))
    except (SafetensorError, OSError) as exc:
        raise EncoderError(
            (f"权重 {path} 读不了：{exc}", f"The weights {path} cannot be read: {exc}"),
            ("重新获取或拷贝模型文件夹", "Fetch or copy the model folder again"),
        ) from exc
    table = tensors.get("embeddings", tensors.get("embedding.weight"))
    if table is None or table.ndim != 2:
        raise EncoderError(
            (f"权重 {path} 里没有词元向量表", f"The weights {path} hold no table of token vectors"),
            (
                "应有名为 embeddings 或 embedding.weight 的二维张量",
                "Expected a two-dimensional tensor named embeddings or embedding.weight",
            ),
        )
    rows = (table[tensors["mapping"]] if "mapping" in tensors else table).astype(np.float32)
    if "weights" in tensors:
        rows *= tensors["weights"].astype(np.float32)[:, None]
    return np.ascontiguousarray(rows)


def _unknown_id(path: Path, tokenizer: Tokenizer) -> int | None:
    model: dict[str, Any] = read_json(path).get("model", {})
    if isinstance(model.get("unk_id"), int):
        return int(model["unk_id"])
    token = model.get("unk_token")
    return tokenizer.token_to_id(token) if token else None
