"""Source files: every mistake is named with its line and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources import load_source
from kg.errors import SourceFileError
from kg.schema import load_schema

GOOD = """source: 甲
sheets:
  成果:
    kind: Achievement
    key: 编号
    columns:
      名称: name
"""


def fails(tmp_path: Path, text: str) -> SourceFileError:
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceFileError) as caught:
        load_source(path, load_schema())
    assert caught.value.file == str(path)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("source: 甲\n", "", 1, "source"),
        ("source: 甲", "sourse: 甲", 1, "source"),
        ("    kind: Achievement", "    kind: Achivement", 4, "Achievement"),
        ("    kind: Achievement\n", "", 4, "kind"),
        ("    kind: Achievement", "    kind: Limit", 4, "never a sheet"),
        ("    key: 编号", "    keys: 编号", 5, "'key'"),
        ("    key: 编号\n", "", 4, "key"),
        ("名称: name", "名称: nam", 7, "'name'"),
        ("名称: name", "名称: name.low", 7, "not a window"),
        ("    columns:\n      名称: name\n", "", 4, "usual_headers"),
        ("名称: name", "名称: null", 4, "usual_headers"),
        ("名称: name", "名称: {property: owner}", 7, "owner"),
        ("名称: name", "名称: {reference: owner, seperator: ；}", 7, "separator"),
        ("名称: name", "名称: {property: name, pattern: '('}", 7, "regular expression"),
        ("名称: name", "名称: name\n      名称: abstract", 8, "twice"),
        ("    key: 编号", "    key: 编号\n    limits: [{column: 温度}]", 6, "no limits"),
        ("    key: 编号", "    key: 编号\n    distances: [{place: 甲, km: 乙}]", 6, "no distances"),
        ("    key: 编号", "    key: 编号\n    header: 三", 6, "whole number"),
        ("    key: 编号", "    key: [编号", 6, "not valid YAML"),
        ("source: 甲", "source: 甲\ntotals: [{kind: Fund}]", 2, "count"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    error = fails(tmp_path, GOOD.replace(old, new))
    assert says in f"{error.message.en} {error.remedy}"
    assert error.line == line


@pytest.mark.parametrize("text", ["", "- a\n", "source: 甲\nsheets: {}\n"])
def test_files_without_sheets(tmp_path: Path, text: str) -> None:
    assert fails(tmp_path, text).remedy


def test_a_missing_file() -> None:
    with pytest.raises(SourceFileError):
        load_source(Path("nowhere.yaml"), load_schema())


@pytest.mark.parametrize("label", ["成果名称", "title", "Title"])
def test_labels_are_names_too(tmp_path: Path, label: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(
        GOOD.replace("Achievement", "成果").replace("名称: name", f"名称: {label}"), encoding="utf-8-sig"
    )
    (sheet,) = load_source(path, load_schema()).sheets
    assert (sheet.kind, sheet.columns["名称"][0].name) == ("Achievement", "name")


def test_a_distance_ends_at_a_kind_that_has_a_place(tmp_path: Path) -> None:
    region = GOOD.replace("Achievement", "Region").replace(
        "    key: 编号", "    key: 编号\n    distances: [D]"
    )
    good = "{place: 甲, km: 乙, kind: PilotInstitution}"
    path = tmp_path / "s.yaml"
    path.write_text(region.replace("D]", f"{good}]"), encoding="utf-8")
    assert load_source(path, load_schema()).sheets[0].distances[0].kind == "PilotInstitution"
    error = fails(tmp_path, region.replace("D]", good.replace("PilotInstitution", "Fund") + "]"))
    assert "no distance ends at a Fund" in error.message.en
