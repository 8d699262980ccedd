"""What the routers are handed: the wired services and the public view of the store."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.wiring import Services
from kg.access import View


def services(request: Request) -> Services:
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


def view(request: Request) -> View:
    found = request.app.state.view
    assert isinstance(found, View)
    return found


ServicesOf = Annotated[Services, Depends(services)]
ViewOf = Annotated[View, Depends(view)]
