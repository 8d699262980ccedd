"""Parts of a document as short phrases: a quantity, an amount, a proof, an entity."""

from __future__ import annotations

from typing import Any

from api.words import word


def named(entity: dict[str, Any] | None, lang: str) -> str:
    """An entity as a person reads it: name, key, and that it is synthetic where it is."""
    if entity is None:
        return ""
    mark = f" 〔{word('synthetic', lang)}〕" if entity.get("synthetic") else ""
    key = f" ({entity['key']})" if entity.get("key") and entity["key"] != entity["name"] else ""
    return f"{entity['name']}{key}{mark}"


def worth(value: Any) -> str:
    """What is required or offered: the quantity's own text, or the text."""
    if value is None:
        return "—"
    if isinstance(value, dict):
        return str(value.get("text") or amount(value))
    if isinstance(value, list):
        return "、".join(worth(one) for one in value)
    return str(value)


def amount(value: dict[str, Any] | None) -> str:
    """A margin or shortfall: number and unit."""
    if not value or value.get("value") is None:
        return ""
    return f"{_number(value['value'])} {value.get('unit') or ''}".strip()


def _number(value: float) -> str:
    """At most six digits that count, thousands apart, never an exponent for what people write in full."""
    return f"{value:,.0f}" if abs(value) >= 100_000 else f"{value:g}"


def verdict(entry: dict[str, Any], lang: str) -> str:
    """The verdict of a proof entry with its margin or shortfall."""
    shown = word(entry["verdict"], lang)
    if entry["verdict"] == "fits" and amount(entry.get("margin")):
        return f"{shown} ({word('margin', lang)} {amount(entry['margin'])})"
    if entry["verdict"] == "short" and amount(entry.get("short_by")):
        return f"{word('short_by', lang)} {amount(entry['short_by'])}"
    return shown


def proof_line(entry: dict[str, Any], lang: str) -> str:
    """A proof entry in one line."""
    compared = f"{worth(entry['required'])} → {worth(entry['offered'])}"
    return f"{entry['constraint']}: {compared} · {verdict(entry, lang)}"


def spoken(value: Any) -> str:
    """A reason or question, whether it is a sentence or a small document."""
    if isinstance(value, dict):
        for name in ("text", "reason", "question", "why"):
            if value.get(name):
                score = value.get("score")
                return str(value[name]) + (f" ({score:g})" if isinstance(score, int | float) else "")
        return "; ".join(f"{name}: {worth(part)}" for name, part in value.items() if part is not None)
    return str(value)


def origin(source: dict[str, Any] | None) -> str:
    """Where a fact stands: file and line."""
    if not source or not source.get("file"):
        return ""
    name = str(source["file"]).replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name}:{source['line']}" if source.get("line") else name
