"""Cypher that only Neo4j knows: constraints, indexes, full text and vectors.

Every node carries the label `_Node`, by which ids are found; indexed ones `_Indexed` and the properties
`_tokens`, `_kinds` and `_vector`. Names that begin with `_` never leave the store.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.store.names import Names

NODE, INDEXED = "_Node", "_Indexed"
ANCHOR = f":`{NODE}`"
STORED = "n {.*, `_vector`: null, `_tokens`: null, `_kinds`: null}"
TEXT_INDEX, VECTOR_INDEX = "zhongshi_text", "zhongshi_vector"

BEGIN = (
    "MERGE (m:Meta {id: 'meta-store'}) SET m.generation = coalesce(m.generation, 0) + 1 "
    "RETURN properties(m) AS properties"
)
"""The first statement of every transaction: its lock lets one writer in at a time, so none can deadlock."""

_INDEX = f"SET n:`{INDEXED}` SET n.`_kinds` = reduce(all = '', label IN labels(n) | all + ' ' + label) "
PUT_TEXTS = f"UNWIND $rows AS row MATCH (n{ANCHOR} {{id: row.id}}) {_INDEX} SET n.`_tokens` = row.tokens"
PUT_VECTORS = (
    f"UNWIND $rows AS row MATCH (n{ANCHOR} {{id: row.id}}) {_INDEX} "
    "WITH n, row CALL db.create.setNodeVectorProperty(n, '_vector', row.vector)"
)
REFRESH_KINDS = f"UNWIND $ids AS id MATCH (n{ANCHOR}:`{INDEXED}` {{id: id}}) {_INDEX}"
DROP_INDEXED = (
    f"UNWIND $ids AS id MATCH (n{ANCHOR}:`{INDEXED}` {{id: id}}) "
    f"REMOVE n:`{INDEXED}`, n.`_tokens`, n.`_vector`, n.`_kinds`"
)
COUNT_VECTORS = f"MATCH (n:`{INDEXED}`) WHERE n.`_vector` IS NOT NULL RETURN count(n) AS number"
VECTORS = (
    f"UNWIND $ids AS id MATCH (n{ANCHOR} {{id: id}}) WHERE n.`_vector` IS NOT NULL "
    "RETURN n.id AS id, n.`_vector` AS vector"
)
TEXTS = (
    f"UNWIND $ids AS id MATCH (n{ANCHOR} {{id: id}}) WHERE n.`_tokens` IS NOT NULL "
    "RETURN n.id AS id, n.`_tokens` AS tokens"
)
_COSINE = "2 * vector.similarity.cosine({node}.`_vector`, $vector) - 1 AS score"
"""The raw cosine from the stored numbers: the index's own score is (1 + cos) / 2, quantised."""

NEAREST = (
    f"CALL db.index.vector.queryNodes('{VECTOR_INDEX}', $limit, $vector) YIELD node "
    f"RETURN node.id AS id, labels(node) AS labels, {_COSINE.format(node='node')}"
)
NEAREST_OF_KIND = "MATCH (n:{label}) WHERE n.`_vector` IS NOT NULL RETURN n.id AS id, " + _COSINE.format(
    node="n"
)
NEAREST_AMONG = (
    f"UNWIND $ids AS id MATCH (n{ANCHOR} {{id: id}}) WHERE n.`_vector` IS NOT NULL "
    f"RETURN n.id AS id, labels(n) AS labels, {_COSINE.format(node='n')}"
)
COUNT_KIND = f"MATCH (n:{{label}}:`{INDEXED}`) RETURN count(n) AS number"
MATCH_TEXT = (
    f"CALL db.index.fulltext.queryNodes('{TEXT_INDEX}', $query, {{limit: $limit}}) YIELD node, score "
    "RETURN node.id AS id, score"
)
MATCH_TEXT_AMONG = (
    f"CALL db.index.fulltext.queryNodes('{TEXT_INDEX}', $query) YIELD node, score "
    "WHERE node.id IN $among RETURN node.id AS id, score ORDER BY score DESC, id LIMIT $limit"
)
VERSION = "CALL dbms.components() YIELD versions RETURN versions[0] AS version"
AWAIT = "CALL db.awaitIndexes(300)"
DROP_VECTOR_INDEX = f"DROP INDEX {VECTOR_INDEX} IF EXISTS"


DEFINED = ("SHOW CONSTRAINTS YIELD name RETURN name", "SHOW INDEXES YIELD name RETURN name")


def name_of(statement: str) -> str:
    """The name of the constraint or index that a statement of `bootstrap` makes."""
    return statement.partition(" IF NOT EXISTS")[0].rpartition(" ")[2]


def bootstrap(names: Names) -> Iterator[str]:
    """Constraints and indexes of the schema: ids unique per root kind, keys and names found by an index."""
    yield f"CREATE CONSTRAINT zhongshi_id IF NOT EXISTS FOR (n{ANCHOR}) REQUIRE n.id IS UNIQUE"
    for name in ("key", "stated_by"):
        yield f"CREATE INDEX zhongshi_{name} IF NOT EXISTS FOR (n{ANCHOR}) ON (n.{name})"
    for kind in sorted(names.kinds):
        label, mark = names.label(kind), kind.lower()
        if kind in names.roots:
            yield (
                f"CREATE CONSTRAINT zhongshi_{mark}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
            )
        else:
            yield f"CREATE INDEX zhongshi_{mark}_id IF NOT EXISTS FOR (n:{label}) ON (n.id)"
        for name in ("key", "name"):
            yield f"CREATE INDEX zhongshi_{mark}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
    yield (
        f"CREATE FULLTEXT INDEX {TEXT_INDEX} IF NOT EXISTS FOR (n:`{INDEXED}`) "
        "ON EACH [n.`_tokens`, n.`_kinds`] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    )


def vector_index(dimension: int) -> str:
    """The statement that makes the vector index."""
    return (
        f"CREATE VECTOR INDEX {VECTOR_INDEX} IF NOT EXISTS FOR (n:`{INDEXED}`) ON n.`_vector` OPTIONS "
        f"{{indexConfig: {{`vector.dimensions`: {int(dimension)}, `vector.similarity_function`: 'cosine'}}}}"
    )
