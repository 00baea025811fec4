"""Which spans may stand in a relation, and the numbers by which the relation model sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.reader_spans import COUNTRY, DATE, INSTITUTION, PLACE, PROJECT
from kg.extract.reader_text import SHAPES
from kg.vocab import SIGNATURES, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.extract.reader_spans import Span
    from kg.extract.reader_text import Text, Window

PREDICATES = tuple(Predicate)
NUMBERS = (INSTITUTION, PROJECT, COUNTRY, PLACE, DATE)
KINDS: tuple[Kind | None, ...] = (Kind.INSTITUTION, Kind.PROJECT, Kind.COUNTRY, Kind.PLACE, None)
"""By the numbers of `reader_spans`; a date has no kind."""
assert len(KINDS) == len(NUMBERS)

ALLOWED = np.array([[[(a, b) in SIGNATURES[p] for p in PREDICATES] for b in KINDS] for a in KINDS])
"""[subject kind, object kind, predicate]"""
NEAR, REACH = 2, 14
"""Sentences from a subject to an object, at most: of any two spans; of a span and the last before it that
stands for the same thing ("Members now include ..." may be far below the project's name)."""
TOKEN_TYPES = SHAPES + 2 * len(KINDS)
DISTANCES = 25
FAR = 6
"""From here on, sentences apart are one distance."""
MAX_SPANS = 160
"""Spans of one window that are looked at; more than any real page holds in a window."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidates of one window. m spans, p pairs; places are pieces of the window's input.

    spans [m, 5]: first piece, last piece, kind, first and last piece of its sentence
    same [m, m]: 1/n where two spans are of one group of n, else 0
    pairs [p, 2]: subject and object, as rows of `spans`
    between [p, 2]: the pieces from one span's end to the other's start, both included
    distance [p]: one of `DISTANCES`
    """

    index: NDArray[np.int64]
    """[m]: which of the text's spans each row is."""
    spans: NDArray[np.int64]
    same: NDArray[np.float32]
    pairs: NDArray[np.int64]
    between: NDArray[np.int64]
    distance: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    """[p, predicates]"""


def mark(text: Text, spans: Sequence[Span]) -> NDArray[np.int64]:
    """Token types of a text's pieces: the word's shape, or inside a span its kind; inner spans on top."""
    types = text.shapes.copy()
    for span in sorted(spans, key=lambda s: s.first - s.last):
        first, last = text.first[span.first], text.last[span.last]
        types[first : last + 1] = SHAPES + 2 * span.kind + 1
        types[first] = SHAPES + 2 * span.kind
    return types


def candidates(text: Text, spans: Sequence[Span], window: Window) -> Pairs:
    """Every ordered pair of spans in a window whose kinds may stand in some relation."""
    index = [i for i, s in enumerate(spans) if window.first <= s.first and s.last < window.stop][:MAX_SPANS]
    rows = np.zeros((len(index), 5), dtype=np.int64)
    sentence = np.zeros(len(index), dtype=np.int64)
    for row, i in enumerate(index):
        span = spans[i]
        sentence[row] = text.sentence[span.first]
        bounds = text.bounds[sentence[row] : sentence[row] + 2]
        rows[row] = (
            window.at(text.first[span.first]),
            window.at(text.last[span.last]),
            span.kind,
            window.at(text.first[bounds[0]]),
            window.at(text.last[bounds[1] - 1]),
        )
    groups = np.unique([spans[i].group for i in index], return_inverse=True)[1] if index else np.zeros(0, int)
    equal = (groups[:, None] == groups[None]).astype(np.float32)
    same = equal / np.maximum(equal.sum(1, keepdims=True), 1)
    allowed = ALLOWED[rows[:, 2][:, None], rows[:, 2][None]]
    pairs = np.argwhere(allowed.any(-1) & _within_reach(sentence, groups) & (equal == 0))
    subject, obj = rows[pairs[:, 0]], rows[pairs[:, 1]]
    low = np.minimum(np.minimum(subject[:, 1], obj[:, 1]), np.maximum(subject[:, 0], obj[:, 0]))
    high = np.maximum(subject[:, 0], obj[:, 0])
    return Pairs(
        index=np.array(index, dtype=np.int64),
        spans=rows,
        same=same.astype(np.float32),
        pairs=pairs,
        between=np.stack([low, high], 1),
        distance=_distance(subject, obj, sentence[pairs[:, 1]] - sentence[pairs[:, 0]]),
        allowed=allowed[pairs[:, 0], pairs[:, 1]],
    )


def _within_reach(sentence: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.bool_]:
    """[m, m]: near enough to each other, or the earlier the last of its group before the later."""
    count = len(sentence)
    again = np.full(count, count)
    seen: dict[int, int] = {}
    for row in range(count - 1, -1, -1):
        again[row] = seen.get(int(groups[row]), count)
        seen[int(groups[row])] = row
    rows = np.arange(count)
    last_before = (rows[:, None] < rows[None]) & (again[:, None] > rows[None])
    apart = np.abs(sentence[:, None] - sentence[None])
    near: NDArray[np.bool_] = (apart <= NEAR) | ((apart <= REACH) & (last_before | last_before.T))
    return near


def _distance(
    subject: NDArray[np.int64], obj: NDArray[np.int64], sentences: NDArray[np.int64]
) -> NDArray[np.int64]:
    """0 to 12: sentences apart; 13 to 22: pieces apart in a sentence, by order; 23, 24: one in the other."""
    gap = np.maximum(subject[:, 0], obj[:, 0]) - np.minimum(subject[:, 1], obj[:, 1])
    bucket = np.searchsorted([2, 4, 8, 20], gap)
    distance = np.where(
        sentences == 0, 13 + bucket + 5 * (obj[:, 0] > subject[:, 0]), np.clip(sentences, -FAR, FAR) + FAR
    )
    inside = (obj[:, 0] <= subject[:, 0]) & (subject[:, 1] <= obj[:, 1])
    around = (subject[:, 0] <= obj[:, 0]) & (obj[:, 1] <= subject[:, 1])
    return np.where(inside, 23, np.where(around, 24, distance))
