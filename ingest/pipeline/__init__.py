"""From rows to the graph: read, compare, resolve, enrich, embed, write; resumable, and idempotent."""

from ingest.pipeline.errors import InterruptedRunError, NothingLeftError, QuarantinedError
from ingest.pipeline.options import Options
from ingest.pipeline.run import run
from ingest.report import RunReport

__all__ = [
    "InterruptedRunError",
    "NothingLeftError",
    "Options",
    "QuarantinedError",
    "RunReport",
    "run",
]
