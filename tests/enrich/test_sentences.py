"""Sentences as registrations and needs word them, read by the whole reader: what has to be found in each.

The sentences stand in `sentences.yaml`. What the reader cannot do yet is marked there (`known_gap`) and must
fail: a gap that is closed turns this red until the mark is gone. `python -m tests.enrich.test_sentences`
rewrites the marks; look at what it changed, since a sentence that was read and is no longer is a regression.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from ingest.enrich import build_reader
from kg.reading import QuantityMention, Reader, Reading
from kg.values.units import unit_of

FILE = Path(__file__).with_name("sentences.yaml")
Expected = str | list[str] | None
LARGEST_SHARE_OF_GAPS = 0.35


@dataclass(frozen=True)
class Case:
    """One key of one sentence: `key` is what has to be read as `expected`."""

    text: str
    key: str
    expected: Expected
    gap: bool


def cases() -> Iterator[Case]:
    """Every key of every sentence."""
    for sentence in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        gaps = sentence.get("known_gap", [])
        for key in (key for key in sentence if key not in ("text", "known_gap")):
            yield Case(sentence["text"], key, sentence[key], key in gaps)


def quantities(reading: Reading, text: str, expected: Expected) -> bool:
    """Spans, ends and units are all right, and there is no other."""
    wanted = [re.split(r" \| ", line) for line in expected or ()]
    return len(wanted) == len(reading.quantities) and all(
        _is_quantity(found, text, *line) for found, line in zip(reading.quantities, wanted, strict=True)
    )


def _is_quantity(found: QuantityMention, text: str, span: str, low: str, high: str, unit: str) -> bool:
    theirs, ours = unit_of(found.quantity.unit), unit_of(unit)
    if text[found.start : found.end] != span or theirs is None or ours is None or theirs.base != ours.base:
        return False
    ends = zip(found.quantity.bounds(), (low, high), strict=True)
    return all(
        (end is None) == (given == "-")
        and (end is None or math.isclose(theirs.to_base(end), ours.to_base(float(given)), rel_tol=1e-9))
        for end, given in ends
    )


def overlapping(spans: list[tuple[int, int]], text: str, words: Expected) -> bool:
    """Each of the words meets one span of its own, and no span is left."""
    wanted = [words] if isinstance(words, str) else list(words or ())
    places = [(text.index(word), text.index(word) + len(word)) for word in wanted]
    met = [[span for span in spans if span[0] < end and start < span[1]] for start, end in places]
    return len(spans) == len(wanted) and all(met) and {s for some in met for s in some} == set(spans)


def maturity(kind: str) -> Callable[[Reading, str, Expected], bool]:
    def holds(reading: Reading, text: str, expected: Expected) -> bool:
        return overlapping([(m.start, m.end) for m in reading.maturity if m.kind == kind], text, expected)

    return holds


def conditions(hard: bool) -> Callable[[Reading, str, Expected], bool]:
    def holds(reading: Reading, text: str, expected: Expected) -> bool:
        return overlapping([(c.start, c.end) for c in reading.conditions if c.hard is hard], text, expected)

    return holds


def flags(reading: Reading, text: str, expected: Expected) -> bool:
    return sorted(f"{flag.kind}: {flag.words}" for flag in reading.flags) == sorted(expected or ())


CHECKS: dict[str, Callable[[Reading, str, Expected], bool]] = {
    "quantities": quantities,
    "own": lambda reading, text, expected: [m.text for m in reading.unit_ops if m.own] == expected,
    "not_own": lambda reading, text, expected: [m.text for m in reading.unit_ops if not m.own] == expected,
    "tests": lambda reading, text, expected: [m.text for m in reading.tests if m.own] == expected,
    "proved": maturity("proved"),
    "claimed": maturity("claimed"),
    "target": maturity("target"),
    "hard": conditions(True),
    "wish": conditions(False),
    "deadline": lambda reading, text, expected: overlapping(
        [(found.start, found.end) for found in (reading.deadline,) if found], text, expected
    ),
    "budget": lambda reading, text, expected: overlapping(
        [(found.start, found.end) for found in (reading.budget,) if found], text, expected
    ),
    "flags": flags,
}


@cache
def reader() -> Reader:
    return build_reader()


@cache
def reading(text: str) -> Reading:
    return reader().read(text)


def holds(case: Case) -> bool:
    return CHECKS[case.key](reading(case.text), case.text, case.expected)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case.key}-{case.text[:24]}", marks=pytest.mark.xfail(strict=True))
        if case.gap
        else pytest.param(case, id=f"{case.key}-{case.text[:24]}")
        for case in cases()
    ],
)
def test_a_sentence_reads_as_written_down(case: Case) -> None:
    assert holds(case), reading(case.text)


def test_there_are_enough_sentences_and_the_gaps_are_counted() -> None:
    all_cases = list(cases())
    texts = {case.text for case in all_cases}
    gaps = sum(case.gap for case in all_cases)
    assert len(texts) >= 200
    assert gaps / len(all_cases) <= LARGEST_SHARE_OF_GAPS, f"{gaps} of {len(all_cases)}"


def test_every_mark_of_a_gap_names_a_key_of_its_sentence() -> None:
    for sentence in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        assert set(sentence.get("known_gap", ())) <= sentence.keys(), sentence["text"]


def mark() -> str:
    """The file's text with every mark as the reader is now."""
    failing: dict[str, list[str]] = {}
    for case in cases():
        if not holds(case):
            failing.setdefault(case.text, []).append(case.key)
    blocks = re.split(r"(?m)^(?=- text: |# --- )", FILE.read_text(encoding="utf-8"))
    return "".join(_marked(block, failing) for block in blocks)


def _marked(block: str, failing: dict[str, list[str]]) -> str:
    if not block.startswith("- text: "):
        return block
    plain = re.sub(r"(?m)^  known_gap: .*\n", "", block)
    (sentence,) = yaml.safe_load(plain)
    gaps = [key for key in sentence if key in failing.get(sentence["text"], ())]
    if not gaps:
        return plain
    body = plain.rstrip("\n")
    return f"{body}\n  known_gap: [{', '.join(gaps)}]\n{plain[len(body) + 1 :]}"


if __name__ == "__main__":
    FILE.write_text(mark(), encoding="utf-8")
    sys.stdout.write(f"{sum(case.gap for case in cases())} gaps\n")
