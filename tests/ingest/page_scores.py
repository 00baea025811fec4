"""How well pages are cut into articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def word_f1(gold: list[str], mine: list[str]) -> float:
    """F1 over pairs of neighbouring words."""
    want, got = _pairs(gold), _pairs(mine)
    return 2 * (want & got).total() / max(want.total() + got.total(), 1)


def cluster_f1(gold: list[str], mine: list[str]) -> float:
    """B-cubed F1 over the word triples that stand in one gold article only (Bagga and Baldwin, 1998)."""
    home, found = defaultdict(set), {}
    for i, text in enumerate(gold):
        for triple in _triples(text):
            home[triple].add(i)
    for j, text in enumerate(mine):
        for triple in _triples(text):
            found.setdefault(triple, j)
    items = [(min(where), found.get(triple)) for triple, where in home.items() if len(where) == 1]
    placed = [item for item in items if item[1] is not None]
    if not placed:
        return 0.0
    both, golds, mines = Counter(placed), Counter(g for g, _ in items), Counter(p for _, p in placed)
    precision = sum(n * n / mines[p] for (_, p), n in both.items()) / len(placed)
    recall = sum(n * n / golds[g] for (g, _), n in both.items()) / len(items)
    return 2 * precision * recall / (precision + recall)


def title_share(gold: list[str], mine: list[str]) -> float:
    """The share of the titles that some article has, letters and digits compared."""
    found = {"".join(words(title)) for title in mine}
    return sum("".join(words(title)) in found for title in gold) / len(gold)


def stray_share(gold: list[str], mine: list[str]) -> float:
    """The share of the words of the articles that stand in none of the true ones, in a triple."""
    true = {triple for text in gold for triple in _triples(text)}
    got = [triple for text in mine for triple in _triples(text)]
    return sum(triple not in true for triple in got) / max(len(got), 1)


def _pairs(texts: list[str]) -> Counter[tuple[str, str]]:
    return Counter(pair for text in texts for pair in zip(words(text), words(text)[1:], strict=False))


def _triples(text: str) -> Iterator[tuple[str, str, str]]:
    found = words(text)
    return zip(found, found[1:], found[2:], strict=False)
