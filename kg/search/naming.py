"""One thing of a kind, by its id, key or name."""

from __future__ import annotations

from kg.access import SEEN, View
from kg.errors import AmbiguousKeyError
from kg.identity import normal_name
from kg.store.base import Node
from kg.wording import Sentence


def one_of_kind(view: View, kind: str, text: str) -> Node:
    """The node of this id or key; else the only one of this name, else the only one whose name holds it.

    `kind` is a schema name. Raises `NotFoundError`, `AmbiguousKeyError` (which lists them); a key that only
    things of other kinds have gives one of those, for the caller to refuse.
    """
    keyed = [node for node in view.find(text) if node.kind == kind]
    if len(keyed) == 1:
        return keyed[0]
    named = [] if keyed else _named(view, kind, normal_name(text))
    if len(named) > 1:
        listed = "; ".join(f"{node.properties['key']} {node.properties['name']}" for node in named[:10])
        raise AmbiguousKeyError(
            Sentence(f"“{text}”对应多项：{listed}", f"{text!r} names several things: {listed}"),
            remedy=Sentence("给出其中一个编号", "give one of these keys"),
        )
    return named[0] if named else view.one(text)


def _named(view: View, kind: str, wanted: str) -> list[Node]:
    rows = view.query(f"MATCH (n:`{kind}`) WHERE {SEEN.format('n')} RETURN n.id AS id, n.name AS name")
    names = {row["id"]: normal_name(str(row["name"])) for row in rows} if wanted else {}
    equal = [one for one, name in names.items() if name == wanted]
    found = view.get(sorted(equal or (one for one, name in names.items() if wanted in name)))
    return [found[one] for one in sorted(found)]
