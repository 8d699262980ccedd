"""The seam: what every encoder offers, and how one is opened by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderError
from embeddings.folder import is_transformer, static_part
from embeddings.places import SHIPPED, fetched
from embeddings.static import read_static
from embeddings.transformer import read_transformer

DEFAULT = "zh-static-v1"
_SHIPPED_NAMES = frozenset({"", "default", DEFAULT})


class Encoder(Protocol):
    """Turns texts into vectors that are compared by their dot product.

    `name` and `fingerprint` (a hash of the model's content) are kept beside an index, so that vectors of two
    models are never compared.
    """

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def dimension(self) -> int:
        """Numbers per vector."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the model's files, hexadecimal."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`: (n, dimension), rows of length 1; 0 where nothing in a text is known."""


def open_encoder(name: str | None = None) -> Encoder:
    """Open a model: None or `default` is the shipped one, else a folder, or the name of a fetched model.

    Nothing is ever downloaded here. Raises EncoderError where the folder holds no model, an extra is missing
    or the name was not fetched; its remedy says how.
    """
    if name is None or name in _SHIPPED_NAMES:
        return read_static(SHIPPED / DEFAULT, DEFAULT)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return open_folder(folder)
    if _is_path(name):
        raise EncoderError(
            (f"没有模型文件夹 {name}", f"There is no model folder {name}"),
            (f"给一个已有的文件夹；不写则用 {DEFAULT}", f"Give an existing folder, or none for {DEFAULT}"),
        )
    found = fetched(name)
    if found is None:
        raise EncoderError(
            (
                f"本机没有模型 {name}；不会自动下载",
                f"The model {name} is not on this machine, and nothing is downloaded unasked",
            ),
            (
                f"用 zhongshi embeddings fetch {name} 获取（或给出模型文件夹的路径）",
                f"Fetch it with: zhongshi embeddings fetch {name} (or give the path of a model folder)",
            ),
        )
    return open_folder(found, name)


def loads_torch(name: str | None) -> bool:
    """Whether opening this model imports sentence-transformers; False where there is no such model."""
    if name is None or name in _SHIPPED_NAMES:
        return False
    folder = Path(name).expanduser()
    found = folder if folder.is_dir() else fetched(name)
    return found is not None and static_part(found) is None and is_transformer(found)


def open_folder(folder: Path, name: str | None = None) -> Encoder:
    """Open a local model folder, static or transformer. Raises EncoderError where it holds neither."""
    if static_part(folder) is not None:
        return read_static(folder, name)
    if is_transformer(folder):
        return read_transformer(folder, name)
    raise EncoderError(
        (f"文件夹 {folder} 里没有模型", f"The folder {folder} holds no model"),
        (
            "应有 modules.json（sentence-transformers），或 config.json、model.safetensors 和 tokenizer.json",
            "Expected modules.json (sentence-transformers), or config.json, model.safetensors and "
            "tokenizer.json",
        ),
    )


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1
