"""Stores of the knowledge graph, opened by URL."""

from __future__ import annotations

from kg.schema.model import Schema
from kg.store.base import GraphStore


def open_store(url: str, *, write: bool = False, schema: Schema | None = None) -> GraphStore:
    """Open the store at a URL or path.

    `kglite:///abs/path` or a plain path is a folder, made by the first writer (a reader of a missing one:
    `StoreMissingError`; a second writer: `StoreLockedError`); `neo4j://USER[:PASSWORD]@HOST:PORT[/DATABASE]`
    or `bolt://` a server, whose password may come from `ZHONGSHI_NEO4J_PASSWORD`.
    """
    from kg.store.names import Names
    from kg.store.url import is_server, local_folder

    if schema is None:
        from kg.schema import load_schema

        schema = load_schema()
    names = Names.of(schema)
    if is_server(url):
        from kg.store.neo4j import Neo4jStore

        parents = {kind: spec.parent for kind, spec in schema.kinds.items()}
        return Neo4jStore(url, names, write=write, parents=parents)
    folder = local_folder(url)
    from kg.store.kglite import KgliteStore

    return KgliteStore(folder, names, write=write)
