"""`make bench`: times whole commands and in-process questions on the embedded store; speed is never a test.

    python -m bench [--data DIR] [--repeat 3] [--out bench/results/speed.json]

Uses the real records of DIR (default `ZHONGSHI_DATA`) where they are, else the demonstration registry.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from bench.commands import measure_commands
from bench.machine import describe_machine
from bench.questions import measure_questions


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("ZHONGSHI_DATA"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("bench/results/speed.json"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhongshi-bench-") as folder:
        store = Path(folder) / "store"
        figures = measure_commands(given.data, store, given.repeat)
        figures += measure_questions(given.data, store)
    document = {"machine": describe_machine(), "data": "real" if given.data else "demo", "figures": figures}
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for figure in figures:
        sys.stdout.write("  ".join(f"{name} {value}" for name, value in figure.items()) + "\n")


if __name__ == "__main__":
    main()
