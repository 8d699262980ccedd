"""Takes LaTeX remains (`$1 0 \\mathrm { k g }$`) out of a text and remembers where each character stood."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "sim": "~", "thicksim": "~", "ge": "≥", "geq": "≥", "geqslant": "≥",
    "le": "≤", "leq": "≤", "leqslant": "≤", "approx": "≈", "mu": "μ", "upmu": "μ", "Omega": "Ω", "AA": "Å",
    "gt": ">", "lt": "<", "degree": "°", "circ": "°", "textdegree": "°", "celsius": "℃", "percent": "%",
}  # fmt: skip
_DROPPED = (
    "mathrm|mathbf|mathit|mathsf|textrm|text|rm|bf|it|left|right|displaystyle|operatorname"
    "|boldsymbol|quad|qquad|hbox|mbox|scriptstyle"
)
_MATH = re.compile(r"\$[^$\n]{1,300}\$")
_TOKEN = re.compile(
    r"(?P<celsius>\^? ?\{? ?\\(?:circ|degree) ?\}? ?(?:\\(?:mathrm|rm|text) ?)?\{? ?C(?![a-z]) ?\}?)"
    rf"|\\(?P<sign>{'|'.join(sorted(_SIGNS, key=len, reverse=True))})(?![a-zA-Z])"
    rf"|(?P<dropped>\\(?:{_DROPPED})(?![a-zA-Z])|\\[,;:! ])|\\(?P<escaped>[%&#_])"
)
_INSIDE = re.compile(r"(?P<dropped>[{}$\s]|~(?=\s*[\\A-Za-z{]))")


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
    """The text without LaTeX; None where it holds none."""
    if "\\" not in text and "$" not in text:
        return None
    inside = bytearray(len(text))
    for math in _MATH.finditer(text):
        inside[math.start() : math.end()] = b"\x01" * (math.end() - math.start())
    chars: list[tuple[str, int, int]] = []
    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place) if text[place] in "\\^{" else None
        if token is not None and (token["celsius"] is None or token.group().strip()):
            said = "℃" if token["celsius"] else _SIGNS.get(token["sign"] or "", token["escaped"] or "")
            if said:
                chars.append((said, place, token.end()))
            place = token.end()
            continue
        if not (inside[place] and _INSIDE.match(text, place)):
            chars.append((text[place], place, place + 1))
        place += 1
    if not chars:
        return None
    letters, starts, ends = zip(*chars, strict=True)
    return Untangled("".join(letters), starts, ends)
