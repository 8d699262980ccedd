"""Routes on the terminal: each step with its line and its proof, then funds, questions, and the honest no."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from api.asked import open_funds
from api.cli.render.lines import (
    MARKS,
    print_asked,
    print_flow,
    print_list,
    print_offer,
    proof_text,
    questions,
)
from api.cli.render.tables import print_line
from api.cli.render.wrapping import console
from api.phrases import bracketed, named, origin, reached, spoken
from api.timetable import best_line, schedule_line, totals_line
from api.words import counted, word

MOST_FUNDS = 3
Document = dict[str, Any]


def print_routes(document: Document, lang: str) -> None:
    """Print what was asked, the routes or why there is none."""
    screen = console()
    requirement = document["requirement"] or {"subject": None, "text": None, "steps": []}
    subject = named(requirement["subject"], lang) or requirement["text"] or ""
    head = Text(word(document["status"], lang), style="bold")
    print_line(screen, head.append(f"  {subject}" if subject else "", style="not bold"))
    if requirement["steps"]:
        print_asked(screen, requirement, lang, 2)
    for number, route in enumerate(document["routes"], start=1):
        _print_route(screen, number, route, document["routes"][: number - 1], lang)
    if document["routes"]:
        _print_funds(screen, document["routes"][0]["funds"], requirement, lang)
    _print_no(screen, document, lang)


def _print_route(screen: Console, number: int, route: Document, earlier: list[Document], lang: str) -> None:
    screen.print()
    print_line(screen, Text(f"{word('route', lang)} {number}  {_totals(route, lang)}", style="bold cyan"))
    if schedule := schedule_line(route["steps"], lang):
        print_line(screen, Text(schedule), 2)
    if route["totals"]["note"]:
        print_line(screen, Text(route["totals"]["note"], style="dim"), 2)
    places = enumerate(route["steps"])
    for known, group in groupby(places, key=lambda one: _known(one[0], one[1], earlier)):
        held = list(group)
        if known is None:
            for position, step in held:
                print_offer(screen, step, lang, Text(f"{position + 1}. {_operation(step, lang)}  "))
        else:
            _print_known(screen, held, known, lang)
    for entry in route["bounds"]:
        print_line(screen, proof_text(entry, lang), 2)
    reasons = " · ".join(spoken(one, lang) for one in route["reasons"])
    print_line(screen, Text(f"{word('reasons', lang)} {reasons}", style="dim"), 2)
    for question in questions(route["open_questions"], lang):
        print_line(screen, Text("? ", style="yellow").append(question, style="default"), 2)


def _operation(step: Document, lang: str) -> str:
    """A step's operation, and how many times the result's own scale is asked for."""
    found = step.get("scale_up")
    if not found:
        return str(step["unit_op"])
    times = f"{word('scale_up', lang)} {found['ratio']:g}×, {found['from']} → {found['to']}"
    return f"{step['unit_op']}{bracketed(times, lang)}"


def _totals(route: Document, lang: str) -> str:
    totals = route["totals"]
    facts = [f"{word('score', lang)} {route['score']:.3f}", f"{word('risk', lang)} {totals['risk']:.0%}"]
    if totals["km"] is not None:
        facts.append(f"{totals['km']:.0f} {word('km', lang)}")
    facts.append(counted("hand_overs", totals["hand_overs"], lang))
    facts += [*totals_line(totals, lang), *best_line(route.get("best_in") or [], lang)]
    return " · ".join(facts)


def _known(position: int, step: Document, earlier: list[Document]) -> int | None:
    """The first of the earlier routes that takes the same line for this step."""
    for number, route in enumerate(earlier, start=1):
        if position < len(route["steps"]) and _same(route["steps"][position], step):
            return number
    return None


def _same(one: Document, two: Document) -> bool:
    parts = ("capability", "line", "institution", "proof")
    return all(one[name] == two[name] for name in parts)


def _print_known(screen: Console, held: list[tuple[int, Document]], route: int, lang: str) -> None:
    first, last = held[0][0] + 1, held[-1][0] + 1
    span = f"{first}." if first == last else f"{first}–{last}."
    names = ("、" if lang != "en" else ", ").join(step["unit_op"] for _, step in held)
    print_line(screen, Text(f"{span} {names}{bracketed(word('as_route', lang) + f' {route}', lang)}"), 1)


def _print_funds(screen: Console, funds: list[Document], requirement: Document, lang: str) -> None:
    """The first funds with their proof; one line for all of them where nothing is known of any."""
    if not funds:
        return
    screen.print()
    print_line(screen, Text(word("funds", lang), style="bold cyan"))
    if all(entry["verdict"] == "unknown" for fund in funds for entry in fund["proof"]):
        print_line(screen, Text("? ", style="yellow").append(open_funds(funds, requirement, lang)), 1)
        return
    for fund in funds[:MOST_FUNDS]:
        mark, colour = MARKS[fund.get("verdict", "unknown")]
        title = Text(f"{mark} ", style=colour).append(named(fund, lang), style="default")
        places = {origin(entry["source"]) for entry in fund["proof"]} - {""}
        print_line(screen, title.append(f"  [{', '.join(sorted(places))}]" if places else "", style="dim"), 1)
        print_flow(screen, fund["proof"], 5, lang)
    if len(funds) > MOST_FUNDS:
        print_line(screen, Text(word("more_funds", lang).format(len(funds) - MOST_FUNDS), style="dim"), 1)


def _print_no(screen: Console, document: Document, lang: str) -> None:
    """Gates, the binding constraints and what to add, where there is no route."""
    for gate in document.get("gates") or []:
        line = Text("✗ ", style="red").append(
            f"{gate['why']}{bracketed(gate['holder'], lang)}", style="default"
        )
        print_line(screen, line, 2)
    entries = document.get("why_not") or []
    if entries:
        print_line(screen, Text(word("why_not", lang), style="bold"))
    for entry in entries:
        mark, colour = MARKS["unknown" if entry["constraint"] == "unit_op" and entry["by"] else "short"]
        change = spoken(entry["smallest_change"], lang) if entry["smallest_change"] else ""
        text = Text(f"{mark} ", style=colour).append(reached(entry, lang), style="default")
        print_line(screen, text, 2)
        if change:
            print_line(screen, Text(f"{word('smallest_change', lang)}: {change}"), 4)
    asks = questions(document.get("open_questions") or [], lang)
    print_list(screen, word("open_questions", lang), asks)
