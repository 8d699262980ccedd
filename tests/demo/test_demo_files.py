"""What is written: the same bytes each time, any size, the promised counts, nothing of the product inside."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from demo_files import TEXTS, Demo, read_truth, table

import ingest.demo
from ingest.demo import write_registry

FORBIDDEN = (
    "kg",
    "embeddings",
    "api",
    "ingest.enrich",
    "ingest.mapping",
    "ingest.readers",
    "ingest.pipeline",
)


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_another_process_writes_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    call = "import sys; from pathlib import Path; from ingest.demo import write_registry\n"
    call += "write_registry(Path(sys.argv[1]), achievements=500)"
    for hash_seed in ("1", "2"):
        out = tmp_path / hash_seed
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Shanghai"}
        subprocess.run([sys.executable, "-c", call, str(out)], check=True, env=environment)
        assert hashes(out) == hashes(demo.files.folder)


def test_another_seed_writes_another_registry(demo: Demo, tmp_path: Path) -> None:
    other = write_registry(tmp_path, achievements=500, seed=8)
    same = {name for name, value in hashes(other.folder).items() if value == hashes(demo.files.folder)[name]}
    assert same == {"source.yaml", "基金清单.xlsx", "中试线.csv"}


@pytest.mark.parametrize("count", [1, 10, 500])
def test_any_size_holds_so_many_achievements(count: int, tmp_path: Path) -> None:
    files = write_registry(tmp_path, achievements=count)
    truth = read_truth(files.truth)
    wrong = sum(row["type"] == "wrong_row" for row in truth)
    rows = sum(len(table(files.folder / name)) for name in TEXTS)
    assert rows == count + wrong
    assert sum(row["type"] == "achievement" for row in truth) == count
    assert wrong == (5 if count >= 100 else 0)
    assert truth[0] == {
        "type": "totals", "synthetic": True, "achievements": count, "institutions": 119, "lines": 30,
        "capabilities": 141, "funds": 8, "needs": 60,
    }  # fmt: skip
    assert all(path.is_file() for path in (*files.paths, files.source, files.truth))


def test_a_larger_registry_begins_with_the_smaller_one(demo: Demo, tmp_path: Path) -> None:
    small = read_truth(write_registry(tmp_path, achievements=480).truth)
    keys = ("key", "difficulty", "steps", "feasible")
    first = [[row[key] for key in keys] for row in small if row["type"] == "achievement"]
    assert first == [[row[key] for key in keys] for row in demo.of("achievement")][:480]


def test_the_sheets_hold_the_promised_counts(demo: Demo) -> None:
    folder = demo.files.folder
    assert len(table(folder / "中试机构名录.xlsx")) == 119
    assert len(table(folder / "中试线.csv")) == 30
    sheets = [table(folder / "中试能力.xlsx", name) for name in ("产线能力", "产线能力（文字）", "自有设备")]
    assert sum(map(len, sheets)) == 141
    assert all(sheets)
    funds = {row["基金类别"]: row["总规模"] for row in table(folder / "基金清单.xlsx")}
    assert (funds["中试基金"], funds["产业投资基金"]) == ("1亿元", "40亿元")


def test_the_layouts_are_the_awkward_ones_of_real_registers(demo: Demo) -> None:
    folder = demo.files.folder
    assert (folder / "成果登记_2026.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        (folder / "历年成果汇编.csv").read_bytes().decode("utf-8")
    own = table(folder / "中试能力.xlsx", "自有设备")
    ranges = [row[f"范围{n}"] for row in own for n in (1, 2, 3) if row[f"指标{n}"]]
    assert "" in ranges, "a parameter without a number"
    assert any("≤" in cell for cell in ranges)
    assert any("～" in cell for cell in ranges)


def test_all_organisations_are_marked_as_invented(demo: Demo) -> None:
    folder = demo.files.folder
    names = [row["单位名称"] for row in table(folder / "单位名录.csv")]
    names += [row["中试机构名称"] for row in table(folder / "中试机构名录.xlsx")]
    names += [row["基金名称"] for row in table(folder / "基金清单.xlsx")]
    assert all(name.endswith("（示例）") for name in names)
    assert len(set(names)) == len(names)


def test_texts_read_like_abstracts(demo: Demo) -> None:
    whole = {row["key"] for row in demo.of("achievement") if row["difficulty"] != "incomplete"}
    lengths = sorted(len(text.split("\n")[1]) for key, text in demo.texts().items() if key in whole)
    assert lengths[len(lengths) // 10] > 150
    assert 200 <= lengths[len(lengths) // 2] <= 400
    assert not any("{" in text or "[" in text for text in demo.texts().values())


def test_titles_rarely_repeat(demo: Demo) -> None:
    titles = [text.split("\n")[0] for key, text in demo.texts().items() if key.startswith("CG-0")]
    assert len(set(titles)) > 0.99 * len(titles)


def test_nothing_of_reading_or_matching_is_imported() -> None:
    for path in sorted(Path(ingest.demo.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong = [name for name in names if f"{name}.".startswith(tuple(f"{f}." for f in FORBIDDEN))]
            assert not wrong, f"{path.name} imports {wrong}"


def test_source_file_says_synthetic(demo: Demo) -> None:
    import yaml

    source = yaml.safe_load(demo.files.source.read_text("utf-8"))
    assert source["synthetic"] is True
    assert {total["count"] for total in source["totals"]} == {119, 141, 30}


def test_no_achievement_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        write_registry(tmp_path, achievements=0)


def test_truth_is_one_document_a_line(demo: Demo) -> None:
    for line in demo.files.truth.read_text("utf-8").splitlines():
        assert json.loads(line)["type"]


def test_how_far_the_writing_has_come_is_told_to_the_last_result(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    write_registry(tmp_path, achievements=1200, progress=lambda *where: told.append(where))
    counts = [(500, 1200), (1000, 1200), (1200, 1200)]
    assert told == [(stage, *count) for stage in ("draw", "truth") for count in counts]
