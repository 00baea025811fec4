"""The same story in two places: reprinted, syndicated, updated. One article with two sources comes of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from kg.ingest.lines import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Article

_SHINGLE = 4
_PERMUTATIONS = 64
_CANDIDATE = 0.35
"""The Jaccard likeness from which two texts are compared word by word. Low: it only saves work."""
_SAME = 0.7
"""The part of the shorter text's word sequences that stand in the longer one too."""
_FEWEST = 20
"""Word sequences; of shorter notes, only those with the same text are the same."""


def merge_same(articles: Sequence[Article]) -> list[Article]:
    """One article for each story, in the order of the articles: the longest version, with all its sources."""
    leaders = list(range(len(articles)))
    for a, b in _same_pairs(articles):
        a, b = _leader(leaders, a), _leader(leaders, b)
        leaders[max(a, b)] = min(a, b)
    groups: dict[int, list[Article]] = defaultdict(list)
    for n, article in enumerate(articles):
        groups[_leader(leaders, n)].append(article)
    return [_merged(group) for group in groups.values()]


def _leader(leaders: list[int], n: int) -> int:
    while leaders[n] != n:
        leaders[n] = leaders[leaders[n]]
        n = leaders[n]
    return n


def _merged(group: list[Article]) -> Article:
    kept = max(group, key=_length)
    also = {source for article in group for source in (article.source, *article.also_in)} - {kept.source}
    return replace(kept, also_in=tuple(sorted(also))) if also else kept


def _length(article: Article) -> int:
    return len(article.text)


def _same_pairs(articles: Sequence[Article]) -> list[tuple[int, int]]:
    """Pairs of indices, smaller first, sorted: found with MinHash (Broder, 1997), then compared exactly."""
    first: dict[str, int] = {}
    pairs = []
    for n, article in enumerate(articles):
        if article.text in first:
            pairs.append((first[article.text], n))
        else:
            first[article.text] = n
    distinct = list(first.values())
    if len(distinct) < 2:
        return pairs
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
    # A checksum is hash enough, at a third of the time of SHA-1; a copy draws no permutations anew.
    empty = MinHash(num_perm=_PERMUTATIONS, hashfunc=crc32)
    for n in distinct:
        shingles = _shingles(articles[n].text)
        if len(shingles) < _FEWEST:
            continue
        sketch = empty.copy()
        sketch.update_batch([" ".join(shingle).encode() for shingle in shingles])
        for other in sorted(index.query(sketch)):
            theirs = _shingles(articles[other].text)
            if len(shingles & theirs) >= _SAME * min(len(shingles), len(theirs)):
                pairs.append((other, n))
        index.insert(n, sketch)
    return sorted(pairs)


def _shingles(text: str) -> set[tuple[str, ...]]:
    """All sequences of four words."""
    found = words(text.casefold())
    return set(zip(*(found[i:] for i in range(_SHINGLE)), strict=False))
