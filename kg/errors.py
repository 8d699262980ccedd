"""The one error base: every failure names what, where and the remedy."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from kg.wording import Sentence, sentence


class ZhongshiError(Exception):
    """A failure that a person can act on.

    `code` is stable and machine readable, `status` the HTTP status, `exit_code` the command's (1 the job
    failed, 2 wrong use). `file`, `line` (1-based) and `field` say where, `remedy` what to do. Message and
    remedy are in both languages; what comes as one string stands in both. `str` is English, for tracebacks.
    """

    code: ClassVar[str] = "failed"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        message: Sentence | str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        remedy: Sentence | str | None = None,
    ) -> None:
        self.message = sentence(message)
        super().__init__(self.message.en)
        self.file = file
        self.line = line
        self.field = field
        self.remedy = None if remedy is None else sentence(remedy)

    @classmethod
    def no_file(cls, path: object) -> Self:
        """The error for a path that names nothing."""
        return cls(
            Sentence(f"没有文件 {path}", f"there is no file {path}"),
            file=str(path),
            remedy=Sentence("核对路径", "check the path"),
        )

    def document(self) -> dict[str, dict[str, Any]]:
        """The failure as INTERFACE's document, `{"error": {code, message, file, line, field, remedy}}`; its
        message and remedy are sentences until it is `told`."""
        names = ("message", "file", "line", "field", "remedy")
        return {"error": {"code": self.code, **{name: getattr(self, name) for name in names}}}


class UsageError(ZhongshiError):
    """The request itself is wrong: an unknown option value, an empty query."""

    code = "usage"
    status = 400
    exit_code = 2


class AmbiguousKeyError(UsageError):
    """A key names several things; the message lists them."""

    code = "ambiguous"
    status = 409


class NotFoundError(ZhongshiError):
    """Nothing visible has this id or key."""

    code = "not_found"
    status = 404


class BadValueError(ZhongshiError):
    """A value does not fit its type; caught per cell by ingest, shown as it is elsewhere."""

    code = "bad_value"
    status = 422


class SchemaError(ZhongshiError):
    """A schema file is wrong; the program does not start."""

    code = "schema"


class SourceFileError(ZhongshiError):
    """A source file (YAML) is wrong."""

    code = "source_file"
    status = 422


class InputFileError(ZhongshiError):
    """A data file cannot be read: missing, wrong encoding, empty, no known header."""

    code = "input_file"
    status = 422


class StoreError(ZhongshiError):
    """The store failed or cannot be reached."""

    code = "store"
    status = 503


class StoreMissingError(StoreError):
    """A reader asked for a store that is not there."""

    code = "store_missing"


class StoreLockedError(StoreError):
    """Another process writes the embedded store; the message names its pid."""

    code = "store_locked"
    status = 409


class StoreVersionError(StoreError):
    """The store was written by a newer version."""

    code = "store_version"


class EncoderMismatchError(StoreError):
    """The index was made by another encoder; the remedy says how to embed again."""

    code = "encoder_mismatch"
    status = 409


class MixRefusedError(ZhongshiError):
    """Generated and real rows would stand in one store without `--mix`."""

    code = "mix_refused"
    status = 409
