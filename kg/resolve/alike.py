"""Names of different articles that are alike: brought together in blocks, then compared.

Nothing but names goes in, and no pair asks about another, so this can be done elsewhere and in parts
(`kg.engine.comparing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kg.resolve.blocks import candidate_pairs
from kg.resolve.compare import UNSURE, Verdict, compare

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Alike = tuple[str, str, Verdict]
"""Two names, and how sure it is that they are one."""


class Comparer(Protocol):
    """Finds names that are alike, wherever it does so."""

    def __call__(self, names: Collection[str]) -> list[Alike]:
        """The pairs of names that may be one (`UNSURE` or more), each once, sorted."""


def alike(names: Collection[str]) -> list[Alike]:
    """The comparer that needs nothing: everything in this process. A `Comparer`."""
    return compare_all(candidate_pairs(names))


def compare_all(pairs: Iterable[tuple[str, str]]) -> list[Alike]:
    """Those of the pairs that are alike, in their order."""
    judged = ((left, right, compare(left, right)) for left, right in pairs)
    return [found for found in judged if found[2].score >= UNSURE]
