"""The component that finds unit operations, tests and calibrations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ingest.enrich.chains import Chains
from ingest.enrich.folding import squeeze
from ingest.enrich.names import Candidate, NameFinder
from ingest.enrich.same_step import StepsSoFar
from ingest.enrich.standing import Standing
from ingest.enrich.words import OperationWords, WordLists, load
from kg.reading import UnitOpMention
from kg.vocabulary import Category, Vocabulary

_ENOUGH = 4000
_LISTED = "listed"
_MAY = ("即可", "也可", "还可", "均可", "便可")


@dataclass(frozen=True)
class Operations:
    """What one text holds; both sorts share one order, as both are steps of a route."""

    unit_ops: tuple[UnitOpMention, ...]
    tests: tuple[UnitOpMention, ...]


class UnitOperations:
    """Finds operations done to a material or part, in any text, without spaCy: text in, mentions out."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words = OperationWords.load()
        self._names = NameFinder(vocabulary, self._words)
        self._standing = Standing()
        self._chains = Chains(WordLists(load("chains")))

    def find(self, text: str) -> Operations:
        """All mentions by place, with offsets of the text as given."""
        squeezed = squeeze(text)
        subject = _Subject(squeezed.text, self._words)
        found: dict[str, list[UnitOpMention]] = {"process": [], "test": []}
        orders: dict[str, int] = {}
        steps_so_far = StepsSoFar(self._vocabulary, squeezed.text)
        for candidate in self._candidates(squeezed.text, subject):
            why_not = self._standing.why_not_own(squeezed.text, candidate.start, candidate.end)
            start, end = squeezed.span(candidate.start, candidate.end)
            name = candidate.name or "".join(text[start:end].split())
            if why_not is None:
                name = steps_so_far.meant(name, candidate.start, candidate.end)
            order = orders.setdefault(name, len(orders)) if why_not is None else -1
            rule = f"{candidate.rule}; {why_not}" if why_not else candidate.rule
            found[candidate.category].append(
                UnitOpMention(start, end, text[start:end], name, why_not is None, order, rule)
            )
        return Operations(tuple(found["process"]), tuple(found["test"]))

    def _candidates(self, text: str, subject: _Subject) -> list[Candidate]:
        """The listed names that are operations here, and the unlisted items of the chains that they stand in."""
        listed = [found for found in self._names.find(text) if self._is_operation(text, found, subject)]
        chains = []
        for item in self._chains.find(text, [(found.start, found.end) for found in listed]):
            if item.frame == _LISTED and not subject.is_material:
                continue
            if not any(found.start < item.end and item.start < found.end for found in listed):
                category: Category = "test" if item.is_test else "process"
                chains.append(
                    Candidate(item.start, item.end, None, category, False, f"chain: {item.frame} as a step")
                )
        return sorted((*listed, *chains), key=lambda found: found.start) if chains else listed

    def _is_operation(self, text: str, candidate: Candidate, subject: _Subject) -> bool:
        left, right = (
            text[max(0, candidate.start - 8) : candidate.start],
            text[candidate.end : candidate.end + 6],
        )
        words = self._words
        form = text[candidate.start : candidate.end]
        if words.thing.match(right) or (
            left
            and left[-1] in words.never_after
            and not left.endswith(("即可", "也可", "还可", "均可", "便可"))
        ):
            return False
        if form.endswith("化") and words.element.match(right):
            return False
        if form.endswith(words.chemical_names) and left and left[-1] in words.chemical_prefix:
            return False
        if not candidate.everyday:
            return True
        if words.immaterial_before.search(left) or words.immaterial_behind.match(right):
            return False
        return subject.is_material


class _Subject:
    """What a text is about: matter, or data, nature and medicine."""

    def __init__(self, text: str, words: OperationWords) -> None:
        self._text = text
        self._words = words

    @cached_property
    def is_material(self) -> bool:
        """Not more different words for data than for matter, and not two for nature or medicine."""
        text = self._text[:_ENOUGH]
        immaterial = len(set(self._words.immaterial.findall(text)))
        if immaterial and immaterial > len(set(self._words.material.findall(text))):
            return False
        return len(set(self._words.nature.findall(text))) < 2
