"""Texts of a page as stories, before they have their headlines: what stands in one column, and where a text
holds several stories."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.likeness import Weights, stems
from kg.ingest.topics import cuts

if TYPE_CHECKING:
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


def split_briefs(stories: list[Story], headings: list[Heading]) -> list[Story]:
    """Several headlines in a row under "IN BRIEF" name as many paragraphs of the text beside them; without
    such a label, only where texts are missing and there are exactly as many paragraphs."""
    clusters: dict[tuple[int, str | None], list[Heading]] = {}
    for heading in headings:
        clusters.setdefault((heading.cluster, heading.section), []).append(heading)
    for cluster in sorted(clusters.values(), key=_is_unnamed):
        missing = len(headings) - len(stories)
        if len(cluster) < 2 or (_is_unnamed(cluster) and missing < len(cluster) - 1):
            continue
        before = [story for story in stories if story.position < cluster[0].first][-1:]
        after = [story for story in stories if story.position > cluster[-1].last][:1]
        beside = [story for story in before + after if _may_be_briefs(story, cluster)]
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
        stories.sort(key=story_position)
    return stories


def _is_unnamed(cluster: list[Heading]) -> bool:
    return not cues.is_briefs(cluster[0].section or "")


def _may_be_briefs(story: Story, cluster: list[Heading]) -> bool:
    paragraphs, count = _paragraphs(story), len(cluster)
    enough = paragraphs == count or (paragraphs > count and not _is_unnamed(cluster))
    return enough and length_of(story) <= BRIEF * count


def take_apart(stories: list[Story], headings: list[Heading], weights: Weights) -> list[Story]:
    """More headlines than texts: some texts stand under one another with their headlines elsewhere. Cut them
    where the subject changes, where that is plainest first."""
    named = sum(cues.is_briefs(heading.section or "") for heading in headings)
    briefs = sum(story.brief for story in stories)
    missing = len(headings) - named - len(stories) + min(briefs, named)
    if missing < 1:
        return stories
    titles = [weights.parts(heading.title) for heading in headings]
    columns = Counter(story.chains[0].segment for story in stories)
    # By the number of cuts so far: what they gain, and the stories.
    best: list[tuple[float, list[Story]]] = [(0.0, [])]
    for story in stories:
        whole = story.brief or columns[story.chains[0].segment] > 1
        parts = [part for chain in story.chains for part in chain.split()]
        ways = [(0.0, [])] if whole else cuts([part.text for part in parts], missing, titles)
        grown: list[tuple[float, list[Story]]] = []
        for count in range(min(len(best) + len(ways) - 1, missing + 1)):
            options = [
                (best[count - n][0] + gain, best[count - n][1] + (_cut(parts, starts) if n else [story]))
                for n, (gain, starts) in enumerate(ways)
                if 0 <= count - n < len(best)
            ]
            grown.append(max(options, key=itemgetter(0)))
        best = grown
    return sorted(max(best, key=itemgetter(0))[1], key=story_position)


def _cut(parts: list[Chain], starts: list[int]) -> list[Story]:
    """Stories that begin at these parts, and the one before them."""
    return [Story(parts[a:b]) for a, b in pairwise([0, *starts, len(parts)])]


def length_of(story: Story) -> int:
    """In words."""
    return len(story.text.split())


def _paragraphs(story: Story) -> int:
    return sum(len(chain.paragraphs) for chain in story.chains)


def _by_paragraph(story: Story) -> list[Story]:
    return [Story([part], brief=True) for chain in story.chains for part in chain.split()]
