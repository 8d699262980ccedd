"""Pilot lines in search, on each store: where they stand, and what is done on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import document

FILES = {
    "机构": """
机构编号,机构名称,所在地,密级
P1,江岸中试基地,四川省绵阳市,公开
P2,暗月中试基地,四川省成都市,内部
P3,旧星中试基地,四川省德阳市,公开
""",
    "产线": """
产线编号,产线名称,所属机构编号,所在地,密级
L1,甲号中试线,P1,,公开
L2,乙号中试线,P1,重庆市,公开
L3,丙号中试线,P2,,公开
L4,丁号中试线,P3,,公开
L5,戊号中试线,P1,,内部
L6,喷雾干燥展示间,P1,,公开
""",
    "能力": """
能力编号,能力名称,单元操作,所属产线编号,密级
C1,浆料成粉,喷雾干燥,L1,公开
C2,暗月成粉,喷雾干燥,L2,内部
C3,浆料成粉,喷雾干燥,L3,公开
C4,成型,烧结,L4,公开
C5,浆料成粉,喷雾干燥,L5,公开
""",
}
SOURCE = """
source: 手写名册
sheets:
  机构: {file: 机构*, kind: PilotInstitution, key: 机构编号, usual_headers: true}
  产线: {file: 产线*, kind: PilotLine, key: 产线编号, usual_headers: true}
  能力: {file: 能力*, kind: Capability, key: 能力编号, usual_headers: true}
"""


@pytest.fixture
def filled(url: str, tmp_path: Path) -> str:
    """The URL of a store with these records, of which P3 is then retired."""
    for gone in ("", "P3"):
        folder = tmp_path / f"files{gone}"
        folder.mkdir()
        for name, text in FILES.items():
            rows = [row for row in text.strip().splitlines() if not gone or not row.startswith(gone)]
            (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (folder / "来源.yaml").write_text(SOURCE, encoding="utf-8")
        complete = ["--complete"] if gone else []
        report = document("ingest", folder, "--source", folder / "来源.yaml", *complete, "--store", url)
    assert report["gone"] == 1
    return url


def _lines(url: str, text: str, *filters: str) -> dict[str, Any]:
    found: dict[str, Any] = document("search", text, "--kind", "PilotLine", *filters, "--store", url)
    return found


def _keys(found: dict[str, Any]) -> set[str]:
    return {hit["key"] for hit in found["hits"]}


def test_a_line_without_a_place_stands_under_its_operators(filled: str) -> None:
    found = _lines(filled, "中试线")
    shown = {hit["key"]: hit["region"] for hit in found["hits"]}
    assert shown == {"L1": "绵阳市", "L2": "重庆市", "L3": None, "L4": None}
    assert {one["value"]: one["count"] for one in found["facets"]["region"]} == {"绵阳市": 1, "重庆市": 1}
    places = {"绵阳": {"L1"}, "四川省": {"L1"}, "川渝": {"L1", "L2"}, "重庆": {"L2"}}
    for place, keys in {**places, "成都": set(), "德阳": set()}.items():
        assert _keys(_lines(filled, "中试线", "--region", place)) == keys, place


def test_an_operation_finds_the_lines_on_which_it_is_done(filled: str) -> None:
    found = _lines(filled, "喷雾干燥")
    # L2 does it by a restricted capability only, L5 is restricted itself; L3 is public, whoever operates it
    # and L6 is only called so
    keys = [hit["key"] for hit in found["hits"]]
    assert (set(keys[:2]), keys[2:]) == ({"L1", "L3"}, ["L6"])
    assert ["graph" in hit["found_by"] for hit in found["hits"]] == [True, True, False]
    assert found["total"] == 3
    assert _keys(_lines(filled, "喷雾干燥", "--region", "四川")) == {"L1", "L6"}
