"""Builds one record from one row, or says why the row must wait."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest.mapping import limits as limit_reading
from ingest.mapping import windows
from ingest.mapping.cells import is_empty, repaired, split, text_of
from ingest.mapping.plan import DistancePlan, Input, LimitPlan, Plan, PropertyPlan, ReferencePlan
from ingest.readers.model import Cells
from ingest.record import Child, HeldRow, MappedRow, Place, Problem, Record, Reference
from ingest.secrecy import Secrecy, states_level
from ingest.sources.model import NO_REPAIR, Repair
from ingest.validate import MAX_NAME
from kg.errors import BadValueError
from kg.identity import normal_name
from kg.schema.model import ReferenceSpec
from kg.store.base import Property
from kg.values.quantity import parse_quantity
from kg.values.tidy import tidy
from kg.wording import Sentence

_OPEN = frozenset(
    {"不限", "无限制", "不限制", "不限领域", "不限行业", "不限地区", "不限区域", "不限地域", "全部", "所有"}
)
YES = frozenset({"true", "是", "1", "yes", "y", "生成", "模拟", "synthetic"})


def key_of(plan: Plan, row: Cells) -> str | None:
    """The record's key, several columns joined by ' / '; None where a part is empty."""
    parts = [text_of(row.values.get(column)) for column in plan.key]
    if not parts or any(is_empty(part, plan.spec.empty) for part in parts):
        return None
    return " / ".join(tidy(part) for part in parts)


def shown(plan: Plan, row: Cells, name: str) -> str | None:
    """What a row shows for a property, as repaired text; None for nothing."""
    inputs = [one for held in plan.properties if held.name == name for one in held.inputs]
    texts = (repaired(text_of(row.values.get(one.column)), one.target.repair) for one in inputs)
    return next(filter(None, texts), None)


