"""A model that brings torch works beside the embedded store without anything set in the environment."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from embeddings.encoder import DEFAULT, loads_torch
from embeddings.export import export_float
from embeddings.places import SHIPPED

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="the extra transformers is not installed",
)
COMMAND = Path(sys.executable).with_name("zhongshi")
ROWS = "成果编号,成果名称,成果简介\nX1,石墨烯导热薄膜,化学气相沉积后喷涂成膜\nX2,抗稻瘟病水稻新品种,杂交\n"


@pytest.fixture
def plain() -> dict[str, str]:
    """The environment of somebody who knows nothing of glibc."""
    return {name: value for name, value in os.environ.items() if name != "GLIBC_TUNABLES"}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The shipped rows as a folder that only sentence-transformers can read: a further layer follows them."""
    folder = tmp_path / "model"
    export_float(SHIPPED / DEFAULT, folder)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules.append(
        {"idx": 2, "name": "2", "path": "2_Dropout", "type": "sentence_transformers.models.Dropout"}
    )
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "2_Dropout").mkdir()
    (folder / "2_Dropout" / "config.json").write_text('{"dropout": 0.1}', encoding="utf-8")
    assert loads_torch(str(folder))
    return folder


def test_the_command_ingests_and_searches_with_it(tmp_path: Path, model: Path, plain: dict[str, str]) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS, encoding="utf-8")
    shared = ["--store", str(tmp_path / "store"), "--encoder", str(model), "--json"]
    for words in (["ingest", str(rows), "--kind", "Achievement"], ["search", "石墨烯散热膜"]):
        done = subprocess.run(
            [str(COMMAND), *words, *shared],
            env=plain,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["hits"][0]["key"] == "X1"
    assert "vector" in json.loads(done.stdout)["hits"][0]["found_by"]


@pytest.mark.parametrize(
    "steps",
    [
        "open_store(sys.argv[1], write=True).close(); open_encoder(sys.argv[2])",
        "open_encoder(sys.argv[2]); open_store(sys.argv[1], write=True).close()",
    ],
)
def test_a_process_of_its_own_either_works_or_is_told_what_to_set(
    tmp_path: Path, model: Path, plain: dict[str, str], steps: str
) -> None:
    code = (
        "import sys\nfrom embeddings import EncoderError, open_encoder\nfrom kg.errors import StoreError\n"
        f"from kg.store import open_store\ntry:\n    {steps}\n"
        "except (EncoderError, StoreError) as exc:\n    print(exc.remedy)\nelse:\n    print('works')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store"), str(model)],
        env=plain, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "works" or "GLIBC_TUNABLES=glibc.rtld" in done.stdout
