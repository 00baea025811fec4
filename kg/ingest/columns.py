"""Where lines of a column end, and what that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.lines import Kind

if TYPE_CHECKING:
    from kg.ingest.lines import Line

WRAPPED = 110
"""A line of a column is no longer than this."""
_AROUND = 12
_NO_LIMIT = 10_000


def column_width(lines: list[Line], i: int, *, without: bool = False) -> int:
    """The characters that fit beside line `i` in its column: as many as in the longest line around it
    (`without` that line itself).

    A paragraph on one line has no limit.
    """
    longest, count = 0 if without else len(lines[i].text), 1
    for step in (-1, 1):
        j = i
        while abs(j - i) < _AROUND:
            edge = lines[j].gap if step < 0 else j + 1 < len(lines) and lines[j + 1].gap
            j += step
            if edge or not 0 <= j < len(lines) or lines[j].kind is not Kind.BODY:
                break
            longest, count = max(longest, len(lines[j].text)), count + 1
    return longest if count > 1 and longest <= WRAPPED else _NO_LIMIT


def breaks_early(line: Line, following: Line, width: int, *, slack: int = 2) -> bool:
    """Would the next word have fitted on this line, with `slack` characters to spare? Then the line was ended
    on purpose."""
    first = following.text.split(" ", 1)[0]
    return len(line.text) + 1 + len(first) + slack <= width


def starts_fresh(lines: list[Line], i: int) -> bool:
    """Can line `i` begin something new: after a blank line, a heading, or the end of a sentence?"""
    if i == 0 or lines[i].gap or lines[i - 1].kind is not Kind.BODY:
        return True
    above = lines[i - 1].text
    return cues.ends_sentence(above) or bool(cues.CREDIT.search(above))
