"""The vocabulary of unit operations: what it knows, how operations are related, which files it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.values.units import unit_of
from kg.vocabulary import Vocabulary, load_vocabulary, loading
from kg.vocabulary.loading import VocabularyError


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def test_it_knows_the_process_world(vocabulary: Vocabulary) -> None:
    assert len(vocabulary) >= 400
    assert {op.category for op in vocabulary} == {"process", "test"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("喷雾干燥", "喷雾干燥"),
        ("冻干", "冷冻干燥"),
        ("冷冻干燥法", "冷冻干燥"),
        ("ｓｍｔ贴片", "SMT"),
        ("Spray Drying", "喷雾干燥"),
        ("3D 打印技术", "增材制造"),
        ("磁控溅射镀膜工艺", "磁控溅射"),
        ("不存在的操作", None),
    ],
)
def test_a_name_is_found_under_all_its_spellings(vocabulary: Vocabulary, text: str, name: str | None) -> None:
    found = vocabulary.canonical(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("asked", "offered", "relation"),
    [
        ("烧结", "高温烧结", "same"),
        ("烧结", "真空烧结", "narrower"),
        ("真空烧结", "烧结", "broader"),
        ("喷雾干燥", "喷雾造粒", "sister"),
        ("真空烧结", "微波烧结", "sister"),
        ("流延", "金属增材制造", "other"),
        ("冲压", "流延", "other"),
        ("金属增材制造", "光固化成型", "sister"),
        ("真空镀膜", "磁控溅射", "narrower"),
        ("球磨", "高能球磨", "narrower"),
        ("粉碎", "高能球磨", "narrower"),
        ("发酵", "光刻", "other"),
        ("烧结", "热等离子体反应烧结", "narrower"),
        ("某种没听过的操作", "某种没听过的操作工艺", "same"),
        ("某种没听过的操作", "烧结", "other"),
    ],
)
def test_operations_are_related(vocabulary: Vocabulary, asked: str, offered: str, relation: str) -> None:
    assert vocabulary.relation(asked, offered) == relation


def test_a_compound_that_is_not_listed_has_the_family_of_its_head(vocabulary: Vocabulary) -> None:
    assert vocabulary.family("双频超声熔炼") == "金属"
    assert vocabulary.family("天气预报") is None


def test_related_lists_itself_and_its_kin(vocabulary: Vocabulary) -> None:
    kin = vocabulary.related("喷雾干燥")
    assert kin["喷雾干燥"] == "same"
    assert kin["干燥"] == "broader"
    assert kin["喷雾造粒"] == "sister"
    assert "光刻" not in kin


def test_no_name_of_ours_stands_twice() -> None:
    load_vocabulary(Path(loading.__file__).parent / "unit_ops")


def test_every_unit_is_a_unit(vocabulary: Vocabulary) -> None:
    assert [op.name for op in vocabulary if op.unit and unit_of(op.unit) is None] == []


GOOD = "family: 试\nops:\n  甲: {en: a, also: [乙]}\n"


@pytest.mark.parametrize(
    ("extra", "line", "words"),
    [
        ("  丙: {en: c, also: [乙]}\n", 4, "names both"),
        ("  丙: {en: c, of: 丁}\n", 4, "not listed"),
        ("  丙: {also: [丁]}\n", 4, "needs 'en'"),
        ("  甲: {en: c}\n", 4, "stands twice"),
        ("  丙: {en: c, of: 戊}\n  戊: {en: e, of: 丙}\n", 4, "broader than itself"),
        ("  丙: {en: c, scale: 量, unit: 斗升}\n", 4, "unit"),
        ("odd: 1\n", 4, "Unknown key"),
        ("  丙: {en: [\n", 5, "Not YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, extra: str, line: int, words: str) -> None:
    file = tmp_path / "family.yaml"
    file.write_text(GOOD + extra, encoding="utf-8")
    with pytest.raises(VocabularyError, match=words) as caught:
        load_vocabulary(file)
    assert caught.value.file == str(file)
    assert caught.value.line == line


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="No vocabulary"):
        load_vocabulary(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("asked", "offered", "how"),
    [
        ("激光切割", "水刀切割", "sister"),
        ("电子束光刻", "紫外光刻", "sister"),
        ("真空热处理", "热处理", "broader"),
        ("真空冷冻干燥", "冷冻干燥", "same"),
    ],
)
def test_another_process_of_one_head_is_never_the_same(asked: str, offered: str, how: str) -> None:
    assert load_vocabulary().relation(asked, offered) == how
