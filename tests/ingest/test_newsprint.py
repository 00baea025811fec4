"""The page splitter on made pages whose articles are known, a few of each kind of mess."""

from __future__ import annotations

from functools import cache

import pytest
from clippings import load_stories
from newsprint import KINDS, make_page
from score_newsprint import score

COUNT = 4
FLOORS = {
    # kind: words, cluster, titles; about .01 below what was measured, .03 for clusters
    "markdown": (0.98, 0.97, 0.99),
    "spaced": (0.98, 0.94, 0.99),
    "dense": (0.98, 0.96, 0.9),
    "below": (0.98, 0.92, 0.99),
    "detached": (0.98, 0.88, 0.85),
    "unnamed": (0.98, 0.85, 0.9),
    "turns": (0.98, 0.9, 0.95),
    "tight": (0.97, 0.7, 0.85),
    "moved": (0.97, 0.9, 0.95),
    "running": (0.98, 0.94, 0.99),
    "noisy": (0.98, 0.93, 0.95),
}


@cache
def figures(kind: str) -> dict[str, float]:
    long, briefs = load_stories()
    return score([make_page(kind, seed, long, briefs) for seed in range(COUNT)])


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_every_kind_keep_their_floors(kind: str) -> None:
    measured = figures(kind)
    words, cluster, titles = FLOORS[kind]
    assert measured["words"] >= words
    assert measured["cluster"] >= cluster
    assert measured["titles"] >= titles


@pytest.mark.parametrize("kind", KINDS)
def test_hardly_a_word_of_captions_and_advertisements_is_in_an_article(kind: str) -> None:
    assert figures(kind)["stray"] <= 0.04


@pytest.mark.parametrize("kind", KINDS)
def test_the_date_of_every_page_is_found(kind: str) -> None:
    assert figures(kind)["dates"] == 1
