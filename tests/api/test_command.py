"""The command: documents to the letter, exit codes, and clear failures."""

from __future__ import annotations

import json
import socket
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


def test_a_hit_says_at_a_glance_what_it_is(demo: dict[str, Any]) -> None:
    [hit] = document("search", "CG-000009", "--limit", 1, "--store", demo["store"])["hits"]
    shown = document("show", "CG-000009", "--store", demo["store"])
    beside = {near["edge"]: near["entity"]["name"] for near in shown["neighbours"]}
    facts = shown["properties"]
    assert (hit["trl"], hit["year"], hit["form"]) == (facts["trl"], facts["year"], facts["form"])
    assert (hit["owner"], hit["field"]) == (beside["OWNED_BY"], beside["IN_FIELD"])
    [line] = document("search", "L-01", "--limit", 1, "--store", demo["store"])["hits"]
    operates = document("show", "L-01", "--store", demo["store"])["neighbours"]
    assert line["owner"] in {near["entity"]["name"] for near in operates if near["edge"] == "OPERATES"}
    assert (line["trl"], line["key"]) == (None, "L-01")
    text = run("search", "CG-000009", "--limit", 1, "--store", demo["store"]).stdout.replace("\n", "")
    assert f"TRL {hit['trl']}" in text and str(hit["year"]) in text


def test_one_place_is_one_facet_and_filters_by_any_writing(tmp_path: Path) -> None:
    places = ["绵阳", "绵阳市", "四川省绵阳市", "四川省绵阳市涪城区", "成都市", "重庆", "某开发区"]
    rows = [f"A-{number},陶瓷粉体 {number},{place}" for number, place in enumerate(places)]
    sheet = tmp_path / "成果.csv"
    sheet.write_text("\n".join(["成果编号,成果名称,单位所在地", *rows]) + "\n", encoding="utf-8")
    document("ingest", sheet, "--kind", "Achievement", "--store", tmp_path / "store")
    found = document("search", "陶瓷粉体", "--store", tmp_path / "store")
    facet = {one["value"]: one["count"] for one in found["facets"]["region"]}
    assert facet == {"绵阳市": 3, "涪城区": 1, "成都市": 1, "重庆市": 1, "某开发区": 1}
    for asked, keys in {
        "绵阳": "0123",
        "四川绵阳市": "0123",
        "510700": "0123",
        "四川": "01234",
        "四川省": "01234",
        "川渝": "012345",
        "涪城区": "3",
        "某开发": "6",
    }.items():
        hits = document("search", "陶瓷粉体", "--region", asked, "--store", tmp_path / "store")["hits"]
        assert {hit["key"] for hit in hits} == {f"A-{key}" for key in keys}, asked


@pytest.mark.parametrize(
    "text", ["阿巴阿巴 xyzzy", "今天天气怎么样", "的", "我们的 怎么样", "the of", "!!!", "123456"]
)
def test_what_asks_for_nothing_here_finds_nothing_and_says_so(demo: dict[str, Any], text: str) -> None:
    found = document("search", text, "--store", demo["store"])
    assert (found["total"], found["hits"]) == (0, [])
    assert found["note"]
    assert found["note"] in run("search", text, "--store", demo["store"]).stderr


def test_a_single_character_is_looked_up_literally(demo: dict[str, Any]) -> None:
    found = document("search", "钛", "--limit", 50, "--store", demo["store"])
    assert found["hits"] and found["note"]
    assert all("<em>钛</em>" in hit["highlight"] for hit in found["hits"])
    assert document("search", "钛合金", "--store", demo["store"])["note"] is None


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
    assert document("screen", answer["fund"]["name"], "--limit", 100, "--store", demo["store"]) == answer


