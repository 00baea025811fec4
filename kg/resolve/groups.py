"""Groups of local entities that are one thing, and what forbids them to grow."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.components import Components
from kg.names import classify
from kg.resolve.forms import is_short_form
from kg.resolve.local import Link
from kg.resolve.shared import times_and_places
from kg.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.resolve.local import LocalEntity

# What stands in one country: two of one name in two countries are two. A company or a laboratory of many
# nations is spoken of in several.
_BOUND = frozenset(
    {"University", "Academy", "GovernmentBody", "Hospital", "ResearchInstitute", "FundingBody"}
)


class Edge(NamedTuple):
    """Two local entities, by their number, that may be one thing."""

    score: float
    left: int
    right: int
    reason: str


class Groups:
    """Local entities joined so far, with what forbids further joins."""

    def __init__(self, locals_: Sequence[LocalEntity], different: Iterable[tuple[int, int]]) -> None:
        self._locals = locals_
        self._sets = Components(len(locals_))
        self._bounds = [_bounds(entity) for entity in locals_]
        self.owners = [_owner(bounds) for bounds in self._bounds]
        """What each has that tells it from others of its full name: a country, a year; "" where open."""
        self._apart: dict[int, set[int]] = defaultdict(set)
        for left, right in different:
            self._apart[left].add(right)
            self._apart[right].add(left)
        self.links: dict[int, list[Link]] = defaultdict(list)

    def __getitem__(self, index: int) -> int:
        return self._sets.find(index)

    def join(self, edge: Edge, *, forced: bool = False) -> None:
        one, two = self[edge.left], self[edge.right]
        if one == two or (not forced and self._conflict(one, two)):
            return
        self._sets.join(one, two)
        root = self[one]
        self._bounds[root] = _joined(self._bounds[one], self._bounds[two])
        if apart := self._apart.pop(one, set()) | self._apart.pop(two, set()):
            self._apart[root] = apart
        left, right = self._locals[edge.left].preferred, self._locals[edge.right].preferred
        self.links[edge.right].append(Link(left, right, edge.reason, edge.score))

    def _conflict(self, one: int, two: int) -> bool:
        left, right = self._bounds[one], self._bounds[two]
        if left is not _OPEN and right is not _OPEN and not _fit(left, right):
            return True
        return any(self[index] == two for index in self._apart.get(one, ()))

    def country(self, index: int) -> str:
        """The one country of the group that holds this entity; "" if none or several are known."""
        known, *_ = self._bounds[self[index]]
        return next(iter(known)) if len(known) == 1 else ""

    def members(self, index: int) -> list[LocalEntity]:
        """All in the group of this one."""
        return [self._locals[member] for member in self._sets.members(index)]

    def sets(self) -> list[list[int]]:
        return list(self._sets)


_Bounds = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Country, years and cities: two that have none in common are two."""
_OPEN: _Bounds = (frozenset(), frozenset(), frozenset())


def _bounds(entity: LocalEntity) -> _Bounds:
    country = frozenset([entity.country] if entity.country and _is_bound(entity) else ())
    years, cities = times_and_places(entity)
    return (country, years, cities) if country or years or cities else _OPEN


def _joined(one: _Bounds, two: _Bounds) -> _Bounds:
    if one is _OPEN or two is _OPEN:
        return two if one is _OPEN else one
    return one[0] | two[0], one[1] | two[1], one[2] | two[2]


def _fit(one: _Bounds, two: _Bounds) -> bool:
    return not any(left and right and left.isdisjoint(right) for left, right in zip(one, two, strict=True))


def _owner(bounds: _Bounds) -> str:
    countries, years, _ = bounds
    told = countries or years
    return next(iter(told)) if len(told) == 1 else ""


def _is_bound(entity: LocalEntity) -> bool:
    if all(is_short_form(name) for name in entity.names):
        return True
    if entity.kind is not Kind.INSTITUTION:
        return entity.kind is Kind.PLACE
    told = classify(entity.preferred)
    # A head word that nobody knows may be one misread ("Universty").
    return told.subtype in _BOUND if told else " " in entity.preferred
