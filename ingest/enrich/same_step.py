"""Which step a later, wider word means: after 真空感应熔炼, 熔炼温度 in a later sentence is of that step."""

from __future__ import annotations

import re

from kg.vocabulary import Vocabulary

_SENTENCE_END = re.compile(r"[。；;！!？?\n]")


class StepsSoFar:
    """The own steps of a text in the order of reading."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self._vocabulary = vocabulary
        self._text = text
        self._ends: dict[str, int] = {}

    def meant(self, name: str, start: int, end: int) -> str:
        """The name of the step meant: an earlier narrower one where a later sentence says the wider word.

        Within one sentence (`喷雾干燥、干燥`) both are steps; so it is where two earlier ones could be meant.
        """
        if name not in self._ends:
            narrower = [
                earlier
                for earlier, reached in self._ends.items()
                if self._vocabulary.relation(earlier, name) == "broader"
                and _SENTENCE_END.search(self._text, reached, start)
            ]
            if len(narrower) == 1:
                return narrower[0]
        self._ends.setdefault(name, end)
        return name
