"""The generated registry in a real store, loaded through the door that everybody's files go through."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from embeddings.encoder import Encoder
from ingest.demo import DemoFiles, write_registry
from ingest.mapping import open_inputs
from ingest.pipeline import Options, run
from kg.reading import Reader
from kg.schema.model import Schema
from kg.store.base import GraphStore

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def written(folder: Path, achievements: int, seed: int) -> DemoFiles:
    """The files of a registry."""
    return write_registry(folder, achievements=achievements, seed=seed)


def load(files: DemoFiles, store: GraphStore, encoder: Encoder, reader: Reader, schema: Schema) -> None:
    """Bring the files into a store."""
    inputs = open_inputs(list(files.paths), source_file=files.source, schema=schema)
    options = Options(now=NOW, quarantine_dir=files.folder / "held")
    run(inputs, store, lambda: encoder, lambda: reader, schema, options)


def truth(files: DemoFiles, kind: str) -> list[dict[str, Any]]:
    """The generator's own answers for one kind of record."""
    rows = (json.loads(line) for line in files.truth.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["type"] == kind]
