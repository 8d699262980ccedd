"""Filling a store in many transactions that count as one: all of it arrives, or the store stays empty.

A register is too large for one transaction of a server. While it is filled, the store carries a mark; one
that was left behind (a killed import) keeps readers and other writers out until the import runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kg.errors import StoreError
from kg.store import cypher
from kg.store.base import GraphStore
from kg.store.meta import Meta
from kg.wording import Sentence


def check_whole(meta: Meta, url: str) -> None:
    """Raise `StoreError` for a store that was filled half."""
    if meta.filling:
        raise StoreError(
            Sentence(f"{url}：导入正在进行，或中断了", f"{url}: an import is running, or was interrupted"),
            remedy=Sentence(
                "等它结束，或再运行 zhongshi import：会清掉半成品",
                "wait for it, or run `zhongshi import` again: it clears what is half there",
            ),
        )


@contextmanager
def filled_whole(store: GraphStore, allow: Callable[[bool], None]) -> Iterator[None]:
    """Mark the store, clear it where the block fails, and take the mark away.

    `allow(True)` lets this process write in spite of the mark. Raises `StoreError` for a store that holds
    something already.
    """
    allow(True)
    try:
        if _is_marked(store):
            _clear(store)
        if store.query(cypher.COUNT_ALL)[0]["number"]:
            raise StoreError(
                Sentence(f"{store.url} 不是空库", f"{store.url} is not empty"),
                remedy=Sentence("导入到新库", "import into a new store"),
            )
        _mark(store, True)
        try:
            yield
        except BaseException:
            store.rewind()
            if _is_marked(store):
                _clear(store)
                _mark(store, False)
            raise
        _mark(store, False)
    finally:
        allow(False)


def _is_marked(store: GraphStore) -> bool:
    rows = store.query(cypher.GET_META)
    return bool(rows) and Meta.of(rows[0]["properties"]).filling


def _mark(store: GraphStore, filling: bool) -> None:
    with store.transaction() as work:
        work.query(cypher.MARK_FILLING, filling=filling)


def _clear(store: GraphStore) -> None:
    while ids := [row["id"] for row in store.query(cypher.SOME_IDS)]:
        with store.transaction() as work:
            work.delete_nodes(ids)
