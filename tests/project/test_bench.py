"""The benchmark measures each stage that the aims are about, and its page says what was met."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

from bench.figures import AGAIN, AIMS, FRESH, Figure
from bench.page import lines, page

ROOT = Path(__file__).resolve().parents[2]


def _records(folder: Path) -> Path:
    rows = [
        {"id": f"r{n}", "kind": "paper", "title": f"第{n}种粉体的造粒", "abstract": "先混合，再在1200℃烧结。",
         "keywords": "粉体；造粒", "org": "某研究所", "field": "材料", "year": "2020"}
        for n in range(40)
    ]  # fmt: skip
    needs = [{"id": "n1", "title": "造粒", "text": "需要 12 kg/h 的喷雾造粒"}]
    for name, content in (("achievements", rows), ("needs", needs)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
    return folder


def test_a_run_over_a_few_records_gives_every_figure(tmp_path: Path) -> None:
    out, record = tmp_path / "figures.json", tmp_path / "bench.md"
    words = ["--data", str(_records(tmp_path)), "--repeat", "1", "--json", str(out), "--record", str(record)]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    figures = [Figure(**figure) for figure in json.loads(out.read_text(encoding="utf-8"))["figures"]]
    for what, unit in AIMS:
        assert any(figure.what.startswith(what) and figure.values[unit] > 0 for figure in figures), what
    fresh, again = (next(one for one in figures if one.what == what) for what in (FRESH, AGAIN))
    assert fresh.n == again.n == 40
    assert fresh.stages and sum(fresh.stages.values()) <= fresh.values["s"]
    assert fresh.values["MB peak"] > 50
    shown = record.read_text(encoding="utf-8")
    assert all(figure.what in shown and figure.what in done.stdout for figure in figures)


def test_a_missed_aim_is_said() -> None:
    figures = [
        Figure("fresh ingest", 41_209, {"s": 44.04, "MB peak": 2100.0}, {"read": 17.2}),
        Figure("search for a title", 200, {"ms p50": 9.5, "ms p95": 25.0}),
    ]
    assert list(lines(figures)) == [
        "fresh ingest (41,209): 44 s (aim < 60, met), 2,100 MB peak (aim < 2000, missed)",
        "    read 17.2 s",
        "search for a title (200): 9.5 ms p50 (aim < 10, met), 25 ms p95 (aim < 25, missed)",
    ]
    written = page(figures, {"cores": 2}, "Real records.", 3)
    assert "| fresh ingest | 41,209 | 2,100 MB peak | < 2000, **missed** |" in written
    assert "Measured on: cores 2." in written
