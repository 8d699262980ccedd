"""The files of an embedded store: manifest, graph, lease, recovery; and its failures as `StoreError`."""

from __future__ import annotations

import errno
import json
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import kglite

from kg.errors import StoreError, StoreLockedError
from kg.store.base import Row
from kg.store.bookkeeping import FORMAT
from kg.store.index.folder import INDEX
from kg.store.meta import check_format
from kg.wording import Sentence

GRAPH = "graph.kgl"
MANIFEST = "zhongshi.json"
_LOG = "graph.kgl-wal"
_EMPTY_LOG = 64
"""Bytes of a log that surely holds no commit (its header alone)."""

_DAMAGED = Sentence(
    "若文件已损坏，把导出件导入新库，或重新导入登记表",
    "if its files are damaged, import an export into a new store, or ingest the files again",
)
_NO_FOLDER = Sentence(
    "用 --store 给出一个文件夹，或尚不存在的路径", "name a folder, or one that is not there yet, with --store"
)
_FULL = Sentence(
    "在该磁盘上腾出空间（df -h），再运行同样的命令；库与命令运行前一样",
    "free some space on that disk (df -h) and run the same command again; "
    "the store is as it was before this command",
)


def read_manifest(folder: Path) -> None:
    """Check the format version of a store that is there; raises `StoreVersionError` for a newer one."""
    file = folder / MANIFEST
    if not file.exists():
        return
    try:
        found = int(json.loads(file.read_text(encoding="utf-8"))["format"])
    except (ValueError, KeyError, TypeError) as exc:
        raise StoreError(
            Sentence(f"{file} 已损坏", f"{file} is damaged"),
            file=str(file),
            remedy=Sentence(f'在里面写上 {{"format": {FORMAT}}}', f'write {{"format": {FORMAT}}} into it'),
        ) from exc
    check_format(found, str(folder))


def write_manifest(folder: Path) -> None:
    """Write the manifest of a new store, whole or not at all."""
    file = folder / MANIFEST
    if file.exists():
        return
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps({"format": FORMAT, "software": "zhongshi"}) + "\n", encoding="utf-8")
    draft.replace(file)


def open_graph(folder: Path, url: str) -> kglite.KnowledgeGraph:
    """The graph, to write; raises `StoreLockedError` naming the process that has it."""
    try:
        return kglite.open(str(folder / GRAPH), durable="normal", auto_checkpoint_wal_mib=0)
    except kglite.WriterLeaseHeldError as exc:
        pid = exc.holder.get("pid")
        raise StoreLockedError(
            Sentence(f"{url} 正由进程 {pid} 写入", f"{url} is being written by process {pid}"),
            file=str(folder),
            remedy=Sentence(
                f"等进程 {pid} 结束，或停掉它，或只读打开",
                f"wait until process {pid} is done, stop it, or open the store to read",
            ),
        ) from exc


def load_graph(folder: Path) -> kglite.KnowledgeGraph:
    """The last saved state of the graph."""
    return kglite.load(str(folder / GRAPH))


def has_commits(folder: Path) -> bool:
    """Whether the log holds commits that the saved graph may lack."""
    log = folder / _LOG
    return log.exists() and log.stat().st_size > _EMPTY_LOG


def drop_commits(folder: Path) -> None:
    """Forget the commits since the last save."""
    (folder / _LOG).unlink(missing_ok=True)


def remove_store(folder: Path) -> None:
    """Remove a store that was made for a run which then wrote nothing; what else lies in its folder stays."""
    shutil.rmtree(folder / INDEX, ignore_errors=True)
    for file in (*folder.glob(f"{GRAPH}*"), folder / MANIFEST):
        file.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def recover(folder: Path) -> None:
    """Bring back what a killed writer had committed and not saved.

    Where another process writes, or the disk is full, the last saved state is what is read.
    """
    if not has_commits(folder) or not os.access(folder, os.W_OK):
        return
    with suppress(kglite.WriterLeaseHeldError, kglite.FileIoError):
        kglite.open(str(folder / GRAPH), durable="normal", auto_checkpoint_wal_mib=0).close()


def rows_of(found: object) -> list[Row]:
    """The rows of an answer (kglite's stub allows a data frame and a text too)."""
    assert isinstance(found, kglite.ResultView)
    return found.to_list()


def quiet() -> None:
    """Keep kglite's remarks on queries off the standard error of a command that reports in its own words."""
    kglite.set_query_warning_policy("silent")
    warnings.filterwarnings("ignore", module=r"kg\.store\.kglite")


@contextmanager
def failures(url: str) -> Iterator[None]:
    """Turn failures of the graph or the disk into `StoreError` with what to do."""
    try:
        yield
    except kglite.KgError as exc:
        raise StoreError(f"{url}: {exc}", remedy=_FULL if _is_full(exc) else _DAMAGED) from exc
    except OSError as exc:
        raise StoreError(f"{url}: {exc}", file=exc.filename, remedy=_remedy(exc)) from exc


def _remedy(exc: OSError) -> Sentence | None:
    if exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _FULL
    return _NO_FOLDER if isinstance(exc, FileExistsError | NotADirectoryError) else None


def _is_full(exc: kglite.KgError) -> bool:
    words = str(exc).lower()
    return any(
        hint in words for hint in ("no space", "file too large", "quota", "os error 27", "os error 28")
    )
