"""From classified lines to stories: which headline goes with which text, and which parts belong together.

Three kinds of evidence are weighed: where things stand, which words they share (each word counts the more,
the fewer texts of the page hold it), and what the jump lines say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest import cues
from kg.ingest.classify import squeeze
from kg.ingest.headings import titles_follow
from kg.ingest.likeness import Weights, stems
from kg.ingest.lines import Kind
from kg.ingest.pieces import build_chains
from kg.ingest.titles import find_headings

if TYPE_CHECKING:
    from kg.ingest.lines import Line
    from kg.ingest.pieces import Chain
    from kg.ingest.titles import Heading

_NEXT_TO = 0.5
"""What it is worth to stand where the layout wants it, against sharing every word (1)."""
_FAR_SIDE = 0.15
_SAME_COLUMN = 0.03
"""The kinship (a cosine) from which two chains that do not cross are taken for one column."""
_NEIGHBOURHOOD = 30
_WINDOW = 12
"""How many chains may run side by side."""


@dataclass(slots=True, eq=False)
class Story:
    chains: list[Chain]
    heading: Heading | None = None
    jumps: bool = False
    """Does it say "See page 3"?"""

    @property
    def text(self) -> str:
        return "\n".join(chain.text for chain in self.chains)

    @property
    def position(self) -> int:
        return self.chains[0].position


def assemble(lines: list[Line]) -> list[Story]:
    """The stories of a page in the order of their text. Stories may lack a heading; none lacks text."""
    chains = build_chains(lines)
    if not chains:
        return []
    headings, reminders = find_headings(lines)
    opening, parts = _split_off_parts(lines, chains)
    if not opening:  # nothing but second halves
        opening, parts = [chains for _, chains in parts], []
    stories = _units(opening)
    stories = _split_briefs(lines, stories, headings)
    weights = Weights.of([chain.text for chain in chains])
    _assign(stories, headings, weights, after=titles_follow(lines))
    stories = _merge_headless(stories, lines, weights)
    _mark_jumps(lines, stories)
    _join_parts(parts, stories, reminders, lines, weights)
    return sorted(stories, key=_story_position)


def _story_position(story: Story) -> int:
    return story.position


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


def _units(segments: list[list[Chain]]) -> list[Story]:
    """One story a segment; where chains run side by side, one a column, and a chain that crosses none of
    them goes with its kin."""
    stories = []
    for members in segments:
        stories += [Story(column) for column in _columns(members)]
    return sorted(stories, key=_story_position)


def _columns(members: list[Chain]) -> list[list[Chain]]:
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
    return [sorted(column, key=_chain_position) for column in columns]


@dataclass(frozen=True, slots=True)
class _Kinship:
    """A key for max(): how much a column has in common with `chain`; a near one wins a tie."""

    chain: Chain
    weights: Weights

    def __call__(self, column: list[Chain]) -> float:
        text = stems("\n".join(other.text for other in column))
        distance = min(abs(other.position - self.chain.position) for other in column)
        return self.weights.kinship(stems(self.chain.text), text) - 0.001 * distance


def _chain_position(chain: Chain) -> int:
    return chain.position


def _split_briefs(lines: list[Line], stories: list[Story], headings: list[Heading]) -> list[Story]:
    """Several headlines in a row under "IN BRIEF" name as many paragraphs of the text beside them."""
    clusters: dict[int, list[Heading]] = {}
    for heading in headings:
        clusters.setdefault(heading.cluster, []).append(heading)
    for cluster in clusters.values():
        if len(cluster) < 2 or not cues.is_briefs(cluster[0].section or ""):
            continue
        before = [story for story in stories if story.position < cluster[0].first][-1:]
        after = [story for story in stories if story.position > cluster[-1].last][:1]
        beside = [story for story in before + after if _paragraphs(story) >= len(cluster)]
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
    return sorted(stories, key=_story_position)


def _paragraphs(story: Story) -> int:
    return sum(len(chain.paragraphs) for chain in story.chains)


def _by_paragraph(story: Story) -> list[Story]:
    return [Story([part]) for chain in story.chains for part in chain.split()]


def _assign(stories: list[Story], headings: list[Heading], weights: Weights, *, after: bool) -> None:
    """Give each story at most one headline: the best pair first."""
    held = [stems(story.text) for story in stories]
    pairs = []
    starts = [story.position for story in stories]
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
        story.chains.sort(key=_chain_position)
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
    columns = [(at, column) for at, members in parts for column in _columns(members)]
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
