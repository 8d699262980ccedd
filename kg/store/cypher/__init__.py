"""Every Cypher text that both stores run.

`{anchor}` is a label that the dialect puts on every node so that an id is found by an index ('' where the
store indexes ids by itself), `{stored}` its way to say "the properties of n". Labels and edge types are
quoted by `kg.store.names` after a check against the schema; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterable

UPSERT_NODES = (
    "UNWIND $rows AS row MERGE (n:{root} {{id: row.id}}) SET n += row.properties {labels} SET n.kind = {kind}"
)
KEEP_KIND = "coalesce(n.kind, $kind)"
"""A row that knows the root kind only leaves a more specific kind alone."""

SET_KIND = "$kind"

UPSERT_EDGES = (
    "UNWIND $rows AS row MATCH (a{anchor} {{id: row.source}}) MATCH (b{anchor} {{id: row.target}}) "
    "MERGE (a)-[r:{type}]->(b) SET r.also_stated_by = CASE WHEN r.stated_by IS NULL "
    "OR (r.stated_by = row.properties.stated_by AND r.sheet = row.properties.sheet) THEN r.also_stated_by "
    "ELSE [one IN coalesce(r.also_stated_by, []) "
    "WHERE one <> row.properties.stated_by + '\x1f' + row.properties.sheet] "
    "+ [r.stated_by + '\x1f' + r.sheet] END "
    "SET r += row.properties RETURN count(*) AS done"
)

PRESENT = "UNWIND $ids AS id MATCH (n{anchor} {{id: id}}) RETURN n.id AS id"

GET = (
    "UNWIND $ids AS id MATCH (n{anchor} {{id: id}}) "
    "RETURN n.id AS id, labels(n) AS labels, {stored} AS properties"
)

FIND = "CALL {{ {everywhere} }} RETURN n.id AS id, labels(n) AS labels, {stored} AS properties ORDER BY id"
FIND_AMONG = "MATCH (n:{label}) WHERE n.key = $key RETURN n"

OUT = (
    "MATCH (m{anchor} {{id: $id}})-[r]->(n) RETURN type(r) AS edge, 'out' AS direction, "
    "properties(r) AS edge_properties, n.id AS id, labels(n) AS labels, {stored} AS properties"
)
IN = OUT.replace("-[r]->", "<-[r]-").replace("'out'", "'in'")

IDS_OF_KIND = "MATCH (n:{label}) RETURN n.id AS id"

SHARED_EDGES = (
    "UNWIND $ids AS record MATCH (n{anchor} {{id: record}})-[r]-() WHERE size(r.also_stated_by) > 0 "
    "RETURN DISTINCT startNode(r).id AS source, type(r) AS type, endNode(r).id AS target, "
    "r.stated_by AS stated_by, r.sheet AS sheet, r.also_stated_by AS also"
)
RESTATE_EDGES = (
    "UNWIND $rows AS row MATCH (a{anchor} {{id: row.source}})-[r:{type}]->(b{anchor} {{id: row.target}}) "
    "SET r += row.properties"
)
CLEAR_EDGES = (
    "UNWIND $ids AS record MATCH (n{anchor} {{id: record}})-[r]-() "
    "WHERE r.stated_by = record AND r.sheet IN $sheets DELETE r"
)
CLEAR_CHILD_EDGES = (
    "MATCH (c{anchor})-[r]-() "
    "WHERE c.stated_by IN $ids AND r.stated_by IN $ids AND r.sheet IN $sheets DELETE r"
)
CHILDREN = "MATCH (c{anchor}) WHERE c.stated_by IN $ids AND c.sheet IN $sheets RETURN c.id AS id"
DELETE_NODES = "UNWIND $ids AS id MATCH (n{anchor} {{id: id}}) DETACH DELETE n"

GET_META = "MATCH (m:Meta {id: 'meta-store'}) RETURN properties(m) AS properties"
SET_META = "MERGE (m:Meta {id: 'meta-store'}) SET m += $properties"

COUNT_NODES = (
    "MATCH (n) WHERE n.kind IS NOT NULL AND NOT n.kind IN $hidden AND NOT coalesce(n.retired, false) "
    "RETURN n.kind AS name, count(*) AS number ORDER BY name"
)
COUNT_EDGES = (
    "MATCH (a)-[r]->(b) WHERE NOT coalesce(a.retired, false) AND NOT coalesce(b.retired, false) "
    "AND NOT a.kind IN $hidden AND NOT b.kind IN $hidden "
    "RETURN type(r) AS name, count(*) AS number ORDER BY name"
)
COUNT_RUNS = "MATCH (n:Run) RETURN count(n) AS number"
COUNT_ALL = "MATCH (n) WHERE n.kind <> 'Meta' RETURN count(n) AS number"

ALL_IDS = "MATCH (n) WHERE n.kind <> 'Meta' RETURN n.id AS id ORDER BY id"
EDGES_FROM = (
    "UNWIND $ids AS id MATCH (a{anchor} {{id: id}})-[r]->(b) "
    "RETURN a.id AS source, type(r) AS type, b.id AS target, properties(r) AS properties"
)

MARK_FILLING = "MATCH (m:Meta {id: 'meta-store'}) SET m.filling = $filling"
SOME_IDS = "MATCH (n) WHERE n.kind <> 'Meta' RETURN n.id AS id LIMIT 2000"


def find(labels: Iterable[str], stored: str) -> str:
    """The text that finds nodes by `$key` through the index that each of these quoted labels has on it."""
    return FIND.format(
        everywhere=" UNION ".join(FIND_AMONG.format(label=label) for label in labels), stored=stored
    )
