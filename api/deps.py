"""What the routers are handed: what is known of the store that the app serves."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from kg.reading import Reader
from kg.transfer import Knowledge


def knowledge(request: Request) -> Knowledge:
    """The app's one `Knowledge`, which reads the store again when it has changed."""
    found = request.app.state.knowledge
    assert isinstance(found, Knowledge)
    return found


def reader(request: Request) -> Reader:
    """The app's reader of every sort of fact."""
    found: Reader = request.app.state.reader
    return found


ReaderOf = Annotated[Reader, Depends(reader)]
KnowledgeOf = Annotated[Knowledge, Depends(knowledge)]
