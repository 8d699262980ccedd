"""What goes wrong with a model, said in words that a person can act on."""

from __future__ import annotations

Both = tuple[str, str]
"""A statement in Chinese and in English; the edge of the program chooses one."""


class EncoderError(Exception):
    """A model could not be found, read, fetched or made.

    `message` is what is wrong and `remedy` what to do about it, each in both languages; what comes as one
    text stands in both. `str` is English, for tracebacks.
    """

    def __init__(self, message: Both | str, remedy: Both | str) -> None:
        self.message = both(message)
        self.remedy = both(remedy)
        super().__init__(f"{self.message[1]}. {self.remedy[1]}")


def both(words: Both | str) -> Both:
    """A statement in both languages; one text says the same in both."""
    return (words, words) if isinstance(words, str) else words
