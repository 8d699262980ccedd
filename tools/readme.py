"""What the README shows of the command is what the command prints: `python tools/readme.py` writes it anew.

A fenced block that begins with `$ zhongshi …` is a transcript of that command on a small demonstration
registry, whose institutions, lines and first results are those of the full one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
WIDTH = 108
SMALL = "zhongshi demo --out 登记表 --achievements 300"
_TRANSCRIPT = re.compile(r"^```\n\$ (zhongshi .*)\n(?:.*\n)*?```$", re.MULTILINE)


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as a person would who has activated the virtual environment, in this folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "COLUMNS": str(WIDTH), "ZHONGSHI_STORE": "", "ZHONGSHI_LANG": "zh"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300
    )


def renewed(text: str, folder: Path) -> str:
    """The text with every transcript as the commands print it now in a folder with the small registry."""

    def printed(found: re.Match[str]) -> str:
        done = shell(found[1], folder)
        if done.returncode:
            raise SystemExit(f"{found[1]} failed: {done.stderr}")
        lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
        return "\n".join(["```", f"$ {found[1]}", *lines, "```"])

    return _TRANSCRIPT.sub(printed, text)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="zhongshi-readme-") as folder:
        shell(SMALL, Path(folder)).check_returncode()
        README.write_text(renewed(README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
