"""The check of a graph that comes node by node."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kg.shapes.compiled import shapes
from kg.shapes.known import Known
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.shapes.constraints import Properties

_DIRECT = frozenset(f"kg:{predicate}" for predicate in Predicate)
_TRIPLE = ("rdf:subject", "rdf:predicate", "rdf:object")


class Conformance:
    """Takes the nodes of a graph one after the other, and knows at the end whether it conforms.

    `declared` has the classes of nodes that others speak of before they come.
    """

    def __init__(self, declared: Mapping[str, frozenset[str]]) -> None:
        self._shapes = shapes()
        self._awaited = dict(declared)
        self._known = Known(dict(declared))
        self._conforms = True
        self._direct = self._stated = 0

    def add(self, group: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> None:
        """Check nodes that come together; later nodes may speak of the first of them only.

        A node is its name and all (predicate, object) of it, each once, in words of Turtle.
        """
        nodes = [(name, _by_predicate(properties)) for name, properties in group]
        for name, properties in nodes:
            self._conforms &= self._note(name, properties)
        for name, properties in nodes:
            self._conforms &= self._shapes.check(self._known, name, properties)
        for name, _ in nodes[1:]:
            self._known.forget(name)

    def holds(self) -> bool:
        """Did all conform, and are the direct triples those of the facts? To be asked for at the end."""
        return self._conforms and not self._awaited and self._direct == self._stated

    def _note(self, name: str, properties: Properties) -> bool:
        """Keep what others ask of this node; False if it is not as declared, or comes twice."""
        classes = frozenset(properties.get("a", ()))
        declared = self._awaited.pop(name, None)
        is_first = declared is not None or name not in self._known.classes
        self._known.classes[name] = classes
        for verb in properties.keys() & self._shapes.second_steps:
            self._known.values.setdefault(verb, {})[name] = properties[verb]
        # Equal sets have equal sums of hashes, and need not be kept.
        for verb in properties.keys() & _DIRECT:
            self._direct += sum(hash((name, verb, obj)) for obj in properties[verb])
        if "kg:Fact" in classes:
            self._stated += sum(map(hash, product(*(properties.get(part, ()) for part in _TRIPLE))))
        return is_first and declared in (None, classes)


def _by_predicate(properties: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for verb, obj in properties:
        found.setdefault(verb, []).append(obj)
    return found
