"""A requirement that is handed back as a file: as it was printed, as a person edited it, or written anew.

What is printed and handed back gives the same answer. By hand the short forms will do: `budget: 300000`,
`by: 2027-03-01`, a quantity as its text. Where text and number of a quantity disagree, the one that the third
(`si_value`) does not agree with has been edited and counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.errors import BadValueError, UsageError
from kg.identity import normal_name
from kg.transfer.asked import RouteOptions
from kg.transfer.demands import Demand, Sort, certificate_name, hazard_of, hazards
from kg.transfer.documents import Entity
from kg.transfer.knowledge import Knowledge
from kg.transfer.mandate import FieldNames, Place, Project
from kg.transfer.quantities import Asked, Origin, asked_from_document
from kg.transfer.requirement import Bounds, Requirement, Run, Step
from kg.transfer.requirement_file import Item, read_file
from kg.transfer.terms import last_day
from kg.transfer.wishes import Material
from kg.values.dates import parse_date
from kg.values.money import parse_money
from kg.values.quantity import parse_quantity
from kg.values.region import locate
from kg.wording import Sentence

TOP = frozenset({
    "subject", "text", "steps", "quantities", "materials", "certificates", "hazards", "refused_regions",
    "alternatives",
    "maturity", "funding_need", "region", "fields", "read", "budget", "by", "max_hand_overs", "start", "near",
})  # fmt: skip
DEMANDED: dict[str, Sort] = {
    "certificates": "certificate",
    "hazards": "material",
    "refused_regions": "region",
}
STEP = frozenset({
    "order", "unit_op", "text", "hard", "role", "asked", "run", "quantities", "set_aside", "origin",
})  # fmt: skip
QUANTITY = frozenset({
    "text", "value", "low", "high", "unit", "si_value", "si_low", "si_high", "si_unit", "measures",
    "relation", "hard", "reached", "aim", "demanded", "origin",
})  # fmt: skip
VALUED = frozenset({"value", "hard", "origin"})
DEMAND = frozenset({"value", "hard", "step", "hazard", "origin"})
ORIGIN = frozenset({"entity", "field", "text", "start", "end"})
RUN = frozenset({"days", "batches", "amount"})
ROLES = ("hard", "soft", "unlisted")
RELATIONS = ("=", ">=", "<=", ">", "<", "~", "range", "±")
PRINTED = ("si_value", "si_low", "si_high")
HERE = Origin(field="--requirement")


def requirement_of_file(knowledge: Knowledge, path: Path, options: RouteOptions) -> Requirement:
    """The requirement of a file; options come first. Raises `UsageError` with file, line and field."""
    root = read_file(path)
    top = root.mapping(TOP)
    steps = top.get("steps")
    if steps is None or not steps.items():
        raise (steps or root).wrong(
            Sentence("没有工序", "there is no step"),
            Sentence("在 steps: 下写 - unit_op: 喷雾造粒", "write - unit_op: 喷雾造粒 under steps:"),
        )
    return Requirement(
        tuple(_step(item, order) for order, item in enumerate(steps.items())),
        tuple(_asked(one) for one in _list(top, "quantities")),
        tuple(Material(_valued_text(one) or "", _origin(one)) for one in _list(top, "materials")),
        _subject(top.get("subject")),
        top["text"].text() if "text" in top else None,
        _project(knowledge, top),
        _bounds(top, options),
        tuple(str(one.text()) for one in _list(top, "alternatives")),
        tuple(_demand(one, sort) for name, sort in DEMANDED.items() for one in _list(top, name)),
    )


def _list(top: Mapping[str, Item], name: str) -> list[Item]:
    return top[name].items() if name in top else []


def _demand(item: Item, sort: Sort) -> Demand:
    """A certificate or a material; a bare name will do."""
    held = item.mapping(DEMAND) if item.is_mapping else {}
    value = (held["value"].text() if "value" in held else None) if item.is_mapping else item.text()
    if not value:
        raise item.wrong(
            Sentence("没有写名称", "no name is given"), Sentence("写 - CNAS", "write a name, such as CNAS")
        )
    if sort == "certificate":
        value = certificate_name(value) or value
    return Demand(
        sort,
        value,
        (_choice(held.get("hazard"), tuple(hazards())) or hazard_of(value)) if sort == "material" else None,
        held["hard"].truth(True) if "hard" in held else True,
        _word(held, "step"),
        _origin(item),
    )


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
    role = _choice(held.get("role"), ROLES) or ("hard" if hard else "soft")
    if hard != (role == "hard") and "hard" in held:
        role = "hard" if hard else "soft"
    return Step(
        int(_number(held, "order") if _number(held, "order") is not None else order),  # type: ignore[arg-type]
        name,
        (held["text"].text() if "text" in held else None) or name,
        tuple(_asked(one) for one in _list(held, "quantities")),
        role,  # type: ignore[arg-type]
        held["asked"].truth(True) if "asked" in held else True,
        tuple(_asked(one) for one in _list(held, "set_aside")),
        _run(held.get("run")),
        _origin(item),
    )


def _run(item: Item | None) -> Run:
    if item is None or item.empty:
        return Run()
    held = item.mapping(RUN)
    numbers = {name: _number(held, name) for name in ("days", "batches")}
    for name, value in numbers.items():
        if value is not None and value <= 0:
            raise held[name].wrong(
                Sentence(f"“{value:g}”应大于 0", f"'{value:g}' should be above 0"),
                Sentence("改成正数", "write more"),
            )
    amount = held.get("amount")
    return Run(
        numbers["days"], numbers["batches"], None if amount is None or amount.empty else _asked(amount)
    )


def _asked(item: Item) -> Asked:
    """A required quantity; a bare text will do."""
    held = item.mapping(QUANTITY) if item.is_mapping else {}
    text = (held["text"].text() if "text" in held else None) if item.is_mapping else item.text()
    raw = {name: one.value for name, one in held.items() if name != "origin"}
    counted, relation = _counted(raw, text or "", held.get("text") or item)
    said = _choice(held.get("relation"), RELATIONS)
    document = {**counted, "relation": relation or said or "=", "measures": raw.get("measures")}
    asked = asked_from_document(document, _origin(item), raw.get("demanded") is not False)
    reached = bool(raw.get("reached"))
    return replace(
        asked, hard=raw.get("hard") is not False or reached, reached=reached, aim=bool(raw.get("aim"))
    )


def _counted(raw: Mapping[str, Any], text: str, at: Item) -> tuple[dict[str, Any], str | None]:
    """The numbers that count, and their relation where the text is what counts."""
    own = {name: raw[name] for name in ("value", "low", "high") if raw.get(name) is not None}
    read = _read(text)
    if not own:
        if read is None:
            raise at.wrong(
                Sentence(f"“{text}”不是带单位的数值", f"'{text}' is no number with a unit"),
                Sentence("写数值和单位，如 12 kg/h", "write a number and its unit, such as 12 kg/h"),
            )
        return {**read[0], "text": text}, None if "relation" in raw else read[1]
    printed = {name: raw[name] for name in (*PRINTED, "unit", "si_unit") if raw.get(name) is not None}
    stated = _read(_spelled(own, raw.get("unit")))
    said, number, base = (None if one is None else _ends(one) for one in (
        read[0] if read else None, stated[0] if stated else None, printed if raw.get("si_unit") else None
    ))  # fmt: skip
    if base is None or number is None or number == base:
        if read is not None and said not in (number, base) and None not in (said, number):
            if base is None:
                raise _disagreeing(at, text)
            return {**read[0], "text": text}, read[1]
        return {"text": text or _spelled(own, raw.get("unit")), **own, **printed, **_in_si(raw, stated)}, None
    if said in (None, base, number) and stated is not None:
        return {**stated[0], "text": _spelled(own, raw.get("unit"))}, None
    raise _disagreeing(at, text)


def _in_si(raw: Mapping[str, Any], stated: tuple[dict[str, Any], str] | None) -> dict[str, Any]:
    """The SI ends of a number that was written without them."""
    if raw.get("si_unit") or stated is None:
        return {}
    return {name: value for name, value in stated[0].items() if name in (*PRINTED, "si_unit", "unit")}


def _disagreeing(at: Item, text: str) -> UsageError:
    return at.wrong(
        Sentence(f"“{text}”与 value、si_value 不一致", f"'{text}', value and si_value disagree"),
        Sentence("改 text，并删去 value 与 si_value", "change text, and delete value and si_value"),
    )


def _read(text: str) -> tuple[dict[str, Any], str] | None:
    """A quantity's text as a document with its relation; None where nobody can read it."""
    try:
        found = parse_quantity(text)
    except BadValueError:
        return None
    return dict(found.document()), found.relation


