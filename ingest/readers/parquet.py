"""Parquet files as rows; a row's number stands for its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.encoding import unreadable
from ingest.readers.jsonl import flat
from ingest.readers.model import Cells

BATCH = 2_000


@dataclass(frozen=True)
class ParquetRows:
    """The rows of a Parquet file, a batch in memory at a time."""

    path: Path
    columns: tuple[str, ...]
    count_hint: int | None
    worksheet: str = ""

    def rows(self) -> Iterator[Cells]:
        import pyarrow
        import pyarrow.parquet as parquet

        number = 0
        try:
            with parquet.ParquetFile(self.path) as file:
                for batch in file.iter_batches(batch_size=BATCH):
                    for row in batch.to_pylist():
                        number += 1
                        yield Cells(number, flat(row))
        except (OSError, pyarrow.ArrowException) as exc:
            raise unreadable(self.path, exc) from exc


def open_parquet(path: Path) -> ParquetRows:
    """The rows of a Parquet file; raises `InputFileError` where it is damaged."""
    import pyarrow
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(path) as file:
            return ParquetRows(path, tuple(file.schema_arrow.names), file.metadata.num_rows)
    except (OSError, pyarrow.ArrowException) as exc:
        raise unreadable(path, exc) from exc
