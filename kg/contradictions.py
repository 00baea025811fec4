"""Facts that cannot both be so. Both stay in the graph, each marked with the other; people decide.

Only what excludes each other by meaning is marked: one thing is founded once and finished once, ends after
it began, has its seat in one country, and is not part of its own part. A project may well start twice (every
edition of a conference does) and have several leaders.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Entity, Fact, Knowledge

ONCE = (Predicate.FOUNDED_ON, Predicate.COMPLETED_ON)
"""Predicates with one date at most: a second one that is no more exact form of the first contradicts it."""

ONE_COUNTRY = frozenset(
    {"University", "ResearchInstitute", "Laboratory", "Academy", "GovernmentBody", "Hospital"}
)
"""Classes whose members have their seat in one country; a company or a network may have several."""


def contradictions(knowledge: Knowledge) -> list[tuple[Fact, Fact]]:
    """All pairs of facts that contradict each other, each pair once, sorted."""
    entities = knowledge.entity_index()
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(knowledge.facts, key=_order):
        by_subject[fact.subject].append(fact)
    pairs = [
        pair
        for subject, facts in by_subject.items()
        if len(facts) > 1
        for pair in (
            *_two_dates(facts),
            *_end_before_start(facts),
            *_two_seats(facts, entities[subject], entities),
        )
    ]
    return sorted({*pairs, *_part_of_its_part(knowledge.facts)}, key=_pair_order)


def _order(fact: Fact) -> tuple[str, ...]:
    return (fact.subject, fact.predicate, str(fact.object))


def _pair_order(pair: tuple[Fact, Fact]) -> tuple[str, ...]:
    return (*_order(pair[0]), *_order(pair[1]))


def _two_dates(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    for predicate in ONCE:
        dated = [(fact, fact.object) for fact in facts if fact.predicate is predicate]
        for (left, first), (right, second) in combinations(dated, 2):
            if (
                isinstance(first, PartialDate)
                and isinstance(second, PartialDate)
                and not first.contains(second)
                and not second.contains(first)
            ):
                yield left, right


def _end_before_start(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    ends = [fact for fact in facts if fact.predicate is Predicate.COMPLETED_ON]
    starts = [fact for fact in facts if fact.predicate is Predicate.STARTED_ON]
    for end in ends:
        for start in starts:
            # "2019" and "2019-05" may be the same day, so they are compared as far as both go.
            first, last = str(start.object), str(end.object)
            shared = min(len(first), len(last))
            if last[:shared] < first[:shared]:
                yield end, start


def _two_seats(
    facts: Sequence[Fact], subject: Entity, entities: dict[str, Entity]
) -> Iterator[tuple[Fact, Fact]]:
    if subject.subtype in ONE_COUNTRY:
        seats = [
            fact
            for fact in facts
            if fact.predicate is Predicate.LOCATED_IN and entities[str(fact.object)].kind is Kind.COUNTRY
        ]
        yield from combinations(seats, 2)


def _part_of_its_part(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    wholes = {(fact.subject, fact.object): fact for fact in facts if fact.predicate is Predicate.PART_OF}
    for (part, whole), fact in wholes.items():
        if str(part) < str(whole) and (other := wholes.get((str(whole), part))):
            yield fact, other
