"""What must hold of any question and any register, tried through the public door."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.transfer.cases import door
from tests.transfer.cases.conftest import Base
from tests.transfer.cases.judging import chains
from tests.transfer.cases.reading import REGISTRY, TODAY

FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ALL = 50

needs = st.sampled_from(
    [
        "需要50 kg混料",
        "需要混料50 kg，真空干燥100℃",
        "需要盐雾试验",
        "需要磨削，加工精度±6 μm，然后盐雾试验",
        "需要 12 kg/h 的喷雾造粒，然后50 kg混料",
        "需要50 kg混料，然后50 kg包覆",
    ]
)
budgets = st.integers(1, 120_000)
days = st.integers(0, 230).map(lambda n: (date.fromisoformat(TODAY) + timedelta(n)).isoformat())
bounds = st.fixed_dictionaries(
    {}, optional={"budget": budgets, "by": days, "max_hand_overs": st.integers(0, 2)}
)


def found(base: Base, **ask: object) -> list[list[str]]:
    document = door.asked_of(base.client, {name: str(value) for name, value in ask.items()}, limit=ALL)
    return chains(document)


@FEW
@given(needs, bounds, st.data())
def test_relaxing_a_bound_never_removes_a_route(
    base: Base, need: str, tight: dict[str, Any], data: st.DataObject
) -> None:
    """A bound that is loosened or left out."""
    loose = dict(tight)
    if loose:
        name = data.draw(st.sampled_from(sorted(loose)))
        if data.draw(st.booleans()):
            del loose[name]
        elif name == "by":
            later = data.draw(st.integers(1, 60))
            loose["by"] = (date.fromisoformat(loose["by"]) + timedelta(later)).isoformat()
        else:
            loose[name] += data.draw(st.integers(1, 20_000 if name == "budget" else 2))
    some, more = found(base, need=need, **tight), found(base, need=need, **loose)
    assert all(one in more for one in some), (tight, loose)


@FEW
@given(needs, bounds)
def test_no_route_breaks_a_bound_and_nothing_is_silent(base: Base, need: str, asked: dict[str, Any]) -> None:
    """Every number of a route adds up, every bound holds where it can be checked, every no has a reason."""
    ask = {name: str(value) for name, value in asked.items()}
    document = door.asked_of(base.client, {"need": need, **ask}, limit=ALL)
    assert document["routes"] or document["why_not"] or document["open_questions"]
    for route in document["routes"]:
        costs = [step["cost"] for step in route["steps"]]
        totals = route["totals"]
        assert totals["hand_overs"] <= asked.get("max_hand_overs", totals["hand_overs"])
        if None not in costs:
            assert totals["cost"] == pytest.approx(sum(costs))
            assert totals["cost"] <= asked.get("budget", totals["cost"])
        else:
            assert totals["cost"] is None
        ends = [step["end"] for step in route["steps"]]
        for before, after in zip(route["steps"], route["steps"][1:], strict=False):
            if before["end"] and after["start"]:
                assert before["end"] < after["start"]
        if ends[-1] and "by" in asked:
            assert ends[-1] <= asked["by"]


@FEW
@given(st.integers(1, 1_200))
def test_the_unit_of_a_rate_does_not_matter(base: Base, hundredths: int) -> None:
    """x g/s = 3.6 x kg/h = 0.06 x kg/min; with two decimals all three are written exactly."""
    rate = hundredths / 100
    asked = [f"{rate:.2f} g/s", f"{rate * 3.6:.4f} kg/h", f"{rate * 0.06:.4f} kg/min"]
    one, *rest = [found(base, need=f"需要 {text} 的喷雾造粒") for text in asked]
    assert all(other == one for other in rest), asked


ENGLISH = {
    "产线.csv": {
        "产线编号": "line id", "产线名称": "line name", "所属机构编号": "institution id", "状态": "status",
    },
    "成果.csv": {
        "成果编号": "achievement id", "成果名称": "title", "成果简介": "abstract", "中试需求": "pilot need",
    },
    "需求.csv": {"需求编号": "need id", "需求名称": "title", "需求内容": "description"},
}  # fmt: skip

QUESTIONS: list[Mapping[str, str]] = [
    {"need": "需要50 kg混料"},
    {"need": "需要50 kg混料", "near": "眉山市"},
    {"need": "需要混料50 kg，真空干燥100℃", "budget": "22599"},
    {"need": "需要盐雾试验", "by": "2026-12-24"},
    {"need": "需要300 L釜结晶，溶剂为无水乙醇"},
    {"need": "需要CNAS资质的60 MPa压力校准"},
    {"key": "A01"},
    {"key": "A05"},
    {"key": "D01"},
]


def told(client: TestClient) -> list[Any]:
    """The answers' substance."""
    said = []
    for ask in QUESTIONS:
        answer = door.asked_of(client, ask)
        spans = [[(s["start"], s["end"], s["cost"]) for s in route["steps"]] for route in answer["routes"]]
        gaps = sorted((gap["constraint"], str(gap["short_by"])) for gap in answer["why_not"])
        said.append((ask, answer["status"], chains(answer), spans, gaps))
    return said


