"""Nodes, edges and queries: the same on both stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import StoreError
from kg.store import stats
from kg.store.base import Edge, GraphStore, Node
from tests.store.samples import ACHIEVEMENT, EDGES, NODES, OWNER, edge, fill, node


def test_what_is_written_is_read_again_with_its_types(store: GraphStore) -> None:
    odd = node(
        "achievement-9", "Achievement", text="第一行\n第二行 “引号” 'x' \\ 🧪", number=1.0, count=3,
        big=2**53 + 1, flag=True, list=["甲", "乙"], floats=[1.0, 2.5], ints=[1, 2], empty=[], digits="007",
        date="2027-01-18", blank="", low=-1.5e-9,
    )  # fmt: skip
    with store.transaction() as work:
        work.upsert_nodes([odd, OWNER])
    found = store.get([odd.id, OWNER.id, "achievement-0"])
    assert found == {odd.id: odd, OWNER.id: OWNER}
    assert {name: type(value) for name, value in found[odd.id].properties.items()} == {
        name: type(value) for name, value in odd.properties.items()
    }


def test_the_texts_of_a_listing_property_come_as_a_list_and_of_any_other_none(store: GraphStore) -> None:
    with store.transaction() as work:
        work.upsert_nodes([node("achievement-9", "Achievement", listed=["甲", "乙"], single="丙", none=[])])
    found = store.get(["achievement-9"])["achievement-9"]
    names = ("listed", "single", "none", "unknown")
    assert [found.texts(name) for name in names] == [["甲", "乙"], [], [], []]


def test_upsert_twice_is_once(store: GraphStore) -> None:
    for _ in range(2):
        with store.transaction() as work:
            work.upsert_nodes([*NODES, *NODES])
            work.upsert_edges([*EDGES, *EDGES])
    counted = stats.count(store)
    assert counted["nodes"] == {
        "Achievement": 2, "PilotInstitution": 1, "PilotLine": 1, "ProcessStep": 1, "UnitOp": 1,
    }  # fmt: skip
    assert counted["edges"] == {"HAS_STEP": 1, "NEEDS": 1, "OPERATES": 1, "OWNED_BY": 2}


def test_a_property_not_given_stays_and_none_removes_it(store: GraphStore) -> None:
    with store.transaction() as work:
        work.upsert_nodes([node("achievement-1", "Achievement", abstract="旧", year=2020)])
    with store.transaction() as work:
        properties = {"kind": "Achievement", "year": None, "note": "新"}
        work.upsert_nodes([Node("achievement-1", ("Achievement",), properties)])  # type: ignore[arg-type]
    properties_now = store.get(["achievement-1"])["achievement-1"].properties
    assert properties_now["abstract"] == "旧"
    assert properties_now["note"] == "新"
    assert "year" not in properties_now


def test_an_edge_is_one_by_its_ends_and_type_and_its_properties_change(store: GraphStore) -> None:
    fill(store)
    with store.transaction() as work:
        said = {"stated_by": "achievement-1", "sheet": "main", "share": 0.5}
        work.upsert_edges([Edge("achievement-1", "OWNED_BY", "organization-1", said)])
    [owner] = [one for one in store.neighbours("achievement-1") if one.edge == "OWNED_BY"]
    assert owner.properties == said


def test_an_edge_to_nothing_is_refused_and_nothing_is_written(store: GraphStore) -> None:
    with pytest.raises(StoreError, match="organization-404"), store.transaction() as work:
        work.upsert_nodes([ACHIEVEMENT])
        work.upsert_edges([edge("achievement-1", "OWNED_BY", "organization-404")])
    assert store.get([ACHIEVEMENT.id]) == {}


def test_a_more_specific_kind_is_added_and_stays(store: GraphStore) -> None:
    plain = node("organization-1", "Organization", name="绵阳中试院")
    for one in (plain, OWNER, plain):
        with store.transaction() as work:
            work.upsert_nodes([one])
    found = store.get([OWNER.id])[OWNER.id]
    assert found.labels == ("Organization", "PilotInstitution")
    assert found.kind == found.properties["kind"] == "PilotInstitution"
    assert stats.count(store)["nodes"] == {"PilotInstitution": 1}


def test_find_by_id_and_by_key_lists_all_that_match(store: GraphStore) -> None:
    twin = node("pilotline-7", "PilotLine", key="ACHIEVEMENT-1", retired=True)
    fill(store)
    with store.transaction() as work:
        work.upsert_nodes([twin])
    assert [one.id for one in store.find("ACHIEVEMENT-1")] == ["achievement-1", "pilotline-7"]
    assert store.find("achievement-1") == [ACHIEVEMENT]
    assert store.find("nothing") == []


def test_neighbours_are_ordered_and_seen_from_the_node(store: GraphStore) -> None:
    fill(store)
    assert [(one.edge, one.direction, one.node.id) for one in store.neighbours("organization-1")] == [
        ("OPERATES", "out", "pilotline-1"),
        ("OWNED_BY", "in", "achievement-1"),
        ("OWNED_BY", "in", "achievement-2"),
    ]
    assert store.neighbours("organization-1")[1].node == ACHIEVEMENT
    assert store.neighbours("nothing") == []


def test_delete_takes_edges_vectors_and_texts_along(store: GraphStore) -> None:
    fill(store)
    with store.transaction() as work:
        work.delete_nodes(["achievement-1", "nothing"])
    assert store.get(["achievement-1"]) == {}
    assert [one.node.id for one in store.neighbours("organization-1")] == ["pilotline-1", "achievement-2"]
    assert store.vectors(["achievement-1"]) == {}
    assert store.match_text(["低温"], 10) == []


def test_clear_stated_removes_what_a_record_said_on_a_sheet(store: GraphStore) -> None:
    fill(store)
    with store.transaction() as work:
        work.clear_stated(["achievement-1"], ["reader"])
    assert store.get(["processstep-1"]) == {}
    assert [one.edge for one in store.neighbours("achievement-1")] == ["OWNED_BY"]
    assert store.neighbours("unitop-1") == []
    with store.transaction() as work:
        work.clear_stated(["achievement-1", "pilotline-1"], ["main"])
    assert store.neighbours("achievement-1") == []
    assert [one.node.id for one in store.neighbours("organization-1")] == ["achievement-2"]


def test_an_edge_that_two_records_state_goes_with_the_last_of_them(store: GraphStore) -> None:
    """An institution names its line, the line its institution; each may stop saying so."""
    fill(store)

    def say(record: str, sheet: str) -> None:
        with store.transaction() as work:
            said = {"stated_by": record, "sheet": sheet}
            work.upsert_edges([Edge("organization-1", "OPERATES", "pilotline-1", said)])

    def operates_after_clearing(record: str, sheet: str) -> int:
        with store.transaction() as work:
            work.clear_stated([record], [sheet])
        return len([one for one in store.neighbours("pilotline-1") if one.edge == "OPERATES"])

    say("organization-1", "two")
    say("pilotline-1", "main")
    say("organization-1", "two")
    assert operates_after_clearing("organization-1", "two") == 1
    assert operates_after_clearing("organization-1", "main") == 1
    assert operates_after_clearing("pilotline-1", "main") == 0


def test_shared_cypher_runs_with_parameters_and_projects_names(store: GraphStore) -> None:
    fill(store)
    rows = store.query(
        "MATCH (a:Achievement)-[:HAS_STEP]->(s:ProcessStep)-[:NEEDS]->(u:UnitOp) WHERE a.year >= $year "
        "OPTIONAL MATCH (a)-[:OWNED_BY]->(o:Organization)-[:OPERATES]->(l:PilotLine) "
        "RETURN a.id AS id, u.name AS name, collect(l.name) AS lines, s.order AS step ORDER BY id",
        year=2024,
    )
    assert rows == [{"id": "achievement-1", "name": "喷雾干燥", "lines": ["喷雾干燥线"], "step": 0}]


def test_a_reading_query_may_not_write(store: GraphStore) -> None:
    fill(store)
    with pytest.raises(StoreError):
        store.query("MATCH (n:Achievement) SET n.year = 1")
    assert store.get(["achievement-1"])["achievement-1"].properties["year"] == 2024


def test_wrong_cypher_is_a_store_error(store: GraphStore) -> None:
    with pytest.raises(StoreError):
        store.query("MATCH (n RETURN n")


@pytest.mark.parametrize("value", [{"a": 1}, [1, "a"], [None], object(), float("nan"), 2**70, [["a"]]])
def test_a_property_that_one_store_cannot_hold_is_refused_by_both(store: GraphStore, value: object) -> None:
    bad = replace(ACHIEVEMENT, properties={**ACHIEVEMENT.properties, "odd": value})  # type: ignore[dict-item]
    with pytest.raises(StoreError, match="odd"), store.transaction() as work:
        work.upsert_nodes([bad])


@pytest.mark.parametrize("name", ["id", "title", "type", "label"])
def test_a_structural_name_is_refused_by_both(store: GraphStore, name: str) -> None:
    with pytest.raises(StoreError, match=name), store.transaction() as work:
        work.upsert_nodes([replace(ACHIEVEMENT, properties={name: "x"})])


def test_labels_and_edge_types_outside_the_schema_are_refused(store: GraphStore) -> None:
    with pytest.raises(StoreError, match="kind"), store.transaction() as work:
        work.upsert_nodes([node("x-1", "X`) DETACH DELETE (n")])
    with pytest.raises(StoreError, match="edge type"), store.transaction() as work:
        work.upsert_nodes(NODES)
        work.upsert_edges([edge("achievement-1", "HAS`STEP", "processstep-1")])
    assert store.get([one.id for one in NODES]) == {}


def test_bookkeeping_and_retired_nodes_are_not_counted(store: GraphStore) -> None:
    fill(store)
    with store.transaction() as work:
        work.upsert_nodes([node("run-1", "Run"), replace(ACHIEVEMENT, properties={"retired": True})])
    assert stats.count(store) == {
        "nodes": {"Achievement": 1, "PilotInstitution": 1, "PilotLine": 1, "ProcessStep": 1, "UnitOp": 1},
        "edges": {"NEEDS": 1, "OPERATES": 1, "OWNED_BY": 1},
        "runs": 1,
    }
