"""Groups of local entities that are one thing, and what forbids them to grow."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from networkx.utils import UnionFind

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
        self._union = UnionFind(range(len(locals_)))
        self._bounds = {index: _bounds(entity) for index, entity in enumerate(locals_)}
        self.owners = [_owner(self._bounds[index]) for index in range(len(locals_))]
        """What each has that tells it from others of its full name: a country, a year; "" where open."""
        self._apart: dict[int, set[int]] = defaultdict(set)
        self._members = {index: {index} for index in range(len(locals_))}
        for left, right in different:
            self._apart[left].add(right)
            self._apart[right].add(left)
        self.links: dict[int, list[Link]] = defaultdict(list)

    def __getitem__(self, index: int) -> int:
        root: int = self._union[index]
        return root

    def join(self, edge: Edge, *, forced: bool = False) -> None:
        one, two = self[edge.left], self[edge.right]
        if one == two or (not forced and self._conflict(one, two)):
            return
        self._union.union(one, two)
        keep = self[one]
        gone = two if keep == one else one
        pairs = zip(self._bounds[keep], self._bounds.pop(gone), strict=True)
        self._bounds[keep] = tuple(left | right for left, right in pairs)
        self._members[keep] |= self._members.pop(gone)
        link = Link(
            self._locals[edge.left].preferred, self._locals[edge.right].preferred, edge.reason, edge.score
        )
        self.links[edge.right].append(link)

    def _conflict(self, one: int, two: int) -> bool:
        pairs = zip(self._bounds[one], self._bounds[two], strict=True)
        if any(left and right and not left & right for left, right in pairs):
            return True
        small, large = sorted((one, two), key=lambda root: len(self._members[root]))
        return any(
            self._apart[index] & self._members[large]
            for index in self._members[small]
            if index in self._apart
        )

    def country(self, index: int) -> str:
        """The one country of the group that holds this entity; "" if none or several are known."""
        known, *_ = self._bounds[self[index]]
        return next(iter(known)) if len(known) == 1 else ""

    def members(self, index: int) -> list[LocalEntity]:
        """All in the group of this one."""
        return [self._locals[member] for member in sorted(self._members[self[index]])]

    def sets(self) -> list[list[int]]:
        return sorted((sorted(group) for group in self._union.to_sets()), key=min)


def _bounds(entity: LocalEntity) -> tuple[frozenset[str], ...]:
    """Country, years and cities: two that have none in common are two."""
    country = {entity.country} if entity.country and _is_bound(entity) else ()
    return frozenset(country), *times_and_places(entity)


def _owner(bounds: tuple[frozenset[str], ...]) -> str:
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
