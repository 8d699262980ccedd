"""The generated page docs/cli.md: every command with its help, as the command itself prints it."""

from __future__ import annotations

import sys
from pathlib import Path

from typer.testing import CliRunner

from api.cli.main import app

HEADER = "# The command\n\nGenerated from the command's own help by `make docs`.\n"


def render() -> str:
    """The page, with the help of the command and of each subcommand at 100 columns."""
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb"})
    names = sorted(str(command.name) for command in app.registered_commands)
    parts = [HEADER]
    for words in ([], *([name] for name in names)):
        shown = runner.invoke(app, [*words, "--help"], prog_name="zhongshi").stdout
        body = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(f"## {' '.join(['zhongshi', *words])}\n\n```\n{body}\n```\n")
    return "\n".join(parts)


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
