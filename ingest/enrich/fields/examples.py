"""Training texts and their fields, from the records whose licence allows it (CC BY 4.0, MIT)."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.enrich.fields.codes import CodeTable, load_codes
from ingest.enrich.fields.errors import FieldsError
from ingest.enrich.fields.features import tidy
from ingest.enrich.fields.scheme import Scheme

FILE = "achievements.jsonl.gz"
_LICENCES = {"CC BY 4.0", "repo MIT"}
_TABLES = {"chinaxiv": "clc", "patents_title_ipc": "ipc", "patents_cpc_sample": "ipc"}
_TOLD = 2


@dataclass(frozen=True)
class Example:
    """One text with its fields.

    `kind`: `coded` by a reviewed table, `words` by telling words, `ours` written by us.
    `group` is the same for texts that must not be on both sides of a split; `maybe` are fields that telling
    words speak for and the codes do not: neither for nor against.
    """

    id: str
    title: str
    abstract: str
    fields: frozenset[str]
    kind: str
    group: str
    maybe: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """Title and abstract."""
        return f"{self.title} {self.abstract}".strip()


def read_examples(data: Path, scheme: Scheme) -> list[Example]:
    """The examples of a folder, in its order. Raises FieldsError where it holds none."""
    tables = {name: load_codes(name, scheme) for name in set(_TABLES.values())}
    words = telling(scheme)
    found = []
    for record in _records(data):
        if record.get("licence") not in _LICENCES or record.get("source") not in _TABLES:
            continue
        example = _coded(record, tables[_TABLES[record["source"]]], words)
        example = example or (_by_words(record, words) if not record["field"] else None)
        if example is not None:
            found.append(example)
    if not found:
        raise FieldsError(f"{data / FILE} holds no record to train with", file=str(data / FILE))
    return found


def read_disciplines(data: Path, scheme: Scheme) -> list[Example]:
    """The records with a discipline's name (CSL): no licence stated, so measured on and never trained on."""
    table = load_codes("csl", scheme)
    found = []
    for record in _records(data):
        fields = table.fields([record["field"]], record["title"]) if record["field"] else None
        if record.get("source") == "csl_benchmark" and fields is not None:
            found.append(_example(record, fields, "discipline"))
    return found


def seeds(scheme: Scheme) -> list[Example]:
    """Each field's names and telling words as texts of our own: they help the fields of few records."""
    return [
        Example(f"seed:{word}", word, "", frozenset({field.name}), "ours", f"seed:{word}")
        for field in scheme
        for word in (field.name, *field.also, *field.terms)
    ]


def telling(scheme: Scheme) -> dict[str, re.Pattern[str]]:
    """For each field a pattern of the words that tell it."""
    return {
        field.name: re.compile("|".join(map(re.escape, sorted(field.terms, key=len, reverse=True))), re.I)
        for field in scheme
    }


def _records(data: Path) -> Iterator[dict[str, Any]]:
    path = data / FILE
    if not path.is_file():
        raise FieldsError(f"{path} does not exist", file=str(path), remedy="Name the folder with --data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _coded(record: dict[str, Any], table: CodeTable, words: dict[str, re.Pattern[str]]) -> Example | None:
    codes = re.findall(r"[A-Z]{1,2}[0-9.\-]*(?:[A-Z](?![A-Z]))?[0-9./\-]*", record["field"] or "")
    fields = table.fields(codes, record["title"]) if codes else None
    if fields is None:
        return None
    maybe = frozenset(name for name, pattern in words.items() if pattern.search(record["title"])) - fields
    return replace(_example(record, fields, "coded"), maybe=maybe)


def _by_words(record: dict[str, Any], words: dict[str, re.Pattern[str]]) -> Example | None:
    """Fields that two different words tell, or one in the title; no field where no word is there at all."""
    title, abstract = record["title"], record["abstract"] or ""
    fields, any_word = set(), False
    for name, pattern in words.items():
        told = {word.lower() for word in pattern.findall(abstract)}
        in_title = {word.lower() for word in pattern.findall(title)}
        any_word = any_word or bool(told or in_title)
        if in_title and len(told | in_title) >= _TOLD:
            fields.add(name)
    if any_word and not fields:
        return None
    return _example(record, frozenset(fields), "words")


def _example(record: dict[str, Any], fields: frozenset[str], kind: str) -> Example:
    group = hashlib.sha256("".join(tidy(record["title"]).split()).encode()).hexdigest()[:16]
    return Example(record["id"], record["title"], record["abstract"] or "", fields, kind, group)
