"""The spaCy pipeline: one token per character, one small component per kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ingest.enrich.fields import Fields
from ingest.enrich.flags import Flags
from ingest.enrich.maturity import Maturity
from ingest.enrich.needs import Needs
from ingest.enrich.quantities import Quantities
from ingest.enrich.terms import Terms
from ingest.enrich.unit_operations import UnitOperations
from kg.reading import Reading
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span


FIELDS = "zhongshi_fields"
"""The component that takes longest; a caller may leave it out."""
_TEXT, _FACTS = "zhongshi_text", "zhongshi_facts"


class _Finder(Protocol):
    def find(self, text: str) -> Any: ...


class Characters:
    """A tokenizer that makes every character a token, white space too: token offsets are text offsets.

    Measured on 41,209 records (8 million characters): 1.2 s, where jieba's words take 17 s and the
    operations' names, which no dictionary holds, come out cut.
    """

    def __init__(self, language: Language) -> None:
        self._vocab = language.vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        characters = [c if not "\ud800" <= c <= "\udfff" else "\ufffd" for c in text]
        doc = Doc(self._vocab, words=characters, spaces=[False] * len(characters))
        doc.user_data[_TEXT] = text
        return doc


def text_of(doc: Doc) -> str:
    """The text as given; `doc.text` would join it from its tokens again for every component."""
    return str(doc.user_data.get(_TEXT) or doc.text)


class Component:
    """A finder as a spaCy component: it adds to the reading, and to `doc.spans` what has a place."""

    def __init__(self, find: Callable[[str], dict[str, Any]], labels: dict[str, str]) -> None:
        self._find = find
        self._labels = labels

    def __call__(self, doc: Doc) -> Doc:
        found = self._find(text_of(doc))
        doc.user_data.setdefault(_FACTS, {}).update(found)
        for name, attribute in self._labels.items():
            doc.spans[name] = _spans(doc, found[name], attribute)
        return doc


def _spans(doc: Doc, mentions: Iterable[Any], attribute: str) -> list[Span]:
    """One span per mention; `attribute` of it is the label."""
    from spacy.tokens import Span

    label = attribute.split(".")
    return [Span(doc, one.start, one.end, str(_of(one, label))) for one in mentions]


def _of(mention: Any, path: list[str]) -> Any:
    for name in path:
        mention = getattr(mention, name)
    return mention


def reading_of(doc: Doc) -> Reading:
    """What the components wrote on a document."""
    return Reading(**doc.user_data.get(_FACTS, {}))


def build_pipeline(lexicon: Path | None = None, facts: Collection[str] | None = None) -> Language:
    """`spacy.blank("zh")` with our tokenizer and components; needs no model and no download.

    The components are factories of spaCy, so that any other pipeline can take them too:
    `zhongshi_unit_operations` (its setting `lexicon` is the path of a vocabulary) and one `zhongshi_…` for
    each other sort of fact; `facts` names those wanted beside the operations (default: all).
    """
    import spacy
    from spacy.language import Language

    Language.factory("zhongshi_unit_operations", default_config={"lexicon": None}, func=_unit_operations)
    nlp = spacy.blank("zh")
    nlp.tokenizer = Characters(nlp)
    nlp.max_length = 1 << 31
    nlp.add_pipe("zhongshi_unit_operations", config={"lexicon": str(lexicon) if lexicon else None})
    for name in _BUILDERS if facts is None else facts:
        build = _BUILDERS[name]
        Language.factory(f"zhongshi_{name}", func=_factory(build))
        nlp.add_pipe(f"zhongshi_{name}")
    return nlp


def _unit_operations(nlp: Language, name: str, lexicon: str | None) -> Component:
    finder = UnitOperations(load_vocabulary(Path(lexicon) if lexicon else None))

    def find(text: str) -> dict[str, Any]:
        found = finder.find(text)
        return {"unit_ops": found.unit_ops, "tests": found.tests}

    return Component(find, {"unit_ops": "name", "tests": "name"})


def _one(name: str, finder: _Finder, label: str | None = None) -> Component:
    return Component(lambda text: {name: finder.find(text)}, {name: label} if label else {})


def _needs() -> Component:
    finder = Needs()
    return Component(lambda text: vars(finder.find(text)), {})


_BUILDERS: dict[str, Callable[[], Component]] = {
    "quantities": lambda: _one("quantities", Quantities(), "quantity.unit"),
    "maturity": lambda: _one("maturity", Maturity(), "kind"),
    "flags": lambda: _one("flags", Flags(), "kind"),
    "terms": lambda: _one("terms", Terms()),
    "fields": lambda: _one("fields", Fields()),
    "needs": _needs,
}


def _factory(build: Callable[[], Component]) -> Callable[[Language, str], Component]:
    def make(nlp: Language, name: str) -> Component:
        return build()

    return make
