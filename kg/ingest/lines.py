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
_MENDED = 80
"""How many characters of a line may be markup or be mended before the next word that is as it was."""
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
    raw: str = ""
    """The whole line as it stands in the file."""
    at: int = 0
    """Where in `raw` it begins."""

    def places(self) -> Iterator[tuple[int, int]]:
        """Pairs of an offset into `text` and one into `raw`: from there on the two are the same, up to the
        next pair. The first offset is 0."""
        if self.raw.startswith(self.text, self.at) and self.text[:1].strip():
            # Nothing was mended.
            yield 0, self.at
            return
        shift: int | None = None
        cursor = self.at
        for match in re.finditer(r"\S+", self.text):
            found = self.raw.find(match.group(), cursor, cursor + len(match.group()) + _MENDED)
            if found >= 0:
                if found - match.start() != shift:
                    yield (match.start() if shift is not None else 0), found
                    shift = found - match.start()
                cursor = found + len(match.group())
            elif shift is None:
                shift = self.at
                yield 0, self.at

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
        return frozenset(map(str.casefold, inner))

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Casefolded words that occur twice or more: they are no slip of the OCR."""
        counts = Counter(map(str.casefold, re.findall(r"[^\W\d_]+", self.text)))
        return frozenset(word for word, count in counts.items() if count > 1)

    @cached_property
    def compounds(self) -> frozenset[str]:
        """Casefolded hyphenated words that stand whole on a line."""
        return frozenset(word.casefold() for word in _WORD.findall(self.text) if "-" in word)


def read_lines(text: str, *, first: int = 1) -> tuple[list[Line], Lexicon]:
    """Cut a page into clean lines that are not blank; `first` is the number of its first line."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    normal = normalize(text).split("\n")
    lexicon = Lexicon("\n".join(normal))
    lines: list[Line] = []
    gap = False
    for number, (line, source) in enumerate(zip(normal, raw, strict=True), start=first):
        stripped = line.strip()
        if not stripped or _RULE.fullmatch(stripped):
            gap = True
            continue
        at = 0
        for cell in (part for whole in _CELLS.split(stripped) for part in _portions(whole)):
            # Cells repeat no text of those before them; where cleaning changed the first word, stay there.
            at = max(source.find(cell.split(maxsplit=1)[0], at), at) if cell.strip() else at
            made = _clean(cell, gap, lexicon)
            if made:
                lines.append(replace(made, number=number, raw=source, at=at))
                gap = False
            at += len(cell)
    return lines, lexicon


def _portions(cell: str) -> Iterator[str]:
    """Cut an endless line after a sentence or a word: what looks at a line may look at it more than once."""
    start = 0
    while len(cell) - start > _LONGEST:
        end = cell.rfind(". ", start, start + _LONGEST)
        end = end if end > start else cell.rfind(" ", start, start + _LONGEST)
        end = end + 1 if end > start else start + _LONGEST
        yield cell[start:end]
        start = end
    yield cell[start:]


def _clean(cell: str, gap: bool, lexicon: Lexicon) -> Line | None:
    level = 0
    cell = cell.strip()
    if heading := _HEADING.fullmatch(cell):
        level, cell = len(heading.group(1)), heading.group(2)
    elif _BOLD.fullmatch(cell):
        level = 7
    text = mend_spacing(strip_markup(cell.removeprefix("> ")), lexicon.compounds)
    text = unglue(text, lexicon.repeated).strip()
    return Line(0, text, level, gap) if text else None


def words(text: str) -> list[str]:
    """The words of a line, hyphenated ones whole."""
    return _WORD.findall(text)
