"""The heading of a sheet: what was asked, when, of which data, and the answer in a word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from api.asked import asked, beside
from api.phrases import named
from api.tables import Table
from api.words import word
from kg.access import SEEN, View

Document = dict[str, Any]

RECORDS = " UNION ALL ".join(
    f"MATCH (n:{kind}) WHERE {SEEN.format('n')} RETURN n.synthetic AS synthetic, count(n) AS number"
    for kind in ("Achievement", "Need", "Organization", "PilotLine", "Fund")
)
OPTIONS = {"by": "deadline"}
"""Options whose word is another than their name's."""


def records_of(view: View) -> str:
    """What the store holds: `all_synthetic`, `no_synthetic` or `part_synthetic` records."""
    marks = {bool(row["synthetic"]) for row in view.query(RECORDS) if row["number"]}
    return "part_synthetic" if len(marks) > 1 else "all_synthetic" if True in marks else "no_synthetic"


def heading(given: Document, document: Document, day: date, records: str, lang: str) -> Table:
    """Two columns: every option that was given, the day, the data's mark, and what the answer comes to."""
    rows = [(word(OPTIONS.get(name, name), lang), str(value)) for name, value in given.items()]
    rows += [(word("date", lang), day.isoformat()), (word("records", lang), word(records, lang))]
    rows += [(word(name, lang), text) for name, text in _outcome(document, lang) if text]
    return Table(word("about", lang), [word("asked", lang), ""], rows)


def _outcome(document: Document, lang: str) -> Iterable[tuple[str, str]]:
    if document.get("fund"):
        yield "fund", named(document["fund"], lang)
    requirement = document.get("requirement")
    if requirement:
        subject = requirement["subject"]
        yield "need" if subject and subject["kind"] == "Need" else "achievement", named(subject, lang)
        yield "asks_for", asked(requirement, lang)
        yield "asks_beside", beside(requirement, lang)
    if document.get("status"):
        yield "verdict", word(document["status"], lang)
    total = document.get("total")
    if isinstance(total, dict):
        yield from ((name, f"{word('total', lang)} {number}") for name, number in total.items())
    elif total is not None:
        yield "total", f"{total}{'+' if document.get('total_capped') else ''}"
    if "feasible" in document:
        yield "feasible", str(document["feasible"])
    for name in ("note", "ranking"):
        if document.get(name):
            yield name, str(document[name])
