"""The check of a graph that comes node by node."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kg.shapes.compiled import shapes
from kg.shapes.constraints import all_of
from kg.shapes.others import Others

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.shapes.others import Node

_TRIPLE = ("rdf:subject", "rdf:predicate", "rdf:object")


class Conformance:
    """Takes the nodes of a graph in any order, and knows at the end whether it conforms."""

    def __init__(self) -> None:
        self._plan = shapes().plan
        self._others = Others()
        self._conforms = True
        self._direct = self._stated = 0

    def add(self, group: Sequence[Node]) -> None:
        """Check nodes that come together; nodes of other groups may speak of the first of them only."""
        plans = [self._plan(tuple(node.properties.get("a", ())), tuple(node.properties)) for node in group]
        conforms = self._others.begin(group, plans)
        for node, plan in zip(group, plans, strict=True):
            name, properties = node.name, node.properties
            conforms = conforms and plan.conforms and all_of(plan.checks, self._others, name, properties)
            # Equal sets have equal sums of hashes, and need not be kept.
            for verb in plan.direct:
                self._direct += sum([hash((name, verb, obj)) for obj in properties[verb]])
            if "kg:Fact" in plan.classes:
                self._stated += sum(map(hash, product(*(properties.get(part, ()) for part in _TRIPLE))))
        if not conforms:
            self._conforms = False

    def holds(self) -> bool:
        """Did all conform, and are the direct triples those of the facts? To be asked for at the end."""
        return self._conforms and self._direct == self._stated and self._others.were_right()
