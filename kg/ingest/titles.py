"""Headlines made whole, each with its section and its author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.classify import squeeze
from kg.ingest.likeness import stems
from kg.ingest.lines import Kind, words

if TYPE_CHECKING:
    from kg.ingest.lines import Line


_LONGEST_REST = 4
"""Words that the second half of a headline has at most, where text stands between."""


@dataclass(slots=True, eq=False)
class Heading:
    """A headline with its lines, what names its section and its author."""

    lines: list[Line]
    first: int
    """Index of its first line on the page."""
    last: int
    cluster: int
    """Headings with no text between them have one number."""
    byline: str | None = None
    section: str | None = None

    @property
    def title(self) -> str:
        return " ".join(line.text for line in self.lines)


def find_headings(lines: list[Line]) -> tuple[list[Heading], list[Heading]]:
    """All headlines, and apart from them those that only repeat one beside "From page 1"."""
    found: list[Heading] = []
    section: str | None = None
    labels: list[str] = []
    bylines: list[tuple[int, str]] = []
    cluster = 0
    for i, line in enumerate(lines):
        if line.kind is Kind.HEADLINE:
            above = found[-1] if found else None
            pair = above and above.last == i - 1 and not line.gap
            if above and pair and (_reads_on(above.title, line.text) or _is_block_of_two(lines, i, section)):
                above.lines.append(line)
                above.last = i
                continue
            found.append(Heading([line], i, i, cluster, section=section))
        elif line.kind is Kind.LABEL:
            section = line.text
            labels.append(section)
        elif line.kind is Kind.BYLINE:
            bylines.append((i, line.text))
        elif line.kind is Kind.BODY:
            cluster += 1
    found = _close_open_ended(found, lines)
    _give_bylines(found, bylines, lines)
    reminders = [heading for heading in found if _is_reminder(heading, found, lines)]
    return [heading for heading in found if heading not in reminders], reminders


def _reads_on(title: str, line: str) -> bool:
    return cues.is_open_ended(title) or cues.begins_small(line) or len(words(line)) == 1


def _is_block_of_two(lines: list[Line], i: int, section: str | None) -> bool:
    """Do the two lines stand apart from all else? Then they are one headline, unless they head briefs."""
    below = i + 1 == len(lines) or lines[i + 1].gap or lines[i + 1].kind is not Kind.HEADLINE
    authors = sum(line.kind is Kind.BYLINE for line in lines[i + 1 : i + 3])
    return (
        lines[i - 1].gap
        and below
        and authors < 2
        and len(words(lines[i].text)) <= 6
        and not cues.is_briefs(section or "")
    )


def _close_open_ended(found: list[Heading], lines: list[Line]) -> list[Heading]:
    """A headline cut in two: "Innovation Corridor Across", and elsewhere "Lancang-Mekong Region"."""
    kept: list[Heading] = []
    for heading in found:
        above = kept[-1] if kept else None
        cut = above and above.cluster != heading.cluster and cues.is_open_ended(above.title)
        short = len(words(heading.title)) <= _LONGEST_REST
        if above and (heading.title[:1].islower() or (cut and short and not _has_byline(above, lines))):
            above.lines = above.lines + heading.lines
        else:
            kept.append(heading)
    return kept


def _has_byline(heading: Heading, lines: list[Line]) -> bool:
    return heading.last + 1 < len(lines) and lines[heading.last + 1].kind is Kind.BYLINE


def _give_bylines(headings: list[Heading], bylines: list[tuple[int, str]], lines: list[Line]) -> None:
    """A byline belongs to the headline right above it. A list of headlines and a list of as many bylines go
    together in order; a byline left over goes to the first headline without one."""
    groups: dict[int, list[tuple[int, str]]] = {}
    loose = []
    for at, text in bylines:
        above = [heading for heading in headings if heading.last < at]
        near = above and not any(line.kind is Kind.BODY for line in lines[above[-1].last + 1 : at])
        if near:
            groups.setdefault(above[-1].cluster, []).append((at, text))
        else:
            loose.append(text)
    for cluster, group in groups.items():
        first, _ = group[0]
        members = [heading for heading in headings if heading.cluster == cluster]
        listed = [heading for heading in members if heading.last < first]
        for n, (at, text) in enumerate(group):
            above = [heading for heading in members if heading.last < at]
            heading = listed[n] if len(listed) == len(group) else above[-1]
            if not heading.byline:
                heading.byline = text
            elif not cues.is_byline(text):
                heading.byline = f"{heading.byline}, {text}"  # the second line of one byline
            else:
                loose.append(text)
    free = [
        heading for heading in headings if not heading.byline and not cues.is_briefs(heading.section or "")
    ]
    for heading, text in zip(free, loose, strict=False):
        heading.byline = text


def _is_reminder(heading: Heading, found: list[Heading], lines: list[Line]) -> bool:
    """Does it repeat a headline of the page, beside "From page 1"?"""
    near = lines[max(heading.first - 2, 0) : heading.last + 3]
    below = lines[heading.last + 1] if heading.last + 1 < len(lines) else None
    if below and below.kind is Kind.JUMP_FROM and not below.gap:
        return True
    words_of = stems(heading.title)
    for other in found:
        if other is heading:
            continue
        same = squeeze(other.title) == squeeze(heading.title)
        if same and heading.first > other.first:
            return True
        part = bool(words_of) and words_of <= stems(other.title) and heading.first > other.first
        if part and any(line.kind is Kind.JUMP_FROM for line in near):
            return True
    return False