@pytest.mark.parametrize("seed", [1])
def test_order_of_input_and_language_of_headers_do_not_matter(base: Base, tmp_path: Path, seed: int) -> None:
    """The same register with its rows shuffled, its columns in another order and English headers."""
    files = tmp_path / "files"
    files.mkdir()
    chance = random.Random(seed)
    for source in sorted(REGISTRY.iterdir()):
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".csv":
            text = shuffled(text, ENGLISH.get(source.name, {}), chance)
        else:
            text = text.replace("产线台账.xlsx", "产线.csv")
            for names in ENGLISH.values():
                for key in ("产线编号", "成果编号", "需求编号"):
                    text = text.replace(f"key: {key}, usual", f"key: {names.get(key, key)}, usual")
        (files / source.name).write_text(text, encoding="utf-8")
    door.ingested(files, tmp_path / "store")
    with door.served(tmp_path / "store") as client:
        assert told(client) == told(base.client)


def shuffled(text: str, english: Mapping[str, str], chance: random.Random) -> str:
    """A sheet with its rows and columns in another order and other headers; titles above it stay above it."""
    rows = list(csv.reader(text.splitlines()))
    top = next(i for i, row in enumerate(rows) if sum(map(bool, row)) > 1)
    header, body = rows[top], rows[top + 1 :]
    columns = list(range(len(header)))
    if not any(name[-1].isdigit() for name in header):
        chance.shuffle(columns)
    chance.shuffle(body)
    kept = [[english.get(name, name) for name in header], *body]
    lines = [*rows[:top], *([row[i] if i < len(row) else "" for i in columns] for row in kept)]
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in lines) + "\n"


LINES = st.lists(
    st.tuples(
        st.integers(1, 40).map(lambda n: n * 100),  # yuan a day
        st.integers(1, 12),  # days at least
        st.integers(0, 30),  # days of notice
        st.sampled_from([0, 0, 500, 3_000]),  # yuan of set-up
        st.integers(20, 90),  # kg a batch at most
    ),
    min_size=2,
    max_size=5,
)
KINLESS = (
    "混料",
    "包覆",
    "发酵",
    "球磨",
    "酯化",
    "电镀",
    "注浆成型",
    "石墨化",
)  # no one is another's kin
WORLDS = st.tuples(*[LINES] * len(KINLESS))
Lines = list[tuple[int, int, int, int, int]]

LINE = "产线编号,产线名称,日单价（元/天）,最短使用天数,预约提前期（天）,开机费（元）"
CAPABILITY = "能力编号,能力名称,工艺,所属产线编号,批量"
SOURCE = (
    "source: 示例",
    "sheets:",
    "  线: {file: 线*, kind: PilotLine, key: 产线编号, usual_headers: true}",
    "  能力: {file: 能力*, kind: Capability, key: 能力编号, usual_headers: true,",
    "    limits: [{parameter: 批量, column: 批量, unit: kg}]}",
)


def write(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def registered(files: Path, worlds: Mapping[str, Lines]) -> Path:
    """The sheets of some lines for each operation, and the store that they are ingested into."""
    files.mkdir()
    rows = [(f"{name}{i}", name, line) for name, lines in worlds.items() for i, line in enumerate(lines)]
    priced = [f"X{key},{key}线（示例）,{','.join(map(str, line[:4]))}" for key, _, line in rows]
    write(files / "线.csv", LINE, *priced)
    offered = [f"Y{key},{name},{name},X{key},{line[4]}" for key, name, line in rows]
    write(files / "能力.csv", CAPABILITY, *offered)
    write(files / "来源.yaml", *SOURCE)
    door.ingested(files, files / "store")
    return files / "store"


def cheapest(client: TestClient, name: str) -> float | None:
    document = door.asked_of(client, {"need": f"需要{name}，批量50 kg"})
    return min((route["totals"]["cost"] for route in document["routes"]), default=None)


@settings(max_examples=2, deadline=None, phases=[Phase.generate])  # an example is two ingests: no shrinking
@given(WORLDS)
def test_adding_a_line_never_worsens_the_best_cost(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Lines, ...]
) -> None:
    """For each operation some lines and one more; the least cost is what one line of Python says."""
    folder = tmp_path_factory.mktemp("lines")
    more = dict(zip(KINLESS, drawn, strict=True))
    fewer = {name: lines[:-1] for name, lines in more.items()}
    least = []
    for label, worlds in (("fewer", fewer), ("more", more)):
        with door.served(registered(folder / label, worlds)) as client:
            least.append({name: cheapest(client, name) for name in KINLESS})
        for name, lines in worlds.items():
            able = [setup + days * price for price, days, _, setup, most in lines if most >= 50]
            assert least[-1][name] == min(able, default=None), (name, lines)
    for before, after in zip(least[0].values(), least[1].values(), strict=True):
        assert before is None or (after is not None and after <= before)
