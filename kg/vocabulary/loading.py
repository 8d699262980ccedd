"""Reads the vocabulary's YAML files, one per family, and refuses a wrong one with file, line and name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import yaml

from kg.errors import ZhongshiError
from kg.vocabulary.model import Category, UnitOp, Vocabulary, plain_name

_OWN = Path(__file__).parent / "unit_ops"
_QUALIFIERS = re.compile(
    r"真空|激光|等离子|电子束|超声|气氛|水刀|水射流|微波|紫外|深紫外|感应|电弧|火焰|湿法|干法|离心|静电|磁控|热压|冷压"
)
_IMPLIED = {"冷冻干燥": frozenset({"真空"})}
"""Qualifiers that an operation has anyway: nothing is freeze-dried but in a vacuum."""
_FAMILY_KEYS = {"family", "en", "category", "scale", "unit", "heads", "common", "ops"}
_OP_KEYS = {"en", "also", "of", "near", "scale", "unit", "apart"}


class VocabularyError(ZhongshiError):
    """A vocabulary file is wrong; the program does not start with it."""

    code = "vocabulary"
    status = 422


@dataclass(frozen=True)
class _Family:
    file: Path
    text: str
    data: Mapping[str, Any]

    def fail(self, message: str, name: str, remedy: str) -> VocabularyError:
        lines = self.text.splitlines()
        line = next((n for n, words in enumerate(lines, 1) if name and name in words), 1)
        return VocabularyError(message, file=str(self.file), line=line, field=name or None, remedy=remedy)


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary in `path` (a YAML file or a folder of them), by default the one that comes along.

    Raises VocabularyError for a file that is no family, a name that two operations claim, an unknown parent,
    a circle of parents, or a unit that does not exist.
    """
    families = [_read(file) for file in _files(path or _OWN)]
    operations: dict[str, UnitOp] = {}
    owner: dict[str, str] = {}
    for family in families:
        for op in _qualified_apart(family):
            for name in dict.fromkeys(map(plain_name, (op.name, *op.synonyms))):
                if name in owner:
                    raise family.fail(
                        f"'{name}' names both {owner[name]} and {op.name}",
                        op.name,
                        "Keep it in one of the two",
                    )
                owner[name] = op.name
            operations[op.name] = op
    _check_links(families, operations)
    if path is not None:  # our own files are checked by a test: pint costs 0.3 s
        _check_units(families, operations)
        _check_twice(families)
    return Vocabulary(
        operations,
        heads={head: str(f.data["family"]) for f in reversed(families) for head in f.data.get("heads", ())},
        everyday=frozenset(word for f in families for word in f.data.get("common", ())),
        fingerprint=hashlib.sha256("\0".join(f.text for f in families).encode()).hexdigest()[:12],
    )


def _files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise VocabularyError(
            f"No vocabulary at {path}", file=str(path), remedy="Name a YAML file or a folder of them"
        )
    return files


def _read(file: Path) -> _Family:
    text = file.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else None
        raise VocabularyError(f"Not YAML: {exc.problem}", file=str(file), line=line) from exc
    family = _Family(file, text, data if isinstance(data, dict) else {})
    unknown = sorted(set(family.data) - _FAMILY_KEYS)
    if unknown or not isinstance(family.data.get("ops"), dict) or not family.data.get("family"):
        what = f"Unknown key '{unknown[0]}'" if unknown else "A vocabulary file needs 'family' and 'ops'"
        raise family.fail(what, unknown[0] if unknown else "", f"Keys are {', '.join(sorted(_FAMILY_KEYS))}")
    if family.data.get("category", "process") not in ("process", "test"):
        raise family.fail("'category' is process or test", "category", "Write process or test")
    return family


def _operations(family: _Family) -> Iterator[UnitOp]:
    data = family.data
    for name, entry in data["ops"].items():
        if not isinstance(entry, dict) or not entry.get("en") or set(entry) - _OP_KEYS:
            raise family.fail(
                f"'{name}' needs 'en' and takes {', '.join(sorted(_OP_KEYS))}", name, "Correct the entry"
            )
        unit = str(entry.get("unit", "" if "scale" in entry else data.get("unit", "")))
        yield UnitOp(
            name=str(name),
            english=str(entry["en"]),
            synonyms=_names(entry.get("also")),
            family=str(data["family"]),
            parents=_names(entry.get("of")),
            near=_names(entry.get("near")),
            apart=bool(entry.get("apart")),
            category=cast(Category, data.get("category", "process")),
            scale=str(entry.get("scale", data.get("scale", ""))),
            unit=unit,
        )


def _qualified_apart(family: _Family) -> Iterator[UnitOp]:
    """The operations, and each synonym with a qualifier of its own (激光切割 under 切割) as a narrower one:
    it is another process, and no line that offers one of them does the other."""
    for op in _operations(family):
        narrower = [name for name in op.synonyms if _is_qualified(name, op.name)]
        yield replace(op, synonyms=tuple(name for name in op.synonyms if name not in narrower))
        for name in narrower:
            yield replace(op, name=name, english="", synonyms=(), parents=(op.name,), near=())


def _is_qualified(name: str, head: str) -> bool:
    marks = set(_QUALIFIERS.findall(name))
    implied = _IMPLIED.get(head, frozenset())
    return bool(marks - set(_QUALIFIERS.findall(head)) - implied) and not head.isascii()


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _check_links(families: list[_Family], operations: Mapping[str, UnitOp]) -> None:
    where = {str(name): family for family in families for name in family.data["ops"]}
    for op in operations.values():
        for other in (*op.parents, *op.near):
            if other not in operations:
                raise where[op.name].fail(
                    f"{op.name} points to '{other}', which is not listed", op.name, "List it"
                )
        if op.name in _ancestors(op, operations):
            raise where[op.name].fail(
                f"{op.name} is broader than itself", op.name, "Break the circle of 'of'"
            )


def _ancestors(op: UnitOp, operations: Mapping[str, UnitOp]) -> set[str]:
    found: set[str] = set()
    queue = list(op.parents)
    while queue:
        parent = queue.pop()
        if parent in operations and parent not in found:
            found.add(parent)
            queue.extend(operations[parent].parents)
    return found


def _check_twice(families: list[_Family]) -> None:
    """A name that a file lists twice: YAML would take the last and say nothing."""
    for family in families:
        root = yaml.compose(family.text)
        ops = next((value for key, value in root.value if key.value == "ops"), None) if root else None
        seen: set[str] = set()
        for key, _ in ops.value if ops else ():
            if key.value in seen:
                raise VocabularyError(
                    f"'{key.value}' stands twice",
                    file=str(family.file),
                    line=key.start_mark.line + 1,
                    remedy="Keep one of them",
                )
            seen.add(key.value)


def _check_units(families: list[_Family], operations: Mapping[str, UnitOp]) -> None:
    from kg.values.units import unit_of

    where = {str(name): family for family in families for name in family.data["ops"]}
    for op in operations.values():
        if op.unit and unit_of(op.unit) is None:
            raise where[op.name].fail(
                f"The unit '{op.unit}' of {op.name} is not known", op.name, "Write a usual unit"
            )
