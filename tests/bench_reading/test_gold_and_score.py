"""The scorer on texts written here, and the gold files' own order."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from bench.reading.gold import GOLD, GoldQuantity, GoldText, Labelled, load_gold
from bench.reading.score import paired, same_unit, score
from ingest.enrich.reader import SpacyReader

TEXT = "将粉体球磨24 h，压制成型后在1400～1450 ℃烧结。"


def _row(text: str, **more: object) -> dict[str, object]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"id": "made-1", "field": "abstract", "sha256": digest, **more}


def _write(folder: Path, text: str, row: dict[str, object]) -> None:
    with gzip.open(folder / "achievements.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(
            json.dumps({"id": "made-1", "title": "粉体", "abstract": text}, ensure_ascii=False) + "\n"
        )
    (folder / "dev.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def test_gold_is_joined_with_the_texts_by_id(tmp_path: Path) -> None:
    _write(
        tmp_path, TEXT, _row(TEXT, quantities=[[5, 9, "h", 24, 24, None]], unit_ops=[[3, 5, "球磨", True]])
    )
    texts, problems = load_gold("dev", tmp_path, tmp_path)
    assert problems == []
    assert texts[0].text == TEXT
    assert texts[0].unit_ops == (Labelled((3, 5), True),)
    assert texts[0].conditions is None


def test_a_text_that_changed_is_left_out_and_named(tmp_path: Path) -> None:
    _write(tmp_path, TEXT + "改", _row(TEXT))
    texts, problems = load_gold("dev", tmp_path, tmp_path)
    assert texts == []
    assert "made-1" in problems[0]


def test_spans_are_paired_one_to_one_and_the_longest_overlap_first() -> None:
    assert paired([(0, 4)], [(0, 2), (2, 4), (1, 4)]) == [(0, 2)]
    assert len(paired([(0, 2), (2, 4)], [(0, 4)])) == 1
    assert paired([(0, 2)], [(2, 4)]) == []


@pytest.mark.parametrize(("one", "other"), [("mAh·g⁻¹", "mAh/g"), ("小时", "h"), ("KV", "kV")])
def test_units_count_as_the_same_in_whatever_writing(one: str, other: str) -> None:
    assert same_unit(one, other)


def test_a_wrong_value_and_a_missed_operation_lower_the_figures() -> None:
    gold = GoldText(
        "made-1",
        "abstract",
        TEXT,
        len(TEXT),
        quantities=(GoldQuantity((5, 9), "h", 24, 24), GoldQuantity((16, 27), "℃", 1400, 1500)),
        unit_ops=(Labelled((3, 5), True), Labelled((0, 1), True)),
        tests=(),
        maturity=(),
        conditions=None,
        deadline=None,
        budget=None,
    )
    scores = score([gold], SpacyReader().read)
    both = scores.counts["quantities value + unit"]
    assert (both.right, both.found, both.wanted) == (1, 2, 2)
    assert scores.counts["quantities unit"].right == 2
    assert scores.counts["unit_ops overlap"].right == 1
    assert {miss.what for miss in scores.misses} >= {"wrong value", "missed"}


def test_gold_files_hold_no_text_and_no_record_twice_and_keep_the_split() -> None:
    """A file of one sort (`maturity-`, `ops-`) may take a record again that another sort's has."""
    seen: set[tuple[str, str, str]] = set()
    for file in sorted(GOLD.glob("*.jsonl")):
        sort, _, rest = file.stem.rpartition("-")
        sort = sort if sort in ("maturity", "ops") else ""
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            half = int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2
            named = rest if sort else file.name
            assert file.name == "fresh.jsonl" or named.startswith("test" if half else "dev")
            assert (sort, row["id"], row["field"]) not in seen
            seen.add((sort, row["id"], row["field"]))
            for name in ("quantities", "unit_ops", "tests", "maturity"):
                assert sort or name in row
                assert all(0 <= span[0] < span[1] for span in row.get(name, ()))
    assert len(seen) >= 300
