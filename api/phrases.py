"""Parts of a document as short phrases: a quantity, an amount, a proof, an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from api.words import word
from kg.wording import constraint, yuan

Document = dict[str, Any]

_MONEY = re.compile(r"([≥≤]?)([\d,]+(?:\.\d+)?)(?:–([\d,]+(?:\.\d+)?))? yuan")


def named(entity: Document | None, lang: str, *, mark: bool = True) -> str:
    """An entity as a person reads it: name, key, and that it is synthetic where it is."""
    if entity is None:
        return ""
    key = f" ({entity['key']})" if entity.get("key") and entity["key"] != entity["name"] else ""
    return f"{entity['name']}{key}{synthetic(entity, lang) if mark else ''}"


def synthetic(entity: Document, lang: str) -> str:
    """The mark of a generated entity."""
    return f" 〔{word('synthetic', lang)}〕" if entity.get("synthetic") else ""


def together(entities: Iterable[Document | None], lang: str) -> str:
    """Several entities on one line; where all are generated, one mark at the end says it of all."""
    held = [one for one in entities if one is not None]
    if not all(one.get("synthetic") for one in held):
        return " · ".join(named(one, lang) for one in held)
    return " · ".join(named(one, lang, mark=False) for one in held) + (
        synthetic(held[0], lang) if held else ""
    )


def worth(value: Any, lang: str) -> str:
    """What is required or offered: the quantity's own text, or the text."""
    if value is None:
        return "—"
    if isinstance(value, dict):
        return str(value.get("text") or amount(value, lang))
    if isinstance(value, list):
        return "、".join(worth(one, lang) for one in value)
    return _money(str(value), lang)


def _money(text: str, lang: str) -> str:
    """An amount of yuan as people of the language write it; any other text as it is."""
    found = _MONEY.fullmatch(text)
    if found is None or lang == "en":
        return text
    ends = [yuan(float(end.replace(",", ""))).zh for end in found.groups()[1:] if end]
    return found[1] + "–".join(ends)


def amount(value: Document | None, lang: str) -> str:
    """A margin or shortfall: number and unit."""
    if not value or value.get("value") is None:
        return ""
    number, unit = value["value"], value.get("unit") or ""
    if unit == "yuan":
        return yuan(number).said(lang)
    units = {"TRL": "级", "hand-overs": "次", "d": "天"} if lang != "en" else {"d": "days"}
    return f"{_number(number)} {units.get(unit, unit)}".strip()


def _number(value: float) -> str:
    """At most six digits that count, thousands apart, never an exponent for what people write in full."""
    return f"{value:,.0f}" if abs(value) >= 100_000 else f"{value:g}"


def compared(entry: Document, lang: str) -> str:
    """The constraint of a proof entry with what is required and what is offered."""
    what = constraint(entry["constraint"]).said(lang)
    if entry["required"] == entry["offered"]:
        return f"{what} {worth(entry['required'], lang)}"
    return f"{what} {worth(entry['required'], lang)} → {worth(entry['offered'], lang)}"


def distance(entry: Document, lang: str) -> str:
    """The margin or shortfall of a proof entry; nothing where there is none."""
    if entry["verdict"] == "fits" and entry.get("margin"):
        exact = entry["margin"]["value"] == 0
        return word("just", lang) if exact else f"{word('margin', lang)} {amount(entry['margin'], lang)}"
    if entry["verdict"] == "short" and entry.get("short_by"):
        return f"{word('short_by', lang)} {amount(entry['short_by'], lang)}"
    return ""


def verdict(entry: Document, lang: str) -> str:
    """The verdict of a proof entry with its margin or shortfall."""
    shown, gap = word(entry["verdict"], lang), distance(entry, lang)
    if entry["verdict"] == "unknown":
        gap = entry.get("note") or ""
    return gap if entry["verdict"] == "short" and gap else f"{shown}{bracketed(gap, lang)}"


def bracketed(text: str, lang: str) -> str:
    """Text in the language's brackets; nothing for nothing."""
    if not text:
        return ""
    return f" ({text})" if lang == "en" else f"（{text}）"


def proof_line(entry: Document, lang: str) -> str:
    """A proof entry in one line."""
    return f"{compared(entry, lang)} · {verdict(entry, lang)}"


def readiness(project: Document, lang: str) -> str:
    """How far a screened project is: 可行 · 已证, 可行 · 待问 3, or that it has no route."""
    if not project["feasible"]:
        return word("abstain", lang)
    left = word("all_proved", lang) if not project["open"] else f"{word('ask', lang)} {project['open']}"
    return f"{word('feasible', lang)} · {left}"


def spoken(value: Any, lang: str) -> str:
    """A reason or question, whether it is a sentence or a small document."""
    if isinstance(value, dict):
        for name in ("text", "reason", "question", "why"):
            if value.get(name):
                score = value.get("score")
                return str(value[name]) + (f" {score:.2f}" if isinstance(score, int | float) else "")
        return "; ".join(f"{name}: {worth(part, lang)}" for name, part in value.items() if part is not None)
    return str(value)


def reached(why: Document, lang: str) -> str:
    """One entry of `why_not` as a sentence: what is required, who comes nearest, and the gap."""
    step = why.get("unit_op") or worth(why["required"], lang)
    near = named(why["by"], lang) if isinstance(why["by"], dict) else why["by"] or ""
    comma, colon = (", ", ": ") if lang == "en" else ("，", "：")
    if why["constraint"] == "max_hand_overs":
        most, least = worth(why["required"], lang), worth(why["best_offer"], lang)
        head = f"{word('max_hand_overs', lang)} {word('at_most', lang)} {most}"
        return f"{head}{comma}{word('at_least', lang)} {least}"
    if why["constraint"] == "unit_op":
        offered = f"{comma}{word('offers', lang)}{' ' if lang == 'en' else ''}{why['best_offer']}"
        return f"{step}{colon}" + (
            f"{word('nearest', lang)} {near}{offered}" if near else word("not_offered", lang)
        )
    what = constraint(why["constraint"]).said(lang)
    parts = [f"{what} {word('required', lang)} {worth(why['required'], lang)}"]
    parts += [f"{word('nearest', lang)} {near} {worth(why['best_offer'], lang)}"] if near else []
    parts += [f"{word('short_by', lang)} {amount(why['short_by'], lang)}"] if why["short_by"] else []
    return f"{step}{colon}{comma.join(parts)}" if why.get("unit_op") else comma.join(parts)


def file_name(path: str) -> str:
    """The name of a file without its folders, however its path is written."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def origin(source: Document | None) -> str:
    """Where a fact or a problem stands: file, worksheet where there is one, and line."""
    if not source or not source.get("file"):
        return ""
    sheet = source.get("sheet") or source.get("worksheet") or ""
    name = " ".join(filter(None, (file_name(str(source["file"])), sheet)))
    return f"{name}:{source['line']}" if source.get("line") else name
