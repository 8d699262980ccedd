"""Opening a model by folder or name: what is found, what is refused, and in which words."""

from __future__ import annotations

import builtins
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from embeddings import EncoderError, open_encoder
from embeddings.encoder import DEFAULT
from embeddings.places import SHIPPED, place


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHONGSHI_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / DEFAULT, tmp_path / "copy"))


def test_a_folder_is_named_after_itself(copy: Path) -> None:
    assert open_encoder(str(copy)).name == "copy"


def test_a_fetched_model_is_opened_by_its_name(copy: Path) -> None:
    shutil.copytree(copy, place("some/model"))
    encoder = open_encoder("some/model")
    assert encoder.name == "some/model"
    assert encoder.fingerprint == open_encoder().fingerprint


def test_the_fingerprint_changes_with_the_content_and_not_with_a_note(copy: Path) -> None:
    before = open_encoder(str(copy)).fingerprint
    (copy / "README.md").write_text("a note", encoding="utf-8")
    assert open_encoder(str(copy)).fingerprint == before
    tensors = load_file(copy / "model.safetensors")
    tensors["embeddings"][5, 5] ^= 1
    save_file(tensors, copy / "model.safetensors")
    assert open_encoder(str(copy)).fingerprint != before


@pytest.mark.parametrize("name", ["bge-small-zh-v1.5", "BAAI/bge-small-zh-v1.5"])
def test_a_model_that_was_not_fetched_is_never_downloaded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", _no_network)
    with pytest.raises(EncoderError) as caught:
        open_encoder(name)
    assert f"zhongshi embeddings fetch {name}" in caught.value.remedy[1]


def _no_network(*_: object) -> None:
    raise AssertionError("the network was asked")


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/folder", "~/no-such-folder-here"])
def test_a_missing_folder_is_said_to_be_missing(name: str) -> None:
    with pytest.raises(EncoderError, match="no model folder"):
        open_encoder(name)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a model", encoding="utf-8")
    with pytest.raises(EncoderError, match="holds no model") as caught:
        open_encoder(str(tmp_path))
    assert "model.safetensors" in caught.value.remedy[1]


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_damaged_file_is_named(copy: Path, file: str) -> None:
    (copy / file).write_bytes((copy / file).read_bytes()[:100])
    with pytest.raises(EncoderError, match=file):
        open_encoder(str(copy))


def test_tables_without_a_row_per_token_are_refused(copy: Path) -> None:
    tensors = load_file(copy / "model.safetensors")
    save_file({name: tensor[:1000] for name, tensor in tensors.items()}, copy / "model.safetensors")
    with pytest.raises(EncoderError, match="1000 rows"):
        open_encoder(str(copy))


def test_a_transformer_without_the_extra_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("sentence_transformers"):
            raise ModuleNotFoundError("missing", name="sentence_transformers")
        return real(name, *rest, **more)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(EncoderError) as caught:
        open_encoder(str(tmp_path))
    assert "zhongshi[transformers]" in caught.value.remedy[1]


def test_a_mapped_half_precision_table_reads_like_the_plain_one(copy: Path) -> None:
    """model2vec may store fewer rows than tokens, with a mapping from one to the other."""
    texts = ["石墨烯导热薄膜", "水稻育种", "卫星姿态控制"]
    plain = open_encoder(str(copy)).encode(texts)
    tensors = load_file(copy / "model.safetensors")
    rows = tensors["embeddings"] * tensors["weights"][:, None]
    order = np.random.default_rng(0).permutation(len(rows))
    mapped = {"embeddings": rows[order].astype(np.float16), "mapping": np.argsort(order).astype(np.int64)}
    save_file(mapped, copy / "model.safetensors")
    assert (open_encoder(str(copy)).encode(texts) * plain).sum(axis=1).min() > 0.999