def test_screen_takes_the_filters_of_search(demo: dict[str, Any]) -> None:
    whole = document("screen", "JJ-01", "--limit", 1000, "--store", demo["store"])
    filters = ("--trl", "4-6", "--region", "四川", "--year", "2018-2022")
    narrow = document("screen", "JJ-01", "--limit", 1000, *filters, "--store", demo["store"])
    assert 0 < narrow["total"] == len(narrow["projects"]) < whole["total"]
    assert narrow["feasible"] == sum(project["feasible"] for project in narrow["projects"])
    kept = {project["achievement"]["key"] for project in narrow["projects"]}
    assert narrow["projects"] == [one for one in whole["projects"] if one["achievement"]["key"] in kept]
    for project in whole["projects"][:10]:
        facts = document("show", project["achievement"]["id"], "--store", demo["store"])["properties"]
        fits = 4 <= facts.get("trl", 0) <= 6 and 2018 <= facts.get("year", 0) <= 2022
        assert (project["achievement"]["key"] in kept) <= fits


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("search", ""), "usage", 2),
        *(
            ((command,), "usage", 2)
            for command in ("search", "screen", "show", "export", "import", "ingest", "check")
        ),
        (("search", "陶瓷", "--trl", "高"), "usage", 2),
        (("search", "陶瓷", "--kind", "龙"), "usage", 2),
        (("search", "陶瓷", "--nonsense"), "usage", 2),
        (("search", "陶瓷", "--page", "0"), "usage", 2),
        (("search", "陶瓷", "--limit", "0"), "usage", 2),
        (("search", "陶瓷", "--limit", "-1"), "usage", 2),
        (("search", "陶瓷", "--trl", "9-4"), "usage", 2),
        (("search", "陶瓷", "--trl", "4-12"), "usage", 2),
        (("search", "陶瓷", "--year", "abc"), "usage", 2),
        (("search", "陶瓷", "--year", ""), "usage", 2),
        (("search", "陶瓷", "--as-of", "明年"), "usage", 2),
        (("screen", "JJ-01", "--trl", "高"), "usage", 2),
        (("screen", "没有这支基金"), "not_found", 1),
        (("screen", "基金"), "ambiguous", 2),
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


@pytest.mark.parametrize("name", ["field", "region", "owner"])
@pytest.mark.parametrize("question", [("search", "陶瓷"), ("screen", "JJ-01")])
def test_an_empty_answer_says_that_a_filter_names_nothing(
    demo: dict[str, Any], question: tuple[str, str], name: str
) -> None:
    known = document("search", "陶瓷", "--kind", "Achievement", "--store", demo["store"])["facets"][name]
    value = str(known[0]["value"])
    wrong = value[:-1] + "龘"
    asked = (*question, "--store", demo["store"], f"--{name}")
    for lang in ("zh", "en"):
        found = document(*asked, wrong, "--lang", lang)
        assert found["total"] == 0
        assert f"“{wrong}”" in found["note"] and value in found["note"].partition("”")[2]
        done = run(*asked, wrong, "--lang", lang)
        assert found["note"] in done.stdout + done.stderr
    assert "“" not in (document(*asked, value)["note"] or "")


