"""The import rule: data walks one way, and only the edge wires concrete classes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("kg", "ingest", "embeddings", "api")
FORBIDDEN = {
    "kg/schema": ("ingest", "embeddings", "api", "kg.store", "kg.search", "kg.transfer", "kg.access"),
    "kg": ("ingest", "api"),
    "embeddings": ("ingest", "api", "kg"),
    "ingest": ("api",),
    "ingest/demo": ("ingest.enrich", "kg.transfer", "kg.search", "kg.vocabulary"),
}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_room_imports_nothing_from_upstairs(folder: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for module in _imports(path)
        if any(_within(module, package) for package in FORBIDDEN[folder])
    ]
    assert not wrong


@pytest.mark.parametrize("concrete", ["kg.store.kglite", "kg.store.neo4j", "ingest.enrich"])
def test_only_the_edge_wires_concrete_classes(concrete: str) -> None:
    home = concrete.replace(".", "/")
    users = {
        str(path.relative_to(ROOT))
        for package in OURS
        for path in sorted((ROOT / package).rglob("*.py"))
        for module in _imports(path)
        if _within(module, concrete) and not str(path.relative_to(ROOT)).startswith(home)
    }
    # api/reading.py makes the document of a reading: the rest of the edge knows the reader's protocol only
    assert users <= {"api/wiring.py", "api/reading.py", "kg/store/__init__.py"}
