"""Disclosure: every read of the graph passes through a `View`, which shows nothing above the reader's tier.

Restricted and retired nodes are in no index, so that they leave no hit, count or score; this module keeps
them out of what is read from the graph itself. Accounts and the tiers between come with the access issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import AmbiguousKeyError, NotFoundError
from kg.store.base import GraphStore, Neighbour, Node, Row, Scored, Vectors
from kg.wording import Sentence

SEEN = "{0}.access = 'public' AND NOT {0}.retired"
"""The condition on a node of a Cypher text, by its name there: `SEEN.format("n")`."""


def visible(node: Node) -> bool:
    """Whether a public reader may know that this node exists."""
    return node.properties.get("access") == "public" and not node.properties.get("retired", False)


@dataclass(frozen=True)
class View:
    """A store as a public reader sees it. A Cypher text run through `query` must filter every node by itself,
    as `SEEN` says."""

    store: GraphStore

    def get(self, ids: Sequence[str]) -> dict[str, Node]:
        return {key: node for key, node in self.store.get(ids).items() if visible(node)}

    def find(self, key: str) -> list[Node]:
        return [node for node in self.store.find(key) if visible(node)]

    def one(self, key: str) -> Node:
        """The node of this id, else the only one of this key (a term gives way to a thing that is called so);
        raises `NotFoundError`, `AmbiguousKeyError`."""
        return _only(self.find(key), key)

    def withheld(self, key: str) -> bool:
        """Whether the key names only nodes that must not be shown: `routes` then answers `blocked`."""
        found = [node for node in self.store.find(key) if not node.properties.get("retired", False)]
        return bool(found) and not any(visible(node) for node in found)

    def neighbours(self, node_id: str) -> list[Neighbour]:
        if node_id not in self.get([node_id]):
            return []
        return [near for near in self.store.neighbours(node_id) if visible(near.node)]

    def nearest(
        self, vector: Vectors, limit: int, *, kinds: Sequence[str] = (), among: Sequence[str] | None = None
    ) -> list[Scored]:
        return self.store.nearest(vector, limit, kinds=kinds, among=among)

    def match_text(
        self,
        words: Sequence[str],
        limit: int,
        *,
        kinds: Sequence[str] = (),
        among: Sequence[str] | None = None,
    ) -> list[Scored]:
        return self.store.match_text(words, limit, kinds=kinds, among=among)

    def query(self, cypher: str, /, **params: Any) -> list[Row]:
        return self.store.query(cypher, **params)

    def generation(self) -> int:
        return self.store.generation()


def one_for_operator(store: GraphStore, key: str) -> Node:
    """The node of this id or key as `View.one` finds it, but restricted ones too: only for what the operator
    of a store does with it, never for an answer to a reader. Raises as `View.one` does."""
    return _only([node for node in store.find(key) if not node.properties.get("retired", False)], key)


def _only(found: Sequence[Node], key: str) -> Node:
    exact = [node for node in found if node.id == key]
    exact = exact or [node for node in found if node.kind != "Term"] or list(found)
    if not exact:
        raise NotFoundError(
            Sentence(f"没有标识或编号为“{key}”的内容", f"nothing has the id or key {key!r}"),
            remedy=Sentence("用 zhongshi search 查找", "look it up with zhongshi search"),
        )
    if len(exact) > 1:
        listed = "; ".join(f"{node.id} ({node.kind} {node.properties['name']})" for node in exact)
        raise AmbiguousKeyError(
            Sentence(f"“{key}”对应多项：{listed}", f"{key!r} names several things: {listed}"),
            remedy=Sentence("给出其中一个标识", "give one of these ids"),
        )
    return exact[0]
