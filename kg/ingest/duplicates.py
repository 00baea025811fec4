"""The same story in two places: reprinted, syndicated, updated. One article with two sources comes of it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kg.components import Components
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
    for first, *others in _stories(shelf, sketches):
        if others:
            shelf.put(first, _merged(shelf.get(number) for number in (first, *others)))
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


def _stories(shelf: Shelf, sketches: Sketches) -> Components:
    """The numbers of the articles of each story: found by their sketches, then compared exactly."""
    found = Components(len(shelf))

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
                # A story of a thousand copies is known by its first.
                if found.find(story[0]) == found.find(number) or any(same(number, other) for other in story):
                    found.join(story[0], number)
                    story += own
                    own = story
                else:
                    others.append(story)
            stories = [*others, own]

    for run in sketches.equal_texts():
        join(run)
    distinct = np.fromiter(found.firsts(), np.intp)
    for run in sketches.alike(distinct):
        join(run)
    return found
