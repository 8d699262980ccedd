"""Answers of `match` and `screen` on the terminal."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from api.cli.output import say
from api.cli.render.hits import print_hits
from api.cli.render.lines import print_asked, print_flow, print_list, print_offer, questions
from api.cli.render.tables import print_line
from api.cli.render.wrapping import console
from api.phrases import named, readiness
from api.words import counted, word

Document = dict[str, Any]


def print_match(document: Document, lang: str) -> None:
    """Results as a table, lines with their proof, what stays open."""
    screen, total = console(), document["total"]
    if document["requirement"]["steps"]:
        print_asked(screen, document["requirement"], lang)
    print_hits(word("achievements", lang), document["achievements"], total["achievements"], lang)
    if document["lines"]:
        counts = _counted(word("lines", lang), len(document["lines"]), total["lines"], lang)
        print_line(screen, Text(counts, style="bold"))
    for number, line in enumerate(document["lines"], start=1):
        title = Text(f"{number}. {line['unit_op']}  ")
        title.append(f"{word('score', lang)} {line['score']:.3f}  ", style="cyan")
        print_offer(screen, line, lang, title)
    asks = questions(document["open_questions"], lang)
    asks += [ask for line in document["lines"] for ask in questions(line["open_questions"], lang)]
    print_list(screen, word("open_questions", lang), list(dict.fromkeys(asks)))


def print_screen(document: Document, lang: str) -> None:
    """Projects of a fund, two or three lines each."""
    screen = console()
    name = f"{named(document['fund'], lang)} · {word('feasible', lang)} {document['feasible']}"
    print_line(screen, Text(_counted(name, len(document["projects"]), document["total"], lang), style="bold"))
    if document["note"]:
        say(document["note"])
    for number, project in enumerate(document["projects"], start=1):
        title = Text(f"{number}. {named(project['achievement'], lang)}  ")
        title.append(f"{word('score', lang)} {project['score']:.3f} · {_routes(project, lang)}", style="cyan")
        print_line(screen, title, 1)
        print_flow(screen, project["mandate"], 4, lang)
        missing = (", " if lang == "en" else "；").join(questions(project["missing"], lang))
        if missing:
            print_line(screen, Text(f"{word('missing', lang)} {missing}", style="yellow"), 4)


def _routes(project: Document, lang: str) -> str:
    if not project["feasible"]:
        return word("abstain", lang)
    return f"{readiness(project, lang)} · {counted('routes', project['routes'], lang)}"


def _counted(name: str, shown: int, total: int, lang: str) -> str:
    return f"{name} · {word('total', lang)} {total} · {word('shown', lang)} {shown}"
