"""Texts of a page as stories, before they have their headlines: what stands in one column, and where a text
holds several stories."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.likeness import Weights, stems

if TYPE_CHECKING:
    from kg.ingest.lines import Line
    from kg.ingest.pieces import Chain
    from kg.ingest.titles import Heading

_SAME_COLUMN = 0.03
"""The kinship (a cosine) from which two chains that do not cross are taken for one column."""
_WINDOW = 12
"""How many chains may run side by side."""
BRIEF = 100
"""Words that a brief has at most."""


@dataclass(slots=True, eq=False)
class Story:
    chains: list[Chain]
    heading: Heading | None = None
    brief: bool = False
    """Was it cut from a text that holds several briefs?"""
    jumps: bool = False
    """Does it say "See page 3"?"""

    @property
    def text(self) -> str:
        return "\n".join(chain.text for chain in self.chains)

    @property
    def position(self) -> int:
        return self.chains[0].position


def story_position(story: Story) -> int:
    return story.position


def units(segments: list[list[Chain]]) -> list[Story]:
    """One story a segment; where chains run side by side, one a column, and a chain that crosses none of
    them goes with its kin."""
    stories = []
    for members in segments:
        stories += [Story(column) for column in columns_of(members)]
    return sorted(stories, key=story_position)


def columns_of(members: list[Chain]) -> list[list[Chain]]:
    if any(chain.turns_back() for chain in members):
        return [members]  # not columns: the first lines of paragraphs were moved away
    side_by_side = [
        chain
        for i, chain in enumerate(members)
        if any(
            chain.crosses(other) for other in members[max(i - _WINDOW, 0) : i + _WINDOW] if other is not chain
        )
    ]
    if len(side_by_side) < 2:
        return [members]
    weights = Weights.of([chain.text for chain in members])
    columns: list[list[Chain]] = []
    for chain in side_by_side:
        free = [column for column in columns if not any(chain.crosses(other) for other in column)]
        best = max(free, key=_Kinship(chain, weights), default=None)
        if best is not None and _Kinship(chain, weights)(best) > _SAME_COLUMN:
            best.append(chain)
        else:
            columns.append([chain])
    for chain in members:
        if chain not in side_by_side:
            max(columns, key=_Kinship(chain, weights)).append(chain)
    return [sorted(column, key=chain_position) for column in columns]


@dataclass(frozen=True, slots=True)
class _Kinship:
    """A key for max(): how much a column has in common with `chain`; a near one wins a tie."""

    chain: Chain
    weights: Weights

    def __call__(self, column: list[Chain]) -> float:
        text = stems("\n".join(other.text for other in column))
        distance = min(abs(other.position - self.chain.position) for other in column)
        return self.weights.kinship(stems(self.chain.text), text) - 0.001 * distance


def chain_position(chain: Chain) -> int:
    return chain.position


def split_briefs(lines: list[Line], stories: list[Story], headings: list[Heading]) -> list[Story]:
    """Several headlines in a row under "IN BRIEF" name as many paragraphs of the text beside them."""
    clusters: dict[tuple[int, str | None], list[Heading]] = {}
    for heading in headings:
        clusters.setdefault((heading.cluster, heading.section), []).append(heading)
    for cluster in clusters.values():
        if len(cluster) < 2 or not cues.is_briefs(cluster[0].section or ""):
            continue
        before = [story for story in stories if story.position < cluster[0].first][-1:]
        after = [story for story in stories if story.position > cluster[-1].last][:1]
        beside = [
            story
            for story in before + after
            if _paragraphs(story) >= len(cluster) and length_of(story) <= BRIEF * len(cluster)
        ]
        if not beside:
            continue
        titles = " ".join(heading.title for heading in cluster)
        weights = Weights.of([chain.text for story in stories for chain in story.chains])
        fits = [
            (weights.share(titles, story.text) - 0.02 * _paragraphs(story), -n)
            for n, story in enumerate(beside)
        ]
        chosen = beside[-max(fits)[1]]
        stories = [story for story in stories if story is not chosen] + _by_paragraph(chosen)
    return sorted(stories, key=story_position)


def take_apart(stories: list[Story], headings: list[Heading]) -> list[Story]:
    """More headlines than texts: some texts stand under one another with their headlines elsewhere. Each
    chain may then find a headline of its own; those that find none go with their kin again."""
    free = [heading for heading in headings if not cues.is_briefs(heading.section or "")]
    if len(free) <= sum(not story.brief for story in stories):
        return stories
    columns = Counter(story.chains[0].segment for story in stories)
    parted = []
    for story in stories:
        if story.brief or columns[story.chains[0].segment] > 1:
            parted.append(story)
        else:
            parted += [Story([chain]) for chain in story.chains]
    return sorted(parted, key=story_position)


def length_of(story: Story) -> int:
    """In words."""
    return len(story.text.split())


def _paragraphs(story: Story) -> int:
    return sum(len(chain.paragraphs) for chain in story.chains)


def _by_paragraph(story: Story) -> list[Story]:
    return [Story([part], brief=True) for chain in story.chains for part in chain.split()]