def _spelled(own: Mapping[str, Any], unit: Any) -> str:
    ends = [own[name] for name in ("value", "low", "high") if name in own]
    return f"{'～'.join(f'{end:.12g}' for end in ends)} {unit or ''}".strip()


def _ends(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What two quantities agree in: dimension and ends, of which a tolerance has one size."""
    si = bool(document.get("si_unit"))
    ends = {document.get(name if not si else f"si_{name}") for name in ("value", "low", "high")} - {None}
    unit = document.get("si_unit") if si else document.get("unit")
    return (str(unit), *sorted({f"{abs(float(end)):.6g}" for end in ends if end is not None}))


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
    names = [name for one in _list(top, "fields") if (name := _valued_text(one))]
    above = knowledge.state().above
    read = (
        top["read"].mapping(frozenset({"trl", "fields"})) if "read" in top and not top["read"].empty else {}
    )
    trl, money, region = (top.get(name) for name in ("maturity", "funding_need", "region"))
    return Project(
        _whole(_valued(trl)),
        _money(_valued(money)),
        tuple(FieldNames(name, above.get(normal_name(name), frozenset())) for name in names),
        _place(region),
        _whole(read.get("trl")),
        tuple(str(one.text()) for one in _list(read, "fields")),
    )


def _place(item: Item | None) -> Place | None:
    name = _valued_text(item)
    if item is None or not name:
        return None
    found = locate(name)
    return Place(name, found.code if found else None, _origin(item).entity)


def _bounds(top: Mapping[str, Item], options: RouteOptions) -> Bounds:
    given = options.bounds()
    budget, by, most, start, near = (top.get(n) for n in ("budget", "by", "max_hand_overs", "start", "near"))
    return Bounds(
        given.budget if given.budget is not None else _money(_valued(budget)),
        given.by or _day(_valued(by)),
        given.near or _valued_text(near),
        given.max_hand_overs if given.max_hand_overs is not None else _whole(_valued(most)),
        _day(_valued(start)),
        None if given.near else _origin_of(near),
        None if given.by else _origin_of(by),
        None if given.budget is not None else _origin_of(budget),
        _origin_of(start),
    )


def _valued(item: Item | None) -> Item | None:
    """The value of `{value, origin}`, or what stands there itself."""
    if item is None or item.empty:
        return None
    if not item.is_mapping:
        return item
    found = item.mapping(VALUED).get("value")
    return None if found is None or found.empty else found


def _valued_text(item: Item | None) -> str | None:
    found = _valued(item)
    return None if found is None else found.text()


def _money(item: Item | None) -> float | None:
    if item is None:
        return None
    try:
        amount = parse_money(str(item.text()), unit="元")
    except BadValueError as exc:
        raise item.wrong(
            exc.message, Sentence("按元写：500000 或 50万", "write yuan: 500000 or 50万")
        ) from exc
    return amount


def _day(item: Item | None) -> str | None:
    """An ISO date of any precision."""
    if item is None:
        return None
    text = str(item.text())
    try:
        iso = parse_date(text)
    except BadValueError:
        iso = None
    if iso is None or last_day(iso) is None:
        raise item.wrong(
            Sentence(f"“{text}”不是日期", f"'{text}' is no date"),
            Sentence("写成 2027-01-18 或 2027-03", "write 2027-01-18, or 2027-03"),
        )
    return iso


def _whole(item: Item | None) -> int | None:
    number = None if item is None else item.number()
    if number is None or item is None:
        return None
    if not float(number).is_integer() or number < 0:
        raise item.wrong(
            Sentence(f"“{number:g}”应是不小于 0 的整数", f"'{number:g}' should be a whole number, 0 or more"),
            Sentence("写整数", "write a whole number"),
        )
    return int(number)


def _number(held: Mapping[str, Item], name: str) -> float | None:
    return held[name].number() if name in held else None


def _choice(item: Item | None, among: tuple[str, ...]) -> str | None:
    if item is None or item.empty:
        return None
    if item.value not in among:
        raise item.wrong(
            Sentence(f"“{item.value}”不是可用的取值", f"'{item.value}' is none of the choices"),
            Sentence(f"可用：{'、'.join(among)}", f"one of: {', '.join(among)}"),
        )
    return str(item.value)


def _origin_of(item: Item | None) -> Origin | None:
    return None if item is None or item.empty else _origin(item)


def _origin(item: Item) -> Origin:
    """The origin that an item was printed with, else the file."""
    held = item.value.get("origin") if item.is_mapping else None
    if held is None or held.empty:
        return HERE
    parts = {name: one.value for name, one in held.mapping(ORIGIN).items()}
    return Origin(*(parts.get(name) for name in ("entity", "field", "text", "start", "end")))
