"""All local entities that are one thing, a few thousand in memory at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.resolve.cluster import cluster
from kg.resolve.compare import Verdict
from kg.resolve.rows import unpack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.components import Components
    from kg.resolve.alike import Alike
    from kg.resolve.gather import Gathered
    from kg.resolve.local import Link, LocalEntity
    from kg.vocab import Kind

SHARD = 4000
"""Local entities that are clustered at once; more where more hang together."""

Pairs = dict[int, list[tuple[int, int]]]
"""Pairs of local entities by the component that has both."""


class Group(NamedTuple):
    """Local entities that are one thing, in the order of their articles."""

    numbers: Sequence[int]
    members: Sequence[LocalEntity]
    links: Sequence[Link]
    """Why they were joined; each member has those of its article beside."""


def groups(
    found: Gathered,
    components: Components,
    *,
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
    size: int = SHARD,
) -> Iterator[Group]:
    """Every local entity in one group. The `size` of a shard changes nothing but the order."""
    same_of, different_of = _within(components, same), _within(components, different)
    for shard in _shards(components, size):
        alone = [numbers[0] for numbers in shard if len(numbers) == 1]
        yield from (Group([number], [_load(found.db, number)], []) for number in alone)
        together = [numbers for numbers in shard if len(numbers) > 1]
        roots = [numbers[0] for numbers in together]
        numbered = sorted(
            ((number, _load(found.db, number)) for numbers in together for number in numbers), key=_order
        )
        place = {number: index for index, (number, _) in enumerate(numbered)}
        locals_ = [entity for _, entity in numbered]
        clusters, links = cluster(
            locals_,
            same=[(place[one], place[two]) for root in roots for one, two in same_of.get(root, ())],
            different=[(place[one], place[two]) for root in roots for one, two in different_of.get(root, ())],
            similar=_Similar(found.db, roots),
        )
        for members in clusters:
            yield Group(
                [numbered[index][0] for index in members],
                [locals_[index] for index in members],
                [link for index in members for link in links.get(index, ())],
            )


def _within(components: Components, pairs: Iterable[tuple[int, int]]) -> Pairs:
    found: Pairs = defaultdict(list)
    for one, two in pairs:
        root = components.find(one)
        if components.find(two) == root:
            found[root].append((one, two))
    return found


def _shards(components: Components, size: int) -> Iterator[list[list[int]]]:
    shard: list[list[int]] = []
    filled = 0
    for numbers in components:
        shard.append(numbers)
        filled += len(numbers)
        if filled >= size:
            yield shard
            shard, filled = [], 0
    if shard:
        yield shard


def _load(db: sqlite3.Connection, number: int) -> LocalEntity:
    (data,) = db.execute("SELECT data FROM local WHERE number = ?", (number,)).fetchone()
    return unpack(data)


def _order(item: tuple[int, LocalEntity]) -> tuple[str, int]:
    """Nothing may depend on the order of the articles: within one, entities are numbered as sorted."""
    number, entity = item
    return entity.article, number


@dataclass(frozen=True, slots=True)
class _Similar:
    """The names of these components that are alike, as they were found among all."""

    db: sqlite3.Connection
    roots: Sequence[int]

    def __call__(self, kind: Kind, names: Collection[str]) -> Iterator[Alike]:
        query = "SELECT left, right, score, reason FROM alike WHERE component = ? AND kind = ?"
        for root in self.roots:
            for left, right, score, reason in self.db.execute(query, (root, kind.value)):
                yield left, right, Verdict(score, reason)
