"""Answers for a person at a terminal."""

from __future__ import annotations

from typing import Any

from api.cli.render.routes import print_routes
from api.cli.render.tables import print_tables
from api.tables import TABLES
from api.words import word


def print_answer(name: str, document: dict[str, Any], lang: str) -> None:
    """Print the answer of a command as tables; routes as a story of steps."""
    if name == "routes":
        print_routes(document, lang)
        return
    print_tables(TABLES[name](document, lang))
    if "total" in document:
        from api.cli.output import say

        say(f"{word('total', lang)} {document['total']}" + ("+" if document.get("total_capped") else ""))


__all__ = ["print_answer"]
