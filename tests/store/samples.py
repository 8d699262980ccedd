"""Small graphs for the contract suite."""

from __future__ import annotations

import numpy as np

from kg.store.base import Edge, GraphStore, IndexInfo, Node, Property, Vectors

INFO = IndexInfo("test-encoder", 8, "0123abcd")


def node(node_id: str, *labels: str, **properties: Property) -> Node:
    """A node with the standard properties."""
    standard: dict[str, Property] = {
        "key": node_id.upper(),
        "name": node_id,
        "kind": labels[-1],
        "synthetic": False,
        "access": "public",
        "retired": False,
        "source": "tests",
        "provenance": ['{"source": "tests", "line": 2}'],
        "stated_by": "",
        "sheet": "",
    }
    return Node(node_id, labels, standard | properties)


def edge(start: str, kind: str, end: str, *, by: str = "", sheet: str = "main") -> Edge:
    return Edge(start, kind, end, {"stated_by": by or start, "sheet": sheet})


ACHIEVEMENT = node("achievement-1", "Achievement", name="低温等离子体改性", year=2024)
OTHER = node("achievement-2", "Achievement", name="钛合金粉末", year=2023)
OWNER = node("organization-1", "Organization", "PilotInstitution", name="绵阳中试院")
LINE = node("pilotline-1", "PilotLine", name="喷雾干燥线")
STEP = node("processstep-1", "ProcessStep", stated_by="achievement-1", sheet="reader", order=0)
OPERATION = node("unitop-1", "UnitOp", name="喷雾干燥")

NODES = [ACHIEVEMENT, OTHER, OWNER, LINE, STEP, OPERATION]
EDGES = [
    edge("achievement-1", "OWNED_BY", "organization-1"),
    edge("achievement-2", "OWNED_BY", "organization-1"),
    edge("organization-1", "OPERATES", "pilotline-1", by="pilotline-1"),
    edge("achievement-1", "HAS_STEP", "processstep-1", sheet="reader"),
    edge("processstep-1", "NEEDS", "unitop-1", by="achievement-1", sheet="reader"),
]


def unit(*numbers: float) -> Vectors:
    """A vector of eight numbers, normalised."""
    row = np.zeros(8, dtype=np.float32)
    row[: len(numbers)] = numbers
    return row / np.float32(np.linalg.norm(row))


def fill(store: GraphStore) -> None:
    """Write the small graph with its vectors and texts."""
    store.set_index_info(INFO)
    with store.transaction() as work:
        work.upsert_nodes(NODES)
        work.upsert_edges(EDGES)
        work.put_vectors(
            ["achievement-1", "achievement-2", "pilotline-1"],
            np.stack([unit(1, 0.1), unit(1, 1), unit(0, 1)]),
        )
        work.put_texts(
            ["achievement-1", "achievement-2", "pilotline-1"],
            ["低 温 低温 等 离 子 体", "钛 合 金 钛合 合金 粉 末 粉末", "喷 雾 喷雾 干 燥 干燥 线"],
        )
