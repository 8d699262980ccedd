"""Answers as tables: what the terminal and the sheets both show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from api.phrases import (
    amount,
    bracketed,
    named,
    origin,
    proof_line,
    readiness,
    spoken,
    synthetic,
    together,
    verdict,
    worth,
)
from api.timetable import bill_line, cost_of, slot
from api.words import word
from kg.wording import constraint

if TYPE_CHECKING:
    from kg.schema.model import KindSpec

Document = dict[str, Any]
Cells = Sequence[object]


class Yuan(float):
    """An amount of money in a cell: a number to a spreadsheet, 97,000 元 to a person."""


@dataclass(frozen=True)
class Table:
    """A title, a header and rows of cells."""

    title: str
    header: Sequence[str]
    rows: Sequence[Cells]

    def filled(self) -> Table:
        """The same without the columns that are empty in every row."""
        kept = [i for i in range(len(self.header)) if any(row[i] not in (None, "") for row in self.rows)]
        if not self.rows or len(kept) == len(self.header):
            return self
        rows = [[row[i] for i in kept] for row in self.rows]
        return Table(self.title, [self.header[i] for i in kept], rows)

    def widths(self) -> list[int]:
        """Column widths in characters, 8 to 60, that show most cells whole."""
        columns = zip(self.header, *([str(c or "") for c in row] for row in self.rows), strict=True)
        return [min(60, max(8, max(_width(text) for text in column) + 2)) for column in columns]


def _width(text: str) -> int:
    """The widest line, a Chinese character as two."""
    return max(sum(2 if ord(character) > 0x2E7F else 1 for character in line) for line in text.split("\n"))


def _table(title: str, columns: Sequence[str], rows: Sequence[Cells], lang: str) -> Table:
    return Table(word(title, lang), [word(column, lang) for column in columns], rows)


def search_tables(document: Document, lang: str) -> list[Table]:
    """One table of hits."""
    return [_hits("answer", document["hits"], lang)]


def _hits(title: str, hits: Sequence[Document], lang: str) -> Table:
    rows = [
        (
            number,
            hit["key"],
            kind_word(hit["kind"], lang),
            hit["name"] + synthetic(hit, lang),
            *(hit[name] for name in GLANCE),
            hit["score"],
            (", " if lang == "en" else "、").join(word(one, lang) for one in hit["found_by"]),
            without_marks(hit["highlight"]),
        )
        for number, hit in enumerate(hits, start=1)
    ]
    columns = ("#", "key", "kind", "name", *GLANCE, "score", "found_by", "highlight")
    return _table(title, columns, rows, lang)


GLANCE = ("owner", "region", "year", "trl", "field", "form")
"""What a hit says of its thing at a glance."""


def at_a_glance(hit: Document, lang: str) -> str:
    """The same in one line; nothing for what the thing does not have."""
    facts = {**hit, "trl": f"TRL {hit['trl']}" if hit["trl"] else None}
    return " · ".join(str(facts[name]) for name in GLANCE if facts[name] not in (None, ""))


def kind_word(kind: str, lang: str) -> str:
    """A kind's label; a kind that the schema lacks stands for itself."""
    spec = _kinds().get(kind)
    return kind if spec is None else spec.label.en if lang == "en" else spec.label.zh


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, KindSpec]:
    from kg.schema import load_schema

    return load_schema().kinds


def without_marks(text: str) -> str:
    """A highlight as plain text."""
    import html

    return html.unescape(text.replace("<em>", "").replace("</em>", ""))


def match_tables(document: Document, lang: str) -> list[Table]:
    """Results, lines with their proof, and the questions that stay open."""
    rows = [
        (
            number,
            named(line["line"], lang) or word("own_equipment", lang),
            named(line["institution"], lang),
            named(line["capability"], lang),
            line["score"],
            word(worst(entry["verdict"] for entry in line["proof"]), lang),
            "\n".join(proof_line(entry, lang) for entry in line["proof"]),
            "\n".join(spoken(reason, lang) for reason in line["reasons"]),
        )
        for number, line in enumerate(document["lines"], start=1)
    ]
    columns = ("#", "line", "institution", "capability", "score", "verdict", "required", "reasons")
    asks = [(line["unit_op"], ask) for line in document["lines"] for ask in line["open_questions"]]
    asks = [("", ask) for ask in document["open_questions"]] + asks
    asked = [(step, spoken(ask, lang)) for step, ask in dict.fromkeys(asks)]
    tables = [
        _hits("achievements", document["achievements"], lang),
        _table("lines", columns, rows, lang),
        _table("open_questions", ("step", "ask"), asked, lang),
    ]
    return [table for table in tables if table.rows] or tables[:1]


