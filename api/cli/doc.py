"""The generated page docs/cli.md: every command with its help, as the command itself prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from api.cli.main import app

HEADER = "# The command\n\nGenerated from the command's own help by `make docs`.\n"


def render() -> str:
    """The page, with the help of the command and of each subcommand at 100 columns."""
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb"})
    parts = [HEADER]
    for words in ([], *sorted(_commands(app))):
        shown = runner.invoke(app, [*words, "--help"], prog_name="zhongshi").stdout
        body = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(f"## {' '.join(['zhongshi', *words])}\n\n```\n{body}\n```\n")
    return "\n".join(parts)


def _commands(group: typer.Typer) -> Iterator[list[str]]:
    """The words of each command of a group, those of its own groups included."""
    yield from ([str(command.name)] for command in group.registered_commands)
    for inner in group.registered_groups:
        if inner.typer_instance is not None:
            yield from ([str(inner.name), *words] for words in _commands(inner.typer_instance))


def main() -> int:
    """Write the page, or with `--check` say whether it is current."""
    *flags, path = sys.argv[1:]
    page = Path(path)
    if flags == ["--check"]:
        current = page.exists() and page.read_text(encoding="utf-8") == render()
        sys.stderr.write("" if current else f"{page} is out of date: run make docs\n")
        return 0 if current else 1
    page.write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
