"""Three readers of one model give the same vectors: ours, model2vec's and sentence-transformers'."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings import EncoderError, open_encoder
from embeddings.encoder import DEFAULT
from embeddings.export import export_float
from embeddings.places import SHIPPED

TEXTS = [
    "石墨烯导热薄膜的制备方法及其应用",
    "抗稻瘟病水稻新品种选育",
    "采用 CVD 工艺在 1000℃ 下生长，产能 3～15 kg/h",
    "LiFePO4正极材料",
    "含有 😀 未知符号 ᚠᚢᚦ 的文本",
    "短",
]


def _least_cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(axis=1) / lengths).min())


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    export_float(SHIPPED / DEFAULT, tmp_path / "float")
    return tmp_path / "float"


def test_our_reading_of_the_export_is_the_same(exported: Path) -> None:
    assert np.allclose(open_encoder(str(exported)).encode(TEXTS), open_encoder().encode(TEXTS), atol=1e-6)


def test_sentence_transformers_agrees(exported: Path) -> None:
    library = pytest.importorskip("sentence_transformers", reason="the extra transformers is not installed")
    found = library.SentenceTransformer(str(exported), device="cpu").encode(TEXTS)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert _least_cosine(open_encoder().encode(TEXTS), found) > 0.999


def test_model2vec_agrees_on_the_shipped_folder() -> None:
    library = pytest.importorskip("model2vec", reason="model2vec is not installed")
    model = library.StaticModel.from_pretrained(str(SHIPPED / DEFAULT))
    assert _least_cosine(open_encoder().encode(TEXTS), model.encode(TEXTS)) > 0.999


def test_an_existing_folder_is_never_overwritten(exported: Path) -> None:
    with pytest.raises(EncoderError, match="exists already"):
        export_float(SHIPPED / DEFAULT, exported)


def test_a_failed_export_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no static model"):
        export_float(tmp_path, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
