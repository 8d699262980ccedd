"""Fetching fails in plain words and leaves the cache as it was."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from embeddings import EncoderError
from embeddings.fetch import KNOWN, fetch
from embeddings.places import cache_folder, place
from embeddings.rebuild import rebuild_bge

NAME = "bge-small-zh-v1.5"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHONGSHI_CACHE", str(tmp_path / "cache"))


def _fake_maven(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    (folder / "mvn").write_text("#!/bin/sh\n" + script, encoding="utf-8")
    (folder / "mvn").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_an_artefact_with_another_checksum_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'for a in "$@"; do case $a in -DoutputDirectory=*) echo x > "${a#*=}/%s";; esac; done\n'
    _fake_maven(tmp_path / "bin", script % KNOWN[NAME].file, monkeypatch)
    with pytest.raises(EncoderError, match="SHA-256"):
        fetch(NAME)
    assert list(cache_folder().iterdir()) == []


def test_what_maven_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_maven(tmp_path / "bin", "echo '[ERROR] Unknown host'\nexit 1\n", monkeypatch)
    with pytest.raises(EncoderError, match="Unknown host"):
        fetch(NAME)
    assert list(cache_folder().iterdir()) == []


def test_a_missing_maven_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EncoderError, match="mvn"):
        fetch(NAME)


@pytest.mark.parametrize("name", ["no-such-model", "..", "../up", "a/b/c", ""])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(EncoderError) as caught:
        fetch(name)
    assert NAME in caught.value.remedy[1]


def test_a_fetched_model_is_not_fetched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    place(NAME).mkdir(parents=True)
    monkeypatch.setenv("PATH", "")
    assert fetch(NAME) == place(NAME)


def test_a_jar_of_something_else_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="the extra transformers is not installed")
    with zipfile.ZipFile(tmp_path / "other.jar", "w") as jar:
        jar.writestr("README", "nothing")
    with pytest.raises(EncoderError, match=r"does not hold bge-small-zh-v1.5\.onnx"):
        rebuild_bge(tmp_path / "other.jar", tmp_path)
