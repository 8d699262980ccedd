"""Source files: how one register's spreadsheets become kinds, properties and references (docs/sources.md)."""

from ingest.sources.load import load_source
from ingest.sources.model import (
    Distances,
    Limits,
    Repair,
    SheetSpec,
    SourceFile,
    Target,
    Total,
)

__all__ = ["Distances", "Limits", "Repair", "SheetSpec", "SourceFile", "Target", "Total", "load_source"]
