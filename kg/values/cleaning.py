"""From a cell to stored properties, and from stored properties to the document that people read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg.schema.model import KindSpec, PropertySpec
from kg.values.dates import parse_date, parse_year
from kg.values.money import Window, parse_money, parse_money_window
from kg.values.quantity import Quantity, parse_quantity
from kg.values.region import locate
from kg.values.text import (
    clean_text,
    clean_texts,
    parse_boolean,
    parse_choice,
    parse_integer,
    parse_number,
)
from kg.values.tidy import plain
from kg.values.trl import parse_trl, parse_trl_window
from kg.values.uscc import parse_uscc

Property = str | int | float | bool | list[str] | list[int] | list[float]
Stored = dict[str, Property | None]

_EMPTY = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "暂无",
        "无",
        "空",
        "未填",
        "#n/a",
    }
)
_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "money_window": ("_low", "_high", "_text"),
    "trl_window": ("_low", "_high", "_text"),
    "quantity": ("_text", "_low", "_high", "_unit", "_si_low", "_si_high", "_si_unit"),
    "region": ("", "_code"),
}


def clean(spec: PropertySpec, raw: object, *, unit: str | None = None) -> Stored:
    """The stored properties of one cell, by their stored names (`stored_names`); all None where the cell is
    empty.

    `unit` is the unit of a bare number (the header's). Raises BadValueError where the value is wrong, its
    subclass UnreadableError where it cannot be read at all: that one is meant to be dropped with a warning
    even where `spec.on_bad` is `reject`. A place that no gazetteer knows is no error: its `_code` is None.
    """
    if is_empty(raw):
        return dict.fromkeys(stored_names(spec))
    return _CLEANERS[spec.type](spec, raw, unit or spec.unit)


def is_empty(raw: object) -> bool:
    """Whether a cell says nothing: None, NaN, blanks, a dash, 无, 暂无, N/A."""
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return True
    if isinstance(raw, str):
        return len(raw) < 12 and raw.strip().casefold() in _EMPTY
    return isinstance(raw, Sequence) and len(raw) == 0


def stored_names(spec: PropertySpec) -> tuple[str, ...]:
    """The names under which the values of a property are stored."""
    return tuple(spec.name + suffix for suffix in _SUFFIXES.get(spec.type, ("",)))


def present(kind: KindSpec, properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a stored node as a document, by the schema's names and order; what is not there is
    left out.

    A quantity is INTERFACE's quantity, a window {"low", "high", "text"}, all else the stored value.
    """
    found: dict[str, Any] = {}
    for name, spec in kind.properties.items():
        stored = {part: properties.get(part) for part in stored_names(spec)}
        if any(value is not None for value in stored.values()):
            found[name] = _document(spec, stored)
    return found


def _document(spec: PropertySpec, stored: Mapping[str, Any]) -> Any:
    name = spec.name
    if spec.type in {"money_window", "trl_window"}:
        return {part: stored[f"{name}_{part}"] for part in ("low", "high", "text")}
    if spec.type == "quantity":
        return _quantity_document(name, stored)
    return stored[name]


def _quantity_document(name: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    part = {
        key: stored[f"{name}_{key}"]
        for key in ("text", "low", "high", "unit", "si_low", "si_high", "si_unit")
    }
    if part["low"] is not None and part["low"] == part["high"]:
        return {"text": part["text"], "value": part["low"], "unit": part["unit"], "si_value": part["si_low"],
                "si_unit": part["si_unit"]}  # fmt: skip
    return part


def _window(spec: PropertySpec, window: Window, as_level: bool = False) -> Stored:
    low, high = window.low, window.high
    if as_level:
        low, high = (None if low is None else int(low)), (None if high is None else int(high))
    return {f"{spec.name}_low": low, f"{spec.name}_high": high, f"{spec.name}_text": window.text}


def _quantity(spec: PropertySpec, quantity: Quantity) -> Stored:
    (low, high), (si_low, si_high) = quantity.bounds(), quantity.si_bounds()
    values = (quantity.text, low, high, quantity.unit, si_low, si_high, quantity.si_unit)
    return dict(zip(stored_names(spec), values, strict=True))


def _region(spec: PropertySpec, raw: object) -> Stored:
    text = clean_text(raw)
    place = locate(text) if text else None
    return {spec.name: text, f"{spec.name}_code": place.code if place else None}


Cleaner = Callable[[PropertySpec, object, str | None], Stored]
_CLEANERS: Mapping[str, Cleaner] = {
    "text": lambda spec, raw, unit: {spec.name: clean_text(raw)},
    "texts": lambda spec, raw, unit: {spec.name: clean_texts(raw)},
    "integer": lambda spec, raw, unit: {spec.name: parse_integer(raw)},
    "number": lambda spec, raw, unit: {spec.name: parse_number(raw, unit=unit, spec_unit=spec.unit)},
    "boolean": lambda spec, raw, unit: {spec.name: parse_boolean(raw)},
    "enum": lambda spec, raw, unit: {spec.name: parse_choice(raw, spec.choices)},
    "year": lambda spec, raw, unit: {spec.name: parse_year(raw)},
    "date": lambda spec, raw, unit: {spec.name: parse_date(raw)},
    "money": lambda spec, raw, unit: {spec.name: parse_money(plain(raw), unit=unit)},
    "money_window": lambda spec, raw, unit: _window(spec, parse_money_window(plain(raw), unit=unit)),
    "trl": lambda spec, raw, unit: {spec.name: parse_trl(raw)},
    "trl_window": lambda spec, raw, unit: _window(spec, parse_trl_window(raw), as_level=True),
    "quantity": lambda spec, raw, unit: _quantity(spec, parse_quantity(plain(raw), unit=unit)),
    "region": lambda spec, raw, unit: _region(spec, raw),
    "uscc": lambda spec, raw, unit: {spec.name: parse_uscc(plain(raw))},
}
