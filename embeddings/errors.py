"""What goes wrong with a model, said in words that a person can act on."""

from __future__ import annotations


class EncoderError(Exception):
    """A model could not be found, read, fetched or made.

    `message` says what is wrong, `remedy` what to do about it; the edge of the program translates both.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}. {remedy}")
        self.message = message
        self.remedy = remedy
