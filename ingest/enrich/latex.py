"""Takes LaTeX remains (`$1 0 \\mathrm { k g }$`) out of a text, spells the signs ㎡ and ㎏ as m2 and kg, and
remembers where each character stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "sim": "~", "thicksim": "~", "ge": "≥", "geq": "≥", "geqslant": "≥",
    "le": "≤", "leq": "≤", "leqslant": "≤", "approx": "≈", "mu": "μ", "upmu": "μ", "Omega": "Ω", "AA": "Å",
    "gt": ">", "lt": "<", "degree": "°", "circ": "°", "textdegree": "°", "celsius": "℃", "percent": "%",
}  # fmt: skip
_DROPPED = (
    "mathrm|mathbf|mathit|mathsf|mathfrak|mathcal|textrm|textup|textsf|text|rm|bf|it|left|right|displaystyle"
    "|operatorname|boldsymbol|quad|qquad|hbox|mbox|scriptstyle"
)
_GROUP = re.compile(
    r" ?\\(?:math|text)[a-z]{0,4} ?(?P<open>\{)[^{}]{0,60}(?P<close>\})|(?<![\\a-zA-Z])\{ ?(?=\\math)"
)
_WORDS = re.compile(
    r"(?<![A-Za-z\\])(?:"
    r"(?P<celsius>(?<=[\d ])circ ?(?:(?:math|text)[a-z]{1,4} ?)?C(?![a-z]))"
    r"|(?P<mu>(?:(?<=\d )|(?<=~ ))mu(?= ?[mLlgsAVMW](?![a-z])))"
    r"|(?P<link>(?<=[\d%A-Za-z] )(?:thick)?sim(?= ?\d)|(?<=\d )(?:times|pm|cdot)(?= ?\d))"
    r"|(?P<bound>(?:geq?|leq?|geqslant|leqslant|approx)(?= ?\d))"
    r"|(?P<font>(?:math(?:rm|sf|bf|it|frak|cal)|text(?:up|rm|sf|it|bf)) ?))(?![A-Za-z]{2})"
    r"|(?P<space>(?<=\d) ?~ ?(?=[A-Za-zμ]))"
)
"""LaTeX whose backslashes a scan has lost: `7 5 circ mathsf C`, `8 0 mu m`, `6 sim 7 ~ g / L`."""
_MATH = re.compile(r"\$[^$\n]{1,300}\$")
_TOKEN = re.compile(
    r"(?P<celsius>\^? ?\{? ?\\(?:circ|degree) ?\}? ?(?:\\(?:mathrm|rm|text) ?)?\{? ?C(?![a-z]) ?\}?)"
    rf"|\\(?P<sign>{'|'.join(sorted(_SIGNS, key=len, reverse=True))})(?![a-zA-Z])"
    rf"|(?P<dropped>\\(?:{_DROPPED})(?![a-zA-Z]) ?|\\[,;:! ])|\\(?P<escaped>[%&#_])"
)
_INSIDE = re.compile(r"(?P<dropped>[{}$\s]|~(?=\s*[\\A-Za-z{]))")


_SQUARE = re.compile("[\u3371-\u337a\u3380-\u33df]")
"""Unicode's units in one character: ㎡, ㎏, ㎜ (CJK Compatibility)."""
_HINT = re.compile(r"circ|sim|math|text(?:up|rm|sf)|~|mu|[gl]eq?|approx|times|pm|cdot")


@dataclass(frozen=True)
class Untangled:
    """A text without its LaTeX, and for each of its characters where it stood in the text as given."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int, given: str) -> tuple[int, int]:
        """Offsets in the text as given; a brace opened inside is closed inside."""
        first, last = self.starts[start], self.ends[end - 1]
        while given.count("{", first, last) > given.count("}", first, last):
            brace = re.compile(r"\s*\}").match(given, last)
            if brace is None:
                break
            last = brace.end()
        return first, last


def untangled(text: str) -> Untangled | None:
    """The text without LaTeX and units in one character; None where it holds none."""
    signed = "\\" in text or "$" in text or _SQUARE.search(text) is not None
    words = {found.start(): found for found in _WORDS.finditer(text)} if _HINT.search(text) else {}
    if not signed and not words:
        return None
    inside = _formulas(text)
    chars: list[tuple[str, int, int]] = []
    place = 0
    while place < len(text):
        word = words.get(place)
        if word is not None:
            said = _said(word)
            chars += [(said, place, word.end())] if said else []
            place = word.end()
            continue
        token = _TOKEN.match(text, place) if text[place] in "\\^{" else None
        if token is not None and (token["celsius"] is None or token.group().strip()):
            said = "℃" if token["celsius"] else _SIGNS.get(token["sign"] or "", token["escaped"] or "")
            if said:
                chars.append((said, place, token.end()))
            place = token.end()
            continue
        if not (inside[place] and _INSIDE.match(text, place)):
            chars += [(char, place, place + 1) for char in _spelled(text[place])]
        place += 1
    if not chars:
        return None
    letters, starts, ends = zip(*chars, strict=True)
    return Untangled("".join(letters), starts, ends)


def _formulas(text: str) -> bytearray:
    """1 for each character of a formula between dollars, and for the braces of `\\mathrm { … }` elsewhere."""
    inside = bytearray(len(text))
    for math in _MATH.finditer(text):
        inside[math.start() : math.end()] = b"\x01" * (math.end() - math.start())
    for group in _GROUP.finditer(text):
        first = group.start("open") if group["open"] else group.start()
        inside[first : group.end()] = b"\x01" * (group.end() - first)
    return inside


def _spelled(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if _SQUARE.match(char) else char


def _said(word: re.Match[str]) -> str:
    """What a word of LaTeX without its backslash stands for; nothing for a font or a space."""
    if word["celsius"]:
        return "℃"
    return _SIGNS.get((word["mu"] or word["link"] or word["bound"] or "").strip(), "")
