"""Counts and single entities on the terminal."""

from __future__ import annotations

from typing import Any

from api.cli.render.tables import print_tables
from api.phrases import named, origin, worth
from api.tables import Table, kind_word
from api.words import word
from kg.schema.model import Schema
from kg.wording import yuan


def print_stats(document: dict[str, Any], schema: Schema, lang: str) -> None:
    """Print the counts of nodes, edges and runs."""
    nodes = sorted((kind_word(kind, lang), number) for kind, number in document["nodes"].items())
    edges = sorted((_edge(schema, edge, lang), number) for edge, number in document["edges"].items())
    count = word("count", lang)
    print_tables(
        [
            Table(word("nodes", lang), [word("kind", lang), count], nodes),
            Table(word("edges", lang), [word("edge", lang), count], edges),
            Table(word("runs", lang), [count], [(document["runs"],)]),
        ]
    )


def print_entity(document: dict[str, Any], schema: Schema, lang: str) -> None:
    """Print an entity: its properties, where they came from, and what stands beside it."""
    kind = schema.kinds[document["kind"]]
    title = f"{kind.label.en if lang == 'en' else kind.label.zh} · {named(document, lang)}"
    properties = [
        (_label(schema, document["kind"], name, lang), _written(schema, document["kind"], name, value, lang))
        for name, value in document["properties"].items()
        if value not in (None, "", [])
    ]
    neighbours = [
        (
            _edge(schema, n["edge"], lang),
            word(n["direction"], lang),
            kind_word(n["entity"]["kind"], lang),
            named(n["entity"], lang),
        )
        for n in document["neighbours"]
    ]
    print_tables(
        [
            Table(title, [word("properties", lang), ""], [("id", document["id"]), *properties]),
            *_reading(document.get("reading"), lang),
            Table(
                word("sources", lang),
                [word("source", lang), "", ""],
                [(s["source"], origin(s), s["date"]) for s in document["sources"]],
            ),
            Table(
                word("neighbours", lang),
                [word("edge", lang), "", word("kind", lang), word("name", lang)],
                neighbours,
            ),
        ]
    )


def _reading(found: dict[str, Any] | None, lang: str) -> list[Table]:
    """What the reader said of the record's texts: suggestions and warnings, no findings."""
    if found is None:
        return []
    rows = [
        ("trl_hint", worth(found["trl_hint"], lang)),
        ("likely_fields", "、".join(f"{one['name']} {one['score']}" for one in found["likely_fields"])),
        ("terms", "、".join(found["terms"])),
        ("flags", "、".join(f"{one['words']} ({word(one['kind'], lang)})" for one in found["flags"])),
        ("conditions", "；".join(one["text"] for one in found["conditions"])),
        ("corrections", "；".join(_correction(one, lang) for one in found["corrections"])),
    ]
    told = [(word(name, lang), text) for name, text in rows if text]
    return [Table(f"{word('reading', lang)} · {found['component']}", ["", ""], told)] if told else []


def _correction(one: dict[str, Any], lang: str) -> str:
    note = f" ({one['note']})" if one["note"] else ""
    return f"{word(one['verdict'], lang)}: {one['fact']} {one['name']}, {one['date']}{note}"


def _edge(schema: Schema, name: str, lang: str) -> str:
    """An edge's label; one that the schema lacks stands for itself."""
    spec = schema.edges.get(name)
    return name if spec is None else spec.label.en if lang == "en" else spec.label.zh


def _written(schema: Schema, kind: str, name: str, value: Any, lang: str) -> str:
    """A property as people write it: money as 1 亿元, a count without a decimal point."""
    spec = schema.kinds[kind].properties.get(name)
    if spec is not None and spec.type == "money" and isinstance(value, int | float):
        return yuan(value).said(lang)
    return f"{value:.10g}" if isinstance(value, float) else worth(value, lang)


def _label(schema: Schema, kind: str, name: str, lang: str) -> str:
    spec = schema.kinds[kind].properties.get(name)
    return name if spec is None else spec.label.en if lang == "en" else spec.label.zh
