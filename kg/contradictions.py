"""Facts that cannot both be so. Both stay in the graph, each marked with the other; people decide.

Only what excludes each other by meaning is marked: one thing is founded once and finished once, ends after
it began, has its seat in one country, and is not part of its own part. A project may well start twice (every
edition of a conference does) and have several leaders.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from kg.model import Entity, Fact

ONCE = (Predicate.FOUNDED_ON, Predicate.COMPLETED_ON)
"""Predicates with one date at most: a second one that is no more exact form of the first contradicts it."""

ONE_COUNTRY = frozenset(
    {"University", "ResearchInstitute", "Laboratory", "Academy", "GovernmentBody", "Hospital"}
)
"""Classes whose members have their seat in one country; a company or a network may have several."""


class Contradictions:
    """Finds the pairs of facts that contradict each other, while facts come subject by subject.

    `countries` has the ids of countries, which come before those of institutions: at least those so far.
    """

    def __init__(self, countries: Set[str]) -> None:
        self._countries = countries
        self._parts: dict[str, dict[str, Fact]] = defaultdict(dict)
        """Of wholes whose own facts are still to come: part -> the fact that says so, bare of evidence."""

    def among(self, subject: Entity, facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
        """Those among all facts of a subject, and with facts of others before it; subjects come by id."""
        if len(facts) > 1:
            facts = sorted(facts, key=_order)
            yield from _two_dates(facts)
            yield from _end_before_start(facts)
            if subject.subtype in ONE_COUNTRY:
                yield from self._two_seats(facts)
        yield from self._part_of_its_part(subject, facts)

    def _two_seats(self, facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
        seats = [
            fact
            for fact in facts
            if fact.predicate is Predicate.LOCATED_IN and str(fact.object) in self._countries
        ]
        yield from combinations(seats, 2)

    def _part_of_its_part(self, subject: Entity, facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
        parts = self._parts.pop(subject.id, {})
        for fact in facts:
            if fact.predicate is Predicate.PART_OF:
                whole = str(fact.object)
                if whole in parts:
                    yield parts[whole], fact
                elif whole > subject.id:
                    self._parts[whole][subject.id] = replace(fact, evidence=())


def _order(fact: Fact) -> tuple[str, str]:
    return fact.predicate, str(fact.object)


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
