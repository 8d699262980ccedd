"""What a person sees: lines that end where people end them, whole in a pipe, and where each fact stands."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.text import Text

from api.cli.render.wrapping import broken
from tests.api.conftest import document, run

NEED = "需要 10 kg/h 的喷雾造粒，处理量仅 0.48 kg/h；粒径（D50）不大于 1,250.5 μm，预算80万元〔示例〕。"


@pytest.mark.parametrize("width", range(16, 120, 7))
def test_a_line_ends_between_words_and_loses_nothing(width: int) -> None:
    parts = [part.plain for part in broken(Text(NEED * 3), width)]
    assert "".join("".join(parts).split()) == "".join((NEED * 3).split())
    assert all(Text(part).cell_len <= width for part in parts)
    assert not any(re.match(r"[，。；）〕]", part) for part in parts)
    for word in ("0.48", "1,250.5", "（D50）", "〔示例〕", "kg/h"):
        assert sum(part.count(word) for part in parts) == (NEED * 3).count(word)


def test_a_word_wider_than_the_line_is_broken_rather_than_lost() -> None:
    parts = [part.plain for part in broken(Text("见 https://example.org/a/very/long/path 一节"), 12)]
    assert "".join(parts).replace(" ", "") == "见https://example.org/a/very/long/path一节"
    assert all(Text(part).cell_len <= 12 for part in parts)


def test_a_pipe_gets_whole_lines_without_blanks_at_their_ends(demo: dict[str, Any]) -> None:
    asked = ("routes", "CG-000060", "--store", demo["store"])
    found = document(*asked)
    lines = run(*asked).stdout.splitlines()
    assert all(line == line.rstrip() for line in lines)
    for route in found["routes"]:
        assert {f"  ? {ask}" for ask in route["open_questions"]} <= set(lines)
        assert any(all(reason["reason"] in line for reason in route["reasons"]) for line in lines)
    [hit] = document("search", "CG-000060", "--limit", 1, "--store", demo["store"])["hits"]
    table = run("search", "CG-000060", "--limit", 1, "--store", demo["store"]).stdout.splitlines()
    assert any(hit["key"] in line and hit["name"] in line for line in table)
    assert all(line == line.rstrip() for line in table)


@pytest.mark.parametrize("columns", [60, 80])
def test_columns_says_how_wide_a_pipe_is(demo: dict[str, Any], columns: int) -> None:
    env = os.environ | {"COLUMNS": str(columns)}
    for asked in (("routes", "CG-000060"), ("search", "陶瓷"), ("stats",)):
        done = run(*asked, "--store", demo["store"], env=env)
        assert all(Text(line).cell_len <= columns for line in done.stdout.splitlines())
    name = document("search", "陶瓷", "--limit", 1, "--store", demo["store"])["hits"][0]["name"]
    shown = run("search", "陶瓷", "--limit", 1, "--store", demo["store"], env=env).stdout
    assert set(name) <= set(shown)


def test_a_proof_names_the_worksheet_on_which_its_line_is(demo: dict[str, Any]) -> None:
    asked = ("routes", "CG-000060", "--limit", 1, "--store", demo["store"])
    [route] = document(*asked)["routes"]
    shown = run(*asked).stdout
    sheets = set()
    for step in route["steps"]:
        source = step["proof"][0]["source"]
        page = load_workbook(source["file"], read_only=True)[source["sheet"]]
        [row] = page.iter_rows(min_row=source["line"], max_row=source["line"], values_only=True)
        assert step["capability"]["key"] in row
        assert f"[{Path(source['file']).name} {source['sheet']}:{source['line']}]" in shown
        sheets.add(source["sheet"])
        key = step["capability"]["key"]
        [said] = document("show", key, "--store", demo["store"])["sources"]
        assert (said["sheet"], said["line"]) == (source["sheet"], source["line"])
        assert f"{said['sheet']}:{said['line']}" in run("show", key, "--store", demo["store"]).stdout
    assert len(sheets) == 2, "two worksheets of one file, which a line alone would not tell apart"


def test_a_file_without_sheets_has_none(demo: dict[str, Any]) -> None:
    [source] = document("show", "L-01", "--store", demo["store"])["sources"]
    assert Path(source["file"]).suffix == ".csv" and source["sheet"] is None


def test_a_problem_and_an_open_reference_name_their_worksheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[tuple[str, ...]]] = {
        "机构": [("机构编号", "中试机构名称"), ("I-1", "甲中试基地"), ("I-2", "甲中试基地")],
        "产线": [
            ("中试线编号", "中试线名称", "运营机构"),
            ("L-1", "一号线", "甲中试基地"),
            ("L-2", "", "I-1"),
        ],
    }
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "登记.xlsx")
    found = document("ingest", tmp_path / "登记.xlsx", "--store", tmp_path / "store")
    assert [(one["worksheet"], one["line"]) for one in found["unresolved"]] == [("产线", 2)]
    shown = run("check", tmp_path / "登记.xlsx", "--store", tmp_path / "store").stdout
    assert "登记.xlsx 产线:2 [" in shown and "登记.xlsx 产线:3 [" in shown


def test_the_colours_of_a_reading_are_explained_only_where_there_are_colours() -> None:
    shown = run("read", "经球磨 3 h 后烧结，已完成小试").stdout
    assert "工序 数量" not in shown and "颜色" not in shown
    assert "关键术语" in run("read", "需要 CNAS").stdout.splitlines()
