"""Failures of a Neo4j server or its driver as `StoreError`, with what to do and without the password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from kg.errors import StoreError
from kg.store.url import PASSWORD_VARIABLE
from kg.wording import Sentence


@contextmanager
def failures(url: str) -> Iterator[None]:
    """Turn what the driver raises into `StoreError`."""
    try:
        yield
    except AuthError as exc:
        raise StoreError(
            Sentence(
                f"{url}：服务器不接受用户名或密码", f"{url}: the server refused the user or the password"
            ),
            remedy=Sentence(
                f"核对 URL 里的用户名和 {PASSWORD_VARIABLE} 里的密码",
                f"check the user in the URL and the password in {PASSWORD_VARIABLE}",
            ),
        ) from exc
    except ServiceUnavailable as exc:
        raise StoreError(
            Sentence(f"{url}：没有 Neo4j 服务器应答", f"{url}: no Neo4j server answers there"),
            remedy=Sentence(
                "启动一个（make neo4j 或 docker compose up -d），并核对主机和端口",
                "start one (make neo4j, or docker compose up -d) and check host and port",
            ),
        ) from exc
    except ClientError as exc:
        raise StoreError(f"{url}: {exc.message}", remedy=_remedy(exc.code or "")) from exc
    except (Neo4jError, DriverError) as exc:
        raise StoreError(f"{url}: {exc}") from exc


def _remedy(code: str) -> Sentence | None:
    if code.endswith("DatabaseNotFound"):
        return Sentence(
            "URL 末尾写存在的数据库名，或不写",
            "name a database that is there at the end of the URL, or leave it out",
        )
    if code.endswith("AuthenticationRateLimit"):
        return Sentence(
            "密码错的次数太多，等几秒再试", "wait a few seconds: too many wrong passwords were tried"
        )
    return None
