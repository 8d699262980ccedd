"""What a model folder holds, the hash that tells one content from another, and how a new one is written."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from safetensors.numpy import save_file

from embeddings.errors import EncoderError

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"
MODULES = "modules.json"

# A model card or a note beside the weights changes no vector.
_IGNORED_SUFFIXES = {".md", ".rst", ".lock", ".metadata"}
_CHUNK = 1 << 20


def fingerprint(folder: Path) -> str:
    """Hash the files that a model is made of, so that vectors of two models are never mixed.

    Covers every file below `folder` by relative name and content, except notes and hidden files.
    Returns the SHA-256 as 64 hexadecimal digits.
    """
    total = hashlib.sha256()
    for file in sorted(_model_files(folder), key=lambda file: file.relative_to(folder).as_posix()):
        total.update(file.relative_to(folder).as_posix().encode() + b"\0")
        total.update(_file_digest(file))
    return total.hexdigest()


def static_part(folder: Path) -> Path | None:
    """The folder in which a static model's table and tokenizer lie, None where it is not a static model.

    Knows model2vec's layout and that of sentence-transformers; a static table that another layer follows
    (Dense, for one) is left to sentence-transformers, since reading the table alone would be wrong.
    """
    if modules := _modules(folder):
        kinds = [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules]
        if kinds[0] != "StaticEmbedding" or set(kinds[1:]) - {"Normalize"}:
            return None
        part = folder / str(modules[0].get("path", ""))
    elif read_json(folder / CONFIG).get("model_type") == "model2vec":
        part = folder
    else:
        return None
    return part if (part / WEIGHTS).is_file() and (part / TOKENIZER).is_file() else None


def is_transformer(folder: Path) -> bool:
    """Whether sentence-transformers can be expected to read the folder."""
    return bool(_modules(folder)) or "model_type" in read_json(folder / CONFIG)


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file; empty where there is no such file. Raises EncoderError on a broken one."""
    if not path.is_file():
        return {}
    found = _parse(path)
    return found if isinstance(found, dict) else {}


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder that becomes `out` once the block ends without an error, and leaves nothing otherwise.

    Raises EncoderError where `out` exists and is not an empty folder.
    """
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise EncoderError(
            (f"{out} 已存在", f"{out} exists already"),
            ("给一个尚不存在的文件夹", "Give a folder that does not exist yet"),
        )
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    work.chmod(0o755)
    try:
        yield work
        work.replace(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def save_weights(tensors: dict[str, NDArray[Any]], path: Path) -> None:
    """Write tensors in safetensors form, readable by all (the library writes for the owner only)."""
    save_file(tensors, path, metadata={"format": "pt"})
    path.chmod(0o644)


def _modules(folder: Path) -> list[dict[str, Any]]:
    path = folder / MODULES
    found = _parse(path) if path.is_file() else []
    return [module for module in found if isinstance(module, dict)] if isinstance(found, list) else []


def _parse(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as exc:
        raise EncoderError(
            (f"模型文件 {path} 读不了：{exc}", f"The model file {path} cannot be read: {exc}"),
            ("重新获取或拷贝模型文件夹", "Fetch or copy the model folder again"),
        ) from exc


def _model_files(folder: Path) -> list[Path]:
    return [
        file
        for file in folder.rglob("*")
        if file.is_file()
        and file.suffix not in _IGNORED_SUFFIXES
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]


def _file_digest(file: Path) -> bytes:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()
