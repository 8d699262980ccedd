"""The documents lead somewhere: links, anchors, the paths that they name, the commands that they give."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_PATH = re.compile(r"`([\w.-]+(?:/[\w.*-]+)+/?)`")
_OURS = ("kg", "ingest", "embeddings", "api", "bench", "tests", "tools", "docs")


def _documents() -> list[Path]:
    """Every Markdown file of the repository that git tracks or would."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).exists()]


DOCUMENTS = _documents()


def _prose(file: Path) -> str:
    return _FENCE.sub("", file.read_text(encoding="utf-8"))


def anchors(file: Path) -> set[str]:
    """The anchors of a page as GitHub makes them: of headings, and those set by hand."""
    text = _prose(file)
    counted: Counter[str] = Counter()
    found: set[str] = set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*#*$", text, re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        times = counted[anchor]
        counted[anchor] += 1
        found.add(f"{anchor}-{times}" if times else anchor)
    return found


def dead_links(file: Path) -> Iterator[str]:
    """The links of a page that lead to no file, or to no heading of it."""
    for link in _LINK.findall(_prose(file)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        goal = (file.parent / target).resolve() if target else file
        if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in anchors(goal)):
            yield link


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file: Path) -> None:
    assert not list(dead_links(file))


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One, two\n## 数据 · flow\n## One two\n[a](#one-two) [b](#数据--flow) [c](#one-two-1)\n"
        "[d](page.md#nowhere) [e](none.md) [f](https://example.org/x) [g](#three)\n```\n[h](gone.md)\n```\n",
        encoding="utf-8",
    )
    assert list(dead_links(page)) == ["page.md#nowhere", "none.md", "#three"]


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_path_that_is_named_is_there(file: Path) -> None:
    named = [path for path in _PATH.findall(_prose(file)) if path.split("/")[0] in _OURS]
    missing = [path for path in named if not any(ROOT.glob(path.rstrip("/")))]
    assert not missing


def test_the_page_of_the_rooms_names_every_package() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.parent for path in sorted(ROOT.glob("*/*/__init__.py")) if path.parts[-3] in _OURS[:4]]
    missing = [str(room.relative_to(ROOT)) for room in rooms if f"`{room.relative_to(ROOT)}`" not in text]
    assert len(rooms) > 8
    assert not missing


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_command_that_is_given_exists(file: Path) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^## zhongshi ([a-z ]+)$", page, re.MULTILINE))
    assert {"ingest", "search", "routes"} <= known
    blocks = "\n".join(block[0] for block in _FENCE.finditer(file.read_text(encoding="utf-8")))
    given = re.findall(r"^(?:\$ )?zhongshi ((?:embeddings )?[a-z]+)", blocks, re.MULTILINE)
    assert set(given) <= known
