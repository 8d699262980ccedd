"""Every failure that a person meets is said in Chinese and in English, with the data as it was given."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.progress import EVERY, plain_lines
from api.wiring import Services
from kg.store import open_store
from tests.api.conftest import run

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff，。？：；（）、“”]")
UNITS = "件/小时"


def both(*arguments: object, code: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The error of a command in Chinese (which it is unless told) and in English."""
    told = []
    for lang in ((), ("--lang", "en")):
        done = run(*arguments, *lang, "--json")
        assert done.returncode == code, done.stdout + done.stderr
        told.append(json.loads(done.stdout)["error"])
    return told[0], told[1]


def check(zh: dict[str, Any], en: dict[str, Any], *data: str) -> None:
    """Chinese is said in Chinese, English holds no Chinese but the data; the rest is the same."""
    for name in ("message", "remedy"):
        assert CHINESE.search(zh[name]), zh
        rest = en[name]
        for word in (*data, UNITS):
            rest = rest.replace(word, "")
        assert not CHINESE.search(rest), en
        assert zh[name] != en[name]
    assert {n: zh[n] for n in ("code", "file", "line", "field")} == {
        n: en[n] for n in ("code", "file", "line", "field")
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "unknown.csv").write_text("子,丑\n1,2\n", encoding="utf-8")
    (folder / "empty.csv").write_text("", encoding="utf-8")
    (folder / "bytes.csv").write_bytes(b"\x81\xff\x80\xfe\x81\xff\x80,\xff\xfe\x80\x81\n" * 40)
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 512)
    (folder / "wrong.yaml").write_text("source: x\nsheets:\n  s:\n    kind: Limit\n", encoding="utf-8")
    (folder / "kind.yaml").write_text("source: x\nsheets:\n  s:\n    kind: Limmit\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["unknown.csv", "empty.csv", "bytes.csv", "old.xls", "missing.csv"])
def test_files_that_cannot_be_read(files: Path, tmp_path: Path, name: str) -> None:
    zh, en = both("check", files / name, "--store", tmp_path / "none", code=1)
    words = re.findall(r"[\u4e00-\u9fff]+", (ROOT / "docs/schema.md").read_text(encoding="utf-8"))
    check(zh, en, *sorted({*words, "子", "丑"}, key=len, reverse=True), "、", "：")


@pytest.mark.parametrize("name", ["wrong.yaml", "kind.yaml"])
def test_a_wrong_source_file(files: Path, tmp_path: Path, name: str) -> None:
    zh, en = both(
        "check", files / "unknown.csv", "--source", files / name, "--store", tmp_path / "none", code=1
    )
    check(zh, en)
    assert "ProcessStep" not in zh["remedy"] and "EvidenceItem" not in zh["remedy"]


def test_rows_that_cannot_be_taken(tmp_path: Path) -> None:
    rows = ["成果编号,成果名称,技术成熟度,资金需求(万元)", "A-1,甲,12,", "A-2,乙,4,-30"]
    (tmp_path / "f.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "l.csv").write_text("能力编号,能力名称,处理量\nC-1,烧结,5 kgg/h\n", encoding="utf-8")
    for file in ("f.csv", "l.csv"):
        zh, en = (
            json.loads(
                run("check", tmp_path / file, "--store", tmp_path / "none", "--lang", lang, "--json").stdout
            )["problems"]
            for lang in ("zh", "en")
        )
        assert [one["code"] for one in zh] == [one["code"] for one in en] and zh
        for one, two in zip(zh, en, strict=True):
            check(one, two, "元, 万元, 亿元", "万元", "处理量", "资金需求")
    strict_zh, strict_en = both("check", tmp_path / "f.csv", "--strict", "--store", tmp_path / "none", code=1)
    check(strict_zh, strict_en)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_quarantine_gives_the_code_first_and_the_words_of_the_run(tmp_path: Path, lang: str) -> None:
    (tmp_path / "f.csv").write_text("成果编号,成果名称,技术成熟度\n,甲,4\nA-2,乙,4\n", encoding="utf-8")
    done = run("ingest", tmp_path / "f.csv", "--store", tmp_path / "store", "--lang", lang, "--json")
    [path] = json.loads(done.stdout)["quarantine_files"]
    reason = Path(path).read_text(encoding="utf-8-sig").splitlines()[1]
    assert "missing_key: " in reason
    assert ("每一行都要填编号" in reason) == (lang == "zh")
    assert ("give every row its key" in reason) == (lang == "en")


def test_stores_keys_kinds_and_values(demo: dict[str, Any], tmp_path: Path) -> None:
    here = ("--store", demo["store"])
    check(*both("stats", "--store", tmp_path / "none", code=1))
    check(*both("show", "没有的", *here, code=1), "没有的")
    check(*both("search", "烧结", "--kind", "瓶子", *here, code=2), "瓶子", *_labels())
    check(*both("search", "烧结", "--trl", "9-12", *here, code=2))
    check(*both("routes", "--need", "烧结", "--budget", "-3万", *here, code=2), "-3万", "50万")
    check(*both("search", "烧结", "--as-of", "明天", *here, code=2), "明天")
    check(*both("read", "--file", tmp_path / "none.txt", code=1))
    zh, en = both("stats", "--frob", *here, code=2)
    assert CHINESE.search(zh["message"]) and not CHINESE.search(en["message"])


def _labels() -> list[str]:
    return [spec.label.zh for spec in Services.from_options(None).schema.kinds.values()]


def test_a_locked_store_names_the_process(demo: dict[str, Any]) -> None:
    opened = open_store(demo["store"], write=True)
    try:
        check(*both("correct", "CG-000009", "--right", "term=x", "--store", demo["store"], code=1))
    finally:
        opened.close()


def test_a_fact_that_is_not_there_cannot_be_taken_away(demo: dict[str, Any]) -> None:
    zh, en = both("correct", "CG-000009", "--wrong", "unit_op=月光折叠", "--store", demo["store"], code=1)
    assert zh["code"] == "not_found" and "月光折叠" in zh["message"] and "没有改动" in zh["message"]
    assert "nothing was changed" in en["message"]


def test_failures_over_http(demo: dict[str, Any]) -> None:
    opened = open_store(demo["store"])
    try:
        client = TestClient(create_app(Services.from_options(demo["store"]), opened))
        for path, status in (
            ("/entities/none", 404),
            ("/nowhere", 404),
            ("/search?limit=5", 400),
            ("/search?q=x&limit=many", 400),
            ("/search?q=x&frob=1", 400),
            ("/funds/none/screen", 404),
        ):
            mark = "&" if "?" in path else "?"
            zh, en = client.get(path), client.get(f"{path}{mark}lang=en")
            assert (zh.status_code, en.status_code) == (status, status)
            if path != "/nowhere" or "frob" not in zh.text:
                check(zh.json()["error"], en.json()["error"])
            assert client.get(path, headers={"accept-language": "en"}).json()["error"] == en.json()["error"]
    finally:
        opened.close()


def test_long_work_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 1.0, EVERY + 1, EVERY + 1, EVERY + 2])
    advance = plain_lines("zh", lambda: next(times))
    for done in (500, 1000, 1500):
        advance("read", done, 3000)
    assert capsys.readouterr().err == "读取 1,000/3,000\n"


ALLOWED = ("ingest/demo", "ingest/enrich/fields", "kg/vocabulary", "kg/schema", "kg/store", "embeddings")
"""Rooms whose bare messages are a developer's: wrong files of our own, misuse of the store's protocol."""


def test_no_failure_is_made_from_a_bare_text() -> None:
    bare = []
    for room in ("api", "kg", "ingest"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith(ALLOWED):
                bare += [f"{name}:{line}" for line in _bare(path)]
    assert bare == []


def _bare(path: Path) -> list[int]:
    """Lines of errors of ours whose message or remedy is a text that has words of one language."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        if not called.endswith("Error") or called in ("ValueError", "RuntimeError", "AssertionError"):
            continue
        said = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "remedy")]
        found += [one.lineno for one in said if isinstance(one, ast.Constant | ast.JoinedStr) and _words(one)]
    return found


def _words(node: ast.expr) -> bool:
    """Whether a literal says something: two words or more of letters, not an example or a quotation."""
    parts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
    literal = "".join(one for one in parts if isinstance(one, str))
    return bool(re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", literal)) and not literal.startswith("zhongshi ")
