"""Scores what ingest read of a generated registry against the truth file beside it.

The registry goes through the command as any file does; the facts are taken from the store, the truth is
opened only afterwards.

- Steps: an own step of a record counts as right where it is an operation that was planted there, under its
  listed name or its own words. Words that the vocabulary lists and words outside it are told apart.
- Quantities: of the planted ones, how many stand in the record with the same ends and unit, and how many of
  them at their own step; of what stands at a step that was planted, how much was planted there.
- Maturity: how many planted sentences hold evidence; how much of the proved evidence stands in the planted
  sentence, which alone tells what was done; how often the suggested level is the planted one, or beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.reading.gold import GoldQuantity
from bench.reading.score import Count, same_ends, same_unit
from kg.store import open_store
from kg.store.base import GraphStore
from kg.vocabulary import Vocabulary, load_vocabulary
from kg.vocabulary.model import plain_name

_KINDS = {"achievement": "Achievement", "need": "Need"}
_TEXTS = (
    "MATCH (r:{kind}) RETURN r.key AS key, r.abstract AS abstract, r.trl_hint AS trl, r.quantities AS loose"
)
_STEPS = (
    "MATCH (r:{kind})-[:HAS_STEP]->(s:ProcessStep) "
    "RETURN r.key AS key, s.name AS name, s.text AS text, s.quantities AS quantities"
)
_EVIDENCE = (
    "MATCH (r:{kind})-[:PROVED_BY]->(e:EvidenceItem) WHERE e.field = 'abstract' "
    "RETURN r.key AS key, e.`start` AS start, e.`end` AS stop"
)
_ANY_EVIDENCE = (
    "MATCH (r:{kind})-[:PROVED_BY|CLAIMS|AIMS_AT]->(e:EvidenceItem) WHERE e.field = 'abstract' "
    "RETURN r.key AS key, e.`start` AS start, e.`end` AS stop"
)
Quantity = Mapping[str, Any]


@dataclass
class Record:
    """What the store holds of a record."""

    abstract: str = ""
    trl: int | None = None
    loose: list[Quantity] = field(default_factory=list)
    steps: list[tuple[str, str, list[Quantity]]] = field(default_factory=list)
    proved: list[tuple[int, int]] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Planted:
    """Everything counted. `shares` hold (right, of)."""

    records: int = 0
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def share(self, name: str, right: bool) -> None:
        self.shares[name][0] += right
        self.shares[name][1] += 1

    def table(self) -> str:
        """The figures as a table in Markdown."""
        lines = [f"| {self.records:,} generated records | precision | recall | right / found / planted |"]
        lines.append("|---|---|---|---|")
        for name, c in self.counts.items():
            lines.append(
                f"| {name} | {c.precision:.3f} | {c.recall:.3f} | {c.right} / {c.found} / {c.wanted} |"
            )
        for name, (right, of) in self.shares.items():
            lines.append(f"| {name} | | {right / of:.3f} | {right} / {of} |" if of else f"| {name} | | | 0 |")
        return "\n".join(lines)


def score_demo(achievements: int, seed: int) -> Planted:
    """Generate a registry, load it with the command, and score what stands in the store."""
    with tempfile.TemporaryDirectory(prefix="zhongshi-planted-") as name:
        folder = Path(name)
        size = ["--achievements", str(achievements), "--seed", str(seed), "--json"]
        command = [
            str(Path(sys.executable).with_name("zhongshi")),
            "demo",
            "--out",
            str(folder / "files"),
            *size,
        ]
        subprocess.run([*command, "--store", str(folder / "store")], check=True, stdout=subprocess.DEVNULL)
        store = open_store(str(folder / "store"))
        try:
            records = {kind: load_records(store, label) for kind, label in _KINDS.items()}
        finally:
            store.close()
        lines = (folder / "files" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        return score_planted(map(json.loads, lines), records, load_vocabulary())


def load_records(store: GraphStore, kind: str) -> dict[str, Record]:
    """The records of a kind by key."""
    found: dict[str, Record] = {}
    for row in store.query(_TEXTS.format(kind=kind)):
        loose = [json.loads(one) for one in row["loose"] or ()]
        found[row["key"]] = Record(row["abstract"] or "", row["trl"], loose)
    for row in store.query(_STEPS.format(kind=kind)):
        held = [json.loads(one) for one in row["quantities"] or ()]
        found[row["key"]].steps.append((row["name"], row["text"], held))
    for row in store.query(_EVIDENCE.format(kind=kind)):
        found[row["key"]].proved.append((row["start"], row["stop"]))
    for row in store.query(_ANY_EVIDENCE.format(kind=kind)):
        found[row["key"]].evidence.append((row["start"], row["stop"]))
    return found


def score_planted(
    truth: Iterable[Mapping[str, Any]], records: Mapping[str, Mapping[str, Record]], vocabulary: Vocabulary
) -> Planted:
    """Count over every planted record that is in the store; rows that ingest holds back are not."""
    result = Planted()
    for row in truth:
        record = records.get(row["type"], {}).get(row.get("key", ""))
        if record is not None:
            result.records += 1
            _score_steps(result, row["steps"], row["not_own"], record, vocabulary)
            _score_quantities(result, row["steps"], record, vocabulary)
            _score_maturity(result, row.get("maturity"), record)
    return result


def _names(words: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """Names as they are compared, each beside the one that the vocabulary lists."""
    found = {plain_name(word) for word in words}
    listed = (vocabulary.canonical(word) for word in words)
    return found | {plain_name(one.name) for one in listed if one}


def _score_steps(
    result: Planted,
    planted: Sequence[Mapping[str, Any]],
    not_own: Sequence[str],
    record: Record,
    vocabulary: Vocabulary,
) -> None:
    read = [_names((name, text), vocabulary) for name, text, _ in record.steps]
    every = [_names((one["unit_op"], one["said"]), vocabulary) for one in planted]
    right = sum(any(names & one for one in every) for names in read)
    met = [any(names & one for names in read) for one in every]
    result.counts["steps"].add(0, len(read), 0)
    steps = result.counts["steps"]
    steps.right, steps.wanted = steps.right + right, steps.wanted + len(every)
    for one, found in zip(planted, met, strict=True):
        listed = vocabulary.canonical(one["said"]) is not None
        sort = "said by its usual name" if not one["synonym"] else "said by a synonym"
        result.share(f"steps {sort}, {'in the vocabulary' if listed else 'outside the vocabulary'}", found)
    for word in not_own:
        result.share(
            "others' practice not taken for a step",
            not any(_names((word,), vocabulary) & names for names in read),
        )


def _score_quantities(
    result: Planted, planted: Sequence[Mapping[str, Any]], record: Record, vocabulary: Vocabulary
) -> None:
    everywhere = [*record.loose, *(one for _, _, held in record.steps for one in held)]
    for step in planted:
        names = _names((step["unit_op"], step["said"]), vocabulary)
        held = [
            one for name, text, own in record.steps if names & _names((name, text), vocabulary) for one in own
        ]
        for need in step["needs"]:
            result.share("quantities: value and unit", any(_same(one, need) for one in everywhere))
            result.share("quantities at their own step", any(_same(one, need) for one in held))
        right = sum(any(_same(one, need) for need in step["needs"]) for one in held)
        result.counts["quantities of planted steps"].add(right, len(held), len(step["needs"]))


def _same(found: Quantity, need: Mapping[str, Any]) -> bool:
    """The same ends and unit; a single figure's relation says which end is open. A bare figure does for a
    bound that the words do not state (贴装精度50 μm)."""
    low, high = (found["value"],) * 2 if "value" in found else (found["low"], found["high"])
    bare = found["relation"] == "="
    low = None if found["relation"] in ("<=", "<") or (bare and need["low"] is None) else low
    high = None if found["relation"] in (">=", ">") or (bare and need["high"] is None) else high
    wanted = GoldQuantity((0, 0), need["unit"], need["low"], need["high"])
    return same_unit(found["unit"], need["unit"]) and same_ends(low, high, found["unit"], wanted)


def _score_maturity(result: Planted, planted: Mapping[str, Any] | None, record: Record) -> None:
    if planted is None or planted["said"] not in record.abstract:
        return
    start = record.abstract.index(planted["said"])
    end = start + len(planted["said"])
    inside = _inside(record.proved, start, end)
    result.share("maturity: planted sentences with evidence", bool(_inside(record.evidence, start, end)))
    result.counts["maturity, proved"].add(bool(inside), len(inside), 1)
    counted = result.counts["maturity, proved"]
    counted.right += max(0, len(inside) - 1)
    counted.wanted += max(0, len(inside) - 1)
    counted.found += len(record.proved) - len(inside)
    result.share("maturity: the level, exactly", record.trl == planted["trl"])
    result.share(
        "maturity: the level, to one", record.trl is not None and abs(record.trl - planted["trl"]) <= 1
    )


def _inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(a, b) for a, b in spans if a < end and b > start]
