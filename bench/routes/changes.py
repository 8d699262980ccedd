"""Whether a smallest change is one: its patch opens a route, and a little less does not.

Asked are the results that nobody can make as they stand, and others with a budget or a deadline that is a
little too tight, or with no hand-over allowed.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.merge_patch import merged
from kg.transfer import Knowledge, RouteOptions, routes_for

Document = dict[str, Any]
SHARE = 0.01
"""So much of the way back towards what was asked first is a little less."""


@dataclass
class Changes:
    """Abstentions with a gap, those with a change on the side of the request; of these the ones whose patch
    opens as many routes as it says, and the ones of which less was tried and opened none."""

    asked: int = 0
    told: int = 0
    opens: int = 0
    tried_less: int = 0
    less_opens: int = 0


def check_changes(knowledge: Knowledge, keys: Sequence[str], options: RouteOptions, folder: Path) -> Changes:
    """Over the results; `options` without bounds."""
    found, file = Changes(), folder / "requirement.json"
    for key in keys:
        for bound in _bounds(knowledge, key, options):
            document = routes_for(knowledge, key_or_id=key, options=bound)
            if document["status"] == "abstain" and document["why_not"]:
                found.asked += 1
                _check(knowledge, document, bound, file, found)
    return found


def _bounds(knowledge: Knowledge, key: str, options: RouteOptions) -> Iterator[RouteOptions]:
    """No bound; then each of the bounds that the best route just breaks."""
    yield options
    document = routes_for(knowledge, key_or_id=key, options=options)
    routes = document["routes"]
    costs = [route["totals"]["cost"] for route in routes]
    ends = [route["totals"]["end"] for route in routes]
    if costs and None not in costs and min(costs) > 0:
        yield replace(options, budget=min(costs) - 1)
    if ends and None not in ends:
        yield replace(options, by=date.fromisoformat(min(ends)) - timedelta(days=1))
    if routes and min(route["totals"]["hand_overs"] for route in routes) > 0:
        yield replace(options, max_hand_overs=0)


def _check(
    knowledge: Knowledge, document: Document, options: RouteOptions, file: Path, found: Changes
) -> None:
    before = document["requirement"]
    every = [entry["smallest_change"] for entry in document["why_not"]]
    changes = [one for one in every if one and one["side"] == "request"]
    found.told += bool(changes)
    plain = replace(options, budget=None, by=None, max_hand_overs=None)
    for change in changes[:1]:
        after = merged(before, change["patch"])
        found.opens += _routes(knowledge, after, plain, file) == change["opens"] > 0
        for less in _nearly(before, after):
            found.tried_less += 1
            found.less_opens += _routes(knowledge, less, plain, file) > 0


def _routes(knowledge: Knowledge, requirement: Document, options: RouteOptions, file: Path) -> int:
    file.write_text(json.dumps(requirement, ensure_ascii=False), encoding="utf-8")
    return len(routes_for(knowledge, requirement=file, options=options)["routes"])


def _nearly(before: Document, after: Document) -> Iterator[Document]:
    """The patched requirement with its one change a little nearer to what was asked first; a change of
    several items, or a step left out, has no less."""
    changed = [name for name in after if before.get(name) != after[name]]
    if changed == ["steps"] and len(before["steps"]) == len(after["steps"]):
        yield from _less_of_a_quantity(before, after)
    elif len(changed) == 1 and changed[0] in ("budget", "by", "max_hand_overs"):
        made = copy.deepcopy(after)
        value = after[changed[0]]["value"]
        made[changed[0]]["value"] = (
            (date.fromisoformat(value) - timedelta(days=1)).isoformat() if changed[0] == "by" else value - 1
        )
        yield made


def _less_of_a_quantity(before: Document, after: Document) -> Iterator[Document]:
    places = [
        (i, j)
        for i, (one, two) in enumerate(zip(before["steps"], after["steps"], strict=True))
        for j, (a, b) in enumerate(zip(one["quantities"], two["quantities"], strict=True))
        if a != b
    ]
    if len(places) != 1:
        return
    i, j = places[0]
    was, now = (document["steps"][i]["quantities"][j] for document in (before, after))
    ends = [
        name for name in ("value", "low", "high") if was.get(name) is not None and now.get(name) is not None
    ]
    moved = {name: now[name] + (was[name] - now[name]) * SHARE for name in ends}
    kept = {name: now[name] for name in ("measures", "relation", "hard", "demanded", "aim", "reached")}
    low, high = (moved.get(name, moved.get("value")) for name in ("low", "high"))
    made = copy.deepcopy(after)
    text = (
        f"{low:.10g}～{high:.10g}"
        if None not in (low, high) and low != high
        else f"{next(iter(moved.values())):.10g}"
    )
    made["steps"][i]["quantities"][j] = {
        **kept,
        "text": f"{text} {now['unit']}",
        "unit": now["unit"],
        **moved,
    }
    yield made