class RowBuilder:
    """One row under way: problems, warnings and what it states are gathered, then judged together."""

    def __init__(self, plan: Plan, row: Cells, place: Place, level: Secrecy) -> None:
        self.plan, self.row, self.place, self.level = plan, row, place, level
        self.held: list[Problem] = []
        self.warned: list[Problem] = []
        self.broken: dict[str, Problem] = {}
        self.properties: dict[str, Property | None] = {}
        self.references: list[Reference] = []
        self.children: list[Child] = []

    def result(self) -> MappedRow:
        self._troubles()
        key = key_of(self.plan, self.row)
        if self.row.raw is None and not self.held:
            self._key(key)
            self._properties()
            self._constants()
            self.references += [one for plan in self.plan.references for one in self._reference(plan)]
            self._limits()
            self.references += [one for plan in self.plan.distances for one in self._distance(plan)]
        self._secrecy()
        if self.row.short and any(problem.code != "unknown_place" for problem in self.warned):
            self._hold(
                "ragged_row",
                Sentence(
                    "这一行的格数比表头少，值也对不上列",
                    "the row has fewer cells than the header, and its values do not fit",
                ),
                remedy=Sentence(
                    "每列都写分隔符，值里有分隔符的加引号",
                    "put a delimiter for every column, and quotes around a value that holds one",
                ),
            )
        elif self.row.short:
            self._warn(
                "short_row",
                Sentence(
                    "这一行的格数比表头少，缺的按空处理",
                    "the row has fewer cells than the header; the rest counts as empty",
                ),
                remedy=Sentence(
                    "后面几格本来就空则不用管", "nothing to do if the last cells are meant to be empty"
                ),
            )
        cells = self._cells()
        if self.held or key is None:
            return MappedRow(self._held_row(key, cells), tuple(self.warned), cells)
        return MappedRow(self._record(key), tuple(self.warned), cells)

    def _problem(self, code: str, message: Sentence, field: str | None, remedy: Sentence | None) -> Problem:
        return Problem(code, message, self.place, field, remedy)

    def _hold(
        self, code: str, message: Sentence, field: str | None = None, remedy: Sentence | None = None
    ) -> None:
        self.held.append(self._problem(code, message, field, remedy))

    def _warn(
        self, code: str, message: Sentence, field: str | None = None, remedy: Sentence | None = None
    ) -> None:
        self.warned.append(self._problem(code, message, field, remedy))

    def _troubles(self) -> None:
        """What the reader could not read: the whole row, or a cell (only where the cell matters)."""
        names = list(self.row.values)
        for trouble in self.row.troubles:
            column = (
                names[trouble.column] if trouble.column is not None and trouble.column < len(names) else None
            )
            if trouble.column is None:
                self._hold(trouble.code, trouble.message, None, trouble.remedy)
            elif column in self.plan.mapped:
                problem = self._problem(trouble.code, trouble.message, column, trouble.remedy)
                self.broken[column] = problem
                if trouble.code == "bad_encoding" or column in self.plan.key:
                    self.held.append(problem)

    def _key(self, key: str | None) -> None:
        names = " + ".join(self.plan.key)
        if key is None:
            self._hold(
                "missing_key",
                Sentence(f"编号（{names}）为空", f"the key ({names}) is empty"),
                names,
                Sentence("每一行都要填编号", "give every row its key"),
            )
        elif len(key) > MAX_NAME:
            self._hold(
                "too_long",
                Sentence(f"编号有 {len(key):,} 个字符", f"the key has {len(key):,} characters"),
                names,
                Sentence("检查这一行的引号", "check the quotes of this row"),
            )

    def text(self, one: Input) -> str:
        """A column's cell as repaired text; '' where it is empty or broken."""
        return self._tidied(self.row.values.get(one.column), one.target.repair)

    def _tidied(self, value: Any, repair: Repair) -> str:
        text = repaired(text_of(value), repair)
        return "" if is_empty(text, self.plan.spec.empty) else text

    def _part(self, one: Input, type_name: str) -> str:
        """The part of a cell that is meant for a property: by the source file's pattern, or by its look."""
        text = self.text(one)
        if one.target.pattern is not None:
            found = one.target.pattern.search(text)
            return (found.group(1) if found.re.groups else found.group()).strip() if found else ""
        if text and one.shared and type_name in ("money_window", "trl_window"):
            money, stage = windows.parts(text)
            return money if type_name == "money_window" else stage
        return text

    def _properties(self) -> None:
        for plan in self.plan.properties:
            present = [one for one in plan.inputs if one.column in self.row.values]
            if not present:
                continue
            broken = next((self.broken[one.column] for one in present if one.column in self.broken), None)
            if broken:
                self._verdict(plan, plan.check.bad(broken.code, broken.message, broken.remedy), present)
            else:
                self._verdict(plan, plan.check.check(self._joined(plan, present)), present)

    def _verdict(self, plan: PropertyPlan, verdict: Any, inputs: Sequence[Input]) -> None:
        self.properties.update(verdict.values)
        if verdict.code:
            add = self._hold if verdict.hold else self._warn
            add(verdict.code, verdict.message, inputs[0].column, verdict.remedy)

    def _joined(self, plan: PropertyPlan, inputs: Sequence[Input]) -> str | list[str]:
        """The columns of a property as one value: two ends as a window, texts joined, lists together."""
        bounds = {one.target.bound: self._part(one, plan.type) for one in inputs if one.target.bound}
        if bounds:
            return windows.between(bounds.get("low", ""), bounds.get("high", ""))
        if plan.type == "texts":
            return self._list(inputs)
        texts = [text for one in inputs if (text := self._part(one, plan.type))]
        return "\n".join(dict.fromkeys(texts)) if plan.type == "text" else next(iter(texts), "")

    def _list(self, inputs: Sequence[Input]) -> str | list[str]:
        if len(inputs) == 1 and not inputs[0].target.separators:
            return self._listed(inputs[0]) or self.text(inputs[0])
        return [
            part
            for one in inputs
            for part in self._listed(one) or split(self.text(one), one.target.separators)
        ]

    def _listed(self, one: Input) -> list[str]:
        """The values of a cell that is a list itself (JSON, Parquet); none where it is no list."""
        value = self.row.values.get(one.column)
        if not isinstance(value, (list, tuple)):
            return []
        return [text for item in value if (text := self._tidied(item, one.target.repair))]

    def _constants(self) -> None:
        for name, (target, text) in self.plan.spec.constants.items():
            if target.role == "reference":
                if not self._says_open(self.plan.kind.references[name], text):
                    self.references.append(Reference(name, text, target.by, target.kind, field=name))
            elif target.role == "property" and self.properties.get(name) is None:
                from ingest.validate import PropertyCheck

                verdict = PropertyCheck(self.plan.kind.properties[name]).check(text)
                self.properties.update(verdict.values)
                if verdict.code:
                    add = self._hold if verdict.hold else self._warn
                    add(verdict.code, verdict.message, name, verdict.remedy)

    def _reference(self, plan: ReferencePlan) -> Iterator[Reference]:
        seen: set[str] = set()
        if plan.spec.open_as and plan.inputs:
            self.properties.setdefault(plan.spec.open_as, None)
        for one in plan.inputs:
            for value in self._values(one, plan.spec.many):
                if self._says_open(plan.spec, value):
                    continue
                if value not in seen and len(value) <= MAX_NAME:
                    seen.add(value)
                    yield Reference(plan.spec.name, value, one.target.by, one.target.kind, field=one.column)
            if one.column in self.broken:
                self.warned.append(self.broken[one.column])

    def _says_open(self, spec: ReferenceSpec, value: str) -> bool:
        """Whether the cell names nothing but says that anything is admitted; the record then keeps that."""
        if spec.open_as is None or normal_name(value) not in _OPEN:
            return False
        self.properties[spec.open_as] = True
        return True

    def _values(self, one: Input, many: bool) -> list[str]:
        if isinstance(self.row.values.get(one.column), (list, tuple)):
            return self._listed(one)
        text = self.text(one)
        if one.target.pattern is not None:
            found = one.target.pattern.findall(text)
            return [item if isinstance(item, str) else item[0] for item in found]
        if not text or not (many or one.target.separators):
            return [text] if text else []
        parts = split(text, one.target.separators)
        return [part for item in parts if (part := self._tidied(item, one.target.repair))]

    def _limits(self) -> None:
        for plan in self.plan.limits:
            for child, bad in self._limit(plan):
                if child.name and child.name not in {one.name for one in self.children}:
                    self.children.append(child)
                if bad:
                    self._warn(
                        "bad_limit",
                        Sentence(
                            f"{child.name}：{bad.message.zh}；按未知处理",
                            f"{child.name}: {bad.message.en}; it counts as unknown",
                        ),
                        plan.spec.column or plan.spec.high,
                        bad.remedy,
                    )

    def _limit(self, plan: LimitPlan) -> list[limit_reading.Read]:
        spec = plan.spec

        def cell(column: str | None) -> str:
            return self._tidied(self.row.values.get(column), spec.repair) if column else ""

        unit = cell(spec.unit_column) or plan.unit
        text, low, high = cell(spec.column), cell(spec.low), cell(spec.high)
        broken = [self.broken[name] for name in spec.columns if name in self.broken]
        self.warned += broken
        parameter = spec.parameter or cell(spec.parameter_column)
        if not spec.parameter and not spec.parameter_column:
            return limit_reading.pairs(text, unit, spec.separators, spec.better) if text else []
        if not parameter or (spec.parameter and not (text or low or high) and not broken):
            return []
        if text and not (low or high):
            return [limit_reading.limit(parameter, text, unit, spec.better)]
        return [limit_reading.between(parameter, low, high, unit, spec.better)]

    def _distance(self, plan: DistancePlan) -> Iterator[Reference]:
        place = plan.place or self._tidied(self.row.values.get(plan.place_column or ""), NO_REPAIR)
        text = self._tidied(self.row.values.get(plan.km), NO_REPAIR)
        if not place or not text:
            return
        try:
            read = parse_quantity(text, unit=plan.unit)
        except BadValueError as exc:
            self._warn("bad_value", exc.message, plan.km, exc.remedy)
            return
        metres = read.si_value if read.si_value is not None else read.si_high
        if read.si_unit != "meter" or metres is None or metres < 0:
            self._warn(
                "bad_value",
                Sentence(f"“{text}”不是距离", f"'{text}' is no distance"),
                plan.km,
                Sentence("写公里数", "write kilometres"),
            )
            return
        yield Reference(
            plan.reference,
            place,
            "any",
            plan.kind,
            {"km": round(metres / 1000, 6)},
            field=plan.place_column or plan.km,
        )

    def _secrecy(self) -> None:
        if self.level is Secrecy.UNKNOWN:
            self._warn(
                "unknown_secrecy",
                Sentence(
                    "密级无法识别；记录按内部处理", "the secrecy mark is not known; the record is restricted"
                ),
                self.plan.secrecy[0] if self.plan.secrecy else None,
                Sentence("写公开、内部或密级", "write 公开, 内部 or the level"),
            )
        if "secrecy" in self.plan.kind.properties and self.plan.secrecy:
            marks = [text for column in self.plan.secrecy if (text := text_of(self.row.values.get(column)))]
            self.properties["secrecy"] = "；".join(dict.fromkeys(marks)) or None

    def _cells(self) -> Mapping[str, Any]:
        if self.row.raw is not None:
            return {"": self.row.raw}
        return {name: value for name, value in self.row.values.items() if name not in self.plan.private}

    def _held_row(self, key: str | None, cells: Mapping[str, Any]) -> HeldRow:
        plan = self.plan
        return HeldRow(
            self.place,
            cells,
            tuple(self.held),
            plan.spec.name,
            plan.source,
            plan.kind.name,
            key,
            shown(plan, self.row, "name"),
            shown(plan, self.row, "uscc"),
            self.level > Secrecy.NORMAL,
        )

    def _record(self, key: str) -> Record:
        plan = self.plan
        values = [text_of(self.row.values.get(column)).casefold() for column in plan.synthetic]
        properties = self.properties
        sheet = plan.spec.name
        if plan.several:
            properties = {name: value for name, value in properties.items() if value is not None}
            sheet = f"{sheet}#{self._statement()}" if self.references or self.children else sheet
        record = Record(
            source=plan.source,
            sheet=sheet,
            kind=plan.kind.name,
            key=key,
            place=self.place,
            properties=properties,
            references=tuple(self.references),
            children=tuple(self.children),
            restricted=self.level > Secrecy.NORMAL,
            synthetic=plan.all_synthetic or any(value in YES for value in values),
            key_column=" + ".join(plan.key),
            states_level=states_level(self.row.values.get(column) for column in plan.secrecy),
        )
        return _hashed(record)

    def _statement(self) -> str:
        """What tells this row from the record's other rows: which things it links, which limits it states."""
        links = [[one.name, one.value] for one in self.references]
        told = json.dumps([sorted(links), sorted(one.name for one in self.children)], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def _hashed(record: Record) -> Record:
    """The record with the hash of what it says: not where it stands, not when."""
    said = {
        "kind": record.kind,
        "key": record.key,
        "properties": dict(record.properties),
        "references": sorted(
            (
                [one.name, one.value, one.by, one.kind or "", dict(one.properties)]
                for one in record.references
            ),
            key=str,
        ),
        "children": [[one.kind, one.name, dict(one.properties)] for one in record.children],
        "marks": [record.restricted, record.synthetic],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return replace(record, content_hash=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
