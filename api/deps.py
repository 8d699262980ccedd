"""What the routers are handed: what is known of the store that the app serves."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from kg.transfer import Knowledge


def knowledge(request: Request) -> Knowledge:
    """The app's one `Knowledge`, which reads the store again when it has changed."""
    found = request.app.state.knowledge
    assert isinstance(found, Knowledge)
    return found


KnowledgeOf = Annotated[Knowledge, Depends(knowledge)]
