"""Comparators of what is said of two things: facts that both have, times and cities that cannot both be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.names import classify
from kg.resolve.compare import MERGE, Verdict
from kg.resolve.forms import is_generic
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.model import PartialDate
    from kg.resolve.local import LocalEntity

_NEEDED = 2
"""Facts that two things of similar names must share to be one."""
SIMILAR = 0.55
"""A name with any one word more is often that of a part ("... Programme for Youth"), whatever both share."""
# Much is in one place or country, so that says little.
_COMMON = frozenset({Predicate.LOCATED_IN, Predicate.INVOLVES_COUNTRY, Predicate.COOPERATES_WITH})


def times_and_places(entity: LocalEntity) -> tuple[frozenset[str], frozenset[str]]:
    """The years of a meeting, the cities of a body whose name every city may have: no two differ.

    Both are empty for all else: a mission has many dates, and a university more than one campus.
    """
    if not entity.said and not entity.dates:  # as of most
        return frozenset(), frozenset()
    told = classify(entity.preferred)
    years: set[str] = set()
    cities: set[str] = set()
    if entity.kind is Kind.PROJECT and told and told.subtype == "Event":
        days = (*entity.dates[Predicate.STARTED_ON], *entity.dates[Predicate.COMPLETED_ON])
        years = {str(day.year) for day in days}
    elif is_generic(entity.core(entity.preferred)) and told and told.subtype != "GovernmentBody":
        places = {key for relation, key in entity.said if relation == Predicate.LOCATED_IN}
        cities = {key for key in places if key.startswith("geonames:")}
    return frozenset(years), frozenset(cities)


def with_shared_facts(
    verdict: Verdict, one: Collection[LocalEntity], two: Collection[LocalEntity]
) -> Verdict:
    """What names alone leave unsure, two shared facts decide, unless both say when and never the same."""
    if not SIMILAR <= verdict.score < MERGE:
        return verdict
    left, right = _dates(one), _dates(two)
    kinds = {told for entity in (*one, *two) if (told := classify(entity.preferred))}
    if _disagree(left, right) or len(kinds) > 1:
        return verdict
    said = {fact for entity in one for fact in entity.said} & {fact for entity in two for fact in entity.said}
    shared = [f"{relation} {key}" for relation, key in sorted(said) if relation.split()[0] not in _COMMON]
    shared += [
        f"{predicate} {date}"
        for predicate in sorted(left.keys() & right.keys())
        for date in sorted(left[predicate] & right[predicate])
    ]
    if len(shared) < _NEEDED:
        return verdict
    return Verdict(MERGE, f"{verdict.reason}, and both: {'; '.join(shared[:_NEEDED])}")


def _dates(entities: Iterable[LocalEntity]) -> dict[Predicate, set[PartialDate]]:
    found: dict[Predicate, set[PartialDate]] = defaultdict(set)
    for entity in entities:
        for predicate, dates in entity.dates.items():
            found[predicate] |= dates
    return found


def _disagree(left: dict[Predicate, set[PartialDate]], right: dict[Predicate, set[PartialDate]]) -> bool:
    """Do both say when something was, and never the same?"""
    return any(
        not any(a.contains(b) or b.contains(a) for a in left[predicate] for b in right[predicate])
        for predicate in left.keys() & right.keys()
    )
