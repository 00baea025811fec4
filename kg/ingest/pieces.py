"""Runs of body text, and the order in which they read: sentences cut by a column or a page are made whole.

A *piece* is a stretch of lines that surely read on. A *chain* is a list of pieces that belong together
because a sentence goes on from one to the next, or because they stand in one column with nothing between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.clean import FUNCTION_WORDS
from kg.ingest.columns import breaks_early, column_width
from kg.ingest.cues import ends_sentence
from kg.ingest.junctions import Junction, junction, wants_before, wants_more
from kg.ingest.lines import Kind, words
from kg.ingest.turns import take_turns

if TYPE_CHECKING:
    from kg.ingest.lines import Line

_BOUNDARIES = frozenset({Kind.HEADLINE, Kind.LABEL, Kind.BYLINE, Kind.JUMP_TO, Kind.JUMP_FROM, Kind.PAGE})
_HEADINGS = frozenset({Kind.HEADLINE, Kind.LABEL, Kind.BYLINE})
_BESIDE = 0.12
"""What each piece between two halves of a sentence costs, against one grade of Junction. Where first lines
of paragraphs were moved to the end of the text, it counts how far they are out of step."""
_LEAST = 0.5
_ELSEWHERE = 0.6
"""What it costs that a jump line stands between the halves."""
_REACH = 40


@dataclass(slots=True, eq=False)
class Piece:
    lines: list[Line]
    position: int
    """The index of its first line among all lines of the page."""
    zone: int
    """Rises at every headline, byline and name of a section: no sentence leaps over these, except to where
    "From page 1" stands."""
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
        """Do the two run side by side, with a part of one between parts of the other?"""
        return self._leaps(other) or other._leaps(self)

    def turns_back(self) -> bool:
        """Does a sentence go on further up the page?"""
        return any(a.position > b.position for a, b in pairwise(self.pieces))

    def _leaps(self, other: Chain) -> bool:
        theirs = [piece.position for piece in other.pieces]
        steps = zip(self.pieces, self.pieces[1:], strict=False)
        return any(a.position < at < b.position for a, b in steps for at in theirs)


def _position(piece: Piece) -> int:
    return piece.position


def build_chains(lines: list[Line]) -> list[Chain]:
    """The body text of a page as chains, in the order of the page."""
    pieces = _cut(lines)
    take_turns(pieces)
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
    pieces: list[Piece] = []
    zone, segment, fresh, jump = 0, 0, True, False
    for i, line in enumerate(lines):
        if line.kind is not Kind.BODY:
            segment += line.kind in _BOUNDARIES
            zone += line.kind in _HEADINGS
            if line.kind is Kind.JUMP_TO and pieces:
                pieces[-1].jump = True
            jump = line.kind is Kind.JUMP_FROM or (jump and line.kind is Kind.FURNITURE)
            fresh = fresh or line.kind is not Kind.CROSSHEAD
            continue
        above = pieces[-1].lines[-1] if pieces else None
        if above is None or fresh or line.gap or not _surely_reads_on(above.text, line.text):
            pieces.append(Piece([line], i, zone, segment))
        elif ends_sentence(above.text) and (
            lines[i - 1].kind is Kind.CROSSHEAD
            or breaks_early(above, line, column_width(lines, i - 1), slack=0)
        ):
            pieces.append(Piece([line], i, zone, segment))
            pieces[-2].below = pieces[-1]
        else:
            pieces[-1].lines.append(line)
        pieces[-1].jump |= jump
        fresh = jump = False
    return pieces


def _surely_reads_on(upper: str, lower: str) -> bool:
    """Halves that make no known word are left to _link, which joins them where nothing fits better."""
    grade = junction(upper, lower)
    return grade > Junction.OPEN or (
        grade is Junction.OPEN and not (upper.endswith("-") and wants_before(lower))
    )


def _link(pieces: list[Piece]) -> None:
    """Join sentences cut in two, the most certain first. Only what begins in mid-sentence asks for it."""
    pairs = {pair for piece in pieces for pair in _word_pairs(piece.text)}
    # Union-find over the pieces, so that no chain bites its own tail.
    group = list(range(len(pieces)))
    for backward in (False, True):
        tails, heads = _open_tails(pieces), _open_heads(pieces)
        tail_turn, head_turn = _turns(pieces, tails), _turns(pieces, heads)
        scored = []
        for rank, j in enumerate(heads):
            near = range(bisect_left(tails, j - _REACH), bisect_left(tails, j + _REACH))
            for at in near:
                i = tails[at]
                if (i > j) is backward and i != j:
                    off = abs(at - rank) if backward else 0.5 * (j - i - 1) + abs(tail_turn[i] - head_turn[j])
                    score = _affinity(pieces[i], pieces[j], off, pairs)
                    if score > _LEAST:
                        scored.append((score, i, j))
        for _, i, j in sorted(scored, key=_best_first):
            tail, head = pieces[i], pieces[j]
            if not tail.next and not head.linked and _root(group, i) != _root(group, j):
                tail.next, head.linked = head, True
                group[_root(group, j)] = _root(group, i)


def _turns(pieces: list[Piece], chosen: list[int]) -> dict[int, int]:
    """Which of the chosen pieces of its segment is each? Columns take turns in the same order all the way."""
    counts: Counter[int] = Counter()
    turns = {}
    for i in chosen:
        turns[i] = counts[pieces[i].segment]
        counts[pieces[i].segment] += 1
    return turns


def _open_tails(pieces: list[Piece]) -> list[int]:
    return [
        i
        for i, piece in enumerate(pieces)
        if not (piece.next or piece.below) and wants_more(piece.lines[-1].text)
    ]


def _open_heads(pieces: list[Piece]) -> list[int]:
    return [j for j, piece in enumerate(pieces) if not piece.linked and wants_before(piece.lines[0].text)]


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _word_pairs(text: str) -> list[tuple[str, str]]:
    found = words(text.casefold())
    return list(pairwise(found))


def _best_first(candidate: tuple[float, int, int]) -> tuple[float, int, int]:
    score, i, j = candidate
    return -score, i, j


def _affinity(tail: Piece, head: Piece, off: float, pairs: set[tuple[str, str]]) -> float:
    last, first = tail.lines[-1].text, head.lines[0].text
    grade = junction(last, first)
    jump = tail.jump and head.jump
    if grade is Junction.BROKEN or (tail.zone != head.zone and not jump):
        return 0.0
    score = float(grade)
    if grade is Junction.SURE and last.endswith("-"):
        # Two halves that make a known word: the longer, the surer.
        score += min(len(words(last)[-1] + words(first)[0]) / 6, 2)
    elif not last.endswith("-"):
        seam = (words(last.casefold())[-1:], words(first.casefold())[:1])
        if last.split()[-1].lower() in FUNCTION_WORDS:
            score += 0.5
        score += 0.8 * (tuple(word for side in seam for word in side) in pairs)
    score -= _BESIDE * off
    return score - (_ELSEWHERE if tail.segment != head.segment and not jump else 0)


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
            doubtful = junction(upper, lower) is Junction.OPEN and junction(upper, first) > Junction.OPEN
            if doubtful and not _leads_to(head, tail):
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
    rest = Piece(tail.lines[k:], tail.position + k, tail.zone, tail.segment, tail.below, tail.next)
    tail.lines, tail.below, tail.next = tail.lines[:k], None, head
    head.linked = True
    pieces.insert(i + 1, rest)


def _link_neighbours(pieces: list[Piece]) -> None:
    """A sentence cut before a name goes on in one of the next pieces, where that may be."""
    continued = {id(piece.below) for piece in pieces}
    for i, tail in enumerate(pieces):
        if tail.next or tail.below or not wants_more(tail.lines[-1].text):
            continue
        free = [
            (junction(tail.lines[-1].text, head.lines[0].text), -n)
            for n, head in enumerate(pieces[i + 1 : i + 5])
            if not head.linked and id(head) not in continued and head.segment == tail.segment
        ]
        good = [pair for pair in free if pair[0] >= Junction.LIKELY] or [
            pair for pair in free if pair == (Junction.OPEN, 0)
        ]
        if not good:
            continue
        head = pieces[i + 1 - max(good, key=itemgetter(1))[1]]
        if not _leads_to(head, tail):
            tail.next, head.linked = head, True


def _chains(pieces: list[Piece]) -> list[Chain]:
    followers = {id(after) for piece in pieces if (after := piece.next or piece.below)}
    chains = []
    seen: set[int] = set()
    # Pieces in a ring, each after another one, come last: no text is lost, and nothing runs for ever.
    for piece in sorted(pieces, key=lambda piece: id(piece) in followers):
        members: list[Piece] = []
        step: Piece | None = piece
        while step is not None and id(step) not in seen:
            seen.add(id(step))
            members.append(step)
            step = step.next or step.below
        if members:
            chains.append(Chain(members))
    return sorted(chains, key=_chain_position)


def _chain_position(chain: Chain) -> int:
    return chain.position
