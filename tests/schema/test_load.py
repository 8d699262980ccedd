"""The shipped schema holds together, and a wrong file is refused with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg.schema
from kg.errors import SchemaError, UsageError
from kg.schema import Schema, load_schema
from kg.schema.doc import VALUE_TYPES, render
from kg.schema.template import template_headers

SHIPPED = Path(kg.schema.__file__).parent


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "types", tmp_path / "types")
    shutil.copy(SHIPPED / "edges.yaml", tmp_path)
    return tmp_path


def test_it_has_the_kinds_of_the_whole_path(schema: Schema) -> None:
    assert set(schema.kinds) >= {
        *("Achievement", "ProcessStep", "Organization", "PilotInstitution", "PilotLine", "Capability"),
        *("Limit", "UnitOp", "Fund", "Field", "Region", "Need"),
    }


def test_an_institution_is_an_organization_by_a_second_label(schema: Schema) -> None:
    assert schema.labels("PilotInstitution") == ("Organization", "PilotInstitution")
    assert schema.with_children("Organization") == ("Organization", "PilotInstitution")
    assert "uscc" in schema.kinds["PilotInstitution"].properties


@pytest.mark.parametrize("name", ["ACHIEVEMENT", "成果", "pilot line", "pilotline", "中试线", "产线"])
def test_a_kind_is_found_by_what_people_call_it(schema: Schema, name: str) -> None:
    assert schema.kind(name).name in {"Achievement", "PilotLine"}


def test_an_unknown_kind_lists_those_there_are(schema: Schema) -> None:
    with pytest.raises(UsageError) as failure:
        schema.kind("Widget")
    assert "PilotLine" in str(failure.value.remedy)
    assert failure.value.exit_code == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "line_of", "says"),
    [
        ("achievement.yaml", "search: 3", "serach: 3", "serach: 3", "serach"),
        ("achievement.yaml", "type: money,", "type: cash,", "type: cash", "cash"),
        ("achievement.yaml", "edge: OWNED_BY", "edge: OWNS", "owner:", "OWNS"),
        ("achievement.yaml", "kinds: [Organization]", "kinds: [Company]", "owner:", "Company"),
        ("achievement.yaml", "kinds: [Organization]", "kinds: [Fund]", "owner:", "Fund"),
        ("achievement.yaml", "aliases: [摘要,", "aliases: [关键词, 摘要,", "keywords:", "关键词"),
        ("achievement.yaml", "direction: out", "direction: up", "direction: up", "up"),
        ("achievement.yaml", "required: true", "required: perhaps", "required: perhaps", "true or false"),
        ("pilot_institution.yaml", "parent: Organization", "parent: Company", "parent:", "Company"),
        ("limit.yaml", "  unit:", "  source:", "  source:", "source"),
        ("fund.yaml", "kind: Fund", "kind: Need", "kind: Need", "two files"),
        ("fund.yaml", "zh: 基金, en: fund,", "zh: 需求, en: fund,", "label:", "需求"),
        ("../edges.yaml", "to: [Limit]", "to: [Bound]", "HAS_LIMIT", "Bound"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_line(
    folder: Path, file: str, old: str, new: str, line_of: str, says: str
) -> None:
    path = (folder / "types" / file).resolve()
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemaError) as failure:
        load_schema(folder)
    error = failure.value
    assert says in error.message.en
    assert error.file is not None
    assert error.line is not None
    assert error.remedy
    line = Path(error.file).read_text(encoding="utf-8").splitlines()[error.line - 1]
    assert line_of in line


@pytest.mark.parametrize("text", ["", "kind: [open", "a: 1\na: 2\n", "- a list\n", "kind: X\n\ta: tab"])
def test_what_is_no_description_of_a_kind_is_refused(folder: Path, text: str) -> None:
    (folder / "types" / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError) as failure:
        load_schema(folder)
    assert failure.value.file == str(folder / "types" / "x.yaml")
    assert failure.value.line


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "types" / "x.yaml").write_bytes("kind: 成果".encode("gbk"))
    with pytest.raises(SchemaError, match="Cannot be read"):
        load_schema(folder)


def test_a_folder_without_types_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        load_schema(tmp_path)


def test_a_child_may_not_be_its_own_parent(folder: Path) -> None:
    path = folder / "types" / "organization.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "parent: PilotInstitution\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="below itself"):
        load_schema(folder)


def test_the_committed_page_is_current(schema: Schema) -> None:
    page = SHIPPED.parents[1] / "docs" / "schema.md"
    assert page.read_text(encoding="utf-8") == render(schema), "run: python -m kg.schema.doc"


def test_the_page_names_every_column_and_edge(schema: Schema) -> None:
    page = render(schema)
    for spec in schema.kinds.values():
        assert f"## {spec.name}" in page
        assert all(f"`{name}`" in page for name in [*spec.properties, *spec.references])
    assert all(f"`{edge}`" in page for edge in schema.edges)


def test_every_value_type_of_the_schema_is_explained(schema: Schema) -> None:
    used = {prop.type for spec in schema.kinds.values() for prop in spec.properties.values()}
    assert used <= set(VALUE_TYPES)


def test_a_template_of_capabilities_has_three_groups_of_limits(schema: Schema) -> None:
    headers = [column.zh for column in template_headers(schema, "能力")]
    assert headers[:2] == ["能力编号", "能力名称"]
    assert headers[-4:] == ["参数3", "下限3", "上限3", "单位3"]
    assert "联系电话" not in headers
