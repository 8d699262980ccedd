"""The fields that a text can belong to (`scheme.yaml`): names, groups, other names, telling words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.enrich.fields.errors import FieldsError

_OWN = Path(__file__).parent / "scheme.yaml"
_KEYS = {"name", "en", "broader", "also", "terms"}


@dataclass(frozen=True)
class Field:
    """One chain: `also` are other names for it, `broader` its group, `terms` words that tell it."""

    name: str
    en: str
    broader: str
    also: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Scheme:
    """All fields, in the order of the model's columns."""

    fields: tuple[Field, ...]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields' names, in order."""
        return tuple(field.name for field in self.fields)

    def named(self, words: str) -> Field | None:
        """The field with this name or other name, None where no field has it."""
        return next((field for field in self.fields if words in (field.name, *field.also)), None)


def load_scheme(path: Path = _OWN) -> Scheme:
    """Read the fields. Raises FieldsError for a missing part or a name that two fields claim."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = []
    claimed: dict[str, str] = {}
    for entry in data["fields"]:
        if set(entry) != _KEYS:
            raise FieldsError(
                f"The field {entry.get('name')} needs exactly the keys {', '.join(sorted(_KEYS))}",
                file=str(path),
                field=entry.get("name"),
            )
        field = Field(
            entry["name"], entry["en"], entry["broader"], tuple(entry["also"]), tuple(entry["terms"].split())
        )
        for name in dict.fromkeys((field.name, *field.also)):
            if name in claimed:
                raise FieldsError(
                    f"'{name}' names both {claimed[name]} and {field.name}",
                    file=str(path),
                    field=name,
                    remedy="Keep it in one of the two",
                )
            claimed[name] = field.name
        fields.append(field)
    return Scheme(tuple(fields))
