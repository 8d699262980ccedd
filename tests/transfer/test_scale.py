"""How many times its own scale a result asks for."""

from __future__ import annotations

import pytest

from kg.transfer.quantities import Asked, Bounds
from kg.transfer.requirement import Step
from kg.transfer.scale import scale_up
from kg.values.quantity import parse_quantity


def asked(text: str, measures: str) -> Asked:
    found = parse_quantity(text)
    bounds = Bounds(text, found.value, found.value, found.unit, found.si_value, found.si_value, found.si_unit)
    return Asked(bounds, measures)


@pytest.mark.parametrize(
    ("wanted", "reached", "ratio"),
    [
        (["20 kg/h"], ["0.5 kg/h"], 40.0),
        (["2 t/d"], ["500 g/h"], 2000 / 24 / 0.5),
        (["20 kg/h"], ["0.5 kg/h", "2 kg/h"], 10.0),  # the largest that was reached
        (["20 kg/h"], ["300 L"], None),  # another dimension says nothing
        (["20 kg/h"], [], None),
    ],
)
def test_the_ratio_is_of_the_same_scale(wanted: list[str], reached: list[str], ratio: float | None) -> None:
    step = Step(
        0,
        "喷雾造粒",
        "喷雾造粒",
        tuple(asked(text, "处理量") for text in wanted),
        set_aside=tuple(asked(text, "容积" if text.endswith("L") else "处理量") for text in reached),
    )
    found = scale_up(step)
    assert (found and found.ratio) == (None if ratio is None else pytest.approx(ratio, rel=1e-5))
