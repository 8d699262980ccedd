"""Imports of optional packages, at the moment they are needed and never before."""

from __future__ import annotations

import importlib
from typing import Any

from embeddings.errors import EncoderError

TUNABLE = "GLIBC_TUNABLES"
ROOM = "glibc.rtld.optional_static_tls=16384"
"""What makes room for the embedded store, torch and scikit-learn side by side; read by glibc at the start."""


def load(module: str, extra: str) -> Any:
    """Import `module`, which the base installation lacks, or say which extra brings it.

    Raises ModuleNotFoundError untouched if the package is there and something that it needs is not, and
    EncoderError where the process has no room left for the package's thread-local data (glibc gives libraries
    that come late 1.6 kB in all; the embedded store's takes nearly all of it).
    """
    try:
        return importlib.import_module(module)
    except ImportError as exc:
        if "static TLS" in str(exc):
            raise EncoderError(
                (
                    f"这样启动的进程里，{module} 和嵌入式库装不到一起",
                    f"{module} and the embedded store do not fit into one process as it was started",
                ),
                (
                    f"启动前设置环境变量 {TUNABLE}={ROOM}",
                    f"Start it with {TUNABLE}={ROOM} in the environment",
                ),
            ) from exc
        package = module.partition(".")[0]
        if not isinstance(exc, ModuleNotFoundError) or exc.name != package:
            raise
        raise EncoderError(
            (f"没有安装 {package}", f"The package {package} is not installed"),
            (f"安装：pip install 'zhongshi[{extra}]'", f"Install it with: pip install 'zhongshi[{extra}]'"),
        ) from exc
