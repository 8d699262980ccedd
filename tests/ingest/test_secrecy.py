"""Secrecy marks: what is open, restricted, never stored; and that nothing of a classified row gets out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.mapping import open_inputs
from ingest.record import ClassifiedRow, HeldRow, MappedRow, Record
from ingest.secrecy import Secrecy, document_mark, is_secrecy_header, secrecy_of, states_level
from kg.schema import load_schema


@pytest.mark.parametrize(
    "mark", [None, "", "  ", "公开", "无", "非密", "不涉密", "公 开", "公開", "-", "否", "public", "NONE"]
)
def test_open_marks(mark: str | None) -> None:
    assert secrecy_of([mark]) is Secrecy.NORMAL


@pytest.mark.parametrize(
    "mark",
    [
        "内部",
        "內部",
        "不公開",
        "商業機密",
        "待定密",
        "内部资料",
        "商业秘密",
        "工作秘密",
        "不公开",
        "Internal",
        "内 部",
    ],
)
def test_restricted_marks(mark: str) -> None:
    assert secrecy_of([mark]) is Secrecy.RESTRICTED


@pytest.mark.parametrize(
    "mark",
    ["秘密", "机密", "绝密", "机密★10年", "★绝密", "秘 密", "　机　密　", "机密级", "国家秘密",
     "秘密（10年）", "是", "涉密", "絕密", "機密", "祕密", "機　密★10年", "機\u200b密", "國家祕密",
     "TOP SECRET", "Confidential", ["公开", "秘密"]],
)  # fmt: skip
def test_classified_marks(mark: object) -> None:
    assert secrecy_of([mark]) is Secrecy.CLASSIFIED


@pytest.mark.parametrize("mark", ["公开", "公開", "非密", "内部", "无", ["公开"]])
def test_words_that_state_a_level(mark: object) -> None:
    assert states_level([None, mark])


@pytest.mark.parametrize("mark", [None, "", "-", "/", "NONE", "机密", "三级", float("nan")])
def test_what_states_no_level_that_opens(mark: object) -> None:
    assert not states_level([mark])


@pytest.mark.parametrize("mark", ["甲级", "1", "??", "核心", 3, "普通"])
def test_an_unknown_mark_is_never_open(mark: object) -> None:
    assert secrecy_of([mark]) is Secrecy.UNKNOWN


def test_the_strictest_mark_counts() -> None:
    assert secrecy_of(["公开", "机密", "内部"]) is Secrecy.CLASSIFIED


@pytest.mark.parametrize(
    "header",
    [
        "密级",
        "密别",
        "保密情况",
        "*密 级",
        "涉密等级",
        "成果密级",
        "是否涉密",
        "定密情况",
        "密級",
        "涉密等級",
        "保密级别",
        "secrecy",
    ],
)
def test_headers_that_hold_marks(header: str) -> None:
    assert is_secrecy_header(header)


@pytest.mark.parametrize(
    "header", ["保密期限", "定密责任人", "定密依据", "密度", "精密程度", "成果名称", "密级变更日期"]
)
def test_headers_that_do_not(header: str) -> None:
    assert not is_secrecy_header(header)


def test_a_mark_above_the_header() -> None:
    assert document_mark(["某市台账", "机密★10年"]) is Secrecy.CLASSIFIED
    assert (
        document_mark(["内部资料 注意保存"]) is Secrecy.NORMAL
        or document_mark(["内部资料"]) is Secrecy.RESTRICTED
    )
    assert document_mark(["绝密级实验室成果汇编"]) is Secrecy.NORMAL
    assert document_mark(["絕　密★30年"]) is Secrecy.CLASSIFIED
    assert document_mark(["密級：機密"]) is Secrecy.CLASSIFIED


def rows(path: Path, source: str | None = None) -> list[MappedRow]:
    file = None
    if source:
        file = path.with_suffix(".yaml")
        file.write_text(source, encoding="utf-8")
    return list(open_inputs([path], source_file=file, schema=load_schema()).rows())


SOURCE = """source: 甲
sheets:
  成果:
    kind: Achievement
    key: 成果编号
    columns: {成果名称: name}
"""
TABLE = """成果编号,成果名称,涉密等级
A1,甲,公开
A2,乙绝不外传,机密★5年
A3,丙,内部
A4,丁,三级
"""


@pytest.mark.parametrize(
    "source",
    [
        None,
        SOURCE,
    ],
)
def test_marks_are_honoured_mapped_or_not(tmp_path: Path, source: str | None) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    open_row, classified, restricted, unknown = rows(path, source)
    assert isinstance(open_row.outcome, Record) and not open_row.outcome.restricted
    assert isinstance(classified.outcome, ClassifiedRow) and classified.outcome.place.line == 3
    assert not classified.cells and "乙" not in repr(classified) and "A2" not in repr(classified)
    assert isinstance(restricted.outcome, Record) and restricted.outcome.restricted
    assert isinstance(unknown.outcome, Record) and unknown.outcome.restricted
    assert [problem.code for problem in unknown.warnings] == ["unknown_secrecy"]


def test_a_column_of_another_name_may_hold_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("成果编号,成果名称,范围\nA1,甲,绝密\n", encoding="utf-8")
    (row,) = rows(path, SOURCE.replace("name}", "name, 范围: secrecy}"))
    assert isinstance(row.outcome, ClassifiedRow)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "成果编号,成果名称,密级\nA1,名,称,机密\nA2,乙,公开\n"),
        ("a.csv", '成果编号,成果名称,密级\nA2,乙,公开\nA1,"甲,秘密\nA3,丙,公开\n'),
        ("a.jsonl", '{"成果编号": "A2", "成果名称": "乙"}\n{"成果编号": "A1", "密级": "绝密", \n'),
    ],
)  # fmt: skip
def test_a_broken_row_with_a_mark_is_not_copied(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = rows(path)
    assert sum(isinstance(row.outcome, ClassifiedRow) for row in found) == 1
    assert not any(isinstance(row.outcome, HeldRow) for row in found)


def test_a_broken_row_about_secrets_is_held(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "成果编号,成果名称,密级\nA1,基于秘密共享的机密计算方法,公开,多\nA2,乙,公开\n", encoding="utf-8"
    )
    assert [type(row.outcome) for row in rows(path)] == [HeldRow, Record]


def test_a_mark_in_any_column_refuses_the_row(tmp_path: Path) -> None:
    """A column that nobody knows to hold marks; words about secrets inside a sentence are no mark."""
    path = tmp_path / "a.csv"
    path.write_text(
        "成果编号,成果名称,管理属性,备注\n"
        "A1,甲,機 密,\nA2,乙,,绝密★10年\nA3,丙,一般,介绍机密文件的管理\nA4,丁,秘密共享,商业秘密\n"
    )
    inputs = open_inputs([path], kind="achievement", source_file=None, schema=load_schema())
    outcomes = [row.outcome for row in inputs.rows()]
    assert [type(one) for one in outcomes] == [ClassifiedRow, ClassifiedRow, Record, Record]
