"""Export and import: a store as plain files that either store can be filled from.

    DIR/manifest.json   format, counts, the encoder of the vectors
    DIR/nodes.jsonl     {"id", "labels", "properties"} a line, by id
    DIR/edges.jsonl     {"start", "type", "end", "properties"} a line
    DIR/vectors.npy     float32 rows, one for each line of vectors.ids
    DIR/texts.jsonl     {"id", "tokens"} a line, tokens sorted (BM25 does not ask for their order)

Runs are in it, so that provenance still points somewhere, and what is refused for secrecy (hashes, which name
nothing); the store's own Meta node is not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import StoreError, UsageError
from kg.store import cypher
from kg.store.base import Edge, GraphStore, IndexInfo, Node, Row
from kg.store.bookkeeping import FORMAT
from kg.store.meta import check_format
from kg.wording import Sentence

FILES = ("nodes.jsonl", "edges.jsonl", "vectors.npy", "vectors.ids", "texts.jsonl")
_BATCH = 2000


def export_store(store: GraphStore, folder: Path) -> dict[str, int]:
    """Write every node, edge, vector and text; the counts of each.

    Raises `UsageError` where the folder holds something already. The folder appears whole or not at all.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            Sentence(f"{folder} 不是空文件夹", f"{folder} is not empty"),
            file=str(folder),
            remedy=Sentence("换一个新文件夹", "name a new folder"),
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        counts = _write(store, draft)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except OSError as exc:
        raise StoreError(
            f"{folder}: {exc}",
            file=str(folder),
            remedy=Sentence("腾出空间，或换一个磁盘", "free some space or choose another disk"),
        ) from exc
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return counts


def _write(store: GraphStore, draft: Path) -> dict[str, int]:
    ids = [row["id"] for row in store.query(cypher.ALL_IDS)]
    counts = dict.fromkeys(("nodes", "edges", "vectors", "texts"), 0)
    vector_ids: list[str] = []
    vectors: list[Any] = []
    with (
        (draft / "nodes.jsonl").open("w", encoding="utf-8") as nodes,
        (draft / "edges.jsonl").open("w", encoding="utf-8") as edges,
        (draft / "texts.jsonl").open("w", encoding="utf-8") as texts,
    ):
        for batch in _pieces(ids):
            counts["nodes"] += _lines(nodes, (_node_row(node) for node in _in_order(store.get(batch))))
            counts["edges"] += _lines(edges, _edge_rows(store, batch))
            counts["texts"] += _lines(texts, _text_rows(store.texts(batch)))
            for one, vector in sorted(store.vectors(batch).items()):
                vector_ids.append(one)
                vectors.append(vector)
    counts["vectors"] = len(vector_ids)
    (draft / "vectors.ids").write_text("\n".join(vector_ids), encoding="utf-8")
    np.save(draft / "vectors.npy", np.stack(vectors) if vectors else np.empty((0, 0), dtype=np.float32))
    _write_manifest(store.index_info(), draft, counts)
    return counts


def _write_manifest(info: IndexInfo | None, draft: Path, counts: dict[str, int]) -> None:
    manifest = {
        "format": FORMAT,
        "counts": counts,
        "encoder": asdict(info) if info else None,
        "sha256": {name: _hash(draft / name) for name in FILES},
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")


def import_store(folder: Path, store: GraphStore) -> dict[str, int]:
    """Fill an empty store from an export; the counts. All of it arrives, or the store stays empty.

    Raises `StoreError` for a folder that is no export or a damaged one, and for a store that holds something.
    """
    manifest = _checked_manifest(folder)
    with store.filling():
        if manifest["encoder"]:
            store.set_index_info(IndexInfo(**manifest["encoder"]))
        for rows in _pieces_of(folder / "nodes.jsonl"):
            with store.transaction() as work:
                work.upsert_nodes([Node(row["id"], tuple(row["labels"]), row["properties"]) for row in rows])
        for rows in _pieces_of(folder / "edges.jsonl"):
            with store.transaction() as work:
                work.upsert_edges(
                    [Edge(row["start"], row["type"], row["end"], row["properties"]) for row in rows]
                )
        for rows in _pieces_of(folder / "texts.jsonl"):
            with store.transaction() as work:
                work.put_texts([row["id"] for row in rows], [row["tokens"] for row in rows])
        _import_vectors(folder, store)
    store.save()
    counts: dict[str, int] = manifest["counts"]
    return counts


def _import_vectors(folder: Path, store: GraphStore) -> None:
    ids = (folder / "vectors.ids").read_text(encoding="utf-8").split("\n")
    matrix = np.load(folder / "vectors.npy", mmap_mode="r")
    for first in range(0, len(matrix), _BATCH):
        here = slice(first, first + _BATCH)
        with store.transaction() as work:
            work.put_vectors(ids[here], matrix[here])


def _checked_manifest(folder: Path) -> dict[str, Any]:
    file = folder / "manifest.json"
    if not file.is_file():
        raise StoreError(
            Sentence(f"{folder} 不是导出件", f"{folder} is no export"),
            file=str(folder),
            remedy=Sentence("给出 zhongshi export 写的文件夹", "name a folder that `zhongshi export` wrote"),
        )
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        check_format(int(manifest["format"]), str(folder))
        damaged = [name for name in FILES if not _is_whole(folder / name, manifest["sha256"][name])]
    except (ValueError, KeyError, TypeError) as exc:
        raise StoreError(
            Sentence(f"{file} 已损坏", f"{file} is damaged"),
            file=str(file),
            remedy=Sentence("重新导出", "export again"),
        ) from exc
    if damaged:
        raise StoreError(
            Sentence(f"{folder / damaged[0]} 已损坏或缺失", f"{folder / damaged[0]} is damaged or missing"),
            file=str(folder / damaged[0]),
            remedy=Sentence("重新导出", "export again"),
        )
    return manifest


def _is_whole(file: Path, expected: str) -> bool:
    return file.is_file() and _hash(file) == expected


def _hash(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _in_order(nodes: dict[str, Node]) -> list[Node]:
    return [nodes[one] for one in sorted(nodes)]


def _node_row(node: Node) -> Row:
    return {"id": node.id, "labels": list(node.labels), "properties": dict(sorted(node.properties.items()))}


def _edge_rows(store: GraphStore, ids: Sequence[str]) -> list[Row]:
    rows = [
        {
            "start": edge.start,
            "type": edge.type,
            "end": edge.end,
            "properties": dict(sorted(edge.properties.items())),
        }
        for edge in store.edges_from(ids)
    ]
    return sorted(rows, key=lambda row: (row["start"], row["type"], row["end"]))


def _text_rows(texts: dict[str, str]) -> Iterator[Row]:
    for one in sorted(texts):
        yield {"id": one, "tokens": " ".join(sorted(texts[one].split()))}


def _lines(handle: Any, rows: Any) -> int:
    number = 0
    for row in rows:
        handle.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        number += 1
    return number


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _BATCH):
        yield ids[first : first + _BATCH]


def _pieces_of(file: Path) -> Iterator[list[Row]]:
    rows: list[Row] = []
    with file.open(encoding="utf-8") as handle:
        for line in handle:
            rows.append(json.loads(line))
            if len(rows) == _BATCH:
                yield rows
                rows = []
    if rows:
        yield rows
