"""The same story in two places: reprinted, syndicated, updated. One article with two sources comes of it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kg.ingest.sketches import shingles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ingest.shelf import Shelf
    from kg.ingest.sketches import Sketches
    from kg.model import Article

_SAME = 0.7
"""The part of the shorter text's word sequences that stand in the longer one too."""


def merge_same(shelf: Shelf, sketches: Sketches) -> None:
    """Leave one article of each story on the shelf, in the place of its first: the longest version, with all
    its sources. There is a sketch for each article."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, leader in enumerate(_leaders(shelf, sketches)):
        if leader != number:
            groups[leader].append(number)
    for leader, others in groups.items():
        shelf.put(leader, _merged(shelf.get(number) for number in (leader, *others)))
        for number in others:
            shelf.remove(number)


def _merged(group: Iterable[Article]) -> Article:
    kept: Article | None = None
    sources: set[str] = set()
    for article in group:
        sources.update((article.source, *article.also_in))
        if kept is None or len(article.text) > len(kept.text):
            kept = article
    assert kept is not None
    return replace(kept, also_in=tuple(sorted(sources - {kept.source})))


def _leaders(shelf: Shelf, sketches: Sketches) -> array[int]:
    """For each article the first of its story: found by their sketches, then compared exactly."""
    leaders = array("q", range(len(shelf)))

    # Two: one text is compared with many.
    @lru_cache(maxsize=2)
    def text_of(number: int) -> str:
        return shelf.get(number).text

    @lru_cache(maxsize=2)
    def shingles_of(number: int) -> set[tuple[str, ...]]:
        return shingles(text_of(number))

    def same(one: int, other: int) -> bool:
        if text_of(one) == text_of(other):
            return True
        mine, theirs = shingles_of(one), shingles_of(other)
        return len(mine & theirs) >= _SAME * min(len(mine), len(theirs))

    def join(run: list[int]) -> None:
        stories: list[list[int]] = []
        for number in run:
            own, others = [number], []
            for story in stories:
                a, b = _leader(leaders, story[0]), _leader(leaders, number)
                # A story of a thousand copies is known by its first.
                if a == b or any(same(number, other) for other in story):
                    leaders[max(a, b)] = min(a, b)
                    story += own
                    own = story
                else:
                    others.append(story)
            stories = [*others, own]

    for run in sketches.equal_texts():
        join(run)
    distinct = np.flatnonzero(np.frombuffer(leaders, np.int64) == np.arange(len(leaders)))
    for run in sketches.alike(distinct):
        join(run)
    for number in range(len(leaders)):
        leaders[number] = _leader(leaders, number)
    return leaders


def _leader(leaders: array[int], number: int) -> int:
    while leaders[number] != number:
        leaders[number] = leaders[leaders[number]]
        number = leaders[number]
    return number
