"""The check of a graph that comes node by node."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Protocol

from kg.shapes.compiled import shapes
from kg.shapes.others import Others
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.turtle import Properties

_DIRECT = frozenset(f"kg:{predicate}" for predicate in Predicate)
_TRIPLE = ("rdf:subject", "rdf:predicate", "rdf:object")


class Node(Protocol):
    """A subject with all that is said of it, each thing once, in words of Turtle."""

    @property
    def name(self) -> str: ...
    @property
    def properties(self) -> Properties: ...
    @property
    def beyond(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """By predicate, the values of other nodes that paths of two steps lead to."""


class Conformance:
    """Takes the nodes of a graph in any order, and knows at the end whether it conforms."""

    def __init__(self) -> None:
        self._shapes = shapes()
        self._others = Others(self._shapes.second_steps)
        self._conforms = True
        self._direct = self._stated = 0

    def add(self, group: Sequence[Node]) -> None:
        """Check nodes that come together; nodes of other groups may speak of the first of them only."""
        nodes = {node.name: node.properties for node in group}
        self._conforms &= len(nodes) == len(group)
        self._others.begin(nodes, group[0].beyond)
        for name, properties in nodes.items():
            self._sum_up(name, properties)
            if not self._shapes.check(self._others, name, properties):
                self._conforms = False

    def holds(self) -> bool:
        """Did all conform, and are the direct triples those of the facts? To be asked for at the end."""
        return self._conforms and self._direct == self._stated and self._others.were_right()

    def _sum_up(self, name: str, properties: Properties) -> None:
        """Equal sets have equal sums of hashes, and need not be kept."""
        for verb in _DIRECT & properties.keys():
            self._direct += sum([hash((name, verb, obj)) for obj in properties[verb]])
        if "kg:Fact" in properties.get("a", ()):
            self._stated += sum(map(hash, product(*(properties.get(part, ()) for part in _TRIPLE))))
