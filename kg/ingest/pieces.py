"""Runs of body text, and the order in which they read: sentences cut by a column or a page are made whole.

A *piece* is a stretch of lines that surely read on. A *chain* is a list of pieces that belong together
because a sentence goes on from one to the next, or because they stand in one column with nothing between.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.ingest.classify import breaks_early, column_width
from kg.ingest.cues import ends_sentence
from kg.ingest.junctions import Junction, junction, wants_before, wants_more
from kg.ingest.lines import Kind, words

if TYPE_CHECKING:
    from kg.ingest.lines import Line

_BOUNDARIES = frozenset({Kind.HEADLINE, Kind.LABEL, Kind.BYLINE, Kind.JUMP_TO, Kind.JUMP_FROM, Kind.PAGE})
_BESIDE = 0.12
"""What each piece between two halves of a sentence costs, against one grade of Junction."""
_BACKWARD = 0.6
"""What it costs that the second half stands before the first."""
_LEAST = 0.5
_ELSEWHERE = 2.0
"""What it costs that a heading or a jump line stands between the halves."""
_REACH = 40


@dataclass(slots=True, eq=False)
class Piece:
    lines: list[Line]
    position: int
    """The index of its first line among all lines of the page."""
    segment: int
    """Rises at every heading, byline, jump line and page line."""
    below: Piece | None = None
    """The next paragraph of the same column, with no white space between."""
    next: Piece | None = None
    """The piece in which its last sentence goes on."""
    jump: bool = False
    """Does it stand right above "See page 3" or right below "From page 1"?"""
    linked: bool = False
    """Does its first sentence begin in another piece?"""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True, eq=False)
class Chain:
    pieces: list[Piece]
    paragraphs: list[list[Line]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for i, piece in enumerate(self.pieces):
            if i and self.pieces[i - 1].next is piece:
                self.paragraphs[-1] = self.paragraphs[-1] + piece.lines
            else:
                self.paragraphs.append(list(piece.lines))

    @property
    def position(self) -> int:
        """Where it stands on the page; a first line that was moved away does not count."""
        return min(piece.position for piece in self.pieces)

    @property
    def segment(self) -> int:
        return min(self.pieces, key=_position).segment

    @property
    def text(self) -> str:
        return "\n".join(piece.text for piece in self.pieces)

    def split(self) -> list[Chain]:
        """A chain for each paragraph."""
        groups: list[list[Piece]] = []
        for i, piece in enumerate(self.pieces):
            if i and self.pieces[i - 1].next is piece:
                groups[-1].append(piece)
            else:
                groups.append([piece])
        return [Chain(group) for group in groups]

    def crosses(self, other: Chain) -> bool:
        """Do the two run side by side, each with a part between parts of the other?"""
        return self._leaps(other) and other._leaps(self)

    def _leaps(self, other: Chain) -> bool:
        theirs = [piece.position for piece in other.pieces]
        steps = zip(self.pieces, self.pieces[1:], strict=False)
        return any(a.position < at < b.position for a, b in steps for at in theirs)


def _position(piece: Piece) -> int:
    return piece.position


def build_chains(lines: list[Line]) -> list[Chain]:
    """The body text of a page as chains, in the order of the page."""
    pieces = _cut(lines)
    _link(pieces)
    pieces = _split_for_orphans(pieces)
    _link_neighbours(pieces)
    return _chains(pieces)


def paragraphs(lines: list[Line]) -> list[list[Line]]:
    """The body lines of one article in their order, cut into paragraphs."""
    found: list[list[Line]] = []
    for piece in _cut(lines):
        if found and wants_more(found[-1][-1].text) and wants_before(piece.lines[0].text):
            found[-1] = found[-1] + piece.lines
        else:
            found.append(list(piece.lines))
    return found


def _cut(lines: list[Line]) -> list[Piece]:
    width = column_width(lines)
    pieces: list[Piece] = []
    segment, fresh, jump = 0, True, False
    for i, line in enumerate(lines):
        if line.kind is not Kind.BODY:
            segment += line.kind in _BOUNDARIES
            if line.kind is Kind.JUMP_TO and pieces:
                pieces[-1].jump = True
            jump = line.kind is Kind.JUMP_FROM or (jump and line.kind is Kind.FURNITURE)
            fresh = fresh or line.kind is not Kind.CROSSHEAD
            continue
        above = pieces[-1].lines[-1] if pieces else None
        if above is None or fresh or line.gap or junction(above.text, line.text) is Junction.BROKEN:
            pieces.append(Piece([line], i, segment))
        elif ends_sentence(above.text) and (
            lines[i - 1].kind is Kind.CROSSHEAD or breaks_early(above, line, width, slack=0)
        ):
            pieces.append(Piece([line], i, segment))
            pieces[-2].below = pieces[-1]
        else:
            pieces[-1].lines.append(line)
        pieces[-1].jump |= jump
        fresh = jump = False
    return pieces


def _link(pieces: list[Piece]) -> None:
    """Join sentences cut in two, the most certain first. Only what begins in mid-sentence asks for it."""
    pairs = {pair for piece in pieces for pair in _word_pairs(piece.text)}
    scored = []
    for j, head in enumerate(pieces):
        if head.linked or not wants_before(head.lines[0].text):
            continue
        for i in range(max(j - _REACH, 0), min(j + _REACH, len(pieces))):
            tail = pieces[i]
            if i != j and not tail.next and not tail.below and wants_more(tail.lines[-1].text):
                score = _affinity(tail, head, j - i, pairs)
                if score > _LEAST:
                    scored.append((score, i, j))
    # Union-find over the pieces, so that no chain bites its own tail.
    group = list(range(len(pieces)))
    for _, i, j in sorted(scored, key=_best_first):
        tail, head = pieces[i], pieces[j]
        if not tail.next and not head.linked and _root(group, i) != _root(group, j):
            tail.next, head.linked = head, True
            group[_root(group, j)] = _root(group, i)


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _word_pairs(text: str) -> list[tuple[str, str]]:
    found = words(text.casefold())
    return list(itertools.pairwise(found))


def _best_first(candidate: tuple[float, int, int]) -> tuple[float, int, int]:
    score, i, j = candidate
    return -score, i, j


def _affinity(tail: Piece, head: Piece, distance: int, pairs: set[tuple[str, str]]) -> float:
    last, first = tail.lines[-1].text, head.lines[0].text
    grade = junction(last, first)
    if grade is Junction.BROKEN:
        return 0.0
    score = float(grade)
    if grade is Junction.SURE and last.endswith("-"):
        score += 1  # two halves that make a known word
    elif not last.endswith("-"):
        seam = (words(last.casefold())[-1:], words(first.casefold())[:1])
        score += 0.8 * (tuple(word for side in seam for word in side) in pairs)
    score -= _BESIDE * (abs(distance) - 1) + (_BACKWARD if distance < 0 else 0)
    apart = tail.segment != head.segment and not (tail.jump and head.jump)
    return score - (_ELSEWHERE if apart else 0)


def _split_for_orphans(pieces: list[Piece]) -> list[Piece]:
    """A piece begins in mid-sentence and nothing asks for it: the sentence was cut where another column
    happens to read on ("for a year / Yellowknife's"). Cut at the nearest such place above it."""
    done: list[Piece] = []
    for head in pieces:
        if not head.linked and wants_before(head.lines[0].text):
            _split_above(done, head)
        done.append(head)
    return done


def _split_above(above: list[Piece], head: Piece) -> None:
    first = head.lines[0].text
    for i in range(len(above) - 1, max(len(above) - 6, -1), -1):
        tail = above[i]
        if tail.segment != head.segment:
            return
        for k in range(len(tail.lines) - 1, 0, -1):
            upper, lower = tail.lines[k - 1].text, tail.lines[k].text
            if junction(upper, lower) is Junction.OPEN and junction(upper, first) > Junction.OPEN:
                if not _leads_to(head, tail):
                    _split(above, i, k, head)
                    return


def _leads_to(start: Piece, goal: Piece) -> bool:
    """Is `goal` in the rest of the chain that `start` begins?"""
    piece: Piece | None = start
    for _ in range(_REACH):
        if piece is None or piece is goal:
            break
        piece = piece.next or piece.below
    return piece is not None


def _split(pieces: list[Piece], i: int, k: int, head: Piece) -> None:
    tail = pieces[i]
    rest = Piece(tail.lines[k:], tail.position + k, tail.segment, tail.below, tail.next)
    tail.lines, tail.below, tail.next = tail.lines[:k], None, head
    head.linked = True
    pieces.insert(i + 1, rest)


def _link_neighbours(pieces: list[Piece]) -> None:
    """A sentence cut before a name goes on in the next piece, where that may be."""
    for tail, head in itertools.pairwise(pieces):
        free = not tail.next and not tail.below and not head.linked
        if free and tail.segment == head.segment and wants_more(tail.lines[-1].text):
            fits = junction(tail.lines[-1].text, head.lines[0].text) is not Junction.BROKEN
            if fits and not _leads_to(head, tail):
                tail.next, head.linked = head, True


def _chains(pieces: list[Piece]) -> list[Chain]:
    followers = {id(after) for piece in pieces if (after := piece.next or piece.below)}
    chains = []
    for piece in pieces:
        if id(piece) in followers:
            continue
        members: list[Piece] = []
        step: Piece | None = piece
        while step is not None:
            members.append(step)
            step = step.next or step.below
        chains.append(Chain(members))
    return sorted(chains, key=_chain_position)


def _chain_position(chain: Chain) -> int:
    return chain.position
