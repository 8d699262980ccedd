"""Failures of a Neo4j server or its driver as `StoreError`, with what to do and without the password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

from kg.errors import StoreError
from kg.store.url import PASSWORD_VARIABLE


@contextmanager
def failures(url: str) -> Iterator[None]:
    """Turn what the driver raises into `StoreError`."""
    try:
        yield
    except AuthError as exc:
        raise StoreError(
            f"{url}: the server refused the user or the password",
            remedy=f"check the user in the URL and the password in {PASSWORD_VARIABLE}",
        ) from exc
    except ServiceUnavailable as exc:
        raise StoreError(
            f"{url}: no Neo4j server answers there",
            remedy="start one (make neo4j, or docker compose up -d) and check host and port",
        ) from exc
    except ClientError as exc:
        raise StoreError(f"{url}: {exc.message}", remedy=_remedy(exc.code or "")) from exc
    except (Neo4jError, DriverError) as exc:
        raise StoreError(f"{url}: {exc}") from exc


def _remedy(code: str) -> str | None:
    if code.endswith("DatabaseNotFound"):
        return "name a database that is there at the end of the URL, or leave it out"
    if code.endswith("AuthenticationRateLimit"):
        return "wait a few seconds: too many wrong passwords were tried"
    return None
