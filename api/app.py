"""The HTTP API: the same documents as the command's, with its OpenAPI page at /docs."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.responses import RedirectResponse

from api.deps import known_parameters
from api.problems import install_problems
from api.published import Published
from api.routers import entities, finding, health, reading, transfer
from api.wiring import LazyReader, Services
from kg.access import View
from kg.store.base import GraphStore


def create_app(services: Services, store: GraphStore) -> FastAPI:
    """An app over an open store; the caller closes the store."""
    app = FastAPIOffline(  # its pages come with the package: a service base may have no internet
        title="zhongshi 中试",
        description="From a research result to a pilot line and to money, with a proof per constraint. "
        "从成果到中试线与资金的路径,逐条约束给出证明。",
        version="0.1.0",
        default_response_class=Published,
    )
    app.state.store = store
    app.state.knowledge = services.knowledge(View(store))
    app.state.reader = LazyReader(lambda: services.full_reader)
    install_problems(app)
    for router in (health.router, finding.router, transfer.router, reading.router, entities.router):
        app.include_router(router, dependencies=[Depends(known_parameters)])  # not the pages of /docs
    app.add_route("/", lambda request: RedirectResponse("/docs"), include_in_schema=False)
    return app
