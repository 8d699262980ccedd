"""`zhongshi read` and `/read`: the document, lines, awkward texts and files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import document, run

TEXT = "我公司现寻求喷雾干燥，要求处理量≥12 kg/h，预算不超过80万元，6个月内完成。已完成小试，使用氢氟酸。"
KEYS = {"quantities", "unit_ops", "tests", "maturity", "fields", "terms", "flags"}
KEYS |= {"conditions", "deadline", "budget"}


def lines(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments).stdout.splitlines()]


def test_the_document_has_its_shape() -> None:
    read = document("read", TEXT, "--as-of", "2026-11-25")
    assert set(read) >= KEYS
    quantity = read["quantities"][0]
    assert set(quantity) >= {"text", "unit", "si_unit", "start", "end", "relation", "measures"}
    assert TEXT[quantity["start"] : quantity["end"]] == quantity["text"] == "≥12 kg/h"
    assert set(read["unit_ops"][0]) >= {"start", "end", "text", "name", "own", "order"}
    assert set(read["maturity"][0]) >= {"start", "end", "text", "item", "kind", "trl_hint"}
    assert {(one["kind"], one["words"]) for one in read["flags"]} == {("hazard", "氢氟酸")}
    assert [one["text"] for one in read["conditions"]] == ["要求处理量≥12 kg/h"]
    assert (read["deadline"], read["budget"]) == ("2027-05-25", 800_000)


def test_the_kind_decides_what_is_read() -> None:
    assert document("read", TEXT, "--kind", "achievement")["conditions"] == []
    assert document("read", "纯度≥99.9%", "--kind", "need")["conditions"][0]["hard"] is True


@pytest.mark.parametrize(
    "text", ["", " \n", "plain English", "，。；", "乱 码 ? ? 1 O O m g", "\U00020bb7🧪"]
)
def test_awkward_texts_read_without_an_invented_fact(text: str) -> None:
    read = document("read", text)
    assert (read["unit_ops"], read["maturity"], read["flags"]) == ([], [], [])


def test_wrong_use_is_said() -> None:
    for arguments in ([], ["x", "--file", "y"], ["x", "--kind", "fund"]):
        done = run("read", *arguments, "--json")
        assert done.returncode == 2
        assert json.loads(done.stdout)["error"]["code"] == "usage"
    missing = run("read", "--file", "none.txt", "--json")
    assert (missing.returncode, json.loads(missing.stdout)["error"]["code"]) == (1, "not_found")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes("经球磨３ｈ\r\n后过筛".encode(encoding))
    read = document("read", "--file", file)
    assert [one["name"] for one in read["unit_ops"]] == ["球磨", "筛分"]
    assert (read["unit_ops"][1]["start"], read["quantities"][0]["si_value"]) == (8, 10_800)


def test_lines_in_lines_out_and_a_bad_one_is_said(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    rows = ['{"id": 7, "text": "经球磨3 h"}', "bad", '{"id": "x"}', "", '{"id": "y", "text": "\\ud800中试"}']
    file.write_text("\n".join(rows), encoding="utf-8")
    found = lines("read", "--jsonl", file)
    assert [row["id"] for row in found] == [7, None, "x", "y"]
    assert found[0]["unit_ops"][0]["name"] == "球磨"
    assert [row["error"]["line"] for row in found if "error" in row] == [2, 3]
    assert run("read", "--jsonl", file).returncode == 1
    assert lines("read", "--jsonl", file, "--json") == found


def test_two_megabytes_are_read(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    sentence = "经球磨、烧结制得陶瓷，已完成中试，温度1600℃。"
    file.write_text(sentence * (2_000_000 // len(sentence.encode())), encoding="utf-8")
    read = document("read", "--file", file)
    assert len(read["maturity"]) == len(read["quantities"]) == len(read["unit_ops"]) // 2


def test_the_coloured_reading_shows_the_text_and_its_facts() -> None:
    shown = run("read", TEXT).stdout
    assert "喷雾干燥" in shown
    assert "氢氟酸" in shown
    assert "800,000" in shown
