"""Store URLs: a folder, or a server with user, password and database."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kg.errors import UsageError
from kg.wording import Sentence

_SERVER = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
PASSWORD_VARIABLE = "ZHONGSHI_NEO4J_PASSWORD"


@dataclass(frozen=True)
class ServerUrl:
    """A server's address as its driver wants it, the password apart and never shown."""

    address: str
    user: str
    password: str = field(repr=False)
    database: str | None = None

    @property
    def shown(self) -> str:
        """Without the password."""
        scheme, _, host = self.address.partition("://")
        return f"{scheme}://{self.user}@{host}" + (f"/{self.database}" if self.database else "")


def is_server(url: str) -> bool:
    """Whether a URL names a Neo4j server."""
    return url.partition("://")[0].lower() in _SERVER and "://" in url


def local_folder(url: str) -> Path:
    """The folder of `kglite:///abs/path` or of a plain path; raises `UsageError` for any other scheme."""
    if "://" not in url:
        return Path(url).expanduser().absolute()
    scheme, _, rest = url.partition("://")
    if scheme.lower() != "kglite" or not rest:
        raise UsageError(
            Sentence(f"没有“{scheme}”这种库地址", f"no store has the URL scheme {scheme!r}"),
            remedy=Sentence(
                "用 kglite:///abs/path、普通路径、neo4j://USER@HOST:PORT 或 bolt://USER@HOST:PORT",
                "use kglite:///abs/path, a plain path, neo4j://USER@HOST:PORT or bolt://USER@HOST:PORT",
            ),
        )
    return Path(unquote(rest)).expanduser().absolute()


def server(url: str) -> ServerUrl:
    """The parts of a server URL; the password from the URL or the environment; raises `UsageError`."""
    try:
        parts = urlsplit(url)
        port = parts.port or 7687
    except ValueError as exc:
        raise UsageError(
            Sentence("库地址里的端口不是数字", "the port of the store's URL is no number"), remedy=_FORM
        ) from exc
    if not parts.hostname:
        raise UsageError(Sentence("库地址里没有主机名", "the store's URL names no host"), remedy=_FORM)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    password = parts.password if parts.password is not None else os.environ.get(PASSWORD_VARIABLE, "")
    return ServerUrl(
        f"{parts.scheme}://{host}:{port}",
        unquote(parts.username or "neo4j"),
        unquote(password) if parts.password is not None else password,
        parts.path.strip("/") or None,
    )


_FORM = Sentence(
    f"写成 neo4j://USER@HOST:PORT[/DATABASE]，密码放在 {PASSWORD_VARIABLE}",
    f"write neo4j://USER@HOST:PORT[/DATABASE] and give the password in {PASSWORD_VARIABLE}",
)
