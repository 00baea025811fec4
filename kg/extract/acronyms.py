"""Short names that a text introduces: "Rift Geothermal Institute (RGI)", "NIOZ, known as ...".

After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text": the letters of the short form are looked for, from right to left, in the words before the bracket.
A short form right after a name that is already known needs no such proof: acronyms come from other
languages, too ("Brazilian Center for Research in Energy and Materials (CNPEM)").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.names import letters_match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Mention

_SHORT = r"[A-ZÀ-ÖØ-Þ][\w&+./’'-]{1,14}(?: [A-Z\d][\w.-]{0,5})?"
_BRACKET = re.compile(
    r"[\"”’']? \((?:the |or |also )?[\"“]?(?P<short>" + _SHORT + r")[\"”]?(?:[,;:][^()]{0,60})?\)"
)
_ALIAS = re.compile(
    r",? (?:or|known as|abbreviated(?: as)?|called|for short) [\"“]?(?P<short>" + _SHORT + r")[\"”]?[,. ]"
)
# The short form stands first: "SESAME, short for ...", "CLARA, the ...". A comma alone says little.
_FIRST = re.compile(
    r"(?<![\w-])(?P<short>" + _SHORT + r")[\"”]?"
    r"(?P<joint>,? (?:short|which stands|an? (?:acronym|abbreviation)) (?:for|of) |,? or |, | \()"
    r"(?:the )?[\"“]?$"
)
_LONGEST_JOINT = 50


@dataclass(frozen=True, slots=True)
class Definition:
    """`text[start:end]` is a short form of the name `long`."""

    start: int
    end: int
    short: str
    long: str


def find_definitions(text: str, names: Sequence[Mention]) -> list[Definition]:
    """Short forms introduced beside one of `names` (mentions of institutions and projects)."""
    found = []
    for name in names:
        window = text[name.end : name.end + 100]
        match, offset = _BRACKET.match(window) or _ALIAS.match(window), name.end
        if match is None:
            offset = max(0, name.start - _LONGEST_JOINT)
            match = _FIRST.search(text[offset : name.start])
            if match and len(match["joint"]) <= len(", or ") and not letters_match(match["short"], name.text):
                continue
        if match is None or not _is_short_form(match["short"], name.text):
            continue
        start = offset + match.start("short")
        found.append(Definition(start, start + len(match["short"]), match["short"], name.text))
    return found


_FIRST_WORD = re.compile(r"(?<![\w-])\w+")
_NAME_GOES_ON = re.compile(r"\w|-\d")


def find_occurrences(text: str, short_forms: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where in `text` the short forms stand, as (start, short form), in order of the text."""
    by_first_word = defaultdict(list)
    for short in sorted(short_forms):
        first_word = _FIRST_WORD.match(short)
        if first_word:
            by_first_word[first_word[0]].append(short)
    for word in _FIRST_WORD.finditer(text):
        for short in by_first_word.get(word[0], ()):
            end = word.start() + len(short)
            if text.startswith(short, word.start()) and not _NAME_GOES_ON.match(text, end):
                yield word.start(), short


def _is_short_form(short: str, long: str) -> bool:
    if len(short) >= len(long) or short.lower() == long.lower():
        return False
    capitals = sum(char.isupper() for char in short)
    return capitals >= 2 or letters_match(short, long)
