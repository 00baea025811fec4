"""Newspaper pages of every kind of mess, made from clean articles, so that what is on them is known."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clippings import (
    ADVERTS,
    AUTHORS,
    BOXES,
    BRIEFS,
    CAPTIONS,
    PAPERS,
    SECTIONS,
    TEASERS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clippings import Story

SYLLABLE = re.compile(r"(?<=[aeiou])(?=[^aeiouy\W][aeiou]\w)|(?<=[aeiou][^aeiouy\W])(?=[^aeiouy\W][aeiou])")


@dataclass(frozen=True)
class Page:
    text: str
    published: str
    stories: list[Story]


class Press:
    """Prints one page: what is random about it comes from one seed."""

    def __init__(self, seed: str, long: list[Story], briefs: list[Story]) -> None:
        self.rng = random.Random(seed)
        chosen = self.rng.sample(long, 3)
        self.stories = [
            replace(story, byline=self.rng.choice(AUTHORS), section=section)
            for story, section in zip(chosen, self.rng.sample(SECTIONS, 3), strict=True)
        ]
        titles = {story.title for story in chosen}
        self.briefs = self.rng.sample([brief for brief in briefs if brief.title not in titles], 3)
        self.width = self.rng.choice((32, 36, 40, 46, 60))
        self.day = self.rng.randint(1, 28)

    # --- pieces of a page ---

    def wrap(self, paragraph: str) -> list[str]:
        """Lines no longer than the column, some words broken with a hyphen."""
        lines, line = [], ""
        for word in paragraph.split():
            room = self.width - len(line) - 2
            if len(line) + 1 + len(word) <= self.width:
                line = f"{line} {word}".strip()
            elif breaks := [at.start() for at in SYLLABLE.finditer(word) if 2 < at.start() <= room]:
                lines.append(f"{line} {word[: breaks[-1]]}-".strip())
                line = word[breaks[-1] :]
            else:
                lines.append(line)
                line = word
        return [*lines, line]

    def column(self, story: Story) -> list[str]:
        return [line for paragraph in story.paragraphs for line in self.wrap(paragraph)]

    def cut(self, lines: list[str], least: int, most: int) -> list[list[str]]:
        blocks = []
        while lines:
            size = self.rng.randint(least, most)
            blocks.append(lines[:size])
            lines = lines[size:]
        return blocks

    def ragged(self, story: Story) -> list[str]:
        """Paragraphs with blank lines between them, cut by the ends of columns: there the blank line comes
        after the first line of the next paragraph."""
        lines: list[str] = []
        for paragraph in story.paragraphs:
            wrapped = self.wrap(paragraph)
            if len(wrapped) > 5 and self.rng.random() < 0.4:
                at = self.rng.randint(2, len(wrapped) - 2)
                wrapped = [*wrapped[:at], "", *wrapped[at:]]
                if lines and self.rng.random() < 0.4:
                    lines.pop()
                    wrapped = [wrapped[0], "", *wrapped[1:]]
            lines += [*wrapped, ""]
        return lines

    def masthead(self) -> list[str]:
        paper = self.rng.choice(PAPERS)
        date = self.rng.choice(
            (
                f"{self.day} June 2024",
                f"June {self.day}, 2024",
                f"JUNE {self.day}, 2024",
                f"2024.06.{self.day:02}",
            )
        )
        volume = self.rng.choice(("VOL.5-NO.217", "Vol. 12 No. 84", "No. 1,204", "ISSUE 14"))
        lines = [paper, "", volume, "", date]
        return lines if self.rng.random() < 0.6 else [paper, f"{volume}          {date}"]

    def extras(self) -> list[list[str]]:
        """Captions, advertisements, boxes and teasers, each a block."""
        chosen = [
            *self.rng.sample(CAPTIONS, self.rng.randint(1, 2)),
            *self.rng.sample(ADVERTS, self.rng.randint(0, 2)),
            *self.rng.sample(BOXES, self.rng.randint(0, 1)),
        ]
        self.rng.shuffle(chosen)
        return [block.split("\n") for block in chosen]

    def top(self) -> list[str]:
        teaser = [*self.rng.choice(TEASERS).split("\n"), ""] if self.rng.random() < 0.4 else []
        return [*teaser, *self.masthead(), ""]

    def split_story(self, story: Story) -> tuple[Story, Story | None]:
        """What stands on page 1 and what on page 2."""
        if len(story.paragraphs) < 4 or self.rng.random() < 0.4:
            return story, None
        head, tail = story.paragraphs[:-2], story.paragraphs[-2:]
        return replace(story, paragraphs=head), replace(story, paragraphs=tail)

    def brief_block(self, *, spaced: bool) -> list[str]:
        gap = [""] if spaced else []
        lines = [self.rng.choice(BRIEFS), ""]
        for brief in self.briefs:
            lines += [brief.title, *gap, *self.column(brief), *gap]
        return [*lines, ""]

    # --- whole pages ---

    def in_order(self, *, spaced: bool) -> list[str]:
        """Each headline over its text, in narrow columns; second halves on page 2."""
        lines, rest = self.top(), []
        extras = self.extras()
        for story in self.stories:
            first, second = self.split_story(story)
            heading = [str(story.section), "", story.title, "", str(story.byline), ""]
            lines += heading if spaced else [line for line in heading if line]
            lines += self.ragged(first) if spaced else self.column(first)
            if second:
                lines += ["See page 2", ""] if spaced else ["See page 2"]
                reminder = f"{' '.join(story.title.split()[:2])} ... From page 1"
                rest += [reminder, "", *self.column(second), ""]
            if extras:
                lines += ["", *extras.pop(), ""]
        lines += self.brief_block(spaced=spaced)
        return [*lines, *(["PAGE 2 | INSIGHTS", "", *rest] if rest else []), *_blocks(extras)]

    def markdown(self) -> list[str]:
        """Paragraphs on one line, headlines with marks, some paragraphs cut in two by a column's end."""
        lines = ["", *self.masthead(), ""]
        extras = self.extras()
        for story in self.stories:
            mark = self.rng.choice(("# ", "## ", "### ", ""))
            lines += [f"#### **{story.section}**" if mark else str(story.section), "", mark + story.title, ""]
            lines += [f"**{story.byline}**" if mark else str(story.byline), ""]
            for n, paragraph in enumerate(story.paragraphs):
                words = paragraph.split()
                at = self.rng.randint(4, len(words) - 4)
                cut = self.rng.random() < 0.25
                lines += [" ".join(words[:at]), "", " ".join(words[at:]), ""] if cut else [paragraph, ""]
                if n == 1 and self.rng.random() < 0.4:
                    lines += [self.rng.choice(("Building tech platforms", "Laying a solid foundation")), ""]
            if extras:
                lines += [" ".join(extras.pop()), ""]
        lines += [f"## {self.rng.choice(BRIEFS)}", ""]
        for brief in self.briefs:
            lines += [brief.title, "", brief.text, ""]
        return [*lines, *_blocks(extras)]

    def below(self) -> list[str]:
        """Headlines below their texts, authors and captions anywhere behind them, second halves on page 2."""
        lines, rest, bylines = [], [], []
        for story in self.stories:
            first, second = self.split_story(story)
            lines += self.ragged(first)
            if second:
                lines += ["See page 2", ""]
                rest += ["From page 1", *self.ragged(second), story.title, ""]
            lines += [story.title, ""]
            bylines += [str(story.byline), ""]
        for brief in self.briefs:
            lines += [brief.title, "", *self.column(brief)]
        extras = _blocks(self.extras())
        return [*lines, *extras, *bylines, *self.masthead(), "", *rest]

    def detached(self, *, sections: bool) -> list[str]:
        """A list of headlines and a list of authors, the texts elsewhere in another order."""
        order = self.rng.sample(self.stories, 3)
        heads = [story.title for story in order]
        bylines = [str(story.byline) for story in order]
        texts = [line for story in self.stories for line in ["", *self.ragged(story)]]
        brief_texts = [line for brief in self.briefs for line in ["", *self.column(brief)]]
        brief_heads = [brief.title for brief in self.rng.sample(self.briefs, 3)]
        label = ["", self.rng.choice(BRIEFS)] if sections else [""]
        parts = [
            [*self.top(), *heads, "", *bylines],
            [*texts, *_blocks(self.extras())],
            [*label, *brief_heads, *brief_texts],
        ]
        if self.rng.random() < 0.5:
            parts[:2] = parts[1::-1]
        return [line for part in parts for line in ["", *part]]

    def turns(self, *, spaced: bool) -> list[str]:
        """The columns of the stories block by block in turns."""
        least, most = (5, 12) if self.width < 50 else (3, 8)
        columns = [self.cut(self.column(story), least, most) for story in self.stories[:2]]
        blocks: list[list[str]] = []
        while any(columns):
            blocks += [column.pop(0) for column in columns if column]
        body = [line for block in blocks for line in ([*block, ""] if spaced else block)]
        heads = [line for story in self.stories[:2] for line in (story.title, str(story.byline))]
        if self.rng.random() < 0.5:
            heads = [story.title for story in self.stories[:2]] + [str(s.byline) for s in self.stories[:2]]
        last = self.stories[2]
        lines = [*self.top(), *heads, "", *body, "", *_blocks(self.extras())]
        return [*lines, last.title, str(last.byline), "", *self.ragged(last), *self.brief_block(spaced=True)]

    def moved(self) -> list[str]:
        """First and last lines of paragraphs stand behind the text."""
        lines = self.top()
        for n, story in enumerate(self.stories):
            lines += [str(story.section), "", story.title, "", str(story.byline), ""]
            if n:
                lines += [line for paragraph in story.paragraphs for line in (paragraph, "")]
                continue
            kept, firsts, lasts, both = [], [], [], self.rng.random() < 0.5
            for paragraph in story.paragraphs:
                wrapped = self.wrap(paragraph)
                if len(wrapped) > 3 and self.rng.random() < 0.7:
                    firsts.append(wrapped.pop(0))
                if both and len(wrapped) > 3 and self.rng.random() < 0.8:
                    lasts.append(wrapped.pop())
                kept += wrapped
            lines += [line for line in [*kept, *lasts, *firsts] for line in (line, "")]
        return [*lines, *self.brief_block(spaced=True), *_blocks(self.extras())]

    def running(self) -> list[str]:
        """Page ends in the middle of sentences, with a running head and the number of the page."""
        paper = self.rng.choice(PAPERS)
        lines = self.in_order(spaced=True)
        cut: list[str] = []
        count = 1
        for n, line in enumerate(lines):
            cut.append(line)
            within = 0 < n < len(lines) - 1 and line and lines[n + 1]
            if within and n // 40 >= count and not line[0].isupper():
                cut += ["", f"JUNE 2024 {count}", "", "", paper, ""]
                count += 1
        return cut

    def noisy(self) -> list[str]:
        """As it stands in order, with the slips of OCR that can be mended."""
        lines = self.in_order(spaced=self.rng.random() < 0.5)
        return [self._slip(line) for line in lines]

    def _slip(self, line: str) -> str:
        chance = self.rng.random()
        if chance < 0.08:
            return line.replace("fi", "\ufb01").replace("fl", "\ufb02")
        if chance < 0.16:
            return re.sub(r"(?<=[a-z])-(?=[a-z])", "- ", line)
        if chance < 0.20:
            return line.replace("'", "’").replace(" ", "  ", 1)
        if chance < 0.22:
            return f"{line} ·"
        return line


def _blocks(extras: list[list[str]]) -> list[str]:
    return [line for block in extras for line in [*block, ""]]


KINDS: dict[str, Callable[[Press], list[str]]] = {
    "markdown": Press.markdown,
    "spaced": lambda press: press.in_order(spaced=True),
    "dense": lambda press: press.in_order(spaced=False),
    "below": Press.below,
    "detached": lambda press: press.detached(sections=True),
    "unnamed": lambda press: press.detached(sections=False),
    "turns": lambda press: press.turns(spaced=True),
    "tight": lambda press: press.turns(spaced=False),
    "moved": Press.moved,
    "running": Press.running,
    "noisy": Press.noisy,
}
"""How a page is printed, by the name of the kind of mess."""


def make_page(kind: str, seed: int, long: list[Story], briefs: list[Story]) -> Page:
    press = Press(f"{kind}-{seed}", long, briefs)
    text = "\n".join(KINDS[kind](press)) + "\n"
    return Page(text, f"2024-06-{press.day:02}", [*press.stories, *press.briefs])