@pytest.mark.parametrize("field", ["by", "as-of"])
def test_a_day_that_is_none_is_said_of_its_own_option(demo: dict[str, Any], field: str) -> None:
    done = run("routes", "CG-000009", f"--{field}", "12月前", "--store", demo["store"], "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["field"]) == (2, field)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    done = run("stats", "--store", tmp_path / "none", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "store_missing"
    assert not (tmp_path / "none").exists()


def test_a_port_that_is_none_is_wrong_use(demo: dict[str, Any]) -> None:
    done = run("serve", "--port", "80000", "--store", demo["store"])
    assert done.returncode == 2
    assert "80000" in done.stderr and "65535" in done.stderr and "Traceback" not in done.stderr


def test_an_address_that_cannot_be_served_is_said(demo: dict[str, Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = run("serve", "--port", port, "--store", demo["store"])
    foreign = run("serve", "--host", "192.0.2.1", "--port", 0, "--store", demo["store"])
    for done, said in ((busy, f"127.0.0.1:{port}"), (foreign, "192.0.2.1:0")):
        assert done.returncode == 1
        assert said in done.stderr and "--port" in done.stderr and "Traceback" not in done.stderr


def test_a_deadline_may_be_a_month_which_lasts_to_its_last_day(demo: dict[str, Any]) -> None:
    found = document("routes", "CG-000009", "--by", "2027-06", "--store", demo["store"])
    assert found["requirement"]["by"]["value"] == "2027-06-30"


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


def test_a_step_that_nobody_knows_is_set_with_a_warning(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name, text in (
        ("成果", "成果编号,成果名称\nA-1,陶瓷粉体\n"),
        ("能力", "能力编号,能力名称,单元操作\nC-1,星尘固化机,星尘固化\n"),
    ):
        sheet = tmp_path / f"{name}.csv"
        sheet.write_text(text, encoding="utf-8")
        kind = "Achievement" if name == "成果" else "Capability"
        document("ingest", sheet, "--kind", kind, "--store", store)
    steps = ("喷雾干燥", "星尘固化", "月光折叠")
    rights = [word for step in steps for word in ("--right", f"unit_op={step}")]
    done = run("correct", "A-1", *rights, "--store", store, "--json")
    assert (done.returncode, set(json.loads(done.stdout)["unit_ops"])) == (0, set(steps))
    assert [step for step in steps if step in done.stderr] == ["月光折叠"]
    assert "没有产线登记" in done.stderr
    told = run("correct", "A-1", *rights, "--store", store, "--json", "--lang", "en")
    assert "no line lists it" in told.stderr
    assert run("correct", "A-1", "--wrong", "unit_op=月光折叠", "--store", store, "--json").stderr == ""


@pytest.mark.parametrize(
    ("lang", "nothing", "would"), [("zh", "没有写入", "将下架"), ("en", "nothing was written", "would be")]
)
def test_a_check_says_that_it_wrote_nothing_and_what_would_go(
    tmp_path: Path, lang: str, nothing: str, would: str
) -> None:
    sheet, store = tmp_path / "成果.csv", tmp_path / "store"
    rows = [f"A-{number:02},第{number}项" for number in range(14)]
    sheet.write_text("\n".join(["成果编号,成果名称", *rows]) + "\n", encoding="utf-8")
    ingested = run("ingest", sheet, "--kind", "Achievement", "--store", store, "--lang", lang)
    assert nothing not in ingested.stdout
    sheet.write_text("成果编号,成果名称\nA-00,第0项\n", encoding="utf-8")
    asked = (sheet, "--kind", "Achievement", "--store", store, "--complete")
    first, *rest = run("check", *asked, "--lang", lang).stdout.splitlines()
    assert nothing in first and would in "\n".join(rest)
    assert [line.split() for line in rest if line.startswith("  A-")] == [
        row.split(",") for row in rows[1:11]
    ]
    checked = document("check", *asked)
    assert [(one["key"], one["name"]) for one in checked["gone_records"]] == [
        tuple(row.split(",")) for row in rows[1:]
    ]
    gone = checked["gone_records"][0]
    assert document("show", "A-01", "--store", store)["id"] == gone["id"]
    done = document("ingest", *asked)
    assert (done["gone"], done["gone_records"]) == (13, checked["gone_records"])
    assert run("show", "A-01", "--store", store).returncode == 1


def test_the_report_names_what_was_not_read_and_refused(tmp_path: Path) -> None:
    """A clerk sees every unread column and file, and where a classified row stands, without --json."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(
        "成果编号,成果名称,密级,审批意见,归口\nA1,甲,公开,同意,一处\nA2,乙,机密,同意,二处\n"
    )
    (folder / "菜单.txt").write_text("周一 豆腐\n")
    shown = run("check", folder, "--store", tmp_path / "store").stdout
    assert "a.csv: 审批意见、归口" in shown and "docs/sources.md" in shown
    assert "菜单.txt" in shown and "a.csv:3" in shown
    assert "乙" not in shown


def test_bytes_that_are_no_text_are_wrong_use(demo: dict[str, Any]) -> None:
    done = run("search", b"a\xff".decode("utf-8", "surrogateescape"), "--store", demo["store"], "--json")
    assert done.returncode == 2 and "不是文本" in json.loads(done.stdout)["error"]["message"]


def test_a_run_that_fails_makes_no_store(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("成果编号,成果名称,技术成熟度\nA1,甲,12\n")
    store = tmp_path / "store"
    assert run("ingest", tmp_path / "a.csv", "--strict", "--store", store).returncode == 1
    assert run("import", tmp_path / "nothing", "--store", store).returncode == 1
    assert run("stats", "--store", store).returncode == 1
    assert not store.exists()


def test_money_is_shown_as_people_write_it(demo: dict[str, Any]) -> None:
    fund = document("show", "JJ-01", "--store", demo["store"])
    assert fund["properties"]["size"] == 100_000_000
    assert "1 亿元" in run("show", "JJ-01", "--store", demo["store"]).stdout
    assert "100,000,000 yuan" in run("show", "JJ-01", "--store", demo["store"], "--lang", "en").stdout
