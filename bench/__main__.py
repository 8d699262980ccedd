"""`make bench`: times whole commands and in-process questions on the embedded store; speed is never a test.

    python -m bench [--data DIR] [--repeat 3] [--record [PAGE]] [--json FILE]

Reads the real records of DIR (else of `ZHONGSHI_DATA`, else ../shared/data) with generated lines beside them,
or, where there are none, the generated registry. `--record` writes docs/bench.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.commands import SUPPLY, add_supply, measure_commands
from bench.machine import describe_machine
from bench.page import lines, page
from bench.questions import measure_questions
from bench.reading.gold import data_folder

PAGE = Path(__file__).resolve().parents[1] / "docs" / "bench.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder that holds achievements.jsonl.gz")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--record", type=Path, nargs="?", const=PAGE, help="write docs/bench.md")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON too")
    given = parser.parse_args()
    data, said = _records(given.data or data_folder())
    sys.stderr.write(f"{said}\n")
    with tempfile.TemporaryDirectory(prefix="zhongshi-bench-") as name:
        folder = Path(name)
        figures = measure_commands(data, folder, given.repeat)
        if data is not None:
            add_supply(folder)
        figures += measure_questions(data, folder, given.repeat)
    sys.stdout.write("\n".join(lines(figures)) + "\n")
    machine = describe_machine()
    if given.json:
        document = {"machine": machine, "data": said, "figures": [asdict(figure) for figure in figures]}
        given.json.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if given.record:
        given.record.write_text(page(figures, machine, said, given.repeat), encoding="utf-8")


def _records(folder: Path | None) -> tuple[Path | None, str]:
    if folder is not None and (folder / "achievements.jsonl.gz").exists():
        return folder, f"Real records, with the generated lines and {SUPPLY} generated results beside them."
    return None, "The generated registry: there are no real records here."


if __name__ == "__main__":
    main()
