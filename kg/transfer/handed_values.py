"""The values of a requirement's file: quantities, money, days, levels, where each came from.

Where text and number of a quantity disagree, the one that the third (`si_value`) does not agree with has been
edited and counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.errors import BadValueError, UsageError
from kg.transfer.quantities import Asked, Origin, asked_from_document
from kg.transfer.requirement_file import Item
from kg.transfer.terms import last_day
from kg.values.dates import parse_date
from kg.values.money import parse_money
from kg.values.quantity import parse_quantity
from kg.wording import Sentence

QUANTITY = frozenset({
    "text", "value", "low", "high", "unit", "si_value", "si_low", "si_high", "si_unit", "measures",
    "relation", "hard", "reached", "aim", "demanded", "origin",
})  # fmt: skip
VALUED = frozenset({"value", "hard", "origin"})
ORIGIN = frozenset({"entity", "field", "text", "start", "end"})
RELATIONS = ("=", ">=", "<=", ">", "<", "~", "range", "±")
PRINTED = ("si_value", "si_low", "si_high")
HERE = Origin(field="--requirement")


def asked_of(item: Item) -> Asked:
    """A required quantity; a bare text will do."""
    held = item.mapping(QUANTITY) if item.is_mapping else {}
    text = (held["text"].text() if "text" in held else None) if item.is_mapping else item.text()
    raw = {name: one.value for name, one in held.items() if name != "origin"}
    counted, relation = _counted(raw, text or "", held.get("text") or item)
    said = choice(held.get("relation"), RELATIONS)
    document = {**counted, "relation": relation or said or "=", "measures": raw.get("measures")}
    asked = asked_from_document(document, origin(item), raw.get("demanded") is not False)
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


def valued(item: Item | None) -> Item | None:
    """The value of `{value, origin}`, or what stands there itself."""
    if item is None or item.empty:
        return None
    if not item.is_mapping:
        return item
    found = item.mapping(VALUED).get("value")
    return None if found is None or found.empty else found


def valued_text(item: Item | None) -> str | None:
    found = valued(item)
    return None if found is None else found.text()


def money(item: Item | None) -> float | None:
    if item is None:
        return None
    try:
        amount = parse_money(str(item.text()), unit="元")
    except BadValueError as exc:
        raise item.wrong(
            exc.message, Sentence("按元写：500000 或 50万", "write yuan: 500000 or 50万")
        ) from exc
    return amount


def day(item: Item | None) -> str | None:
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


def trl(item: Item | None) -> int | None:
    """A maturity: 6, or TRL 6."""
    if item is None:
        return None
    text = str(item.text())
    found = re.fullmatch(r"(?:TRL)?\s*([1-9])\s*级?", text.strip(), re.IGNORECASE)
    if found is None:
        raise item.wrong(
            Sentence(f"“{text}”不是成熟度", f"'{text}' is no maturity"),
            Sentence("写 1 到 9 的整数", "write a whole number, 1 to 9"),
        )
    return int(found[1])


def km(item: Item | None) -> float | None:
    number = None if item is None else item.number()
    if item is not None and number is not None and number < 0:
        raise item.wrong(
            Sentence(f"“{number:g}”应不小于 0", f"'{number:g}' should be 0 or more"),
            Sentence("写公里数", "write km"),
        )
    return number


def whole(item: Item | None) -> int | None:
    number = None if item is None else item.number()
    if number is None or item is None:
        return None
    if not float(number).is_integer() or number < 0:
        raise item.wrong(
            Sentence(f"“{number:g}”应是不小于 0 的整数", f"'{number:g}' should be a whole number, 0 or more"),
            Sentence("写整数", "write a whole number"),
        )
    return int(number)


def number(held: Mapping[str, Item], name: str) -> float | None:
    return held[name].number() if name in held else None


def choice(item: Item | None, among: tuple[str, ...]) -> str | None:
    if item is None or item.empty:
        return None
    if item.value not in among:
        raise item.wrong(
            Sentence(f"“{item.value}”不是可用的取值", f"'{item.value}' is none of the choices"),
            Sentence(f"可用：{'、'.join(among)}", f"one of: {', '.join(among)}"),
        )
    return str(item.value)


def origin_of(item: Item | None) -> Origin | None:
    return None if item is None or item.empty else origin(item)


def origin(item: Item) -> Origin:
    """The origin that an item was printed with, else the file."""
    held = item.value.get("origin") if item.is_mapping else None
    if held is None or held.empty:
        return HERE
    parts = {name: one.value for name, one in held.mapping(ORIGIN).items()}
    return Origin(*(parts.get(name) for name in ("entity", "field", "text", "start", "end")))
