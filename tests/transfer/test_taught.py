"""Words that no list of operations has, and what the registry's own names teach of them."""

from __future__ import annotations

from kg.transfer import RouteOptions
from kg.transfer.answers import answer
from kg.transfer.quantities import Asked, Origin, asked_from_document
from kg.transfer.requirement import Requirement, Step
from kg.values.quantity import parse_quantity
from tests.transfer.conftest import Ask
from tests.transfer.registry import Registry


def furnaces(registry: Registry) -> None:
    """A laboratory calls its furnace 釜中凝实炉 and lists 烧结; two lines sinter, one of them is too cold."""
    lab = registry.institution("I0", "小试平台")
    registry.capability("C0", "釜中凝实炉", lab, "烧结", [("温度", "500℃")])
    for key, top in (("I1", "1700℃"), ("I2", "1200℃")):
        there = registry.institution(key, f"机构{key}")
        registry.capability(f"C{key}", "高温烧结", there, "烧结", [("温度", top)])
    other = registry.institution("I3", "灌装机构")
    registry.capability("C3", "灌装", other, "灌装", [])


def asked(*steps: Step) -> Requirement:
    return Requirement(steps, text="x")


def step(name: str, temperature: str | None = "1500℃") -> Step:
    number = (quantity(temperature),) if temperature else ()
    return Step(0, name, name, number, "hard", True)


def quantity(text: str) -> Asked:
    read = parse_quantity(text)
    said = {**read.document(), "relation": read.relation, "measures": "温度"}
    return asked_from_document(said, Origin(), demanded=True)


def test_the_name_of_a_capability_teaches_its_operation(ask: Ask) -> None:
    found = answer(ask(furnaces), asked(step("釜中凝实")), RouteOptions())
    assert [route["steps"][0]["institution"]["key"] for route in found["routes"]] == ["I1"]
    proofs = {one["constraint"]: one for one in found["routes"][0]["steps"][0]["proof"]}
    assert proofs["unit_op"]["verdict"] == "unknown" and "烧结之下" in proofs["unit_op"]["note"]
    assert proofs["温度"]["verdict"] == "fits"
    assert found["ranking"] == "route-v4"


def test_who_is_so_called_is_ground_without_a_number(ask: Ask) -> None:
    found = answer(ask(furnaces), asked(step("釜中凝实", None)), RouteOptions())
    assert found["routes"][0]["steps"][0]["institution"]["key"] == "I0"


def test_all_who_are_taught_fall_short(ask: Ask) -> None:
    found = answer(ask(furnaces), asked(step("釜中凝实", "1900℃")), RouteOptions())
    assert (found["status"], found["routes"]) == ("abstain", []) and found["why_not"]


def test_what_nobody_calls_so_stays_a_question(ask: Ask) -> None:
    found = answer(ask(furnaces), asked(step("星轨凝缩")), RouteOptions())
    assert found["status"] == "abstain" and found["open_questions"]


def test_a_listed_operation_is_never_taught(ask: Ask) -> None:
    def fill(registry: Registry) -> None:
        furnaces(registry)
        there = registry.institution("I9", "机构九")
        registry.capability("C9", "灌装烧结一体机", there, "灌装", [])

    found = answer(ask(fill), asked(step("烧结", None)), RouteOptions())
    assert "I9" not in {route["steps"][0]["institution"]["key"] for route in found["routes"]}
