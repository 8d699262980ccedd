"""Answers for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from api.cli.output import say
from api.cli.render.hits import print_hits
from api.cli.render.match import print_match, print_screen
from api.cli.render.routes import print_routes
from api.words import word

Document = dict[str, Any]


def print_answer(name: str, document: Document, lang: str) -> None:
    """Print the answer of a command, its proofs as a story of steps."""
    PRINTERS[name](document, lang)


def print_search(document: Document, lang: str) -> None:
    """Print a page of hits; says why where there are few or none."""
    capped = bool(document.get("total_capped"))
    print_hits(word("answer", lang), document["hits"], document["total"], lang, more=capped)
    if document["note"] or not document["hits"]:
        say(document["note"] or f"{word('total', lang)} {document['total']}")


PRINTERS: Mapping[str, Callable[[Document, str], None]] = {
    "search": print_search,
    "match": print_match,
    "screen": print_screen,
    "routes": print_routes,
}

__all__ = ["print_answer"]
