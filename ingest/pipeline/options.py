"""What a caller may ask of a run, and what a run asks of its inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ingest.progress import Progress, quiet
from kg.wording import DEFAULT, Lang


@dataclass(frozen=True)
class Options:
    """How a run goes about its work.

    `complete`: the files hold all of the source's records, so that those missing are retired. `strict`: a
    quarantined row fails the run. `mix`: generated and real rows may stand in one store. `quarantine_dir`:
    where rows held back go (a folder per run inside; default: beside the store). `dry_run`: nothing is
    written. `now` dates the run. `processes`: so many further ones may read texts. `lang`: the language of
    the reasons in the quarantine's files.
    """

    complete: bool = False
    strict: bool = False
    mix: bool = False
    quarantine_dir: Path | None = None
    dry_run: bool = False
    progress: Progress = quiet
    now: datetime = field(default_factory=lambda: datetime.now().astimezone())
    batch: int = 2000
    lang: Lang = DEFAULT
    processes: int = 1
