"""Headers that people use need no source file."""

from __future__ import annotations

import pytest

from kg.schema import Schema, load_schema
from kg.schema.lookup import header_key, headers
from kg.schema.template import template_headers


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


USUAL = {
    "Achievement": {
        "key": "成果编号 编号 id",
        "name": "成果名称 title name",
        "abstract": "成果简介 摘要 成果摘要 内容简介 abstract",
        "owner": "完成单位 第一完成单位 单位名称 org",
        "region": "单位所在地 所在地 所在地区",
        "field": "所属领域 技术领域 领域 field",
        "keywords": "关键词 keywords",
        "year": "年份 完成年份 year",
        "trl": "技术成熟度 成熟度 TRL trl",
        "secrecy": "密级",
        "funding_need": "资金需求",
        "pilot_need": "中试需求",
        "form": "成果类型 类型 成果形式",
        "indicators": "技术指标",
        "phone": "联系电话 手机号",
        "identity_number": "身份证号",
    },
    "PilotInstitution": {
        "key": "机构编号",
        "name": "机构名称 中试机构名称",
        "uscc": "统一社会信用代码",
        "region": "所在地",
        "field": "服务领域",
    },
    "PilotLine": {"key": "产线编号", "name": "产线名称 中试线名称", "institution": "所属机构"},
    "Capability": {
        "key": "能力编号",
        "name": "能力名称",
        "unit_op": "单元操作 工艺",
        "line": "所属产线",
        "institution": "所属机构",
    },
    "Fund": {
        "key": "基金编号",
        "name": "基金名称",
        "manager": "管理人",
        "size": "规模 基金规模",
        "ticket": "单笔投资 投资金额",
        "stage": "投资阶段",
        "fields": "投资领域",
        "regions": "投资地域",
    },
    "Need": {
        "key": "需求编号",
        "name": "需求名称",
        "description": "需求内容 需求描述",
        "asker": "提出单位",
        "field": "所属领域",
        "budget": "预算",
        "deadline": "期限",
    },
    "Permit": {
        "key": "证号 许可编号",
        "name": "许可名称",
        "form": "许可类别",
        "valid_until": "有效期至",
        "holder": "持证单位",
        "line": "覆盖产线",
        "unit_op": "覆盖工序",
    },
    "Organization": {"name": "单位名称 企业名称", "uscc": "统一社会信用代码", "region": "所在地"},
    "UnitOp": {"name": "单元操作 名称", "synonyms": "同义词", "family": "大类"},
    "Field": {"name": "领域 领域名称", "broader": "上级领域"},
    "Region": {"name": "地区名称", "part_of": "上级地区"},
}


@pytest.mark.parametrize("kind", USUAL)
def test_usual_headers_are_known(schema: Schema, kind: str) -> None:
    known = headers(schema, kind)
    for name, words in USUAL[kind].items():
        for word in words.split():
            assert known[header_key(word)].name == name, word


def test_spelling_of_a_header_does_not_matter(schema: Schema) -> None:
    known = headers(schema, "Achievement")
    for written in ("成果 名称", "成果名称*", "ＴＩＴＬＥ", "Title", "funding_need", "资金需求："):
        assert header_key(written) in known, written


def test_groups_of_limits_are_told_apart(schema: Schema) -> None:
    known = headers(schema, "Capability")
    second = known[header_key("上限2")]
    assert (second.role, second.kind, second.name, second.group) == ("child", "Limit", "high", 2)
    assert known[header_key("最小1")].name == "low"
    assert known[header_key("参数")].group is None
    assert known[header_key("参数值 3")].name == "original"
    assert header_key("上限2") not in headers(schema, "Achievement")


def test_a_type_column_never_is_the_kind(schema: Schema) -> None:
    column = headers(schema, "Achievement")[header_key("类型")]
    assert (column.role, column.name) == ("property", "form")


def test_personal_columns_are_flagged(schema: Schema) -> None:
    personal = {name for name, spec in schema.kinds["Achievement"].properties.items() if spec.personal}
    assert {"contact", "phone", "email", "identity_number"} <= personal


def test_template_headers_are_understood_again(schema: Schema) -> None:
    for kind, spec in schema.kinds.items():
        if spec.derived:
            continue
        known = headers(schema, kind)
        for column in template_headers(schema, kind):
            zh, en = known[header_key(column.zh)], known[header_key(column.en)]
            assert zh == en, column
