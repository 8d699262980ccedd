"""One cell against its property: the stored values, or what is wrong and whether that holds back the row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.errors import BadValueError
from kg.schema.model import PropertySpec
from kg.store.base import Property
from kg.values import UnreadableError, clean
from kg.values.money import is_unitless

MAX_TEXT = 100_000
"""Characters that a text keeps; what is longer is cut with a warning."""
MAX_NAME = 1_000
"""Characters that a name or a key may have; a longer one holds back the row."""
CACHED_LENGTH = 60
_PLACE = "write the province, city and county (四川省绵阳市涪城区) if it should be found by place"
_UNIT = "write it with its unit (500万元), or name the unit in the header: (万元)"
_CUT = "shorten it, or check the quotes around it"
Stored = Mapping[str, Property | None]


@dataclass(frozen=True)
class Verdict:
    """What became of a cell. `code` is '' where all is well; `hold` says that the row must wait."""

    values: Stored
    code: str = ""
    message: str = ""
    remedy: str | None = None
    hold: bool = False


class PropertyCheck:
    """Checks the cells of one column against one property; equal cells are read once."""

    def __init__(self, spec: PropertySpec, unit: str | None = None) -> None:
        self.spec = replace(spec, unit=unit) if unit else spec
        self.empty: Stored = clean(self.spec, None)
        self.seen: dict[str, Verdict] = {}

    def check(self, text: str | list[str]) -> Verdict:
        """The verdict on a cell; '' is an empty cell."""
        if not text:
            return self._nothing()
        if isinstance(text, list) or len(text) > CACHED_LENGTH or self.spec.type in ("text", "texts"):
            return self._read(text)
        if text not in self.seen:
            if len(self.seen) > 10_000:
                self.seen.clear()
            self.seen[text] = self._read(text)
        return self.seen[text]

    def bad(self, code: str, message: str, remedy: str | None) -> Verdict:
        """The verdict on a cell that cannot be read, by the property's own rule."""
        hold = self.spec.on_bad == "reject" or self.spec.required
        return Verdict(self.empty, code, message, remedy, hold)

    def _nothing(self) -> Verdict:
        if self.spec.required:
            message = f"{self.spec.label.zh} ({self.spec.name}) is empty"
            return Verdict(self.empty, "missing_value", message, "fill in the cell", hold=True)
        return Verdict(self.empty)

    def _read(self, text: str | list[str]) -> Verdict:
        if isinstance(text, str) and self.spec.type == "text":
            limit = MAX_NAME if self.spec.name == "name" else MAX_TEXT
            if len(text) > limit:
                return self._too_long(text, limit)
        try:
            values = clean(self.spec, text)
        except UnreadableError as exc:
            return Verdict(self.empty, "unreadable_value", exc.message, exc.remedy)
        except BadValueError as exc:
            return self.bad("bad_value", exc.message, exc.remedy)
        if self.spec.type == "region" and values.get(f"{self.spec.name}_code", "") is None:
            return Verdict(values, "unknown_place", f"'{text}' is no known place; it is kept as text", _PLACE)
        if self._without_unit(text):
            return Verdict(values, "no_unit", f"'{text}' names no unit; it is taken as yuan", _UNIT)
        return Verdict(values)

    def _without_unit(self, text: str | list[str]) -> bool:
        money = self.spec.type in ("money", "money_window") and not self.spec.unit
        return money and isinstance(text, str) and is_unitless(text)

    def _too_long(self, text: str, limit: int) -> Verdict:
        message = f"the text has {len(text):,} characters, {limit:,} are allowed"
        if self.spec.name == "name":
            return Verdict(
                self.empty, "too_long", message, "shorten it, or check the quotes around it", hold=True
            )
        return Verdict(clean(self.spec, text[:limit]), "too_long", f"{message}; the rest is cut off", _CUT)
