"""The reading of a text as a document: by command line and HTTP alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Literal, cast

from kg.errors import UsageError, ZhongshiError
from kg.reading import (
    Condition,
    MaturityMention,
    QuantityMention,
    Reader,
    Reading,
    UnitOpMention,
)
from kg.wording import Sentence

Document = dict[str, Any]
TextKind = Literal["need", "achievement"]
_BATCH = 256
_A_LINE = Sentence('每行写一个 {"id": …, "text": "…"}', 'write one {"id": …, "text": "…"} a line')


class BadTextError(ZhongshiError):
    """A file or a line that holds no text to read."""

    code = "bad_text"
    status = 400


@dataclass(frozen=True)
class ReadOptions:
    """How to read: as a need, as an achievement, or as the text itself looks; `as_of` dates 6个月内."""

    kind: TextKind | None
    as_of: date

    @classmethod
    def of(cls, kind: str | None, as_of: str | None) -> ReadOptions:
        """Options as people give them; raises `UsageError`."""
        from api.wiring import as_of_date

        word = (kind or "").strip().lower()
        if word not in ("", "need", "achievement"):
            raise UsageError(
                Sentence(f"没有“{kind}”这种文本", f"{kind!r} is no kind of text"),
                field="kind",
                remedy=Sentence(
                    "写 need（需求）或 achievement（成果），或不写",
                    "say need or achievement, or leave it out",
                ),
            )
        return cls(cast("TextKind", word) if word else None, as_of_date(as_of))


def read_text(reader: Reader, text: str, options: ReadOptions) -> Document:
    """The document of one text."""
    plain = readable(text)
    return document(_as_need(reader.read(plain), plain, options), plain, options, reader.version)


def read_lines(reader: Reader, lines: Iterable[str], options: ReadOptions, file: str) -> Iterator[Document]:
    """The documents of JSON lines with `id` and `text`, in their order; a bad line gives its error, whose
    words are sentences still."""
    numbered = enumerate(lines, 1)
    while batch := list(islice(numbered, _BATCH)):
        rows = [_row(line, file, number) for number, line in batch if line.strip()]
        readings = reader.read_many([row.text for row in rows if row.error is None])
        for row in rows:
            if row.error is not None:
                yield {"id": row.id, **row.error.document()}
                continue
            reading = _as_need(next(readings), row.text, options)
            yield {"id": row.id, **document(reading, row.text, options, reader.version)}


def _as_need(reading: Reading, text: str, options: ReadOptions) -> Reading:
    """The reading with what it asks for, where a text is said to be a need and does not look like one."""
    if options.kind != "need" or reading.is_need:
        return reading
    from ingest.enrich.doubled import once
    from ingest.enrich.needs import Needs

    return replace(reading, **vars(Needs().find(once(text), surely=True)))


@dataclass(frozen=True)
class _Row:
    id: Any
    text: str
    error: ZhongshiError | None = None


def _row(line: str, file: str, number: int) -> _Row:
    def bad(what: Sentence, field: str | None = None) -> BadTextError:
        return BadTextError(what, file=file, line=number, field=field, remedy=_A_LINE)

    try:
        row = json.loads(line)
    except ValueError as exc:
        return _Row(None, "", bad(Sentence(f"不是 JSON：{exc}", f"no JSON: {exc}")))
    if not isinstance(row, dict):
        return _Row(None, "", bad(Sentence("不是 JSON 对象", "no JSON object")))
    text = row.get("text")
    if not isinstance(text, str):
        return _Row(row.get("id"), "", bad(Sentence("这一行没有 text", "no text in this line"), "text"))
    return _Row(row.get("id"), readable(text))


def readable(text: str) -> str:
    """The text with half characters (lone surrogates) as U+FFFD, so that it can be written; offsets stay."""
    return "".join(c if not "\ud800" <= c <= "\udfff" else "\ufffd" for c in text) if _broken(text) else text


def _broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def document(reading: Reading, text: str, options: ReadOptions, version: str) -> Document:
    """INTERFACE's reading; what only needs have is empty where the text is read as something else."""
    from kg.reading import suggest_trl

    is_need = options.kind == "need" or (options.kind is None and reading.is_need)
    suggestion = suggest_trl(reading.maturity)
    return {
        "kind": "need" if is_need else "achievement",
        "quantities": [_quantity(one) for one in reading.quantities],
        "unit_ops": [_operation(one) for one in reading.unit_ops],
        "tests": [_operation(one) for one in reading.tests],
        "maturity": [_evidence(one) for one in reading.maturity],
        "trl": {"suggested": suggestion.level, "reasons": [_evidence(one) for one in suggestion.because]},
        "fields": [{"name": one.name, "score": one.score} for one in reading.fields],
        "terms": list(reading.terms),
        "flags": [
            {"kind": one.kind, "words": one.words, "start": one.start, "end": one.end, "why": one.rule}
            for one in reading.flags
        ],
        **(_need(reading, options.as_of) if is_need else _NO_NEED),
        "reader": version,
    }


_NO_NEED: Document = {"conditions": [], "deadline": None, "budget": None, "equipment": []}


def _need(reading: Reading, as_of: date) -> Document:
    from kg.deadlines import due

    deadline, budget = reading.deadline, reading.budget
    said = {
        name: {"text": one.text, "start": one.start, "end": one.end}
        for name, one in (("deadline", deadline), ("budget", budget))
        if one is not None
    }
    if budget is not None:
        said["budget"] |= {"low": budget.low, "high": budget.high}
    amount = budget and (budget.high if budget.high is not None else budget.low)
    return {
        "conditions": [_condition(one, reading.quantities) for one in reading.conditions],
        "deadline": due(deadline, as_of) if deadline else None,
        "budget": amount,
        "said": said,
        "equipment": [{"text": one.text, "start": one.start, "end": one.end} for one in reading.equipment],
    }


def _quantity(one: QuantityMention) -> Document:
    place = {"start": one.start, "end": one.end}
    return {**one.quantity.document(), **place, "relation": one.relation, "measures": one.measures}


_OPERATION = ("start", "end", "text", "name", "own", "order", "rule", "alternative")


def _operation(one: UnitOpMention) -> Document:
    return {name: getattr(one, name) for name in _OPERATION}


def _evidence(one: MaturityMention) -> Document:
    return {name: getattr(one, name) for name in ("start", "end", "text", "item", "kind", "trl_hint", "rule")}


def _condition(one: Condition, quantities: Sequence[QuantityMention]) -> Document:
    inside = [q for q in quantities if one.start <= q.start and q.end <= one.end]
    place = {"text": one.text, "hard": one.hard, "start": one.start, "end": one.end, "rule": one.rule}
    return {**place, "quantities": [_quantity(quantity) for quantity in inside]}
