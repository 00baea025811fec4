"""Columns that take turns: blocks of text cut anywhere and printed one column after the other, line by line.

A beam search over all ways to give each block to a column: sentences cut in two should be made whole, columns
keep their turns, and the blocks of one column speak of the same things.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from kg.ingest.junctions import Junction, junction, wants_before, wants_more
from kg.ingest.likeness import Weights, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.pieces import Piece

_FEWEST_BREAKS = 3
"""Sentences that the next block does not end, before columns are looked for at all."""
_FEWEST_CONFLICTS = 2
_CONFLICT_RATE = 1 / 8
"""Where columns take turns, at least so many of the blocks do not read on into the next one."""
_MOST_COLUMNS = 4
_MOST_BLOCKS = 80
_BEAM = 60

_GRADES = {Junction.BROKEN: -3.0, Junction.OPEN: -0.2, Junction.LIKELY: 1.0, Junction.SURE: 2.0}
_KNOWN_WORD = 0.7
_OUT_OF_NOWHERE = -3.0
"""A block that begins in mid-sentence below one that ends a sentence."""
_OPEN_END = -2.0
_NEW_COLUMN = -0.8
_IN_TURN = 0.6
_SAME_AGAIN = -0.3
_KIN = 20.0


def take_turns(pieces: list[Piece]) -> None:
    """Link the pieces of columns that are printed in turns, block by block with white space between; where
    there are none, those of sentences that go on in the next piece."""
    for _, group in groupby(pieces, key=_segment):
        blocks = _blocks(list(group))
        ends = [_ends(block) for block in blocks]
        if _conflicts(ends) < max(1, _CONFLICT_RATE * len(blocks)):
            _read_on(blocks)
        for column in columns_in_turn(ends) or ():
            for upper, lower in pairwise(column):
                tail, head = blocks[upper][-1], blocks[lower][0]
                if wants_more(tail.lines[-1].text):
                    tail.next, head.linked = head, True
                else:
                    tail.below = head


def _read_on(blocks: list[list[Piece]]) -> None:
    for above, below in pairwise(blocks):
        tail, head = above[-1], below[0]
        upper, lower = tail.lines[-1].text, head.lines[0].text
        if wants_more(upper) and junction(upper, lower) >= Junction.LIKELY:
            tail.next, head.linked = head, True


def _conflicts(blocks: Sequence[tuple[str, str, str]]) -> int:
    """How many blocks do not read on into the next one as it stands?"""
    return sum(junction(above[1], below[0]) is Junction.BROKEN for above, below in pairwise(blocks))


def _segment(piece: Piece) -> int:
    return piece.segment


def _blocks(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that stand below one another without white space."""
    below = {id(piece.below) for piece in pieces}
    blocks: list[list[Piece]] = []
    for piece in pieces:
        if id(piece) in below:
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def _ends(block: list[Piece]) -> tuple[str, str, str]:
    text = "\n".join(piece.text for piece in block)
    return block[0].lines[0].text, block[-1].lines[-1].text, text


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    columns: tuple[tuple[int, ...], ...]
    last: int


def columns_in_turn(blocks: Sequence[tuple[str, str, str]]) -> list[list[int]] | None:
    """The indices of the blocks of each column, or None where the blocks do not take turns.

    A block is its first line, its last line and its whole text.
    """
    if not _FEWEST_BREAKS < len(blocks) <= _MOST_BLOCKS:
        return None
    grades = [
        [junction(above[1], below[0]) if wants_more(above[1]) else None for below in blocks]
        for above in blocks
    ]
    breaks = sum(grades[i][i + 1] is not None for i in range(len(blocks) - 1))
    conflicts = max(_FEWEST_CONFLICTS, _CONFLICT_RATE * len(blocks))
    if breaks < _FEWEST_BREAKS or _conflicts(blocks) < conflicts:
        return None
    search = _Search(blocks, grades)
    best = max((search.run(count) for count in range(1, _MOST_COLUMNS + 1)), key=_score)
    return [list(column) for column in best.columns] if len(best.columns) > 1 else None


def _score(state: _State) -> float:
    return state.score


class _Search:
    def __init__(self, blocks: Sequence[tuple[str, str, str]], grades: list[list[Junction | None]]) -> None:
        self._blocks = blocks
        self._grades = grades
        weights = Weights.of([text for _, _, text in blocks])
        held = [stems(text) for _, _, text in blocks]
        kin = [[weights.kinship(a, b) for b in held] for a in held]
        usual = fmean(kin[i][j] for i in range(len(held)) for j in range(i))
        self._kin = [[value - usual for value in row] for row in kin]
        self._begins_within = [wants_before(first) for first, _, _ in blocks]

    def run(self, count: int) -> _State:
        """The best way to share the blocks among at most `count` columns."""
        beam = [_State(0.0, (), -1)]
        for block in range(len(self._blocks)):
            grown = [state for before in beam for state in self._steps(before, block, count)]
            beam = sorted(grown, key=_score, reverse=True)[:_BEAM]
        return max((self._ended(state) for state in beam), key=_score)

    def _steps(self, state: _State, block: int, count: int) -> list[_State]:
        steps = []
        columns = state.columns
        for c, column in enumerate(columns):
            score = state.score + self._fit(column, block)
            if len(columns) > 1:
                score += _IN_TURN if c == (state.last + 1) % len(columns) else 0
            score += _SAME_AGAIN if c == state.last else 0
            steps.append(_State(score, (*columns[:c], (*column, block), *columns[c + 1 :]), c))
        if len(columns) < count:
            score = state.score + _NEW_COLUMN + (_OUT_OF_NOWHERE if self._begins_within[block] else 0)
            steps.append(_State(score, (*columns, (block,)), len(columns)))
        return steps

    def _fit(self, column: tuple[int, ...], block: int) -> float:
        tail = column[-1]
        grade = self._grades[tail][block]
        if grade is not None:
            score = _GRADES[grade]
            if grade is Junction.SURE and self._blocks[tail][1].endswith("-"):
                score += _KNOWN_WORD
        else:
            score = _OUT_OF_NOWHERE if self._begins_within[block] else 0.0
        return score + _KIN * sum(self._kin[other][block] for other in column) / len(column)

    def _ended(self, state: _State) -> _State:
        open_ends = sum(wants_more(self._blocks[column[-1]][1]) for column in state.columns)
        return _State(state.score + _OPEN_END * open_ends, state.columns, state.last)