def worst(verdicts: Iterable[str]) -> str:
    """One verdict for several: short before unknown before fits."""
    held = set(verdicts)
    return next((one for one in ("short", "unknown") if one in held), "fits")


def screen_tables(document: Document, lang: str) -> list[Table]:
    """One table of projects."""
    rows = [
        (
            number,
            project["achievement"]["key"],
            named(project["achievement"], lang),
            *(project[name] for name in GLANCE),
            _yuan(project["funding_need"]),
            readiness(project, lang),
            project["score"],
            "\n".join(_done_by(at, step, lang) for at, step in enumerate(project["best_route"], start=1)),
            "\n".join(spoken(one, lang) for one in project["missing"]),
            project["routes"],
            word(worst(entry["verdict"] for entry in project["mandate"]), lang),
            "\n".join(proof_line(entry, lang) for entry in project["mandate"]),
            "\n".join(spoken(one, lang) for one in project["reasons"]),
        )
        for number, project in enumerate(document["projects"], start=1)
    ]
    columns = (
        "#",
        "key",
        "achievement",
        *GLANCE,
        "money_yuan",
        "feasible",
        "score",
        "best_route",
        "left_open",
        "routes",
        "verdict",
        "mandate",
        "reasons",
    )
    return [_table("answer", columns, rows, lang)]


def routes_tables(document: Document, lang: str) -> list[Table]:
    """Each route in a line, its steps with every proof entry; funds, why not, open questions and gates."""
    tables = [
        _table("routes", TOTAL_COLUMNS, _total_rows(document["routes"], lang), lang).filled(),
        _table("timetable", TIME_COLUMNS, _time_rows(document["routes"], lang), lang).filled(),
        _table("steps", ROUTE_COLUMNS, _route_rows(document["routes"], lang), lang),
        _table("funds", ("route", "name", "mandate"), _fund_rows(document["routes"], lang), lang),
        _table("why_not", WHY_NOT_COLUMNS, _why_not_rows(document, lang), lang),
        _table("open_questions", ("route", "ask"), _question_rows(document, lang), lang),
        _table("gates", ("route", "rule", "status", "why"), _gate_rows(document, lang), lang),
    ]
    return [table for table in tables if table.rows] or [
        Table(word("answer", lang), [word("answer", lang)], [(word(document["status"], lang),)])
    ]


TOTAL_COLUMNS = (
    "route",
    "score",
    "verdict",
    "risk",
    "km",
    "hand_overs",
    "cost_yuan",
    "months",
    "start",
    "end",
    "done_by",
    "note",
    "reasons",
)
ROUTE_COLUMNS = (
    "route", "step", "unit_op", "capability", "line", "institution",
    "constraint", "required", "offered", "verdict", "source",
)  # fmt: skip
TIME_COLUMNS = ("route", "step", "unit_op", "line", "start", "end", "cost_yuan", "bill", "source")
WHY_NOT_COLUMNS = ("step", "constraint", "required", "best_offer", "by", "short_by", "smallest_change")


def _total_rows(routes: Sequence[Document], lang: str) -> list[Cells]:
    return [
        (
            number,
            route["score"],
            word(worst(entry["verdict"] for entry in _proofs(route)), lang),
            *(route["totals"][name] for name in ("risk", "km", "hand_overs")),
            _yuan(route["totals"]["cost"]),
            *(route["totals"][name] for name in ("months", "start", "end")),
            "\n".join(_done_then(at, step, lang) for at, step in enumerate(route["steps"], start=1)),
            route["totals"]["note"],
            "\n".join(spoken(reason, lang) for reason in route["reasons"]),
        )
        for number, route in enumerate(routes, start=1)
    ]


