"""From files to rows: `open_inputs(...)` settles what every sheet is, `.rows()` gives the rows."""

from ingest.mapping.headers import REASON_COLUMNS
from ingest.mapping.inputs import Inputs, open_inputs

__all__ = ["REASON_COLUMNS", "Inputs", "open_inputs"]
