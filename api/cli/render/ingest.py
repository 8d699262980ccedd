"""The report of an ingest on the terminal."""

from __future__ import annotations

from typing import Any

from api.cli.render.tables import print_tables
from api.tables import Table
from api.words import word

MOST_UNRESOLVED = 10


def print_report(document: dict[str, Any], lang: str) -> None:
    """Print counts, held rows with their reasons, warnings, references that stay open, totals, seconds."""
    held = sum(document["quarantined"].values())
    counts = [(word(name, lang), document[name]) for name in ("read", "new", "changed", "unchanged", "gone")]
    tables = [
        Table(word("answer", lang), ["", word("count", lang)], [*counts, (word("quarantined", lang), held)])
    ]
    for name in ("quarantined", "warnings"):
        rows = sorted(document[name].items(), key=lambda item: (-item[1], item[0]))
        tables.append(Table(word(name, lang), [word("reasons", lang), word("count", lang)], rows))
    unresolved = document["unresolved"]
    shown = [
        (f"{one['file']}:{one['line']}", one["field"], one["value"]) for one in unresolved[:MOST_UNRESOLVED]
    ]
    if len(unresolved) > MOST_UNRESOLVED:
        shown.append(("…", "", f"+{len(unresolved) - MOST_UNRESOLVED}"))
    tables.append(Table(word("unresolved", lang), [word("source", lang), "", ""], shown))
    totals = [(one["claim"], one["counted"], "✓" if one["agrees"] else "✗") for one in document["totals"]]
    tables.append(Table(word("total", lang), ["", word("count", lang), ""], totals))
    files = [(path,) for path in document["quarantine_files"]]
    tables.append(Table(word("quarantined", lang), [""], files))
    print_tables([table for table in tables if table.rows])
