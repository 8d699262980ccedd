"""A fund's mandate against a project, term by term, with the arithmetic."""

from __future__ import annotations

import pytest

from kg.transfer.mandate import FieldNames, Mandate, Place, Project, Window, check_mandate
from kg.transfer.proof import overall
from kg.values.region import contains, locate


def place(name: str | None) -> Place | None:
    found = locate(name) if name else None
    return Place(name, found.code if found else None) if name else None


CERAMICS = FieldNames("先进陶瓷", frozenset({"先进材料"}))

STAGES = [
    (4, Window(4, 6, "TRL 4～6"), "fits", 0),  # min(4 - 4, 6 - 4)
    (5, Window(4, 6, ""), "fits", 1),
    (3, Window(4, 6, ""), "short", 1),  # 4 - 3
    (9, Window(4, 6, ""), "short", 3),  # 9 - 6
    (7, Window(6, None, "TRL 6以上"), "fits", 1),
    (2, Window(None, 6, ""), "fits", 4),
    (None, Window(4, 6, ""), "unknown", None),
    (3, Window(None, None, "不限"), "fits", None),
    (3, Window(None, None, "成长期"), "unknown", None),  # words that no window was read from
]


@pytest.mark.parametrize(("trl", "stage", "verdict", "amount"), STAGES)
def test_stage(trl: int | None, stage: Window, verdict: str, amount: float | None) -> None:
    (proof,) = check_mandate(Mandate("基金", stage=stage), Project(trl=trl), contains)
    assert (proof.constraint, proof.verdict) == ("stage", verdict)
    told = proof.margin or proof.short_by
    assert (told.value if told else None) == amount


TICKETS = [
    (
        3_000_000,
        Window(1_000_000, 8_000_000, "100万—800万元"),
        "fits",
        2_000_000,
    ),  # min(3 - 1, 8 - 3) million
    (500_000, Window(1_000_000, 8_000_000, ""), "short", 500_000),
    (9_000_000, Window(1_000_000, 8_000_000, ""), "short", 1_000_000),
    (8_000_000, Window(None, 8_000_000, ""), "fits", 0),
    (None, Window(1_000_000, None, ""), "unknown", None),
    (9_000_000, Window(None, None, "不限"), "fits", None),
]


@pytest.mark.parametrize(("need", "ticket", "verdict", "amount"), TICKETS)
def test_ticket(need: float | None, ticket: Window, verdict: str, amount: float | None) -> None:
    (proof,) = check_mandate(Mandate("基金", ticket=ticket), Project(funding_need=need), contains)
    assert (proof.constraint, proof.verdict) == ("ticket", verdict)
    told = proof.margin or proof.short_by
    assert (told.value if told else None) == amount


FIELDS = [
    ((FieldNames("先进材料"),), ("先进材料",), "fits"),
    ((CERAMICS,), ("先进材料",), "fits"),  # below an admitted field
    ((CERAMICS, FieldNames("核医疗")), ("核医疗",), "fits"),  # one of several is enough
    ((FieldNames("核医疗"),), ("先进材料",), "short"),
    ((FieldNames("核医疗"),), ("不限",), "fits"),
    ((), ("先进材料",), "unknown"),
    ((FieldNames("先进材料"),), ("先进陶瓷",), "unknown"),  # named more broadly than what is admitted
]


@pytest.mark.parametrize(("fields", "admitted", "verdict"), FIELDS)
def test_field(fields: tuple[FieldNames, ...], admitted: tuple[str, ...], verdict: str) -> None:
    mandate = Mandate(
        "基金", fields=admitted, wider=frozenset({"先进材料"}) if "先进陶瓷" in admitted else frozenset()
    )
    (proof,) = check_mandate(mandate, Project(fields=fields), contains)
    assert (proof.constraint, proof.verdict) == ("field", verdict)


REGIONS = [
    ("四川省绵阳市", ["绵阳"], "fits"),
    ("四川省绵阳市涪城区", ["四川"], "fits"),
    ("四川省成都市", ["绵阳"], "short"),
    ("重庆市", ["四川", "重庆"], "fits"),
    ("四川省", ["绵阳"], "unknown"),  # wider than what is admitted
    (None, ["绵阳"], "unknown"),
    ("北京市", ["全国"], "fits"),
    ("仙界", ["绵阳"], "unknown"),  # no gazetteer knows it
    ("仙界", ["仙界"], "fits"),
]


@pytest.mark.parametrize(("where", "admitted", "verdict"), REGIONS)
def test_region(where: str | None, admitted: list[str], verdict: str) -> None:
    places = tuple(found for name in admitted if (found := place(name)))
    (proof,) = check_mandate(Mandate("基金", places=places), Project(place=place(where)), contains)
    assert (proof.constraint, proof.verdict) == ("region", verdict)


def test_a_fund_without_a_mandate_is_unknown_and_says_so() -> None:
    (proof,) = check_mandate(Mandate("基金"), Project(trl=5), contains)
    assert proof.verdict == "unknown"
    assert proof.ask and all("基金" in said for said in (proof.ask.zh, proof.ask.en))


def test_one_short_term_excludes() -> None:
    mandate = Mandate("基金", ("先进材料",), stage=Window(4, 6, ""), ticket=Window(1e6, 8e6, ""))
    project = Project(9, 3e6, (FieldNames("先进材料"),))
    proofs = check_mandate(mandate, project, contains)
    assert [proof.verdict for proof in proofs] == ["fits", "short", "fits"]
    assert overall(proofs) == "short"


def test_what_the_texts_suggest_stands_beside_an_unknown_and_proves_nothing() -> None:
    mandate = Mandate("基金", fields=("先进材料",), stage=Window(4, 6, "TRL 4～6"))
    read = Project(trl_read=5, likely_fields=("先进材料",))
    field, stage = check_mandate(mandate, read, lambda outer, inner: False)
    assert (field.verdict, stage.verdict) == ("unknown", "unknown")
    assert field.note is not None and "先进材料" in field.note.zh and "由人判定" in field.note.zh
    assert stage.note is not None and "TRL 5" in stage.note.zh and stage.ask is not None
    silent = check_mandate(mandate, Project(), lambda outer, inner: False)
    assert silent[1].note is None
