"""Where a text changes its subject: several stories below one another, their headlines elsewhere.

A text is cut so that its parts, each with words of its own, are the least surprising: Utiyama and Isahara,
"A Statistical Model for Domain-Independent Text Segmentation" (ACL 2001).
"""

from __future__ import annotations

import re
from collections import Counter
from math import inf, log
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.clean import FUNCTION_WORDS, words_of
from kg.ingest import cues
from kg.ingest.lines import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_PARAGRAPHS = 150
_STEM = 5
_BACKWARD = words_of(
    "it its he his she her they their them this these those that such but and so yet however since then "
    "another other both not some what also mr mrs ms nor or still instead meanwhile moreover thus there"
)
"""Words that point back to what was said before: no story begins with them."""
_OPENS = 12.0
"""What a dateline is worth, in nats, for a story to begin there."""
_POINTS_BACK = -12.0
_TITLE = 60.0
"""What it is worth for a part to hold all words of a title."""
_PART = 9.0
"""What a part costs more than a text of its size must, in nats for each power of e of its words."""


def cuts(
    paragraphs: Sequence[str], most: int, titles: Sequence[Mapping[str, float]] = ()
) -> list[tuple[float, list[int]]]:
    """For each number of cuts up to `most`: what it gains, in nats, and before which paragraphs it cuts.

    The first entry is no cut, and gains 0. A part gains by holding the words of one of the `titles`, each
    given by the weights of its stems, which add up to 1.
    """
    count = len(paragraphs)
    if count < 2 or most < 1 or count > _MOST_PARAGRAPHS:
        return [(0.0, [])]
    costs = _costs(paragraphs, titles)
    # Over the ends of parts: the least cost to cut the first `end` paragraphs into so many parts.
    best: list[tuple[float, list[int]]] = [(0.0, []), *((inf, []) for _ in paragraphs)]
    found = []
    for _ in range(min(most + 1, count)):
        grown: list[tuple[float, list[int]]] = [(inf, [])]
        for end in range(1, count + 1):
            options = [
                (before + costs[start][end - start - 1], [*starts, start])
                for start, (before, starts) in enumerate(best[:end])
            ]
            grown.append(min(options, key=itemgetter(0)))
        best = grown
        found.append(best[count])
    whole = found[0][0]
    return [(whole - cost, starts[1:]) for cost, starts in found]


def _costs(paragraphs: Sequence[str], titles: Sequence[Mapping[str, float]]) -> list[list[float]]:
    """At `[start][n]` what the part of n + 1 paragraphs costs."""
    held = [_stems(text) for text in paragraphs]
    vocabulary = len({stem for stems in held for stem in stems})
    total = sum(map(len, held))
    price = _PART * log(max(total, 2))
    naming: dict[str, list[int]] = {}
    for t, title in enumerate(titles):
        for stem in title:
            naming.setdefault(stem, []).append(t)
    table = []
    for start, text in enumerate(paragraphs):
        counts: Counter[str] = Counter()
        size, weighted, row = 0, 0.0, []
        shares = [0.0] * len(titles)
        opening = _opening(text) if start else 0.0
        for stems in held[start:]:
            for stem in stems:
                n = counts[stem]
                weighted += (n + 1) * log(n + 2) - n * log(n + 1)
                counts[stem] = n + 1
                if not n:
                    for t in naming.get(stem, ()):
                        shares[t] += titles[t][stem]
            size += len(stems)
            row.append(
                price
                - opening
                - _TITLE * max(shares, default=0.0)
                + size * log(max(size + vocabulary, 1))
                - weighted
            )
        table.append(row)
    return table


def _stems(text: str) -> list[str]:
    """The first letters of the words that mean something; names count twice."""
    parts = (part for word in words(text) for part in re.split(r"[-'’]", word))
    return [
        stem
        for part in parts
        if len(part) > 2 and part.casefold() not in FUNCTION_WORDS
        for stem in [part.casefold()[:_STEM]] * (2 if part[0].isupper() else 1)
    ]


def _opening(text: str) -> float:
    """How much the paragraph looks like the beginning of a story."""
    if cues.begins_story(text):
        return _OPENS
    first = (words(text)[:1] or [""])[0].lower()
    if first in _BACKWARD or text[:1] in "\"“'‘" or text[:1].islower():
        return _POINTS_BACK
    return 0.0
