"""The one distinction that a caller may make between bad values."""

from kg.errors import BadValueError


class UnreadableError(BadValueError):
    """A value that cannot be read at all (小试阶段 where a TRL is expected), as opposed to one that was
    read and is wrong (TRL 12, a negative amount). It never holds back a row: it is dropped with a warning."""
