"""Printed pages whose headlines are known by their type: a headline has the text that follows it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.dates import is_dateline, issue_date
from kg.ingest.likeness import stems
from kg.ingest.lines import Line
from kg.ingest.page import single_article, split_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.printed import PrintedLine
    from kg.model import Article, PartialDate

_FEWEST_WORDS = 20
"""Fewer words than this are the masthead or a teaser, and no story."""
_JUMP_LINES = 3
_LONGEST_LABEL = 4
"""Words."""


@dataclass(slots=True, eq=False)
class Section:
    title: str
    lines: list[PrintedLine] = field(default_factory=list)
    label: str | None = None
    """The name of the section of the newspaper, set as a headline without text above this one."""

    @property
    def words(self) -> int:
        return sum(len(line.text.split()) for line in self.lines)


def printed_articles(
    lines: Sequence[PrintedLine], *, source: str, made_on: PartialDate | None
) -> list[Article]:
    """The articles of printed lines. `made_on`, the date of the file, stands in for a missing masthead."""
    published = issue_date(line.text for line in lines if is_dateline(line.text)) or made_on
    first, *headed = _sections(lines)
    if not headed:
        return _with_places(split_page(_text(first), source=source, published=published), first.lines)
    stories = _join_parts(_with_labels(headed))
    articles = []
    if first.words > _FEWEST_WORDS:
        articles += _with_places(split_page(_text(first), source=source, published=published), first.lines)
    for story in stories:
        found = single_article(_text(story), source=source, title=story.title, published=published)
        found = [replace(article, section=story.label) for article in found]
        articles += _with_places(found, story.lines)
    return articles


def _text(section: Section) -> str:
    return "\n".join(line.text for line in section.lines)


def _with_places(articles: list[Article], lines: list[PrintedLine]) -> list[Article]:
    """Origins that count lines of a section, as pages and lines of the PDF."""
    return [
        replace(
            article,
            origins=tuple(
                replace(origin, page=lines[origin.line - 1].page, line=lines[origin.line - 1].line)
                for origin in article.origins
            ),
        )
        for article in articles
    ]


def _sections(lines: Sequence[PrintedLine]) -> list[Section]:
    """What stands above the first headline, then each headline with its lines."""
    sections = [Section("")]
    for line in lines:
        if line.text.startswith("# "):
            sections.append(Section(" ".join(line.text[2:].split())))
        else:
            sections[-1].lines.append(line)
    return sections


def _with_labels(sections: list[Section]) -> list[Section]:
    """Stories with the names of their sections, which stand above them: in the type of a headline, or at the
    end of the lines before."""
    kept: list[Section] = []
    label: str | None = None
    begun = ""
    for section in sections:
        section.label, section.title = label, f"{begun} {section.title}".strip()
        label, begun = _take_label(section), ""
        if section.words:
            kept.append(section)
        elif _is_half(section.title):
            label, begun = section.label, section.title
        elif not label and len(section.title.split()) <= _LONGEST_LABEL:
            label = section.title
    return kept


def _is_half(title: str) -> bool:
    """Is a headline without text the first line of the next one, set apart as scans have it?"""
    return len(title.split()) > 1 and not cues.is_capitals(title) and not cues.is_label(Line(0, title))


def _take_label(section: Section) -> str | None:
    """Cut the name of the next section off the end of this one."""
    filled = [n for n, line in enumerate(section.lines) if line.text]
    if not filled or not cues.is_label(Line(0, section.lines[filled[-1]].text)):
        return None
    label = section.lines[filled[-1]].text
    section.lines = section.lines[: filled[-1]]
    return label


def _join_parts(sections: list[Section]) -> list[Section]:
    """Put what stands below "From page 1" at the end of the story that its headline reminds of."""
    kept: list[Section] = []
    for section in sections:
        head = [line.text for line in section.lines if line.text][:_JUMP_LINES]
        part = any(cues.jump_from(text) is not None for text in (section.title, *head))
        reminder = stems(" ".join([section.title, *(cues.jump_from(text) or "" for text in head)]))
        jumping = [story for story in kept if any(cues.is_jump_to(line.text) for line in story.lines)]
        homes = [(len(reminder & stems(story.title)), -n) for n, story in enumerate(jumping or kept)]
        if part and homes:
            (jumping or kept)[-max(homes)[1]].lines.extend(section.lines)
        else:
            kept.append(section)
    return kept
