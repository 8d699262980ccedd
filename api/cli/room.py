"""Room for a transformer beside the embedded store, which a process must ask for before it starts.

glibc keeps 1.6 kB for the thread-local data of libraries that are loaded late. kglite's takes 1.5 kB, torch
and scikit-learn bring one libgomp each, and whichever comes last fails with "cannot allocate memory in static
TLS block", in every order of imports.
"""

from __future__ import annotations

import os
import sys


def with_room(encoder: str | None) -> str | None:
    """The name as given. Where that model brings torch and glibc was not told to keep room, the command is
    first started again, in the same process, with that said in its environment."""
    name = encoder or os.environ.get("ZHONGSHI_ENCODER")
    if name and sys.platform == "linux":
        _restart_unless_told(name)
    return encoder


def _restart_unless_told(name: str) -> None:
    from api.wiring import encoder_failures
    from embeddings.encoder import loads_torch
    from embeddings.extras import ROOM, TUNABLE

    told = os.environ.get(TUNABLE, "")
    if ROOM.partition("=")[0] in told:
        return
    with encoder_failures():
        if not loads_torch(name):
            return
    words = ":".join(filter(None, (told, ROOM)))
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | {TUNABLE: words})
