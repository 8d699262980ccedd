"""Sheets that a broker can send: opened again, they say what was asked, when, of which data, the answer."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.api.conftest import document, run

DAY = "2026-03-01"
NEED = "需要12 kg/h喷雾造粒，粒径50μm"
QUESTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "search": (("search", "陶瓷", "--region", "四川"), "陶瓷"),
    "nothing": (("search", "阿巴阿巴 xyzzy"), "阿巴阿巴 xyzzy"),
    "match": (("match", "--need", NEED), NEED),
    "screen": (("screen", "JJ-01"), "JJ-01"),
    "routes": (("routes", "CG-000009", "--near", "绵阳"), "CG-000009"),
    "abstain": (("routes", "--need", "希望提高管理水平"), "希望提高管理水平"),
}


def opened(path: Path) -> list[list[str]]:
    """The rows of every table in a file, as texts; empty rows are left out."""
    if path.suffix == ".xlsx":
        sheets = load_workbook(path).worksheets
        rows = [
            [str(cell or "") for cell in row] for one in sheets for row in one.iter_rows(values_only=True)
        ]
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    else:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [
            [cell.strip().replace("<br>", "\n") for cell in line.strip("|").split(" | ")]
            for line in lines
            if line.startswith("|")
        ]
    return [row for row in rows if any(row)]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "md"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_sheet_says_question_day_data_and_answer(
    demo: dict[str, Any], tmp_path: Path, ending: str, name: str
) -> None:
    question, said = QUESTIONS[name]
    out = tmp_path / f"answer.{ending}"
    found = document(*question, "--as-of", DAY, "--out", out, "--store", demo["store"])
    rows = opened(out)
    cells = {cell for row in rows for cell in row}
    assert said in cells and DAY in cells and "全部为示例数据" in cells
    check = {"search": _hits, "nothing": _note, "match": _match, "screen": _screen, "routes": _routes}
    check.get(name, _abstain)(found, rows)


def _row_of(rows: list[list[str]], *parts: str) -> list[str]:
    return next(row for row in rows if all(any(part in cell for cell in row) for part in parts))


def _hits(found: dict[str, Any], rows: list[list[str]]) -> None:
    for hit in found["hits"]:
        row = _row_of(rows, hit["key"], hit["name"])
        for name in ("owner", "region", "year", "trl", "field", "form", "score"):
            assert hit[name] is None or any(str(hit[name]) == cell for cell in row), name
    assert ["地区", "四川"] in [row[:2] for row in rows]


def _note(found: dict[str, Any], rows: list[list[str]]) -> None:
    assert ["提示", found["note"]] in [row[:2] for row in rows]


def _match(found: dict[str, Any], rows: list[list[str]]) -> None:
    questions = {
        *found["open_questions"],
        *(ask for line in found["lines"] for ask in line["open_questions"]),
    }
    assert questions and questions <= {cell for row in rows for cell in row}
    line = found["lines"][0]
    assert {"满足", "未知", "不足"} & set(_row_of(rows, line["capability"]["key"], str(line["score"])))


def _screen(found: dict[str, Any], rows: list[list[str]]) -> None:
    assert ["可行", str(found["feasible"])] in [row[:2] for row in rows]
    for project in found["projects"]:
        row = _row_of(rows, project["achievement"]["key"], str(project["score"]))
        assert {"满足", "未知"} & set(row)
        assert all(any(reason["reason"] in cell for cell in row) for reason in project["reasons"])
        for name in ("owner", "region", "year", "trl", "field", "form"):
            assert project[name] is None or str(project[name]) in row, name
        money = project["funding_need"]
        assert money is None or {f"{money:.0f}", f"{money:,.0f} 元"} & set(row)
        done = next(cell for cell in row if cell.startswith("1. ")) if project["feasible"] else ""
        for step in project["best_route"]:
            who = step["line"] or step["institution"]
            assert f"{step['unit_op']}：" in done and who["name"] in done


def _routes(found: dict[str, Any], rows: list[list[str]]) -> None:
    about = {row[0]: row[1] for row in rows if len(row) > 1}
    assert ["判定", "有可行路径"] in [row[:2] for row in rows]
    assert found["requirement"]["subject"]["name"] in about["成果"]
    assert all(step["unit_op"] in about["要求"] for step in found["requirement"]["steps"])
    assert about["另有"] == "绵阳附近"
    for route in found["routes"]:
        row = _row_of(rows, str(route["score"]), str(route["totals"]["km"]))
        assert {"满足", "未知"} & set(row)
    assert {ask for route in found["routes"] for ask in route["open_questions"]} <= {
        c for r in rows for c in r
    }


def _abstain(found: dict[str, Any], rows: list[list[str]]) -> None:
    assert ["判定", "没有可行路径"] in [row[:2] for row in rows]
    assert set(found["open_questions"]) <= {cell for row in rows for cell in row}


def test_the_first_sheet_of_routes_names_who_does_each_step(demo: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "routes.xlsx"
    found = document("routes", "CG-000009", "--store", demo["store"], "--out", out)
    header, *rows = load_workbook(out).worksheets[0].iter_rows(values_only=True)
    assert found["routes"] and len(rows) == len(found["routes"])
    for route, row in zip(found["routes"], rows, strict=True):
        told = str(row[header.index("各步产线与机构")]).split("\n")
        for number, (step, line) in enumerate(zip(route["steps"], told, strict=True), start=1):
            assert line.startswith(f"{number}. {step['unit_op']}：")
            for one in (step["line"], step["institution"]):
                assert one is None or one["name"] in line
    for name, column in (("cost", "费用（元）"), ("months", "月数"), ("risk", "风险")):
        stated = any(route["totals"][name] is not None for route in found["routes"])
        assert (column in header) == stated
    assert "风险" in header


def test_a_register_without_prices_has_no_column_of_costs(tmp_path: Path) -> None:
    for name, text in {
        "产线": "产线编号,产线名称\nL1,甲线\n",
        "能力": "能力编号,能力名称,单元操作,所属产线编号\nC1,成粉,喷雾干燥,L1\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        kind = "PilotLine" if name == "产线" else "Capability"
        document("ingest", tmp_path / f"{name}.csv", "--kind", kind, "--store", tmp_path / "store")
    out = tmp_path / "routes.xlsx"
    found = document("routes", "--need", "需要喷雾干燥", "--store", tmp_path / "store", "--out", out)
    header, row = load_workbook(out).worksheets[0].iter_rows(values_only=True)
    assert [route["totals"]["cost"] for route in found["routes"]] == [None]
    assert "费用（元）" not in header and "风险" in header and row


@pytest.mark.parametrize("name", ["search", "routes"])
def test_a_book_has_bold_filtered_headers_and_fitting_columns(
    demo: dict[str, Any], tmp_path: Path, name: str
) -> None:
    out = tmp_path / "answer.xlsx"
    document(*QUESTIONS[name][0], "--store", demo["store"], "--out", out)
    for sheet in load_workbook(out).worksheets:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1]) and not any(cell.font.bold for cell in sheet[2])
        for number, column in enumerate(sheet.iter_cols(), start=1):
            width = sheet.column_dimensions[get_column_letter(number)].width
            longest = max(len(line) for cell in column for line in str(cell.value or "").split("\n"))
            assert min(60, longest) <= width <= 60


def test_mixed_data_is_said(demo: dict[str, Any], tmp_path: Path) -> None:
    sheet = tmp_path / "成果.csv"
    sheet.write_text("成果编号,成果名称\nR-1,陶瓷粉体\n", encoding="utf-8")
    document("ingest", sheet, "--kind", "Achievement", "--store", tmp_path / "store")
    out = tmp_path / "a.csv"
    document("search", "陶瓷", "--out", out, "--store", tmp_path / "store")
    assert "真实登记" in out.read_text(encoding="utf-8-sig")
    document("demo", "--out", demo["out"], "--achievements", 300, "--mix", "--store", tmp_path / "store")
    document("search", "陶瓷", "--out", out, "--store", tmp_path / "store")
    assert "真实登记与示例数据混存" in out.read_text(encoding="utf-8-sig")


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    sheet = tmp_path / "成果.csv"
    sheet.write_text("成果编号,成果名称\nR-1,=1+1 陶瓷\n", encoding="utf-8")
    document("ingest", sheet, "--kind", "Achievement", "--store", tmp_path / "store")
    for ending in ("xlsx", "csv"):
        out = tmp_path / f"a.{ending}"
        assert run("search", "陶瓷", "--out", out, "--store", tmp_path / "store").returncode == 0
        assert any("'=1+1 陶瓷" in cell for row in opened(out) for cell in row)


def test_money_and_days_stand_on_the_first_page_of_routes(demo: dict[str, Any], tmp_path: Path) -> None:
    asked = ("routes", "CG-000060", "--as-of", "2026-11-25", "--limit", 1, "--store", demo["store"])
    [route] = document(*asked, "--out", tmp_path / "r.xlsx")["routes"]
    page = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    header, row = page.iter_rows(max_row=2)
    at = {cell.value: number for number, cell in enumerate(header)}
    cost = row[at["费用（元）"]]
    assert (cost.value, cost.number_format) == (route["totals"]["cost"], "#,##0")
    assert (row[at["开始"]].value, row[at["结束"]].value) == (
        route["totals"]["start"],
        route["totals"]["end"],
    )
    assert row[at["提示"]].value == route["totals"]["note"]
    told = str(row[at["各步产线与机构"]].value).split("\n")
    for step, line in zip(route["steps"], told, strict=True):
        assert f"{step['start']}～{step['end']}" in line and step["schedule"]["note"] in line
    document(*asked, "--out", tmp_path / "r.md")
    assert f"| {route['totals']['cost']:,.0f} 元 |" in (tmp_path / "r.md").read_text(encoding="utf-8")


def test_what_found_a_hit_is_no_source(demo: dict[str, Any], tmp_path: Path) -> None:
    document("search", "陶瓷", "--store", demo["store"], "--out", tmp_path / "s.csv")
    header = opened(tmp_path / "s.csv")[0]
    assert "命中方式" in header and "来源" not in header
