"""Stores of the knowledge graph, opened by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import StoreError
from kg.schema.model import Schema
from kg.store.base import GraphStore
from kg.wording import Sentence


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

        return Neo4jStore(url, names, write=write)
    folder = local_folder(url)
    with _room_for_kglite():
        from kg.store.kglite import KgliteStore

    return KgliteStore(folder, names, write=write)


@contextmanager
def _room_for_kglite() -> Iterator[None]:
    """Say what to do where libraries that were loaded before (torch, scikit-learn) left glibc no room."""
    try:
        yield
    except ImportError as exc:
        if "static TLS" not in str(exc):
            raise
        raise StoreError(
            Sentence(
                "嵌入式库装不进这个进程：先加载的库占了空间",
                "the embedded store does not fit into this process beside the libraries loaded before it",
            ),
            remedy=Sentence(
                "启动前设置环境变量 GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384",
                "start it with GLIBC_TUNABLES=glibc.rtld.optional_static_tls=16384 in the environment",
            ),
        ) from exc
