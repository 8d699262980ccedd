"""Whether an answer says what a case says: every difference in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.transfer.cases.reading import Case, plain

Document = Mapping[str, Any]
SAME_UNIT = {
    "°C": "℃", "Δ℃": "℃", "m2": "m²", "㎡": "m²", "m3": "m³", "m3/h": "m³/h", "公斤/h": "kg/h", "吨": "t",
    "元": "yuan", "day": "d", "days": "d", "天": "d",
}  # fmt: skip


def differences(case: Case, found: Document) -> list[str]:
    """What an answer lacks; empty where it is right."""
    if found["status"] != case.status:
        said = [chain(route) for route in found["routes"]] or found["why_not"] or found["open_questions"]
        return [f"status {found['status']}, not {case.status}: {said}"]
    if case.status != "ok" and found["routes"]:
        return [f"abstains with routes {chains(found)}"]
    wanted = case.expect
    return [said for name, check in CHECKS.items() if name in wanted for said in check(wanted[name], found)]


def chain(route: Document) -> list[str]:
    return [place(step) for step in route["steps"]]


def place(step: Document) -> str:
    """The line of a step; for own equipment its institution."""
    return str((step["line"] or step["institution"])["key"])


def chains(found: Document) -> list[list[str]]:
    return [chain(route) for route in found["routes"]]


def first(wanted: list[str], found: Document) -> Iterator[str]:
    yield from order([wanted], found)


def order(wanted: list[list[str]], found: Document) -> Iterator[str]:
    if chains(found)[: len(wanted)] != wanted:
        yield f"routes {chains(found)}, not first {wanted}"


def routes(wanted: list[list[str]], found: Document) -> Iterator[str]:
    if sorted(chains(found)) != sorted(wanted):
        yield f"routes {chains(found)}, not {wanted}"


def also(wanted: list[list[str]], found: Document) -> Iterator[str]:
    yield from (f"no route {one} in {chains(found)}" for one in wanted if one not in chains(found))


def never(wanted: list[str], found: Document) -> Iterator[str]:
    used = {line for one in chains(found) for line in one}
    yield from (f"{line} in {chains(found)}" for line in wanted if line in used)


def proof(wanted: Mapping[str, str], found: Document) -> Iterator[str]:
    proofs = [entry for step in found["routes"][0]["steps"] for entry in step["proof"]]
    for key, verdict in wanted.items():
        entries = [entry for entry in proofs if names(entry, str(key))]
        if not any(agrees(entry, verdict) for entry in entries):
            yield f"{key}: {[told(entry) for entry in entries or proofs]}, not {verdict}"


def agrees(entry: Document, verdict: str) -> bool:
    word, *rest = verdict.split(maxsplit=1)
    return entry["verdict"] == word and (not rest or same(entry["margin"], rest[0]))


def noted(wanted: Mapping[str, str], found: Document) -> Iterator[str]:
    proofs = [entry for step in found["routes"][0]["steps"] for entry in step["proof"]]
    for key, words in wanted.items():
        if not any(words in (entry.get("note") or "") for entry in proofs if names(entry, key)):
            yield f"no note on {key} that says {words}"


def dates(wanted: Mapping[str, str], found: Document) -> Iterator[str]:
    for line, span in wanted.items():
        steps = list(steps_of(found, line))
        if not steps or days(steps[0]) != span:
            yield f"{line}: {[days(step) for step in steps]}, not {span}"


def spans(wanted: list[str], found: Document) -> Iterator[str]:
    if (said := [days(step) for step in found["routes"][0]["steps"]]) != wanted:
        yield f"days {said}, not {wanted}"


def days(step: Document) -> str:
    return f"{step['start']} {step['end']}"


def cost(wanted: Mapping[str, float | None], found: Document) -> Iterator[str]:
    for line, yuan in wanted.items():
        steps = list(steps_of(found, line))
        if not steps or steps[0]["cost"] != yuan:
            yield f"{line}: cost {[step['cost'] for step in steps]}, not {yuan}"


def steps_of(found: Document, line: str) -> Iterator[Document]:
    return (step for route in found["routes"] for step in route["steps"] if place(step) == line)


def totals(wanted: Mapping[str, float | None], found: Document) -> Iterator[str]:
    said = found["routes"][0]["totals"]
    for name, value in wanted.items():
        if said[name] != (value if value is None else pytest.approx(value)):
            yield f"totals.{name} {said[name]}, not {value}"


def bounds(wanted: Mapping[str, str], found: Document) -> Iterator[str]:
    said = {entry["constraint"]: entry["verdict"] for entry in found["routes"][0]["bounds"]}
    yield from (
        f"bound {name}: {said}, not {word}" for name, word in wanted.items() if said.get(name) != word
    )


def nearest(wanted: Mapping[str, str], found: Document) -> Iterator[str]:
    for line, gap in wanted.items():
        entries = [entry for entry in found["why_not"] if entry["by"] and entry["by"]["key"] == line]
        if not any(same(entry["short_by"], gap) for entry in entries):
            yield f"{line}: {[told(entry) for entry in found['why_not']]}, not short by {gap}"


def binding(wanted: list[str], found: Document) -> Iterator[str]:
    entries = found["why_not"]
    for words in wanted:
        if not any(names(entry, words) for entry in entries):
            yield f"nothing binding of {words}: {[told(entry) for entry in entries]}"


def changes_of(found: Document) -> list[Document]:
    """The smallest changes of an answer, wherever they stand: one or several an entry."""
    said = [entry.get("smallest_change") for entry in found["why_not"]]
    said += [one for entry in found["why_not"] for one in entry.get("changes") or ()] + list(
        found.get("changes") or ()
    )
    flat = [one for many in said for one in (many if isinstance(many, list) else [many])]
    return [one for one in flat if isinstance(one, Mapping)]


def sides(wanted: list[str], found: Document) -> Iterator[str]:
    said = {change["side"] for change in changes_of(found)}
    yield from (f"no smallest change on the side {side}: {said}" for side in wanted if side not in said)


def changes(wanted: list[object], found: Document) -> Iterator[str]:
    texts = [change["text"] for change in changes_of(found)]
    for pattern in map(plain, wanted):
        if not any(re.search(pattern, text) for text in texts):
            yield f"no smallest change says {pattern}: {texts}"


def names(entry: Document, key: str) -> bool:
    """Whether an entry is about something: by its constraint, or by what is required or offered."""
    offered = entry.get("offered", entry.get("best_offer"))
    said = [entry["constraint"], words(entry["required"]), *([] if key == "unit_op" else [words(offered)])]
    return any(narrow(key) in narrow(text) for text in said)


def words(value: object) -> str:
    return str(value["text"] if isinstance(value, Mapping) else value or "")


def narrow(text: str) -> str:
    """Half width, one kind of dash, no blanks."""
    return (
        re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        .replace("~", "-")
        .replace("–", "-")
        .replace("−", "-")
    )


def same(amount: Document | None, said: str) -> bool:
    """Whether an amount is the one that is said (`3 kg/h`; without a unit any will do)."""
    if amount is None:
        return False
    value, *unit = str(said).split(maxsplit=1)
    return bool(amount["value"] == pytest.approx(float(value), rel=1e-4, abs=1e-9)) and (
        not unit or unified(amount["unit"]) == unified(unit[0])
    )


def unified(unit: str) -> str:
    plainer = unit.replace("µ", "μ")
    return SAME_UNIT.get(plainer, plainer)


def told(entry: Document) -> str:
    gap = entry.get("margin") or entry.get("short_by") or {"value": "", "unit": ""}
    verdict = entry.get("verdict", "")
    return f"{entry['constraint']} {words(entry['required'])} {verdict} {gap['value']} {gap['unit']}"


CHECKS: dict[str, Callable[[Any, Document], Iterator[str]]] = {
    "first": first, "order": order, "routes": routes, "also": also, "never": never,
    "proof": proof, "noted": noted, "dates": dates, "spans": spans, "cost": cost, "totals": totals,
    "bounds": bounds, "nearest": nearest,
    "binding": binding, "sides": sides, "changes": changes,
}  # fmt: skip
