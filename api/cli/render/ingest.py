"""The report of an ingest on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from api.cli.render.tables import print_line
from api.cli.render.wrapping import console
from api.phrases import bracketed, file_name, origin
from api.words import code_word, word

Document = dict[str, Any]
MOST_GONE = 10
MOST_HELD = 10
MOST_WARNED = 6
MOST_ALIKE = 2
"""Warnings of one reason that are spelled out."""
MOST_UNRESOLVED = 10
MOST_PLACES = 20
PASSED_OVER = ("skipped_column", "skipped_file", "skipped_worksheet")


def print_report(document: Document, lang: str) -> None:
    """Print whether anything was written, counts, what is retired, held rows and warnings with their
    messages, open references, totals, files, seconds."""
    screen = console()
    if document["run"] is None:
        print_line(screen, Text(word("nothing_written", lang), style="bold yellow"))
    held = sum(document["quarantined"].values())
    names = ("read", "new", "changed", "unchanged", "gone")
    counts = [f"{word(name, lang)} {document[name]:,}" for name in names]
    counts.append(f"{word('quarantined', lang)} {held:,}")
    seconds = sum(document["seconds"].values())
    print_line(screen, Text(" · ".join(counts), style="bold").append(f"  {seconds:.1f} s", style="dim"))
    print_facts(screen, document["read_facts"] or {}, lang)
    _print_gone(screen, document, lang)
    _print_problems(screen, document, "quarantined", lang)
    for path in document["quarantine_files"]:
        print_line(screen, Text(f"→ {path}"), 2)
    _print_refused(screen, document["classified"], lang)
    _print_problems(screen, document, "warnings", lang)
    _print_passed_over(screen, document["problems"], lang)
    _print_unresolved(screen, document["unresolved"], lang)
    for one in document["totals"]:
        mark, colour = ("✓", "green") if one["agrees"] else ("✗", "red")
        line = Text(f"{mark} ", style=colour).append(f"{one['claim']}: {one['counted']}", style="default")
        print_line(screen, line, 2)


def print_facts(screen: Console, counts: Mapping[str, int], lang: str) -> None:
    """One line: how many facts of each component were read; none where nothing was."""
    if any(counts.values()):
        listed = " · ".join(f"{word(f'read_{name}', lang)} {number:,}" for name, number in counts.items())
        print_line(
            screen, Text(word("reading", lang), style="bold").append(f"  {listed}", style="not bold"), 0
        )


def _print_gone(screen: Console, document: Document, lang: str) -> None:
    """The first of the records that are retired, or would be."""
    if not document["gone"]:
        return
    title = word("gone_records" if document["run"] else "would_be_gone", lang)
    print_line(screen, Text(f"{title} {document['gone']:,}", style="bold"))
    for one in document["gone_records"][:MOST_GONE]:
        print_line(screen, Text(f"{one['key']} {one['name']}"), 2)
    if document["gone"] > MOST_GONE:
        print_line(screen, Text(f"{word('also', lang)} {document['gone'] - MOST_GONE:,}", style="dim"), 2)


def _print_problems(screen: Console, document: Document, name: str, lang: str) -> None:
    """Rows by reason, then the first of their messages, each with its place and what to do."""
    counted: Mapping[str, int] = document[name]
    if not counted:
        return
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    listed = " · ".join(f"{code_word(code, lang)} ({code}) {rows:,}" for code, rows in ordered)
    print_line(screen, Text(word(name, lang), style="bold").append(f"  {listed}", style="not bold"))
    for problem in _first(document, name):
        print_line(screen, _told(problem, lang), 2)


def _first(document: Document, name: str) -> list[Document]:
    """The problems that are spelled out: of what is held back the first ones, of warnings a few a reason."""
    of_held = document["quarantined"]
    if name == "quarantined":
        return [one for one in document["problems"] if one["code"] in of_held][:MOST_HELD]
    seen: Counter[str] = Counter()
    found: list[Document] = []
    for one in document["problems"]:
        if one["code"] in document["warnings"] and one["code"] not in (*of_held, *PASSED_OVER):
            seen[one["code"]] += 1
            found += [one] if seen[one["code"]] <= MOST_ALIKE else []
    return found[:MOST_WARNED]


def _print_refused(screen: Console, classified: list[Document], lang: str) -> None:
    """The places of rows refused for secrecy, which are nowhere else."""
    if classified:
        places = "、".join(origin(one) for one in classified[:MOST_PLACES])
        more = f" … {len(classified)}" if len(classified) > MOST_PLACES else ""
        print_line(screen, Text(f"{code_word('classified', lang)}: {places}{more}"), 2)


def _print_passed_over(screen: Console, problems: list[Document], lang: str) -> None:
    """What was not read: columns by file, then files and worksheets, and what to do."""
    columns: dict[str, list[str]] = {}
    others: list[str] = []
    for one in problems:
        if one["code"] == "skipped_column":
            columns.setdefault(_sheet(one), []).append(str(one["field"]))
        elif one["code"] in PASSED_OVER:
            others.append(_sheet(one))
    for sheet, names in columns.items():
        print_line(screen, Text(f"{code_word('skipped_column', lang)} {sheet}: {'、'.join(names)}"), 2)
    if others:
        print_line(screen, Text(f"{code_word('skipped_file', lang)}: {'、'.join(dict.fromkeys(others))}"), 2)
    if columns:
        print_line(screen, Text(word("describe_columns", lang), style="dim"), 2)


def _sheet(problem: Document) -> str:
    name = file_name(str(problem["file"]))
    return f"{name} {problem['worksheet']}" if problem.get("worksheet") else name


def _told(problem: Document, lang: str) -> Text:
    field = f" [{problem['field']}]" if problem["field"] else ""
    text = Text(f"{origin(problem)}{field}  ", style="cyan")
    text.append(f"{code_word(problem['code'], lang)}: {problem['message']}", style="default")
    remedy = problem["remedy"]
    return text.append(bracketed(f"{word('remedy', lang)}: {remedy}", lang) if remedy else "", style="dim")


def _print_unresolved(screen: Console, unresolved: list[Document], lang: str) -> None:
    if not unresolved:
        return
    print_line(screen, Text(f"{word('unresolved', lang)} {len(unresolved)}", style="bold"))
    for one in unresolved[:MOST_UNRESOLVED]:
        why = bracketed(code_word(one["reason"], lang), lang) if one.get("reason") else ""
        print_line(screen, Text(f"{origin(one)} [{one['field']}] {one['value']}{why}"), 2)
    if len(unresolved) > MOST_UNRESOLVED:
        print_line(screen, Text(f"{word('also', lang)} {len(unresolved) - MOST_UNRESOLVED}", style="dim"), 2)
