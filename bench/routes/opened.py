"""A registry in a real embedded store, loaded through the door that everybody's files go through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from embeddings.encoder import open_encoder
from ingest.enrich import build_reader
from ingest.mapping import open_inputs
from ingest.pipeline import Options, run
from kg.access import View
from kg.schema import load_schema
from kg.store import open_store
from kg.transfer import Knowledge
from kg.vocabulary import load_vocabulary

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@contextmanager
def opened(
    folder: Path, paths: Sequence[Path], source: Path | None = None, beside: Sequence[Path] = ()
) -> Iterator[Knowledge]:
    """What matching knows of a new store with these files; those `beside` have usual headers."""
    schema, encoder, reader = load_schema(), open_encoder(None), build_reader()
    store = open_store(str(folder / "store"), write=True)
    try:
        options = Options(now=NOW, quarantine_dir=folder / "held", mix=True)
        for files, described in ((paths, source), (beside, None)):
            if files:
                inputs = open_inputs(list(files), source_file=described, schema=schema)
                run(inputs, store, lambda: encoder, lambda: reader, schema, options)
        yield Knowledge(View(store), reader, encoder, load_vocabulary(), schema)
    finally:
        store.close()
