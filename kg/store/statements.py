"""Taking back what records stated: an edge that two rows state goes with the last of them.

An edge names its latest statement in `stated_by` and `sheet`; `also_stated_by` holds the others, each as
record and sheet with `BETWEEN` between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.store import cypher
from kg.store.base import Row, Writer
from kg.store.names import Names
from kg.store.rows import edge_groups

BETWEEN = "\x1f"


def clear_stated(
    writer: Writer, names: Names, record_ids: Sequence[str], sheets: Sequence[str], anchor: str = ""
) -> None:
    """Delete the edges and child nodes that only these records stated, and only on these sheets."""
    asked = {"ids": list(record_ids), "sheets": list(sheets)}
    gone = {f"{record}{BETWEEN}{sheet}" for record in record_ids for sheet in sheets}
    shared = writer.query(cypher.SHARED_EDGES.format(anchor=anchor), ids=asked["ids"])
    for kind, rows in edge_groups(_restated(shared, gone)):
        writer.query(cypher.RESTATE_EDGES.format(anchor=anchor, type=names.edge(kind)), rows=rows)
    writer.query(cypher.CLEAR_EDGES.format(anchor=anchor), **asked)
    writer.query(cypher.CLEAR_CHILD_EDGES.format(anchor=anchor), **asked)
    children = writer.query(cypher.CHILDREN.format(anchor=anchor), **asked)
    writer.delete_nodes([row["id"] for row in children])


def _restated(shared: Sequence[Row], gone: set[str]) -> Iterator[tuple[str, Row]]:
    """Edge type and row of the edges that lose a statement and keep another."""
    for row in shared:
        said = [*row["also"], f"{row['stated_by']}{BETWEEN}{row['sheet']}"]
        left = [one for one in said if one not in gone]
        if left and len(left) < len(said):
            stated_by, sheet = left[-1].split(BETWEEN)
            properties = {"stated_by": stated_by, "sheet": sheet, "also_stated_by": left[:-1]}
            yield row["type"], {"source": row["source"], "target": row["target"], "properties": properties}
