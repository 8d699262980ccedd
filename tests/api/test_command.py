"""The command: documents to the letter, exit codes, and clear failures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import document, run

ENTITY = {"id", "key", "kind", "name", "synthetic"}


def test_the_demo_report_counts_every_row_once(demo: dict[str, Any]) -> None:
    assert demo["read"] == demo["new"] + demo["changed"] + demo["unchanged"] + sum(
        demo["quarantined"].values()
    )
    assert demo["unresolved"] == []
    assert {total["claim"]: total["agrees"] for total in demo["totals"]}
    assert all(total["agrees"] for total in demo["totals"])


def test_loading_again_changes_nothing(demo: dict[str, Any]) -> None:
    before = document("stats", "--store", demo["store"])
    again = document("demo", "--out", demo["out"], "--achievements", 300, "--store", demo["store"])
    after = document("stats", "--store", demo["store"])
    assert (again["new"], again["changed"], again["gone"]) == (0, 0, 0)
    assert (before["nodes"], before["edges"]) == (after["nodes"], after["edges"])


def test_search_hits_have_their_shape_and_pages_do_not_overlap(demo: dict[str, Any]) -> None:
    pages = [
        document("search", "陶瓷 烧结", "--limit", 5, "--page", page, "--store", demo["store"])
        for page in (1, 2)
    ]
    hits = [hit for page in pages for hit in page["hits"]]
    assert len({hit["id"] for hit in hits}) == len(hits) == 10
    assert all({*ENTITY, "title", "score", "found_by", "highlight"} <= set(hit) for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert sum(value["count"] for value in pages[0]["facets"]["kind"]) == pages[0]["total"]


def test_filters_hold_for_every_hit(demo: dict[str, Any]) -> None:
    found = document(
        "search", "陶瓷", "--kind", "ACHIEVEMENT", "--trl", "4～6", "--limit", 20, "--store", demo["store"]
    )
    assert found["hits"]
    for hit in found["hits"]:
        shown = document("show", hit["id"], "--store", demo["store"])
        assert shown["kind"] == "Achievement"
        assert 4 <= shown["properties"]["trl"] <= 6


def test_show_says_where_a_fact_stands(demo: dict[str, Any]) -> None:
    shown = document("show", "L-01", "--store", demo["store"])
    assert set(shown) >= {*ENTITY, "properties", "sources", "neighbours"}
    source = shown["sources"][0]
    row = Path(source["file"]).read_text(encoding="utf-8-sig").splitlines()[source["line"] - 1]
    assert row.startswith("L-01;")
    assert {near["direction"] for near in shown["neighbours"]} == {"in", "out"}


def test_a_planted_route_is_found_with_its_proof(demo: dict[str, Any], truth: list[dict[str, Any]]) -> None:
    planted = [
        one
        for one in truth
        if one["type"] == "achievement" and one["difficulty"] == "plain" and one["feasible"] == "yes"
    ]
    found = [document("routes", one["key"], "--store", demo["store"]) for one in planted[:8]]
    assert any(answer["status"] == "ok" for answer in found)
    for answer in found:
        for route in answer["routes"]:
            for step in route["steps"]:
                assert step["proof"]
                assert {entry["verdict"] for entry in step["proof"]} <= {"fits", "unknown"}
            assert set(route["totals"]) >= {"cost", "months", "risk", "km", "hand_overs"}
        if answer["status"] == "abstain":
            assert answer["why_not"] or answer["open_questions"]


def test_a_restricted_record_is_blocked_and_leaves_no_trace(
    demo: dict[str, Any], truth: list[dict[str, Any]]
) -> None:
    restricted = next(one["key"] for one in truth if one["type"] == "achievement" and one["restricted"])
    answer = document("routes", restricted, "--store", demo["store"])
    assert answer["status"] == "blocked"
    assert answer["gates"][0]["status"] == "blocked"
    assert answer["routes"] == []
    hidden = run("show", restricted, "--store", demo["store"], "--json")
    assert hidden.returncode == 1
    assert json.loads(hidden.stdout)["error"]["code"] == "not_found"
    hits = document("search", restricted, "--limit", 50, "--store", demo["store"])["hits"]
    assert restricted not in {hit["key"] for hit in hits}


def test_screen_lists_feasible_projects_first(demo: dict[str, Any]) -> None:
    answer = document("screen", "JJ-01", "--limit", 100, "--store", demo["store"])
    flags = [project["feasible"] for project in answer["projects"]]
    assert flags == sorted(flags, reverse=True)
    for project in answer["projects"]:
        assert all(entry["verdict"] != "short" for entry in project["mandate"])
        assert project["feasible"] or project["routes"] == 0


@pytest.mark.parametrize("ending", ["xlsx", "csv", "md"])
@pytest.mark.parametrize(
    "question",
    [
        ("search", "陶瓷"),
        ("match", "--need", "需要12 kg/h喷雾造粒"),
        ("screen", "JJ-01"),
        ("routes", "CG-000009"),
    ],
)
def test_sheets_that_a_broker_can_send(
    demo: dict[str, Any], tmp_path: Path, ending: str, question: tuple[str, ...]
) -> None:
    out = tmp_path / f"answer.{ending}"
    done = run(*question, "--out", out, "--store", demo["store"])
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 200
    if ending != "xlsx":
        assert "示例" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("search", ""), "usage", 2),
        (("search", "陶瓷", "--trl", "高"), "usage", 2),
        (("search", "陶瓷", "--kind", "龙"), "usage", 2),
        (("search", "陶瓷", "--nonsense"), "usage", 2),
        (("search", "陶瓷", "--page", "0"), "usage", 2),
        (("show", "没有这个"), "not_found", 1),
        (("match",), "usage", 2),
        (("routes",), "usage", 2),
        (("routes", "CG-000009", "--need", "烧结"), "usage", 2),
        (("routes", "CG-000009", "--budget", "很多"), "usage", 2),
        (("routes", "CG-000009", "--by", "明年"), "usage", 2),
        (("routes", "CG-000009", "--out", "a.docx"), "usage", 2),
        (("screen", "CG-000009"), "usage", 2),
    ],
)
def test_wrong_use_is_one_document_with_a_remedy(
    demo: dict[str, Any], arguments: tuple[str, ...], code: str, exit_code: int
) -> None:
    done = run(*arguments, "--store", demo["store"], "--json")
    assert done.returncode == exit_code, done.stdout + done.stderr
    error = json.loads(done.stdout)["error"]
    assert error["code"] == code
    assert error["message"] and error["remedy"]
    assert set(error) == {"code", "message", "file", "line", "field", "remedy"}


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    done = run("stats", "--store", tmp_path / "none", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "store_missing"
    assert not (tmp_path / "none").exists()


def test_options_without_effect_say_so(demo: dict[str, Any]) -> None:
    done = run(
        "routes", "CG-000009", "--budget", "50万", "--by", "2027-03-01", "--store", demo["store"], "--json"
    )
    assert done.returncode == 0
    json.loads(done.stdout)
    assert "--budget" in done.stderr and "--by" in done.stderr


def test_export_and_import_keep_everything(demo: dict[str, Any], tmp_path: Path) -> None:
    document("export", tmp_path / "out", "--store", demo["store"])
    document("import", tmp_path / "out", "--store", tmp_path / "copy")
    assert document("stats", "--store", tmp_path / "copy") == document("stats", "--store", demo["store"])
    asked = ("search", "陶瓷 烧结", "--limit", 20)
    assert document(*asked, "--store", tmp_path / "copy") == document(*asked, "--store", demo["store"])


def test_a_template_can_be_filled_in_and_read_back(tmp_path: Path) -> None:
    import openpyxl

    sheet = tmp_path / "funds.xlsx"
    document("template", "fund", "--out", sheet)
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    headers = {str(cell.value): cell.column for cell in page[1]}
    for header, value in (("基金编号", "F-1"), ("基金名称", "试验基金"), ("单笔投资", "100万—800万元")):
        column = next(number for text, number in headers.items() if text.startswith(header))
        page.cell(row=page.max_row if header != "基金编号" else page.max_row + 1, column=column, value=value)
    book.save(sheet)
    report = document("ingest", sheet, "--kind", "Fund", "--store", tmp_path / "store")
    assert (report["read"], report["new"]) == (1, 1)
    shown = document("show", "F-1", "--store", tmp_path / "store")
    assert shown["name"] == "试验基金"


def test_check_writes_nothing(demo: dict[str, Any], tmp_path: Path) -> None:
    report = document("check", demo["out"], "--source", demo["source"], "--store", tmp_path / "none")
    assert report["new"] == demo["new"]
    assert report["quarantined"] == demo["quarantined"]
    assert list(tmp_path.iterdir()) == []
