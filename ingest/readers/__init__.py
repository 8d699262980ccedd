"""Files of any shape as rows with their line numbers: delimited text, Excel, JSON lines, Parquet."""

from ingest.readers.model import Cells, Grid, Line, Rows, Trouble
from ingest.readers.open import open_file

__all__ = ["Cells", "Grid", "Line", "Rows", "Trouble", "open_file"]
