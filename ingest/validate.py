"""One cell against its property: the stored values, or what is wrong and whether that holds back the row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.errors import BadValueError
from kg.schema.model import PropertySpec
from kg.store.base import Property
from kg.values import UnreadableError, clean
from kg.values.money import is_unitless
from kg.wording import Sentence

MAX_TEXT = 100_000
"""Characters that a text keeps; what is longer is cut with a warning."""
MAX_NAME = 1_000
"""Characters that a name or a key may have; a longer one holds back the row."""
CACHED_LENGTH = 60
_PLACE = Sentence(
    "要按地区检索，就写到省、市、区县（四川省绵阳市涪城区）",
    "write the province, city and county (四川省绵阳市涪城区) if it should be found by place",
)
_UNIT = Sentence(
    "写上单位（500万元），或在表头注明：（万元）",
    "write it with its unit (500万元), or name the unit in the header: (万元)",
)
_CUT = Sentence("写短些，或检查前后的引号", "shorten it, or check the quotes around it")
_FILL = Sentence("填上这一格", "fill in the cell")
_NOTHING = Sentence("", "")
Stored = Mapping[str, Property | None]


@dataclass(frozen=True)
class Verdict:
    """What became of a cell. `code` is '' where all is well; `hold` says that the row must wait."""

    values: Stored
    code: str = ""
    message: Sentence = _NOTHING
    remedy: Sentence | None = None
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

    def bad(self, code: str, message: Sentence, remedy: Sentence | None) -> Verdict:
        """The verdict on a cell that cannot be read, by the property's own rule."""
        hold = self.spec.on_bad == "reject" or self.spec.required
        return Verdict(self.empty, code, message, remedy, hold)

    def _nothing(self) -> Verdict:
        if self.spec.required:
            label = self.spec.label.zh
            message = Sentence(f"{label}为空", f"{label} ({self.spec.name}) is empty")
            return Verdict(self.empty, "missing_value", message, _FILL, hold=True)
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
            kept = Sentence(
                f"“{text}”不是已知的地名；按文字保留", f"'{text}' is no known place; it is kept as text"
            )
            return Verdict(values, "unknown_place", kept, _PLACE)
        if self._without_unit(text):
            taken = Sentence(f"“{text}”没有单位；按元计", f"'{text}' names no unit; it is taken as yuan")
            return Verdict(values, "no_unit", taken, _UNIT)
        return Verdict(values)

    def _without_unit(self, text: str | list[str]) -> bool:
        money = self.spec.type in ("money", "money_window") and not self.spec.unit
        return money and isinstance(text, str) and is_unitless(text)

    def _too_long(self, text: str, limit: int) -> Verdict:
        message = Sentence(
            f"文本有 {len(text):,} 个字符，上限 {limit:,}",
            f"the text has {len(text):,} characters, {limit:,} are allowed",
        )
        if self.spec.name == "name":
            return Verdict(self.empty, "too_long", message, _CUT, hold=True)
        cut = Sentence(f"{message.zh}；超出部分截去", f"{message.en}; the rest is cut off")
        return Verdict(clean(self.spec, text[:limit]), "too_long", cut, _CUT)
