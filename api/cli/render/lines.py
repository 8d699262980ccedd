"""Lines that several answers share: a proof, a step on its line, a fund with its mandate, questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from api.asked import asked, beside
from api.cli.render.tables import print_line
from api.phrases import bracketed, compared, distance, named, origin, spoken, together
from api.words import word

MARKS = {"fits": ("✓", "green"), "short": ("✗", "red"), "unknown": ("?", "yellow")}
Document = dict[str, Any]


def print_list(screen: Console, title: str, items: Sequence[str]) -> None:
    """A title and its items, one a line; nothing where there is none."""
    if items:
        print_line(screen, Text(title, style="bold"))
        for item in items:
            print_line(screen, Text(f"· {item}"), 2)


def proof_text(entry: Document, lang: str) -> Text:
    """A proof entry: its mark, what is required and offered, the margin, the gap, or why it is unknown."""
    mark, colour = MARKS[entry["verdict"]]
    aside = distance(entry, lang) or (entry.get("note") or "" if entry["verdict"] == "unknown" else "")
    text = Text(f"{mark} ", style=colour)
    return text.append(f"{compared(entry, lang)}{bracketed(aside, lang)}", style="default")


def print_offer(screen: Console, offer: Document, lang: str, title: Text) -> None:
    """A capability on its line with its proof: `title` begins the first line."""
    where = [offer["line"], offer["institution"]]
    own = f"{word('own_equipment', lang)} · " if offer["line"] is None else ""
    title.append(f"{own}{together(where, lang)}")
    print_line(screen, title, 1)
    shown = ""
    for entry in offer["proof"]:
        text = _operation(offer, entry, lang) if entry["constraint"] == "unit_op" else proof_text(entry, lang)
        place = origin(entry["source"])
        print_line(screen, text.append(f"  [{place}]" if place not in ("", shown) else "", style="dim"), 5)
        shown = place or shown


def _operation(offer: Document, entry: Document, lang: str) -> Text:
    """The operation's entry names the capability, and how it differs from what was asked."""
    mark, colour = MARKS[entry["verdict"]]
    differs = entry.get("note") or ""
    text = Text(f"{mark} ", style=colour)
    return text.append(f"{named(offer['capability'], lang)}{bracketed(differs, lang)}", style="default")


def print_flow(screen: Console, entries: Sequence[Document], indent: int, lang: str) -> None:
    """Proof entries one behind the other, none broken over two lines that fits on one."""
    line = Text()
    for entry in entries:
        text = proof_text(entry, lang)
        if line.plain and indent + line.cell_len + text.cell_len + 3 > screen.width:
            print_line(screen, line, indent)
            line = Text()
        line = Text("   ").join([line, text]) if line.plain else text
    if line.plain:
        print_line(screen, line, indent)


def print_asked(screen: Console, requirement: Document, lang: str, indent: int = 0) -> None:
    """What was asked: the steps in one line, all else that was understood in a second."""
    for title, said in (("asks_for", asked(requirement, lang)), ("asks_beside", beside(requirement, lang))):
        if said:
            print_line(screen, Text(f"{word(title, lang)} {said}"), indent)


def questions(items: Sequence[Any], lang: str) -> list[str]:
    """Questions as sentences."""
    return [spoken(item, lang) for item in items]
