"""The run itself as a node: when, from which files, and how many rows became what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from kg.store.base import Node
from kg.store.bookkeeping import RUN


@dataclass(frozen=True)
class Ledger:
    """One run. Its node is written with the first batch and once more, finished, at the end."""

    id: str
    date: datetime
    sources: tuple[str, ...]
    files: tuple[str, ...]
    synthetic: bool
    counts: dict[str, int]

    @property
    def day(self) -> str:
        return self.date.date().isoformat()

    def node(self, *, finished: bool) -> Node:
        """The Run node; `counts` are the plan's, true once `finished`."""
        return Node(
            self.id,
            (RUN,),
            {
                "key": self.id,
                "name": self.id,
                "kind": RUN,
                "date": self.date.isoformat(timespec="seconds"),
                "source": "；".join(self.sources),
                "files": list(self.files),
                "counts": json.dumps(self.counts),
                "finished": finished,
                "synthetic": self.synthetic,
                "access": "public",
                "retired": False,
                "provenance": [],
                "stated_by": "",
                "sheet": "",
            },
        )
