"""The shipped model behaves as the index and the search need it to."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from embeddings import Encoder, open_encoder
from embeddings.encoder import DEFAULT
from embeddings.places import SHIPPED

PHRASES = [
    "石墨烯导热薄膜的制备方法",
    "高导热石墨烯复合材料",
    "水稻抗稻瘟病新品种选育",
    "工业机器人减速器的寿命试验",
    "放射性同位素镥-177的分离纯化",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


def test_vectors_have_the_stated_shape_and_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(PHRASES)
    assert vectors.shape == (len(PHRASES), encoder.dimension) == (len(PHRASES), 256)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_texts_give_an_empty_matrix(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 256)


def test_the_same_text_has_the_same_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    alone = np.vstack([encoder.encode([phrase])[0] for phrase in PHRASES])
    assert np.array_equal(alone, encoder.encode(PHRASES))
    assert np.array_equal(alone, open_encoder("default").encode(PHRASES * 300)[-len(PHRASES) :])


@pytest.mark.parametrize(
    ("question", "nearest", "others"),
    [
        ("石墨烯散热膜", "高导热石墨烯复合薄膜的制备", ["水稻育种技术", "机器人减速器", "区块链数据存储"]),
        ("水稻抗病育种", "抗稻瘟病水稻新品种的选育", ["石墨烯薄膜", "核医学显像", "卫星姿态控制"]),
        ("核医学用放射性药物", "镥-177标记的放射性治疗药物", ["连接器镀金", "锂电池正极", "火箭发动机"]),
        ("锂离子电池正极", "高镍三元正极材料的烧结工艺", ["肿瘤免疫治疗", "图像识别算法", "小麦栽培"]),
        ("工业机器人关节", "谐波减速器的精度与寿命", ["稀土萃取", "发酵罐灭菌", "地质勘探"]),
    ],
)
def test_the_nearest_phrase_is_the_one_on_the_same_subject(
    encoder: Encoder, question: str, nearest: str, others: list[str]
) -> None:
    scores = encoder.encode([nearest, *others]) @ encoder.encode([question])[0]
    assert int(scores.argmax()) == 0


def test_unrelated_phrases_are_near_zero_since_the_model_is_centred(encoder: Encoder) -> None:
    vectors = encoder.encode(["水稻育种", "卫星姿态控制", "肿瘤免疫治疗", "连接器镀金", "区块链存储"])
    scores = (vectors @ vectors.T)[np.triu_indices(5, 1)]
    assert abs(float(scores.mean())) < 0.1


def test_full_width_and_half_width_are_the_same(encoder: Encoder) -> None:
    wide, narrow = encoder.encode(["ＬｉＦｅＰＯ４正极材料（３～１５ｋｇ／ｈ）", "lifepo4正极材料(3~15kg/h)"])
    assert np.array_equal(wide, narrow)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3000", "😀😀", "ᚠᚢᚦ"])
def test_a_text_without_a_known_token_gives_zero(encoder: Encoder, text: str) -> None:
    assert not encoder.encode([text]).any()


def test_unknown_tokens_take_no_part(encoder: Encoder) -> None:
    plain, dirty = encoder.encode(["石墨烯 薄膜", "石墨烯 😀 薄膜 ᚠᚢᚦ"])
    assert np.allclose(plain, dirty, atol=1e-6)


def test_a_lone_surrogate_or_a_control_character_does_no_harm(encoder: Encoder) -> None:
    assert encoder.encode(["石墨烯\x00薄膜\ufeff"]).any()
    assert encoder.encode(["石墨烯\ud800薄膜"]).any()


def test_a_long_abstract_is_read_to_its_end(encoder: Encoder) -> None:
    filler = "本项目研究了相关方法。" * 3000
    plain, ended = encoder.encode([filler, filler + "石墨烯" * 9000])
    assert float(plain @ ended) < 0.9


def test_name_and_fingerprint_identify_the_model(encoder: Encoder) -> None:
    assert encoder.name == DEFAULT
    assert len(encoder.fingerprint) == 64
    assert open_encoder(str(SHIPPED / DEFAULT)).fingerprint == encoder.fingerprint


def test_the_shipped_files_stay_small() -> None:
    assert sum(file.stat().st_size for file in (SHIPPED / DEFAULT).iterdir()) <= 15_000_000


def test_the_default_path_imports_nothing_heavy() -> None:
    code = (
        "import sys; from embeddings import open_encoder; open_encoder().encode(['石墨烯']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'onnx', 'jieba', 'model2vec')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
