"""Texts that nobody should have to write by hand: halves of characters, NUL, two million letters."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import Bench

from kg.errors import ZhongshiError

Write = Callable[..., Path]


def test_escapes_that_no_store_takes(bench: Bench, write: Write) -> None:
    row = '{"成果编号":"W1","成果名称":"坏\\ud800字","成果简介":"里面\\u0000有 烧结 \\ud83d\\ude00"}'
    assert bench.ingest(write("a.jsonl", row)).new == 1
    properties = bench.node("W1").properties
    assert properties["name"] == "坏\ufffd字"
    assert "\x00" not in str(properties["abstract"]) and "😀" in str(properties["abstract"])


def test_two_megabytes_of_abstract(bench: Bench, write: Write) -> None:
    long = "将原料混合后在900℃烧结，" * 60_000 + "末尾"
    row = json.dumps({"成果编号": "W1", "成果名称": "长文", "成果简介": long}, ensure_ascii=False)
    report = bench.ingest(write("a.jsonl", row))
    assert report.new == 1 and {"too_long", "partly_read"} <= set(report.warnings)
    steps = bench.query("MATCH (a)-[:HAS_STEP]->(s) RETURN s.name AS name ORDER BY name")
    assert {row["name"] for row in steps} == {"混合", "烧结"}


def test_ctrl_c_while_reading_leaves_everything(bench: Bench, write: Write) -> None:
    rows = [json.dumps({"成果编号": f"W{n}", "成果名称": f"第{n}项"}) for n in range(1000)]

    def stop(stage: str, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(ZhongshiError) as caught:
        bench.ingest(write("a.jsonl", *rows), progress=stop)
    assert caught.value.document()["error"]["code"] == "interrupted"
    assert bench.query("MATCH (n:Achievement) RETURN n.id AS id") == []


def test_a_quarantine_that_cannot_be_written_stops_the_run(bench: Bench, write: Write) -> None:
    blocked = write("file-not-folder", "x")
    file = write("a.csv", "成果编号,成果名称,技术成熟度", "W1,好,5", "W2,坏,12")
    with pytest.raises(ZhongshiError) as caught:
        bench.ingest(file, quarantine_dir=blocked)
    assert "--quarantine-dir" in str(caught.value.remedy)
    assert not Path(bench.url).exists(), "no store is left that was not there"
