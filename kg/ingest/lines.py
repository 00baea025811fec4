"""The lines of a page, cleaned, with the number that they have in the file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import cached_property
from typing import TYPE_CHECKING

from kg.clean import mend_spacing, normalize, strip_markup, unglue

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BOLD = re.compile(r"(?:\*\*|__)(?!\s)[^*]+(?:\*\*|__)")
_CELLS = re.compile(r" {3,}|\t+ *")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LONGEST = 4000
_RULE = re.compile(r"[-=*_~·•.\s|]+")


class Kind(StrEnum):
    """What a line is to the page."""

    BODY = auto()
    HEADLINE = auto()
    LABEL = auto()
    """The name of a section: "WEEKLY REVIEW"."""
    BYLINE = auto()
    JUMP_TO = auto()
    """ "See page 3": the story goes on elsewhere."""
    JUMP_FROM = auto()
    """ "From page 1": here it goes on."""
    CAPTION = auto()
    BOX = auto()
    """A graphic with numbers."""
    CROSSHEAD = auto()
    """A small heading within a story."""
    PAGE = auto()
    """ "PAGE 3 | INSIGHTS"."""
    FURNITURE = auto()
    """Masthead, imprint, advertisements: nothing of any story."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or one cell of it where two columns of headings share a line."""

    number: int
    """1-based, in the source file."""
    text: str
    level: int = 0
    """The number of "#" before it, 7 for a line all in bold, 0 for none."""
    gap: bool = False
    """Does a blank line stand before it?"""
    kind: Kind = Kind.BODY

    def of(self, kind: Kind) -> Line:
        return replace(self, kind=kind)


@dataclass(frozen=True)
class Lexicon:
    """The words of one file: evidence for how its broken words are to be joined."""

    text: str

    @cached_property
    def seen(self) -> frozenset[str]:
        """Casefolded words that stand whole on a line, in parts where they have hyphens, too."""
        inner = re.findall(r"(?<![\w-])[^\W_]+(?![\w-])", self.text)
        return frozenset(word.casefold() for word in inner)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Casefolded words that occur twice or more: they are no slip of the OCR."""
        counts = Counter(word.casefold() for word in re.findall(r"[^\W\d_]+", self.text))
        return frozenset(word for word, count in counts.items() if count > 1)

    @cached_property
    def compounds(self) -> frozenset[str]:
        """Casefolded hyphenated words that stand whole on a line."""
        return frozenset(word.casefold() for word in _WORD.findall(self.text) if "-" in word)


def read_lines(text: str, *, first: int = 1) -> tuple[list[Line], Lexicon]:
    """Cut a page into clean lines that are not blank; `first` is the number of its first line."""
    raw = normalize(text).split("\n")
    lexicon = Lexicon("\n".join(raw))
    lines: list[Line] = []
    gap = False
    for number, source in enumerate(raw, start=first):
        stripped = source.strip()
        if not stripped or _RULE.fullmatch(stripped):
            gap = True
            continue
        for cell in (part for whole in _CELLS.split(stripped) for part in _portions(whole)):
            line = _clean(cell, number, gap, lexicon)
            if line:
                lines.append(line)
                gap = False
    return lines, lexicon


def _portions(cell: str) -> Iterator[str]:
    """Cut an endless line after a sentence or a word: what looks at a line may look at it more than once."""
    while len(cell) > _LONGEST:
        end = max(cell.rfind(". ", 0, _LONGEST), 0) or cell.rfind(" ", 0, _LONGEST)
        end = end + 1 if end > 0 else _LONGEST
        yield cell[:end]
        cell = cell[end:]
    yield cell


def _clean(cell: str, number: int, gap: bool, lexicon: Lexicon) -> Line | None:
    level = 0
    cell = cell.strip()
    if heading := _HEADING.fullmatch(cell):
        level, cell = len(heading.group(1)), heading.group(2)
    elif _BOLD.fullmatch(cell):
        level = 7
    text = mend_spacing(strip_markup(cell.removeprefix("> ")), lexicon.compounds)
    text = unglue(text, lexicon.repeated).strip()
    return Line(number, text, level, gap) if text else None


def words(text: str) -> list[str]:
    """The words of a line, hyphenated ones whole."""
    return _WORD.findall(text)
