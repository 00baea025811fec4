"""Which of very many numbered things hang together, in a few bytes each."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Components:
    """Disjoint sets of the numbers below `count`, each numbered by its smallest member.

    A union-find by the smaller number with path halving (Tarjan and van Leeuwen, 1984), and the members of
    each set in a ring. Two thousand million fit.
    """

    def __init__(self, count: int) -> None:
        self._above = array("i", range(count))
        self._next = array("i", range(count))

    def find(self, number: int) -> int:
        above = self._above
        while (over := above[number]) != number:
            above[number] = number = above[over]
        return number

    def join(self, one: int, two: int) -> None:
        one, two = self.find(one), self.find(two)
        if one == two:
            return
        self._above[max(one, two)] = min(one, two)
        ring = self._next
        ring[one], ring[two] = ring[two], ring[one]

    def __iter__(self) -> Iterator[list[int]]:
        """The sets, by their smallest member; each sorted."""
        return map(self.members, self.firsts())

    def firsts(self) -> Iterator[int]:
        """The smallest member of each set, ascending."""
        return (number for number, above in enumerate(self._above) if number == above)

    def members(self, number: int) -> list[int]:
        """The set that has this number, sorted."""
        found = [number]
        while (following := self._next[found[-1]]) != number:
            found.append(following)
        found.sort()
        return found
