"""Names of different articles that are alike: brought together in blocks, then compared.

Nothing but names goes in, and no pair asks about another, so this can be done elsewhere and in parts
(`kg.engine.comparing`). What grows with the number of names is on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kg.resolve.blocks import blocks_of, pairs_within
from kg.resolve.compare import UNSURE, Verdict, compare
from kg.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Alike = tuple[str, str, Verdict]
"""Two names, the smaller one first, and how sure it is that they are one."""

_TABLE = """
    CREATE TABLE alike (
        left TEXT, right TEXT, score REAL NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (left, right)
    ) WITHOUT ROWID
"""


class Comparer(Protocol):
    """Finds names that are alike, wherever it does so."""

    def __call__(self, names: Collection[str]) -> Iterable[Alike]:
        """The pairs of names that may be one (`UNSURE` or more), each once, sorted; no name comes twice."""


def alike(names: Collection[str]) -> Iterator[Alike]:
    """The comparer that needs nothing: everything in this process. A `Comparer`."""
    return sorted_once(compare_all(blocks_of(names)))


def compare_all(blocks: Iterable[Iterable[str]]) -> Iterator[Alike]:
    """The names of each block that are alike; a pair comes as often as it shares a block."""
    for block in blocks:
        for left, right in pairs_within(block):
            verdict = compare(left, right)
            if verdict.score >= UNSURE:
                yield left, right, verdict


def sorted_once(found: Iterable[Alike]) -> Iterator[Alike]:
    """Each pair once, sorted; a verdict depends on nothing but the pair."""
    rows = open_scratch(_TABLE)
    rows.executemany(
        "INSERT OR IGNORE INTO alike VALUES (?, ?, ?, ?)",
        ((left, right, *verdict) for left, right, verdict in found),
    )
    for left, right, score, reason in rows.execute("SELECT * FROM alike ORDER BY left, right"):
        yield left, right, Verdict(score, reason)
