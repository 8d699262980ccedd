"""What can be wrong with the field classifier's files."""

from __future__ import annotations

from kg.errors import ZhongshiError


class FieldsError(ZhongshiError):
    """The scheme, a code table, the model file or the training data is wrong."""

    code = "fields"
    status = 422
