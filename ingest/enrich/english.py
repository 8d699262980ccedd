"""Operations by their English names, in texts that are mostly English: spray drying, freeze-dried."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.enrich.names import Candidate
from kg.vocabulary import UnitOp, Vocabulary

_LETTER, _HAN = re.compile(r"[A-Za-z]"), re.compile(r"[\u3400-\u9fff]")
_MOSTLY = 3
_LONG_WORD = re.compile(r"[a-z]{4}")
_VAGUE = re.compile(
    r"activation|assembly|classification|concentration|coupling|developing|drawing|enrichment|erection|evacuation"
    r"|exposure|filling|formation|forming|grading|lifting|recovery|reduction|repair|stacking|tapping|texturing"
    r"|turning"
)
"""Names that are everyday words in English; only as a part of a longer name."""
_EVERYDAY = frozenset(
    [
        "heated",
        "heater",
        "heaters",
        "cooled",
        "cooler",
        "coolers",
        "mixed",
        "separated",
        "washed",
        "rolled",
        "cut",
    ]
)
_THING = re.compile(
    r"[ -](?:agents?|aids?|additives?|accelerators?|inhibitors?|oils?|wheels?|layers?|patterns?|catalysts?"
    r"|mechanisms?|kinetics|behaviou?rs?|models?)\b"
)
_IMMATERIAL = re.compile(
    r"\b(?:learning|images?|neural|networks?|algorithms?|data(?:sets?|bases?)?|software|signals?|text|semantic|video)\b"
)
_NOT_OWN = re.compile(
    r"\b(?:conventional(?:ly)?|traditional(?:ly)?|usual(?:ly)?|existing|instead of|without|no need (?:for|of)"
    r"|avoid(?:s|ing)?|replac(?:e|es|ing)|rather than|compared (?:with|to)|not|no)\b[^,.;:]{0,24}$"
)
_CLAUSE = re.compile(r"[,.;:!?\n](?!\d)")
_SPELLINGS = (
    ("isation", "ization"), ("ising", "izing"), ("mould", "mold"), ("sulph", "sulf"), ("fibre", "fiber"),
    ("ageing", "aging"), ("colour", "color"), ("labell", "label"),
)  # fmt: skip


class EnglishNames:
    """Finds them with their forms: plural, dried and dryer beside drying, American spelling, a hyphen."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ops: dict[str, UnitOp] = {}
        for op in vocabulary:
            for form in _forms(op.english.lower()):
                self._ops.setdefault(form, op)
        self._pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[Candidate]:
        """Candidates in a folded, lower-cased text, by place; none where Chinese prevails."""
        if len(_LETTER.findall(text)) <= _MOSTLY * len(_HAN.findall(text)) or not _LONG_WORD.search(text):
            return
        if len(set(_IMMATERIAL.findall(text))) > 1:
            return
        if self._pattern is None:
            longest = sorted(self._ops, key=lambda form: (-len(form), form))
            self._pattern = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest))})(?![a-z])")
        for match in self._pattern.finditer(text.replace("-", " ")):
            if _THING.match(text, match.end()):
                continue
            op = self._ops[match.group()]
            clause = _CLAUSE.split(text[max(0, match.start() - 60) : match.start()])[-1]
            cue = _NOT_OWN.search(clause)
            why_not = f"background: {cue.group().split()[0]}" if cue else None
            yield Candidate(
                match.start(), match.end(), op.name, op.category, False, f"english: {op.family}", why_not
            )


def _forms(name: str) -> Iterator[str]:
    """A name with spaces for hyphens, in both spellings, with the forms of its last word."""
    plain = name.replace("-", " ")
    if not plain or _VAGUE.fullmatch(plain):
        return
    head, _, last = plain.rpartition(" ")
    for word in _words(last):
        if not head and word in _EVERYDAY:
            continue
        form = f"{head} {word}".strip()
        for british, american in (("", ""), *_SPELLINGS):
            yield form.replace(british, american) if british else form


def _words(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ying"):
        yield from (f"{word[:-4]}{end}" for end in ("ied", "yer", "yers", "ier", "iers"))
    elif word.endswith("ing"):
        yield from (f"{word[:-3]}{end}" for end in ("ings", "ed", "er", "ers"))
    elif word.endswith("ation"):
        yield from (
            f"{word[:-5]}{end}" for end in ("ations", "ated", "ating", "ator", "ators", "ed", "ing", "er")
        )
    elif word.endswith("ion"):
        yield from (f"{word[:-3]}{end}" for end in ("ions", "ed", "ing", "or", "er"))
    elif word.endswith("test"):
        yield from (f"{word}s", f"{word}ing")
