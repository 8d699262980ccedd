"""Loads the generator's data: `data/*.yaml` and one file per industry chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.demo.model import Catalogue, ChainStep, Fund, Industry, Operation, Parameter, Product

HERE = Path(__file__).parent


def load_catalogue() -> Catalogue:
    """Everything that the generator draws from, read anew."""
    names, phrases = _read("data/names.yaml"), _read("data/phrases.yaml")
    maturity = phrases.pop("maturity")
    operations = {name: _operation(name, raw) for name, raw in _read("data/operations.yaml").items()}
    return Catalogue(
        operations=operations,
        units=_read("data/units.yaml"),
        industries=tuple(
            _industry(_load(path), operations) for path in sorted((HERE / "industries").glob("*.yaml"))
        ),
        lines=tuple(_read("data/lines.yaml")),
        equipment=tuple(_read("data/equipment.yaml")),
        funds=tuple(_fund(raw) for raw in _read("data/funds.yaml")),
        places=tuple((weight, full, short) for weight, full, short in _read("data/places.yaml")),
        names={part: {k: tuple(v) for k, v in names[part].items()} for part in ("forms", "topics")},
        rivers=tuple(names["rivers"]),
        extra=tuple(names["extra"]),
        phrases={part: tuple(lines) for part, lines in phrases.items()},
        maturity={int(level): tuple(lines) for level, lines in maturity.items()},
    )


def _read(name: str) -> Any:
    return _load(HERE / name)


def _load(path: Path) -> Any:
    import yaml

    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _operation(name: str, raw: dict[str, Any]) -> Operation:
    return Operation(
        name=name,
        words=tuple(raw["words"]),
        synonyms=tuple(raw["synonyms"]),
        equipment=raw["equipment"],
        offered=raw.get("offered", True),
        parameters=tuple(
            Parameter(parameter, unit, kind, (low, high), tuple(lows), tuple(highs))
            for parameter, (unit, kind, low, high, lows, highs) in raw["parameters"].items()
        ),
    )


def _industry(raw: dict[str, Any], operations: dict[str, Operation]) -> Industry:
    return Industry(
        field=raw["field"],
        share=raw["share"],
        modifiers=tuple(raw["modifiers"]),
        uses=tuple(raw["uses"]),
        products=tuple(_product(one) for one in raw["products"]),
        chains={
            name: tuple(_chain_step(text, operations) for text in chain)
            for name, chain in raw["chains"].items()
        },
        indicators={chain: _indicators(raw["indicators"], chain) for chain in raw["chains"]},
        backgrounds=tuple(raw["backgrounds"]),
    )


def _indicators(raw: list[Any], chain: str) -> tuple[str, ...]:
    """The indicators of a chain: those without `chains`, and those that name it."""
    found = tuple(
        one if isinstance(one, str) else one["text"]
        for one in raw
        if isinstance(one, str) or chain in one["chains"]
    )
    if len(found) < 3:
        raise ValueError(f"chain {chain} has {len(found)} indicators, three are drawn")
    return found


def _product(raw: dict[str, Any]) -> Product:
    at = {
        op: {parameter: (low, high) for parameter, (low, high) in ranges.items()}
        for op, ranges in raw.get("at", {}).items()
    }
    return Product(raw["name"], raw["chain"], raw["raw"], raw["sub"], at)


def _chain_step(text: str, operations: dict[str, Operation]) -> ChainStep:
    """`球磨`, `干燥~` (may be left out), `热压烧结|热等静压` (one of them)."""
    choices = tuple(text.rstrip("~").split("|"))
    if unknown := set(choices) - set(operations):
        raise ValueError(f"no such operation in operations.yaml: {', '.join(sorted(unknown))}")
    return ChainStep(choices, text.endswith("~"))


def _fund(raw: dict[str, Any]) -> Fund:
    return Fund(
        key=raw["key"],
        name=raw["name"],
        form=raw["type"],
        size=raw["size"],
        ticket=tuple(raw["ticket"]),
        trl=tuple(raw["trl"]),
        fields=tuple(raw["fields"]),
        region=raw["region"],
        stage=raw["stage"],
    )