def _proofs(route: Document) -> list[Document]:
    """Every proof entry of a route, its steps' and its own."""
    return [*(entry for step in route["steps"] for entry in step["proof"]), *route["bounds"]]


def _yuan(value: float | None) -> Yuan | None:
    return None if value is None else Yuan(value)


def _done_then(number: int, step: Document, lang: str) -> str:
    """A step with who does it, from when to when, and what it costs."""
    when = slot(step, lang) if step["start"] else cost_of(step, lang) if step["cost"] is not None else ""
    return " · ".join(filter(None, (_done_by(number, step, lang), when)))


def _done_by(number: int, step: Document, lang: str) -> str:
    """A step with who does it: the line, if it is one, and its institution; else what is offered."""
    colon = ": " if lang == "en" else "："
    who = together([step["line"], step["institution"]], lang) or named(step["capability"], lang)
    place = bracketed(step["region"] or "", lang)
    return f"{number}. {step['unit_op']}{colon}{who}{place}"


def _route_rows(routes: Sequence[Document], lang: str) -> list[Cells]:
    rows: list[Cells] = []
    for number, route in enumerate(routes, start=1):
        for position, step in enumerate(route["steps"], start=1):
            line = named(step["line"], lang) or word("own_equipment", lang)
            who = (step["unit_op"], named(step["capability"], lang), line, named(step["institution"], lang))
            rows += [(number, position, *who, *_proof_cells(entry, lang)) for entry in step["proof"]]
        whole = (word("whole_route", lang), "", "", "")
        rows += [(number, "", *whole, *_proof_cells(entry, lang)) for entry in route["bounds"]]
    return rows


def _proof_cells(entry: Document, lang: str) -> Cells:
    return (
        constraint(entry["constraint"]).said(lang),
        worth(entry["required"], lang),
        worth(entry["offered"], lang),
        verdict(entry, lang),
        origin(entry["source"]),
    )


def _time_rows(routes: Sequence[Document], lang: str) -> list[Cells]:
    """When each step is done and what it costs, with the records that say so; nothing where nobody knows."""
    rows: list[Cells] = [
        (
            number,
            position,
            step["unit_op"],
            together([step["line"], step["institution"]], lang) or named(step["capability"], lang),
            step["start"],
            step["end"],
            _yuan(step["cost"]),
            bill_line(step, lang),
            "、".join(dict.fromkeys(origin(fact["source"]) for fact in _stated(step))),
        )
        for number, route in enumerate(routes, start=1)
        for position, step in enumerate(route["steps"], start=1)
        if step["start"] or step["bill"]
    ]
    return rows


def _stated(step: Document) -> list[Document]:
    return [*step["schedule"]["stated"], *step["bill"]]


def _fund_rows(routes: Sequence[Document], lang: str) -> list[Cells]:
    return [
        (number, named(fund, lang), "\n".join(proof_line(entry, lang) for entry in fund["proof"]))
        for number, route in enumerate(routes, start=1)
        for fund in route["funds"]
    ]


def _why_not_rows(document: Document, lang: str) -> list[Cells]:
    return [
        (
            why.get("unit_op") or "",
            constraint(why["constraint"]).said(lang),
            worth(why["required"], lang),
            worth(why["best_offer"], lang),
            named(why["by"], lang) if isinstance(why["by"], dict) else why["by"],
            amount(why["short_by"], lang),
            spoken(why["smallest_change"], lang) if why["smallest_change"] else "",
        )
        for why in document.get("why_not") or []
    ]


def _question_rows(document: Document, lang: str) -> list[Cells]:
    top: list[Cells] = [("", spoken(question, lang)) for question in document.get("open_questions") or []]
    return top + [
        (number, spoken(question, lang))
        for number, route in enumerate(document["routes"], start=1)
        for question in route["open_questions"]
    ]


def _gate_rows(document: Document, lang: str) -> list[Cells]:
    gates = document.get("gates") or []
    return [("", word(gate["rule"], lang), word(gate["status"], lang), gate["why"]) for gate in gates]


TABLES: Mapping[str, Callable[[Document, str], list[Table]]] = {
    "search": search_tables,
    "match": match_tables,
    "screen": screen_tables,
    "routes": routes_tables,
}
