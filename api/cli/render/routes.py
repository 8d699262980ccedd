"""Routes on the terminal: each step with its line and its proof, then money, questions, and the honest no."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from api.cli.render.tables import console, print_tables
from api.phrases import named, origin, proof_line, spoken, worth
from api.tables import routes_tables
from api.words import word

MARKS = {"fits": ("✓", "green"), "short": ("✗", "red"), "unknown": ("?", "yellow")}
Document = dict[str, Any]


def print_routes(document: Document, lang: str) -> None:
    """Print what was asked, the routes or why there is none."""
    screen = console()
    screen.print(Text(word(document["status"], lang), style="bold"))
    for number, route in enumerate(document["routes"], start=1):
        _print_route(screen, number, route, lang)
    rest = {**document, "routes": []}
    if document.get("why_not") or document.get("open_questions") or document.get("gates"):
        print_tables(routes_tables(rest, lang))


def _print_route(screen: Console, number: int, route: Document, lang: str) -> None:
    totals = route["totals"]
    facts = [f"{word('score', lang)} {route['score']:.3f}"]
    facts += [
        f"{word(name, lang)} {totals[name]:g}"
        for name in ("risk", "km", "hand_overs")
        if totals[name] is not None
    ]
    screen.print()
    screen.print(Text(f"{word('route', lang)} {number}  " + " · ".join(facts), style="bold cyan"))
    for position, step in enumerate(route["steps"], start=1):
        _print_step(screen, position, step, lang)
    for fund in route["funds"]:
        _print_proofs(screen, f"  ¥ {named(fund, lang)}", fund["proof"], lang)
    for name in ("reasons", "open_questions"):
        if route[name]:
            screen.print(Text(f"  {word(name, lang)}: " + "; ".join(spoken(one) for one in route[name])))


def _print_step(screen: Console, position: int, step: Document, lang: str) -> None:
    where = named(step["line"], lang) or word("own_equipment", lang)
    operation = worth(step["unit_op"].get("name") if isinstance(step["unit_op"], dict) else step["unit_op"])
    place = f"{where}, {named(step['institution'], lang)}"
    title = f"  {position}. {operation} → {named(step['capability'], lang)} @ {place}"
    _print_proofs(screen, title, step["proof"], lang)


def _print_proofs(screen: Console, title: str, proofs: list[Document], lang: str) -> None:
    screen.print(Text(title))
    for entry in proofs:
        mark, colour = MARKS[entry["verdict"]]
        line = Text(f"     {mark} ", style=colour)
        line.append(proof_line(entry, lang), style="default")
        line.append(f"  [{origin(entry['source'])}]" if origin(entry["source"]) else "", style="dim")
        screen.print(line)
