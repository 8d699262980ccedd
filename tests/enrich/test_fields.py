"""The classifier of fields: what it says of plain cases, of nothing, of bad files; the code tables."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from ingest.enrich.fields import Fields
from ingest.enrich.fields.codes import load_codes
from ingest.enrich.fields.errors import FieldsError
from ingest.enrich.fields.examples import read_examples
from ingest.enrich.fields.features import grams, tidy
from ingest.enrich.fields.model import SHIPPED, read_model
from ingest.enrich.fields.scheme import load_scheme
from ingest.enrich.fields.training import Settings, in_test

FIELDS = Fields()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("一种锂离子电池正极材料的制备方法", "新能源"),
        ("不同灌溉量对玉米产量和水分利用效率的影响", "农业与食品"),
        ("基于卷积神经网络的图像识别算法", "信息技术与人工智能"),
        ("一种数控机床用夹具", "装备制造"),
    ],
)
def test_says_the_field_of_a_plain_title(text: str, field: str) -> None:
    assert FIELDS.find(text)[0].name == field


@pytest.mark.parametrize("text", ["", " ", "。，；", "\ud800", "12345", "唐代长安城市民生活的历史研究"])
def test_may_say_none(text: str) -> None:
    assert FIELDS.find(text) == ()


def test_scores_are_probabilities_the_likeliest_first() -> None:
    for found in FIELDS.find_many(["一种光伏储能系统的逆变器控制方法", "新能源汽车充电桩", "水稻" * 100_000]):
        scores = [field.score for field in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_an_answer_does_not_depend_on_the_neighbours() -> None:
    texts = [f"{what}的制备及其应用研究" for what in ("锂电池", "小麦", "药物", "天线", "机器人", "")] * 60
    alone = [FIELDS.find(text) for text in texts[:6]]
    assert FIELDS.find_many(texts)[-6:] == alone


def test_shipped_model_is_small_and_has_the_scheme_s_fields() -> None:
    assert SHIPPED.stat().st_size <= 3 * 1024 * 1024
    assert read_model().names == load_scheme().names


def test_a_saved_model_says_the_same_and_has_the_same_bytes(tmp_path: Path) -> None:
    model = read_model()
    model.save(tmp_path / "a.npz")
    read_model(tmp_path / "a.npz").save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    text = "一种数控机床用夹具"
    assert Fields(tmp_path / "b.npz").find(text) == FIELDS.find(text)


def test_a_file_that_is_no_model_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(b"nothing")
    with pytest.raises(FieldsError) as error:
        Fields(path).find("锂电池")
    assert error.value.file == str(path)
    assert error.value.remedy


def test_classification_codes_and_numbers_are_not_looked_at() -> None:
    assert tidy("肉鸡 分类号：S831") == tidy("肉鸡")
    assert tidy("１２ kg") == tidy("7 kg")


def test_grams_keep_to_their_text() -> None:
    found = grams([tidy("锂电池"), "", tidy("电池")])
    first, last = found.buckets[found.rows == 0], found.buckets[found.rows == 2]
    assert len(first) == 3
    assert len(last) == 1
    assert set(last) < set(first)
    assert not np.any(found.rows == 1)


def test_code_tables() -> None:
    scheme = load_scheme()
    clc, ipc, csl = (load_codes(name, scheme) for name in ("clc", "ipc", "csl"))
    assert clc.fields(["TP242.6"], "") == {"机器人与智能制造"}
    assert clc.fields(["Q948.15"], "") == frozenset()
    assert clc.fields(["TK124"], "") is None
    assert ipc.fields(["H01L"], "一种光伏组件固定工装") == {"新能源"}
    assert ipc.fields(["H01L"], "半导体晶圆清洗") == {"集成电路"}
    assert ipc.fields(["B01D", "H02S"], "") == {"新能源"}, "a filter beside the main thing does not count"
    assert ipc.fields(["B01D"], "") == {"节能环保"}
    assert ipc.fields(["B33Y"], "") is None, "an indexing code alone says nothing"
    assert csl.fields(["法学"], "") == frozenset()


def test_a_scheme_with_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    entry = "  - {name: %s, en: x, broader: y, also: [激光], terms: a}\n"
    path.write_text("fields:\n" + entry % "一" + entry % "二", encoding="utf-8")
    with pytest.raises(FieldsError, match="激光"):
        load_scheme(path)


def test_trains_only_on_texts_whose_licence_allows_it(tmp_path: Path) -> None:
    shared = {"title": "一种电芯", "abstract": "", "field": "H01M", "source": "patents_title_ipc"}
    records = [
        shared | {"id": "a", "licence": "repo MIT"},
        shared | {"id": "b", "licence": "not stated"},
        shared | {"id": "c", "licence": "CC BY 4.0", "source": "csl_benchmark"},
    ]
    with gzip.open(tmp_path / "achievements.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    assert [example.id for example in read_examples(tmp_path, load_scheme())] == ["a"]


def test_the_same_title_is_on_one_side_of_the_split(tmp_path: Path) -> None:
    records = [
        {"id": f"{copy}-{n}", "title": f"{gap}一种电芯{'甲' * n}", "abstract": "", "field": "H01M"}
        | {"source": "patents_title_ipc", "licence": "repo MIT"}
        for n in range(60)
        for copy, gap in enumerate(("", "　 "))
    ]
    with gzip.open(tmp_path / "achievements.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    held = [in_test(example, Settings()) for example in read_examples(tmp_path, load_scheme())]
    assert held[::2] == held[1::2]
    assert 0 < sum(held) < len(held) / 2


def test_a_folder_without_data_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FieldsError) as error:
        read_examples(tmp_path, load_scheme())
    assert error.value.remedy
