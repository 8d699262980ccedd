"""The Cypher texts of ingest; each runs unchanged on both stores. `{label}` is a kind of the schema."""

from __future__ import annotations

NEAR_STUBS = """
UNWIND $ids AS record MATCH (r:`{label}` {{id: record}})-[]-(n) WHERE n.stated_by = ''
RETURN DISTINCT n.id AS id, n.kind AS kind, n.provenance AS provenance
"""
"""What stands beside these records."""

FAR_STUBS = """
UNWIND $ids AS record MATCH (r:`{label}` {{id: record}})-[]->(c)-[]-(n)
WHERE c.stated_by = record AND n.stated_by = ''
RETURN DISTINCT n.id AS id, n.kind AS kind, n.provenance AS provenance
"""
"""What stands beside the parts of these records (a step's unit operation)."""

REFERRERS = """
UNWIND $ids AS one MATCH (n:`{label}` {{id: one}})-[]-(r)
RETURN n.id AS id,
sum(CASE WHEN r.access = 'public' AND NOT coalesce(r.retired, false) THEN 1 ELSE 0 END) AS public,
sum(CASE WHEN r.synthetic THEN 0 ELSE 1 END) AS real
"""
"""How many public nodes in use, and how many real ones, touch each; one that nothing touches has no row."""

PARTS = """
UNWIND $ids AS record MATCH (r:`{label}` {{id: record}})-[]->(c) WHERE c.stated_by = record
RETURN DISTINCT c.id AS id, c.kind AS kind
"""
"""Child nodes of these records (limits, process steps)."""

ANY_RECORD = """
MATCH (n:`{label}`) WHERE n.synthetic = $synthetic AND size(n.provenance) > 0
RETURN n.id AS id LIMIT 1
"""
"""One node of a kind that a real row (or a generated one) stated."""

RECORDS = """
MATCH (n:`{label}`) WHERE n.source = $source AND NOT n.retired AND size(n.provenance) > 0
RETURN n.id AS id{wanted}
"""
"""The records of a kind that a source has now; `wanted` names more properties of the schema."""

PENDING = """
MATCH (n:`{label}`) WHERE n.unresolved IS NOT NULL
RETURN n.id AS id, n.key AS key, n.name AS name, n.kind AS kind, n.source AS source, n.access AS access,
n.retired AS retired, n.synthetic AS synthetic, n.provenance AS provenance, n.unresolved AS unresolved
"""
"""Nodes that wait for the target of a reference."""

OUTDATED = """
MATCH (n:`{label}`) WHERE size(n.provenance) > 0 AND NOT n.retired AND coalesce(n.reader, '') <> $version
RETURN n.id AS id ORDER BY id
"""
"""Records that another version of the reader, or none, has read."""

MENTIONING = """
MATCH (n:`{label}`) WHERE n.access = 'public' AND NOT n.retired AND size(n.provenance) > 0
RETURN n.id AS id, n.keywords AS keywords, n.terms AS terms, n.synthetic AS synthetic,
n.corrections AS corrections ORDER BY id
"""
"""What public records mention: keywords of their rows and terms that were read."""

TERMS = "MATCH (t:Term) RETURN t.id AS id, t.name AS name, t.access AS access, t.synthetic AS synthetic"

TERM_EDGES = "MATCH (n)-[:MENTIONS]->(t:Term) RETURN t.id AS id, n.id AS record"

LAST_RUN = "MATCH (r:Run) RETURN r.finished AS finished ORDER BY r.date DESC, r.id DESC LIMIT 1"

REFUSALS = "MATCH (n:Refusal) RETURN n.id AS id, n.marks AS marks"
"""Records refused for secrecy, by the hashes that tell them."""
