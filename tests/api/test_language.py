"""Chinese and English at the edge: documents, sheets and what the terminal shows."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from api.cli.render.hits import SNIPPET, snippet
from api.phrases import amount, reached, together, verdict, worth
from api.words import CODES, WORDS, code_word, word
from tests.api.conftest import document, run
from tests.transfer.test_wording import ENGLISH, said

NEED = "需要12 kg/h的喷雾造粒中试能力，粒径50μm，明年3月前"
ASKED: list[tuple[str, ...]] = [
    ("routes", "CG-000009"),
    ("routes", "--need", NEED, "--budget", "50万"),
    ("routes", "--need", "希望提高管理水平"),
    ("match", "--need", NEED),
    ("screen", "JJ-01", "--limit", "100"),
]


@pytest.mark.parametrize("question", ASKED)
def test_sentences_are_of_the_language_that_was_asked_for(
    demo: dict[str, Any], question: tuple[str, ...]
) -> None:
    zh, plain, en = (
        document(*question, "--store", demo["store"], *lang)
        for lang in (("--lang", "zh"), (), ("--lang", "en"))
    )
    assert zh == plain
    assert not [one for one in said(zh) if ENGLISH.search(one)]
    pairs = [(one, two) for one, two in zip(said(zh), said(en), strict=True) if ENGLISH.search(two)]
    assert pairs
    assert all(one != two for one, two in pairs)


def test_the_environment_names_the_language(demo: dict[str, Any]) -> None:
    environment = {**os.environ, "ZHONGSHI_LANG": "en"}
    done = run("routes", "CG-000009", "--store", demo["store"], "--json", env=environment)
    assert json.loads(done.stdout) == document(
        "routes", "CG-000009", "--store", demo["store"], "--lang", "en"
    )


@pytest.mark.parametrize("command", [("routes", "CG-000009"), ("stats",), ("screen", "JJ-01")])
def test_an_unknown_language_is_wrong_use(demo: dict[str, Any], command: tuple[str, ...]) -> None:
    done = run(*command, "--store", demo["store"], "--lang", "fr", "--json")
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"], error["field"]) == (2, "usage", "lang")
    assert "zh" in error["remedy"] and "en" in error["remedy"]


def test_identifiers_stay_in_documents_and_are_words_in_sheets(demo: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "screen.md"
    found = document("screen", "JJ-01", "--store", demo["store"], "--out", out)
    names = {entry["constraint"] for one in found["projects"] for entry in one["mandate"]}
    assert {"stage", "ticket", "region"} <= names
    sheet = out.read_text(encoding="utf-8")
    assert "单笔投资" in sheet and "万元" in sheet
    assert not re.search(r"\b(stage|ticket|region|yuan)\b", sheet)


@pytest.mark.parametrize("question", ASKED[:1] + ASKED[3:])
def test_every_generated_entity_is_marked_on_the_terminal(
    demo: dict[str, Any], question: tuple[str, ...]
) -> None:
    found = document(*question, "--store", demo["store"])
    done = run(*question, "--store", demo["store"], env={**os.environ, "COLUMNS": "300"})
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    entities = list(named(found))
    shown = [line for line in lines if any(f"{one['name']} ({one['key']})" in line for one in entities)]
    assert len(shown) > 3
    assert [line for line in shown if "〔示例〕" not in line] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_kinds_edges_and_directions_are_words(demo: dict[str, Any], lang: str) -> None:
    counted = run("stats", "--store", demo["store"], "--lang", lang).stdout
    shown = run("show", "L-01", "--store", demo["store"], "--lang", lang).stdout
    cells = set(re.split(r"\s{2,}|\n", shown))
    if lang == "zh":
        assert "成果" in counted and "完成单位" in counted and {"入", "出"} & cells
        assert not re.search(r"[A-Za-z]{3,}", counted) and not {"in", "out"} & cells
    else:
        assert "achievement" in counted and "owned by" in counted and {"in", "out"} & cells
        assert not re.search(r"[\u4e00-\u9fff]|[A-Z]{2,}_|OWNED", counted)


def named(value: Any) -> list[dict[str, Any]]:
    """Every generated entity of a document."""
    if isinstance(value, list):
        return [one for part in value for one in named(part)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("synthetic") and "name" in value else []
    return own + [one for part in value.values() for one in named(part)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_of_an_ingest_says_what_is_wrong_where_and_what_to_do(tmp_path: Path, lang: str) -> None:
    rows = ["成果编号,成果名称,技术成熟度,闲列", "A-1,甲,4,x", "A-2,乙,12,x", "A-1,丙,5,x"]
    (tmp_path / "f.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run("check", tmp_path / "f.csv", "--store", tmp_path / "none", "--lang", lang)
    assert done.returncode == 0, done.stderr
    text = "".join(done.stdout.split())
    for code in ("bad_value", "duplicate_id", "skipped_column"):
        assert "".join(f"{code_word(code, lang)} ({code})".split()) in text
    advice = {"zh": "两行留一行", "en": "keepone"}[lang]
    assert "f.csv:3[技术成熟度]" in text and "f.csv:4" in text and advice in text
    assert "f.csv:闲列" in text


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("8,100,000 yuan", "810 万元", "8,100,000 yuan"),
        ("≥1,000,000 yuan", "≥100 万元", "≥1,000,000 yuan"),
        ("1,000,000–300,000,000 yuan", "100 万元–3 亿元", "1,000,000–300,000,000 yuan"),
        ("100万—800万元", "100万—800万元", "100万—800万元"),
        ("TRL 5", "TRL 5", "TRL 5"),
    ],
)
def test_money_is_shown_as_people_write_it(text: str, zh: str, en: str) -> None:
    assert (worth(text, "zh"), worth(text, "en")) == (zh, en)


def test_amounts_and_verdicts() -> None:
    assert amount({"value": 3_100_000.0, "unit": "yuan"}, "zh") == "310 万元"
    assert amount({"value": 1.0, "unit": "TRL"}, "zh") == "1 级"
    assert amount({"value": 3.0, "unit": "kg/h"}, "zh") == "3 kg/h"
    fits = {"verdict": "fits", "margin": {"value": 0.0, "unit": "TRL"}}
    assert (verdict(fits, "zh"), verdict(fits, "en")) == ("满足（刚好）", "fits (just)")
    short = {"verdict": "short", "short_by": {"value": 5.0, "unit": "kg/h"}}
    assert (verdict(short, "zh"), verdict(short, "en")) == ("差 5 kg/h", "short by 5 kg/h")
    assert verdict({"verdict": "unknown", "note": "能力登记未写明"}, "zh") == "未知（能力登记未写明）"


def test_one_mark_says_it_of_a_whole_line_only_where_all_are_generated() -> None:
    made = {"name": "甲线", "key": "L-1", "synthetic": True}
    real = {"name": "乙中心", "key": "I-1", "synthetic": False}
    assert together([made, {**real, "synthetic": True}], "zh") == "甲线 (L-1) · 乙中心 (I-1) 〔示例〕"
    assert together([made, real], "zh") == "甲线 (L-1) 〔示例〕 · 乙中心 (I-1)"
    assert together([None, real], "zh") == "乙中心 (I-1)"


def test_why_not_is_a_sentence() -> None:
    line = {"name": "甲线", "key": "L-1", "synthetic": False}
    short = {
        "constraint": "处理量",
        "required": {"text": "20 kg/h"},
        "best_offer": {"text": "3～15 kg/h"},
        "by": line,
        "short_by": {"value": 5.0, "unit": "kg/h"},
        "unit_op": "喷雾造粒",
    }
    assert reached(short, "zh") == "喷雾造粒：处理量 要求 20 kg/h，最接近 甲线 (L-1) 3～15 kg/h，差 5 kg/h"
    nobody = {"constraint": "unit_op", "required": "外延", "best_offer": None, "by": None, "short_by": None}
    assert reached(nobody, "zh") == "外延：没有机构登记"
    assert (
        reached({**nobody, "by": line, "best_offer": "沉积"}, "en") == "外延: nearest 甲线 (L-1), offers 沉积"
    )
    moves = {**nobody, "constraint": "max_hand_overs", "required": 0, "best_offer": 2}
    assert reached(moves, "zh") == "交接次数 最多 0，至少需要 2"


def test_a_snippet_is_short_and_holds_the_found_word() -> None:
    long = "前" * 300 + "<em>烧结</em>" + "后" * 300
    assert "烧结" in snippet(long)
    assert len(snippet(long)) <= SNIPPET + 2
    assert snippet("a &lt; <em>b</em>") == "a < b"


def test_every_word_has_both_languages() -> None:
    for zh, en in [*WORDS.values(), *CODES.values()]:
        assert re.search(r"[\u4e00-\u9fff]", zh) and not re.search(r"[\u4e00-\u9fff]", en)
    assert (word("unit_op", "zh"), word("unit_op", "en")) == ("单元操作", "unit operation")
