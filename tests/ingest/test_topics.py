"""Texts cut where their subject changes, and lines that were moved away brought home."""

from __future__ import annotations

import random

import pytest
from clippings import load_stories
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest import split_page
from kg.ingest.likeness import Weights
from kg.ingest.lines import read_lines
from kg.ingest.moved import bring_home
from kg.ingest.topics import cuts

LONG, _ = load_stories()


def test_three_stories_in_a_row_are_cut_into_three() -> None:
    right = number = 0
    for seed in range(30):
        stories = random.Random(seed).sample(LONG, 3)
        paragraphs = [paragraph for story in stories for paragraph in story.paragraphs]
        first = len(stories[0].paragraphs)
        found = cuts(paragraphs, 5)
        right += len({first, first + len(stories[1].paragraphs)} & set(found[2][1]))
        number += max(range(len(found)), key=lambda n: found[n][0]) == 2
    assert right >= 50
    assert number >= 28


def test_a_title_says_where_its_story_is() -> None:
    paragraphs = [
        "Kelp grows in the bays of the islands.",
        "A lamp was lit on the rock.",
        "Ships can see it.",
    ]
    weights = Weights.of(paragraphs)
    titles = [weights.parts(title) for title in ("Kelp of the Islands", "A Lamp on the Rock")]
    assert cuts(paragraphs, 1, titles)[1][1] == [1]


@given(st.lists(st.text(max_size=40), max_size=8), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_cuts_are_in_order_and_within_the_text(paragraphs: list[str], most: int) -> None:
    for count, (_, starts) in enumerate(cuts(paragraphs, most)):
        assert len(starts) == count
        assert starts == sorted(set(starts))
        assert all(0 < start < len(paragraphs) for start in starts)


MOVED = """\
The lamp of Skerry was lit by the keepers of the north-
ern coast, who had waited for the oil since the win-
longs to the institute of the sea and shines for thirty kilo-
meters over the sound, so that every ship can find the har-
tries in equal parts, and the museum keeps the old lamp un-
ned for the island of Runde, where the birds are counted eve-
ter.
bor.
der glass.
ry night.
The new lamp, which is electric, be-
The work was paid by the two coun-
Now a second one is being plan-
"""


def test_first_and_last_lines_that_were_moved_behind_the_text_come_home() -> None:
    (article,) = split_page(MOVED, source="a.txt")
    assert article.text == (
        "The lamp of Skerry was lit by the keepers of the northern coast, who had waited for the oil since "
        "the winter.\n\n"
        "The new lamp, which is electric, belongs to the institute of the sea and shines for thirty "
        "kilometers over the sound, so that every ship can find the harbor.\n\n"
        "The work was paid by the two countries in equal parts, and the museum keeps the old lamp under "
        "glass.\n\n"
        "Now a second one is being planned for the island of Runde, where the birds are counted every night."
    )


@pytest.mark.parametrize("story", LONG[:8], ids=lambda story: story.title[:20])
def test_text_in_its_order_stays_there(story) -> None:
    words = story.text.split()
    lines, _ = read_lines("\n".join(" ".join(words[n : n + 6]) for n in range(0, len(words), 6)))
    assert bring_home(list(lines)) == lines


@given(st.permutations(MOVED.splitlines()))
@settings(max_examples=50, deadline=None)
def test_no_line_is_lost(order: list[str]) -> None:
    lines, _ = read_lines("\n".join(order))
    assert sorted(line.number for line in bring_home(list(lines))) == list(range(1, len(order) + 1))
