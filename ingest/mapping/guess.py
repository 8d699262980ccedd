"""Sheets without a source file: what a row is and what its columns mean, by the schema's own headers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from ingest.mapping.headers import header_forms, normal_header, resolve, split_header
from ingest.sources.model import Bound, Distances, Limits, SheetSpec, Target
from kg.schema.lookup import Column, header_key, headers
from kg.schema.model import KindSpec, Schema

AWAY = "AWAY_FROM"
_LOW = re.compile(
    r"^(?:最低|最小|最少|起投|low(?:er)?|min(?:imum)?)|(?:下限|最低|最小|起点|起投|low(?:er)?|min(?:imum)?)$",
    re.IGNORECASE,
)
_HIGH = re.compile(
    r"^(?:最高|最大|最多|high(?:er)?|max(?:imum)?)|(?:上限|最高|最大|封顶|high(?:er)?|max(?:imum)?)$",
    re.IGNORECASE,
)
_KM = re.compile(
    r"^(?:(?:公路|道路|铁路|行车|运输)?(?:距离|里程)|公里数|路程|运距|km|distance)$", re.IGNORECASE
)
_WINDOWS = ("money_window", "trl_window", "quantity")


@dataclass
class Reading:
    """What the columns of one table mean for one kind."""

    kind: KindSpec
    key: list[str] = field(default_factory=list)
    columns: dict[str, Target] = field(default_factory=dict)
    children: dict[int | None, dict[str, str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)

    @property
    def hits(self) -> int:
        return len(self.columns) + bool(self.key) + sum(len(group) for group in self.children.values())

    @property
    def has_name(self) -> bool:
        return any(target.name == "name" for target in self.columns.values())

    @property
    def named_only(self) -> bool:
        """Whether a name alone tells one entity from another (organisations, vocabulary)."""
        kind = self.kind
        return (kind.vocabulary or kind.parent is not None or kind.name == "Organization") and self.has_name


class Guesser:
    """The headers of all kinds, looked up once."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.words: dict[str, Mapping[str, Column]] = {}
        self.order: dict[str, dict[str, int]] = {}
        for kind in schema.kinds.values():
            if not kind.derived:
                self.words[kind.name] = headers(schema, kind.name)
                self.order[kind.name] = {word: at for at, word in enumerate(self.words[kind.name])}

    def score(self, cells: Sequence[str], kinds: Sequence[str] = ()) -> float:
        """How many cells are headers of one of these kinds (of the kind that knows most of them)."""
        forms = [
            {header_key(form) for form in header_forms(cell)} for cell in cells if cell and len(cell) <= 60
        ]
        return max(
            (float(sum(1 for one in forms if one & self.words[k].keys())) for k in kinds or self.words),
            default=0.0,
        )

    def read(self, kind: str, columns: Sequence[str]) -> Reading:
        """What these columns mean for a kind."""
        found = Reading(self.schema.kinds[kind])
        for column in columns:
            if column:
                self._place(found, column)
        return found

    def _place(self, found: Reading, column: str) -> None:
        word, meaning = self._meaning(found.kind.name, column)
        if meaning is None:
            self._window(found, column)
        elif meaning.role == "key":
            self._keep_best(found, "", column, word)
        elif meaning.role == "child":
            found.children.setdefault(meaning.group, {}).setdefault(meaning.name, column)
        elif meaning.role == "property" and found.kind.properties[meaning.name].personal:
            found.unknown.append(column)
        elif meaning.role == "reference":
            found.columns[column] = Target(meaning.name, "reference")
        elif found.kind.properties[meaning.name].personal:
            found.unknown.append(column)
        else:
            self._keep_best(found, meaning.name, column, word)

    def _meaning(self, kind: str, column: str) -> tuple[str, Column | None]:
        plain = re.sub(r"#\d+$", "", column)
        for form in header_forms(plain):
            if (word := header_key(form)) in self.words[kind]:
                return word, self.words[kind][word]
        return "", None

    def _keep_best(self, found: Reading, name: str, column: str, word: str) -> None:
        """One column for each property: the label goes before its other names, in the schema's order."""
        rank = self.order[found.kind.name][word]
        if name not in found.ranks or rank < found.ranks[name]:
            earlier = found.key if not name else [c for c, t in found.columns.items() if t.name == name]
            found.unknown += earlier
            for old in earlier:
                found.columns.pop(old, None)
            found.ranks[name] = rank
            if name:
                found.columns[column] = Target(name, "property")
            else:
                found.key = [column]
        else:
            found.unknown.append(column)

    def _window(self, found: Reading, column: str) -> None:
        """`单笔投资下限（万元）` is the low end of a window that the kind has."""
        base = split_header(column)[0]
        for pattern, bound in ((_LOW, "low"), (_HIGH, "high")):
            rest = pattern.sub("", base).strip(" _-")
            meaning = self._meaning(found.kind.name, rest)[1] if rest and rest != base else None
            if (
                meaning
                and meaning.role == "property"
                and found.kind.properties[meaning.name].type in _WINDOWS
            ):
                found.columns[column] = Target(meaning.name, "property", bound=cast(Bound, bound))
                return
        found.unknown.append(column)

    def guess(self, columns: Sequence[str], hint: str = "") -> tuple[Reading | None, list[Reading]]:
        """The kind that these columns clearly fit, and all that come into question, best first.

        `hint` is the name of the file and worksheet; it only settles ties.
        """
        readings = [self.read(kind, columns) for kind in self.words]
        fit = [one for one in readings if (one.key or one.named_only) and one.hits >= 2]
        ranked = sorted(
            fit, key=lambda one: (-self._weight(one, hint), len(self.schema.labels(one.kind.name)))
        )
        if not ranked or (
            len(ranked) > 1 and self._weight(ranked[0], hint) - self._weight(ranked[1], hint) < 0.5
        ):
            return None, ranked
        return ranked[0], ranked

    def keyless(self, columns: Sequence[str]) -> Reading | None:
        """The kind that these columns fit best but for its key; None where fewer than three are known."""
        readings = [self.read(kind, columns) for kind in self.words]
        best = max((one for one in readings if not one.key), key=lambda one: one.hits, default=None)
        return best if best is not None and best.hits > 2 else None

    def _weight(self, one: Reading, hint: str) -> float:
        """Known headers; a key or name under the kind's own label says most, the file's name settles ties."""
        weight = float(one.hits)
        own = [header_key(label) for label in (one.kind.key.zh, *one.kind.key.aliases[1:])]
        if one.key and header_key(normal_header(one.key[0])) in own and not self._shared(one.key[0]):
            weight += 3
        names = [column for column, target in one.columns.items() if target.name == "name"]
        if names and not self._shared(names[0]):
            weight += 2
        labels = (one.kind.label.zh, one.kind.name, *one.kind.label.aliases)
        return weight + (0.7 if any(normal_header(label) in normal_header(hint) for label in labels) else 0.0)

    def _shared(self, column: str) -> bool:
        """Whether several kinds know this header as key or name."""
        meanings = [(self._meaning(kind, column)[1], kind) for kind in self.words]
        roles = {kind for one, kind in meanings if one and (one.role == "key" or one.name == "name")}
        return len(roles) > 1

    def spec(self, one: Reading) -> SheetSpec:
        """The description that these columns amount to."""
        key = one.key or [column for column, target in one.columns.items() if target.name == "name"]
        limits, used = self._limits(one)
        distances, taken = self._distances(one)
        columns = {column: (target,) for column, target in one.columns.items() if column not in taken}
        del used
        return SheetSpec(
            name=one.kind.name,
            kind=one.kind.name,
            line=0,
            key=tuple(key[:1]),
            columns=columns,
            limits=limits,
            distances=distances,
        )

    def complete(self, spec: SheetSpec, columns: Sequence[str]) -> SheetSpec:
        """The description with what it does not mention read by its usual header; what it says goes first."""
        told = {*spec.key, *spec.columns, *spec.where, *spec.ignore}
        told |= {name for limit in spec.limits for name in limit.columns}
        told |= {name for distance in spec.distances for name in distance.columns}
        taken = {column for header in told for column in resolve(header, columns).values()}
        one = self.read(spec.kind, [column for column in columns if column not in taken])
        guessed = self.spec(one)
        fed = {target.name for targets in spec.columns.values() for target in targets} | {*spec.constants}
        added = {
            column: targets
            for column, targets in guessed.columns.items()
            if not fed & {target.name for target in targets} or targets[0].bound
        }
        return replace(
            spec,
            key=spec.key or guessed.key,
            columns={**spec.columns, **added},
            limits=(*spec.limits, *guessed.limits),
            distances=spec.distances or guessed.distances,
        )

    def _limits(self, one: Reading) -> tuple[tuple[Limits, ...], set[str]]:
        """Limits of numbered groups; and, of a kind that has limits, of every unknown column with a unit."""
        found = []
        for _, group in sorted(one.children.items(), key=lambda item: item[0] or 0):
            named = "parameter" in group and len(group) > 1
            if not named and set(group) <= {"parameter", "original"}:
                found.append(Limits(column=next(iter(group.values()))))
            elif named:
                found.append(
                    Limits(
                        parameter_column=group["parameter"],
                        column=group.get("original"),
                        low=group.get("low"),
                        high=group.get("high"),
                        unit_column=group.get("unit"),
                    )
                )
        used: set[str] = set()
        if one.kind.name in self.schema.edges["HAS_LIMIT"].starts:
            ends: dict[str, Limits] = {}
            for column in one.unknown:
                base, unit = split_header(column)
                if unit is None:
                    continue
                name = _HIGH.sub("", _LOW.sub("", base)).strip(" _-") or base
                part = ends.get(name, Limits(parameter=name, unit=None))
                if _LOW.search(base):
                    ends[name] = replace(part, low=column)
                elif _HIGH.search(base):
                    ends[name] = replace(part, high=column)
                else:
                    ends[name] = replace(part, column=column)
                used.add(column)
            found += ends.values()
        return tuple(found), used

    def _distances(self, one: Reading) -> tuple[tuple[Distances, ...], set[str]]:
        """A place and its kilometres, side by side."""
        away = {name for name, spec in one.kind.references.items() if spec.edge == AWAY}
        places = [column for column, target in one.columns.items() if target.name in away]
        km = [column for column in one.unknown if _KM.match(split_header(column)[0])]
        if not places or not km:
            return (), set()
        return (Distances(place=places[0], km=km[0]),), set(places)
