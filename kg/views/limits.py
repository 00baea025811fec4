"""How much the pages show: as much as a browser opens within two or three seconds (docs/views.md).

The entities of which most is told stay, and every fact between them, so what is shown of an entity leaves no
other that is shown out. The choice is made on disk, because there may be any number of entities and facts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from kg.scratch import open_scratch
from kg.streams import Beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Fact = tuple["Id", "Id", int]
    Rank = tuple[int, int, str, "Id"]

Id = TypeVar("Id", int, str)


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many on a page, all together; no fewer passages than facts, nor mentions than entities."""

    entities: int = 20_000
    facts: int = 50_000
    passages: int = 100_000
    mentions: int = 250_000
    """Articles in the lists of where entities are mentioned."""
    articles: int = 100_000
    """With more, those that no fact and no list cites stay out."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Choice(Generic[Id]):
    """What a page shows."""

    entities: Sequence[Id]
    """The most told first."""
    passages: int | None
    """Of a fact, the first so many; None stands for all."""
    mentions: int | None
    """Of an entity, the first so many articles; None stands for all."""

    def is_everything(self, *, entities: int, articles: int, limits: Limits) -> bool:
        """Does it leave out nothing of so many entities and articles? Then articles that say nothing stay."""
        return (
            len(self.entities) == entities
            and self.passages is None
            and self.mentions is None
            and articles <= limits.articles
        )


def choose(
    entities: Iterable[tuple[Id, str, int]], facts: Iterable[Fact[Id]], limits: Limits = LIMITS
) -> Choice[Id]:
    """The entities that most facts, then most articles, are about, so many that all limits hold.

    `entities` are their ids, in order, with what names them on the page and in how many articles they are;
    `facts` the ids of subject and object (of a date, the subject again) and how many passages state them.
    """
    scratch = open_scratch(
        "CREATE TABLE fact (subject, object, passages); CREATE TABLE ranked (id PRIMARY KEY, place)"
    )
    scratch.executemany("INSERT INTO fact VALUES (?, ?, ?)", facts)
    told = scratch.execute(
        "SELECT id, count(*) FROM (SELECT subject AS id FROM fact"
        " UNION ALL SELECT object FROM fact WHERE object <> subject) GROUP BY id ORDER BY id"
    )
    ranked = nsmallest(limits.entities, _ranks(entities, told))
    scratch.executemany(
        "INSERT INTO ranked VALUES (?, ?)", ((rank[-1], place) for place, rank in enumerate(ranked))
    )
    between = scratch.execute(
        "SELECT max(one.place, other.place) AS place, passages, count(*) FROM fact"
        " JOIN ranked AS one ON one.id = subject JOIN ranked AS other ON other.id = object"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    room = limits.facts
    passages: Counter[int] = Counter()
    for place, group in groupby(between, key=itemgetter(0)):
        added = {count: facts for _, count, facts in group}
        room -= sum(added.values())
        if room < 0:
            del ranked[place:]
            break
        passages.update(added)
    mentions = Counter(-articles for _, articles, _, _ in ranked)
    return Choice(
        entities=[rank[-1] for rank in ranked],
        passages=_each(passages, limits.passages),
        mentions=_each(mentions, limits.mentions),
    )


def _ranks(entities: Iterable[tuple[Id, str, int]], told: Iterator[tuple[Id, int]]) -> Iterator[Rank[Id]]:
    """What to sort entities by, the most told first; both in the order of ids."""
    counts = Beside((entity, (facts,)) for entity, facts in told)
    for entity, key, articles in entities:
        yield -sum(counts.at(entity)), -articles, key, entity


def _each(sizes: Counter[int], most: int) -> int | None:
    """To how many to cut each list, of these sizes, to have at most `most` in all; None: to cut none."""
    each = 0
    longer = sum(sizes.values()) - sizes[0]
    while longer:
        most -= longer
        if most < 0:
            return each
        each += 1
        longer -= sizes[each]
    return None
