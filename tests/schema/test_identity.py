"""Ids are stable, and only a code or a vocabulary joins two sources."""

from __future__ import annotations

import re

import pytest

from kg.identity import child_id, entity_id, normal_name
from kg.schema import Schema, load_schema

CODE = "91350100M000100Y43"


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_an_id_is_safe_in_a_url_and_fixed(schema: Schema) -> None:
    found = entity_id(schema, "Achievement", "成果库", "A-1")
    assert re.fullmatch(r"achievement-[0-9a-f]{16}", found)
    assert found == "achievement-9eb8a41b9d36a604"
    assert found == entity_id(schema, "Achievement", "成果库", " A-1 ")


def test_a_body_has_one_id_under_any_label(schema: Schema) -> None:
    as_body = entity_id(schema, "Organization", "a", "1", uscc=CODE)
    as_institution = entity_id(schema, "PilotInstitution", "b", "2", uscc=CODE.lower())
    assert as_body == as_institution
    assert as_body.startswith("organization-")


def test_a_wrong_code_identifies_nothing(schema: Schema) -> None:
    wrong = entity_id(schema, "Organization", "a", "1", uscc=CODE[:-1] + "9")
    assert wrong == entity_id(schema, "Organization", "a", "1")


def test_names_join_rows_of_one_source_only(schema: Schema) -> None:
    one = entity_id(schema, "Organization", "a", None, name="绵阳（示例）有限公司")
    assert one == entity_id(schema, "Organization", "a", "", name="绵阳(示例) 有限公司")
    assert one != entity_id(schema, "Organization", "b", None, name="绵阳（示例）有限公司")


def test_a_vocabulary_is_named_alike_in_all_sources(schema: Schema) -> None:
    assert entity_id(schema, "Field", "a", "F1", name="新材料") == entity_id(
        schema, "Field", "b", None, name="新 材料"
    )
    assert entity_id(schema, "Field", "a", None, name="x") != entity_id(schema, "UnitOp", "a", None, name="x")


def test_nothing_to_go_by_is_an_error(schema: Schema) -> None:
    with pytest.raises(ValueError, match="key or a name"):
        entity_id(schema, "Achievement", "a", " ", name="")


def test_children_are_told_apart_by_record_sheet_and_part() -> None:
    ids = {
        child_id("Limit", "r", "s", "温度"),
        child_id("Limit", "r", "s", "压力"),
        child_id("Limit", "r", "t", "温度"),
    }
    assert len(ids) == 3


def test_names_are_compared_without_width_case_and_blanks() -> None:
    assert normal_name("ＡＢＣ （中国） Ltd") == normal_name("abc(中国)ltd")
