"""What a person says of the facts that the reader found: wrong, or missing. Applied whenever a text is read.

Kept as JSON on the record itself, where no sheet and no newer reader touches them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from ingest.pipeline.facts import Facts, RecordEvidence, RecordStep
from kg.errors import UsageError
from kg.identity import normal_name
from kg.reading import MaturityMention, Step
from kg.vocabulary import load_vocabulary
from kg.wording import Sentence

CORRECTIONS = "corrections"
"""The property of a record that holds them."""

FactKind = Literal["unit_op", "maturity", "field", "term"]
Verdict = Literal["wrong", "right"]
BY_HAND = "by hand"


@dataclass(frozen=True)
class Correction:
    """One fact and what is to be believed of it: `wrong` takes it away, `right` sets it.

    `name` is the operation's, the evidence item's, the field's, or the term itself; `date` is ISO 8601.
    """

    fact: FactKind
    name: str
    verdict: Verdict
    date: str
    note: str = ""

    def dump(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def parse_correction(text: str, verdict: Verdict, date: str, note: str = "") -> Correction:
    """A correction as a person writes it: `unit_op=喷雾干燥`; an operation goes by its listed name.

    Raises `UsageError`."""
    fact, _, name = text.partition("=")
    kinds = get_args(FactKind)
    if fact.strip() not in kinds or not name.strip():
        raise UsageError(
            Sentence(f"“{text}”没有写明是哪个事实", f"'{text}' names no fact"),
            field=verdict,
            remedy=Sentence(
                f"写成 KIND=NAME，KIND 为 {'、'.join(kinds)} 之一：unit_op=喷雾干燥",
                f"write KIND=NAME, KIND one of {', '.join(kinds)}: unit_op=喷雾干燥",
            ),
        )
    listed = load_vocabulary().canonical(name) if fact.strip() == "unit_op" else None
    called = listed.name if listed else name.strip()
    return Correction(fact.strip(), called, verdict, date, note)  # type: ignore[arg-type]


def stored_corrections(texts: Iterable[str] | None) -> list[Correction]:
    """The corrections of a record, as it keeps them."""
    return [Correction(**json.loads(text)) for text in texts or ()]


def added(earlier: Sequence[Correction], later: Sequence[Correction]) -> list[Correction]:
    """The corrections of a record with later ones; the last word on a fact counts."""
    last = {(one.fact, normal_name(one.name)): one for one in (*earlier, *later)}
    return list(last.values())


def apply(facts: Facts, corrections: Sequence[Correction]) -> None:
    """Make the facts of a record what the corrections say."""
    for one in corrections:
        if one.verdict == "wrong":
            _drop(facts, one)
        else:
            _set(facts, one)


def _drop(facts: Facts, wrong: Correction) -> None:
    name = normal_name(wrong.name)
    if wrong.fact == "unit_op":
        dropped = [one for one in facts.steps if normal_name(one.step.name) == name]
        facts.quantities += [quantity for one in dropped for quantity in one.quantities]
        facts.steps[:] = [one for one in facts.steps if one not in dropped]
    elif wrong.fact == "maturity":
        facts.evidence[:] = [one for one in facts.evidence if normal_name(one.mention.item) != name]
    elif wrong.fact == "field":
        facts.fields = {field: score for field, score in facts.fields.items() if normal_name(field) != name}
    else:
        facts.terms[:] = [term for term in facts.terms if normal_name(term) != name]


def _set(facts: Facts, right: Correction) -> None:
    name = normal_name(right.name)
    if right.fact == "unit_op":
        if not any(normal_name(one.step.name) == name for one in facts.steps):
            step = Step(right.name, True, len(facts.steps), 0, 0, right.name, ())
            facts.steps.append(RecordStep("", step, []))
    elif right.fact == "maturity":
        proved = MaturityMention(0, 0, right.name, right.name, "proved", None, BY_HAND)
        facts.evidence[:] = [one for one in facts.evidence if normal_name(one.mention.item) != name]
        facts.evidence.append(RecordEvidence("", proved))
    elif right.fact == "field":
        facts.fields[right.name] = 1.0
    elif right.name not in facts.terms:
        facts.terms.append(right.name)
