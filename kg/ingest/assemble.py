"""From classified lines to stories: which headline goes with which text, and which parts belong together.

Three kinds of evidence are weighed: where things stand, which words they share (each word counts the more,
the fewer texts of the page hold it), and what the jump lines say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.classify import squeeze
from kg.ingest.headings import titles_follow
from kg.ingest.likeness import Weights, stems
from kg.ingest.lines import Kind
from kg.ingest.pieces import build_chains
from kg.ingest.stories import (
    BRIEF,
    Story,
    chain_position,
    columns_of,
    length_of,
    split_briefs,
    story_position,
    take_apart,
    units,
)
from kg.ingest.titles import find_headings

if TYPE_CHECKING:
    from kg.ingest.lines import Line
    from kg.ingest.pieces import Chain
    from kg.ingest.titles import Heading

_NEXT_TO = 0.5
"""What it is worth to stand where the layout wants it, against sharing every word (1)."""
_FAR_SIDE = 0.15
_WRONG_LENGTH = 0.3
_NEIGHBOURHOOD = 30
_DECISIVE = 1.0
"""As much as all words of one title."""


def assemble(lines: list[Line]) -> list[Story]:
    """The stories of a page in the order of their text. Stories may lack a heading; none lacks text."""
    chains = build_chains(lines)
    if not chains:
        return []
    headings, reminders = find_headings(lines)
    opening, parts = _split_off_parts(lines, chains)
    if not opening:  # nothing but second halves
        opening, parts = [chains for _, chains in parts], []
    stories = units(opening)
    weights = Weights.of([chain.text for chain in chains])
    stories = take_apart(split_briefs(stories, headings), headings, weights)
    _assign(stories, headings, weights, after=_titles_follow(stories, headings, lines, weights))
    stories = _merge_headless(stories, lines, weights)
    _mark_jumps(lines, stories)
    _join_parts(parts, stories, reminders, lines, weights)
    return sorted(stories, key=story_position)


def _split_off_parts(
    lines: list[Line], chains: list[Chain]
) -> tuple[list[list[Chain]], list[tuple[int, list[Chain]]]]:
    """The chains of each segment; those below a "From page 1" apart, with where that line stands."""
    segments: dict[int, list[Chain]] = {}
    for chain in chains:
        segments.setdefault(chain.segment, []).append(chain)
    opening: list[list[Chain]] = []
    parts: list[tuple[int, list[Chain]]] = []
    for members in segments.values():
        at = members[0].position - 1
        while at >= 0 and lines[at].kind in (Kind.FURNITURE, Kind.CAPTION, Kind.BOX, Kind.CROSSHEAD):
            at -= 1
        # A repeated headline may stand between the jump line and the text.
        over = at - 1 if at > 0 and lines[at].kind is Kind.HEADLINE else at
        if at >= 0 and lines[at].kind is Kind.JUMP_FROM:
            parts.append((at, members))
        elif over >= 0 and over != at and lines[over].kind is Kind.JUMP_FROM and _repeated(lines, at):
            parts.append((over, members))
        else:
            opening.append(members)
    return opening, parts


def _repeated(lines: list[Line], at: int) -> bool:
    title = squeeze(lines[at].text)
    return any(line.kind is Kind.HEADLINE and squeeze(line.text).startswith(title) for line in lines[:at])


def _titles_follow(
    stories: list[Story], headings: list[Heading], lines: list[Line], weights: Weights
) -> bool:
    """Do headlines stand below their texts? What the words say overrules what stands first on the page."""
    votes = 0.0
    for heading in headings:
        above = [story for story in stories if story.position < heading.first]
        below = [story for story in stories if story.position > heading.last]
        if above and below:
            votes += weights.share(heading.title, above[-1].text) - weights.share(
                heading.title, below[0].text
            )
    return votes > 0 if abs(votes) > _DECISIVE else titles_follow(lines)


def _assign(stories: list[Story], headings: list[Heading], weights: Weights, *, after: bool) -> None:
    """Give each story at most one headline: the best pair first."""
    held = [stems(story.text) for story in stories]
    pairs = []
    starts = [story.position for story in stories]
    lengths = [length_of(story) for story in stories]
    ends = [max(piece.position for chain in story.chains for piece in chain.pieces) for story in stories]
    for h, heading in enumerate(headings):
        nearest_above = max(
            (n for n, at in enumerate(ends) if at < heading.first), key=ends.__getitem__, default=None
        )
        nearest_below = min((n for n, at in enumerate(starts) if at > heading.last), default=None)
        alone = sum(other.cluster == heading.cluster for other in headings) == 1
        for n, _ in enumerate(stories):
            if abs(starts[n] - heading.first) > 400:
                continue
            score = weights.share(heading.title, held[n])
            near = _NEXT_TO if alone else _NEXT_TO / 3
            if n == nearest_below:
                score += _FAR_SIDE if after else near
            elif n == nearest_above:
                score += near if after else _FAR_SIDE
            score -= 0.001 * abs(starts[n] - heading.first)
            # A brief is short, and a text with an author is not.
            brief = cues.is_briefs(heading.section or "")
            if (brief and lengths[n] > BRIEF) or (heading.byline and not brief and lengths[n] < BRIEF / 2):
                score -= _WRONG_LENGTH
            pairs.append((score, h, n))
    taken: set[int] = set()
    for _, h, n in sorted(pairs, key=_best_first):
        if stories[n].heading is None and h not in taken:
            stories[n].heading = headings[h]
            taken.add(h)


def _best_first(pair: tuple[float, int, int]) -> tuple[float, int, int]:
    score, h, n = pair
    return -score, h, n


def _merge_headless(stories: list[Story], lines: list[Line], weights: Weights) -> list[Story]:
    """Text without a headline goes with its kin, unless it has an author of its own; a page without any
    headline is one story."""
    headed = [story for story in stories if story.heading or _has_author(story, lines)]
    if not headed:
        return [Story([chain for story in stories for chain in story.chains])] if stories else []
    held = [stems(story.text) for story in stories]
    at_home = {id(story) for story in headed}
    homes = [n for n, story in enumerate(stories) if id(story) in at_home]
    for n, story in enumerate(stories):
        if id(story) in at_home:
            continue
        near = [home for home in homes if abs(home - n) <= _NEIGHBOURHOOD] or homes
        scored = [
            (
                weights.kinship(held[n], held[home]) + (0.15 if abs(home - n) == 1 else 0.05 / abs(home - n)),
                -home,
            )
            for home in near
        ]
        stories[-max(scored)[1]].chains.extend(story.chains)
    for story in headed:
        story.chains.sort(key=chain_position)
    return headed


def _has_author(story: Story, lines: list[Line]) -> bool:
    """Does the text begin right below a byline that no headline has?"""
    at = story.position
    above = [line.kind for line in lines[max(at - 3, 0) : at]]
    return above[-1:] == [Kind.BYLINE] and Kind.HEADLINE not in above and Kind.BODY not in above[:1]


def _mark_jumps(lines: list[Line], stories: list[Story]) -> None:
    for i, line in enumerate(lines):
        if line.kind is Kind.JUMP_TO:
            above = [
                (piece.position, n) for n, s in enumerate(stories) for c in s.chains for piece in c.pieces
            ]
            above = [(at, n) for at, n in above if at < i]
            if above:
                stories[max(above)[1]].jumps = True


def _join_parts(
    parts: list[tuple[int, list[Chain]]],
    stories: list[Story],
    reminders: list[Heading],
    lines: list[Line],
    weights: Weights,
) -> None:
    """Put what stands below "From page 1" at the end of the story that it continues."""
    columns = [(at, column) for at, members in parts for column in columns_of(members)]
    scored = []
    for c, (at, column) in enumerate(columns):
        own = stems("\n".join(chain.text for chain in column))
        reminder = _reminder(at, column, reminders, lines)
        for n, story in enumerate(stories):
            score = weights.kinship(own, stems(story.text)) + 0.2 * story.jumps
            if reminder and story.heading:
                score += weights.share(reminder, story.heading.title)
            scored.append((score, c, n))
    placed: dict[int, int] = {}
    taken: set[int] = set()
    # First a part for every story that jumps, then the rest wherever they fit best.
    for once in (True, False):
        for _, c, n in sorted(scored, key=_best_first):
            if c not in placed and not (once and (n in taken or not stories[n].jumps)):
                placed[c] = n
                taken.add(n)
    for c, n in sorted(placed.items()):
        stories[n].chains.extend(columns[c][1])


def _reminder(at: int, column: list[Chain], reminders: list[Heading], lines: list[Line]) -> str:
    """The words that name the story beside a "From page 1": on its line, above it, or right at the text."""
    said = cues.jump_from(lines[at].text)
    if said:
        return said
    last = max(piece.position + len(piece.lines) for chain in column for piece in chain.pieces)
    above = [heading.title for heading in reminders if heading.last == at - 1 or heading.first == at + 1]
    below = [heading.title for heading in reminders if heading.first == last]
    found = below + above if titles_follow(lines) else above + below
    return found[0] if found else ""


__all__ = ["Story", "assemble"]
