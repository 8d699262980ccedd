"""How a run can fail as a whole; rows that fail are in the report instead."""

from __future__ import annotations

from kg.errors import ZhongshiError


class QuarantinedError(ZhongshiError):
    """`--strict`, and rows were held back; nothing was written."""

    code = "quarantined"
    status = 422


class InterruptedRunError(ZhongshiError):
    """Ctrl-C; what was committed stays, the rest follows when the command is run again."""

    code = "interrupted"
    status = 499


class QuarantineError(ZhongshiError):
    """The folder for rows held back cannot be written."""

    code = "quarantine"


class NothingLeftError(ZhongshiError):
    """`--complete` on files without a row would retire everything."""

    code = "empty_complete"
    status = 422


class ReadingStoppedError(ZhongshiError):
    """A process that reads texts is gone; the store is as it was, or holds whole batches."""

    code = "reading_stopped"
