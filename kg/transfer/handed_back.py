"""A requirement that is handed back as a file: as it was printed, as a person edited it, or written anew.

What is printed and handed back gives the same answer. By hand the short forms will do: `budget: 300000`,
`by: 2027-03-01`, a quantity as its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.identity import normal_name
from kg.transfer.asked import RouteOptions
from kg.transfer.demands import Demand, Sort, certificate_name, hazard_of, hazards
from kg.transfer.documents import Entity
from kg.transfer.handed_values import (
    HERE,
    VALUED,
    asked_of,
    choice,
    day,
    km,
    money,
    number,
    origin,
    origin_of,
    trl,
    valued,
    valued_text,
    whole,
)
from kg.transfer.knowledge import Knowledge
from kg.transfer.mandate import FieldNames, Place, Project
from kg.transfer.requirement import Alternative, Bounds, Requirement, Run, Step, Target
from kg.transfer.requirement_file import Item, read_file
from kg.transfer.verification import KINDS, kinds_of
from kg.transfer.wishes import Material
from kg.values.region import locate
from kg.wording import Sentence, one_of

TOP = frozenset({
    "subject", "text", "steps", "quantities", "materials", "certificates", "hazards", "refused_regions",
    "regions", "verification", "alternatives", "maturity", "maturity_target", "funding_need", "region",
    "fields", "read", "budget", "by", "max_hand_overs", "start", "near", "within_km",
})  # fmt: skip
DEMANDED: dict[str, Sort] = {
    "certificates": "certificate",
    "hazards": "material",
    "refused_regions": "region",
    "regions": "place",
    "verification": "verification",
}
STEP = frozenset({
    "order", "unit_op", "text", "hard", "role", "asked", "run", "quantities", "set_aside", "origin",
})  # fmt: skip
DEMAND = frozenset({"value", "hard", "step", "hazard", "origin"})
RUN = frozenset({"days", "batches", "amount", "origin"})
ROLES = ("hard", "soft", "unlisted")


def requirement_of_file(knowledge: Knowledge, path: Path, options: RouteOptions) -> Requirement:
    """The requirement of a file; options come first. Raises `UsageError` with file, line and field."""
    root = read_file(path)
    inside = root.value.get("requirement")
    if inside is not None and inside.is_mapping and "status" in root.value:
        root = inside  # all that routes --json prints
    _no_patch(root)
    top = root.mapping(TOP)
    steps = top.get("steps")
    if steps is None or not steps.items():
        raise (steps or root).wrong(
            Sentence("没有工序", "there is no step"),
            Sentence("在 steps: 下写 - unit_op: 喷雾造粒", "write - unit_op: 喷雾造粒 under steps:"),
        )
    return Requirement(
        tuple(_step(item, order) for order, item in enumerate(steps.items())),
        tuple(asked_of(one) for one in _list(top, "quantities")),
        tuple(Material(valued_text(one) or "", origin(one)) for one in _list(top, "materials")),
        _subject(top.get("subject")),
        top["text"].text() if "text" in top else None,
        _project(knowledge, top),
        _bounds(top, options),
        tuple(Alternative(valued_text(one) or "", origin(one)) for one in _list(top, "alternatives")),
        tuple(_demand(one, sort) for name, sort in DEMANDED.items() for one in _list(top, name)),
        _target(top.get("maturity_target")),
    )


def _no_patch(root: Item) -> None:
    """A smallest change is no requirement by itself: it is to be applied to the one that was printed."""
    known = set(root.value) & TOP
    if known and known == set(root.value) and "steps" not in known:
        raise root.wrong(
            Sentence(
                f"只有 {'、'.join(sorted(known))}，没有 steps：这是一个补丁，不是完整的要求",
                f"only {', '.join(sorted(known))} and no steps: this is a patch, not a whole requirement",
            ),
            Sentence(
                "先用 JSON Merge Patch（RFC 7396）把它合到打印出的 requirement 上，再交回",
                "apply it to the printed requirement (JSON Merge Patch, RFC 7396) and hand that back",
            ),
        )


def _list(top: Mapping[str, Item], name: str) -> list[Item]:
    return top[name].items() if name in top else []


def _demand(item: Item, sort: Sort) -> Demand:
    """A certificate, a material, a place or a kind of verification; a bare name will do."""
    held = item.mapping(DEMAND) if item.is_mapping else {}
    value = (held["value"].text() if "value" in held else None) if item.is_mapping else item.text()
    if not value:
        raise item.wrong(
            Sentence("没有写名称", "no name is given"), Sentence("写 - CNAS", "write a name, such as CNAS")
        )
    if sort == "certificate":
        value = certificate_name(value) or value
    elif sort == "verification":
        value = _kind(value, held.get("value", item))
    return Demand(
        sort,
        value,
        (choice(held.get("hazard"), tuple(hazards())) or hazard_of(value)) if sort == "material" else None,
        held["hard"].truth(True) if "hard" in held else True,
        _word(held, "step"),
        origin(item),
    )


def _kind(words: str, at: Item) -> str:
    """The kind of verification that a person names (工艺, 工艺验证)."""
    found = kinds_of(words)
    if len(found) != 1:
        raise at.wrong(
            Sentence(f"“{words}”不是一类验证", f"'{words}' is no kind of verification"), one_of(KINDS)
        )
    return found[0]


def _target(item: Item | None) -> Target | None:
    level = trl(valued(item))
    if item is None or level is None:
        return None
    held = item.mapping(VALUED) if item.is_mapping else {}
    return Target(level, held["hard"].truth(True) if "hard" in held else True, origin(item))


def _word(held: Mapping[str, Item], name: str) -> str | None:
    return held[name].text() if name in held and not held[name].empty else None


def _step(item: Item, order: int) -> Step:
    if isinstance(item.value, str):
        return Step(order, item.value, item.value, role="hard", asked=True, origin=HERE)
    held = item.mapping(STEP)
    name = held["unit_op"].text() if "unit_op" in held else None
    if not name:
        raise item.wrong(
            Sentence("这一步没有工序名", "this step names no operation"),
            Sentence("写 unit_op: 喷雾造粒", "write unit_op: 喷雾造粒"),
        )
    hard = held["hard"].truth(True) if "hard" in held else True
    role = choice(held.get("role"), ROLES) or ("hard" if hard else "soft")
    if hard != (role == "hard") and "hard" in held:
        role = "hard" if hard else "soft"
    return Step(
        int(number(held, "order") if number(held, "order") is not None else order),  # type: ignore[arg-type]
        name,
        (held["text"].text() if "text" in held else None) or name,
        tuple(asked_of(one) for one in _list(held, "quantities")),
        role,  # type: ignore[arg-type]
        held["asked"].truth(True) if "asked" in held else True,
        tuple(asked_of(one) for one in _list(held, "set_aside")),
        _run(held.get("run")),
        origin(item),
    )


def _run(item: Item | None) -> Run:
    if item is None or item.empty:
        return Run()
    held = item.mapping(RUN)
    numbers = {name: number(held, name) for name in ("days", "batches")}
    for name, value in numbers.items():
        if value is not None and value <= 0:
            raise held[name].wrong(
                Sentence(f"“{value:g}”应大于 0", f"'{value:g}' should be above 0"),
                Sentence("改成正数", "write more"),
            )
    amount = held.get("amount")
    return Run(
        numbers["days"],
        numbers["batches"],
        None if amount is None or amount.empty else asked_of(amount),
        origin_of(held.get("origin")) and origin(item),
    )


def _subject(item: Item | None) -> Entity | None:
    if item is None or item.empty:
        return None
    held = item.mapping(frozenset({"id", "key", "kind", "name", "synthetic"}))
    text = {name: held[name].text() or "" for name in ("id", "key", "kind", "name") if name in held}
    synthetic = held["synthetic"].truth(False) if "synthetic" in held else False
    return Entity(
        text.get("id", ""), text.get("key", ""), text.get("kind", ""), text.get("name", ""), synthetic
    )


def _project(knowledge: Knowledge, top: Mapping[str, Item]) -> Project:
    names = [name for one in _list(top, "fields") if (name := valued_text(one))]
    above = knowledge.state().above
    read = (
        top["read"].mapping(frozenset({"trl", "fields"})) if "read" in top and not top["read"].empty else {}
    )
    stage, wanted, region = (top.get(name) for name in ("maturity", "funding_need", "region"))
    return Project(
        trl(valued(stage)),
        money(valued(wanted)),
        tuple(FieldNames(name, above.get(normal_name(name), frozenset())) for name in names),
        _place(region),
        whole(read.get("trl")),
        tuple(str(one.text()) for one in _list(read, "fields")),
        origin_of(stage),
    )


def _place(item: Item | None) -> Place | None:
    name = valued_text(item)
    if item is None or not name:
        return None
    found = locate(name)
    return Place(name, found.code if found else None, origin(item).entity)


def _bounds(top: Mapping[str, Item], options: RouteOptions) -> Bounds:
    given = options.bounds()
    budget, by, most, start, near = (top.get(n) for n in ("budget", "by", "max_hand_overs", "start", "near"))
    within = top.get("within_km")
    return Bounds(
        given.budget if given.budget is not None else money(valued(budget)),
        given.by or day(valued(by)),
        given.near or valued_text(near),
        given.max_hand_overs if given.max_hand_overs is not None else whole(valued(most)),
        day(valued(start)),
        km(valued(within)),
        _soft(top, given),
        None if given.near else origin_of(near),
        None if given.by else origin_of(by),
        None if given.budget is not None else origin_of(budget),
        origin_of(start),
        origin_of(within),
    )


def _soft(top: Mapping[str, Item], given: Bounds) -> frozenset[str]:
    """The bounds of the file that are wishes (`hard: false`); an option given beside it is none."""
    found = set[str]()
    for name in ("budget", "by", "max_hand_overs", "within_km"):
        item = top.get(name)
        if item is None or not item.is_mapping or getattr(given, name) is not None:
            continue
        held = item.mapping(VALUED)
        if "hard" in held and not held["hard"].truth(True):
            found.add(name)
    return frozenset(found)
