"""Shapes as functions. What they ask that `kg.shapes.constraints` does not have is refused."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, SH, Graph
from rdflib.collection import Collection

from kg import vocab
from kg.resources import ontology_path
from kg.shapes import constraints
from kg.shapes.constraints import NO_PROPERTIES
from kg.store import parse_turtle
from kg.turtle import TurtleWriter, bound_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rdflib.term import Node

    from kg.shapes.constraints import Check, Properties
    from kg.shapes.known import Known

    ListCheck = Callable[[Known, Sequence[str], Properties], bool]
    """Do all values of a property together conform, on a node of these properties?"""

# Read together with another one, or of no effect on what conforms.
_NO_CONSTRAINTS = frozenset(
    [RDF.type, SH.message, SH.path, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf]
    + [SH.qualifiedMinCount, SH.qualifiedMaxCount]
)


@cache
def shapes() -> Shapes:
    """Those of the ontology."""
    graph = Graph()
    graph.addN((*triple, graph) for triple in parse_turtle(ontology_path("shapes.ttl").read_bytes()))
    return Shapes(graph)


class Shapes:
    """All shapes of a graph, by what they are about. Raises ValueError for a constraint that is not known."""

    def __init__(self, graph: Graph) -> None:
        self.second_steps: set[str] = set()
        """Predicates that paths of two steps end with."""
        self._graph = graph
        self._words = TurtleWriter(bound_prefixes(vocab.DATA))
        self._by_class: dict[str, list[Check]] = {}
        self._by_predicate: dict[str, list[Check]] = {}
        self._by_object: dict[str, list[_ObjectTarget]] = {}
        self._plans: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Check]] = {}
        for shape in sorted(graph.subjects(RDF.type, SH.NodeShape, unique=True), key=str):
            self._add(shape)

    def check(self, known: Known, name: str, properties: Properties) -> bool:
        """Does a node conform to all shapes that are about it?"""
        key = (tuple(properties.get("a", ())), tuple(properties))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = list(self._plan(*key))
        return constraints.all_of(plan, known, name, properties)

    def _plan(self, classes: Sequence[str], verbs: Sequence[str]) -> Iterator[Check]:
        """All that is to be asked of a node of these classes and with these predicates."""
        by_class = [check for name in classes for check in self._by_class.get(name, ())]
        by_predicate = [check for verb in verbs for check in self._by_predicate.get(verb, ())]
        yield from dict.fromkeys([*by_class, *by_predicate])
        for verb in verbs:
            for target in self._by_object.get(verb, ()):
                yield partial(_objects_conform, verb, target)

    def _add(self, shape: Node) -> None:
        check = self._shape(shape)
        classes = frozenset(self._word(name) for name in self._graph.objects(shape, SH.targetClass))
        for name in classes:
            self._by_class.setdefault(name, []).append(check)
        for predicate in self._graph.objects(shape, SH.targetSubjectsOf):
            self._by_predicate.setdefault(self._word(predicate), []).append(check)
        is_of_words = (shape, SH.property, None) not in self._graph
        target = _ObjectTarget(check, frozenset() if is_of_words else classes)
        for predicate in self._graph.objects(shape, SH.targetObjectsOf):
            self._by_object.setdefault(self._word(predicate), []).append(target)

    def _shape(self, shape: Node) -> Check:
        """What a node, or one value of a property, must conform to."""
        checks = [self._constraint(part, value) for part, value in self._constraints(shape)]
        return partial(constraints.all_of, checks)

    def _constraints(self, shape: Node) -> list[tuple[Node, Node]]:
        return [
            (part, value)
            for part, value in sorted(self._graph.predicate_objects(shape), key=str)
            if part not in _NO_CONSTRAINTS
        ]

    def _constraint(self, part: Node, value: Node) -> Check:
        if part == SH.property:
            return self._property(value)
        if part == SH.node:
            return self._shape(value)
        if part in _LOGIC:
            return partial(_LOGIC[part], [self._shape(item) for item in self._list(value)])
        if part == SH["in"]:
            return partial(constraints.is_in, frozenset(self._word(item) for item in self._list(value)))
        if part == SH.nodeKind and value in _KINDS:
            return _KINDS[value]
        if part in _OF_WORDS:
            return partial(_OF_WORDS[part], self._word(value))
        if part in _OF_NUMBERS:
            return partial(_OF_NUMBERS[part], int(str(value)))
        if part == SH.pattern:
            return partial(constraints.matches, re.compile(str(value)))
        raise ValueError(f"{part} {value}: a constraint that a build cannot check")

    def _property(self, shape: Node) -> Check:
        """What the values of a property must conform to: together, and each for itself."""
        together: list[ListCheck] = []
        each: list[Check] = []
        for part, value in self._constraints(shape):
            if part in _OF_COUNTS:
                together.append(partial(_OF_COUNTS[part], int(str(value))))
            elif part in _OF_PAIRS:
                together.append(partial(_OF_PAIRS[part], self._word(value)))
            elif part == SH.qualifiedValueShape:
                bounds = (SH.qualifiedMinCount, SH.qualifiedMaxCount)
                least, most = (int(str(self._graph.value(shape, bound))) for bound in bounds)
                together.append(partial(constraints.so_many_conform, self._shape(value), least, most))
            else:
                each.append(self._constraint(part, value))
        return partial(_values_conform, self._path(self._graph.value(shape, SH.path)), together, each)

    def _path(self, path: Node | None) -> tuple[str, ...]:
        """The one or two predicates that lead to the values."""
        if path is None:
            raise ValueError("a property shape without sh:path")
        steps = tuple(self._word(step) for step in self._list(path)) or (self._word(path),)
        if len(steps) > 2:
            raise ValueError(f"{steps}: a path that a build cannot follow")
        self.second_steps.update(steps[1:])
        return steps

    def _list(self, head: Node) -> list[Node]:
        return list(Collection(self._graph, head))

    def _word(self, term: Node) -> str:
        return self._words.verb(term)


class _ObjectTarget(NamedTuple):
    """What is asked of the objects of a predicate."""

    check: Check
    classes: frozenset[str]
    """Members of these are asked when they come. None where the word alone is asked."""


def _objects_conform(
    verb: str, target: _ObjectTarget, known: Known, name: str, properties: Properties
) -> bool:
    if target.classes:
        return all(target.classes & known.classes.get(obj, frozenset()) for obj in properties[verb])
    return all(target.check(known, obj, NO_PROPERTIES) for obj in properties[verb])


def _values_conform(
    path: tuple[str, ...],
    together: Sequence[ListCheck],
    each: Sequence[Check],
    known: Known,
    name: str,
    properties: Properties,
) -> bool:
    if properties is NO_PROPERTIES:
        return False  # a value of another node, whose own properties are not at hand
    values = properties.get(path[0], ())
    if len(path) == 2:
        further = known.values.get(path[1], {})
        values = list(dict.fromkeys(end for value in values for end in further.get(value, ())))
    return all(check(known, values, properties) for check in together) and all(
        check(known, value, NO_PROPERTIES) for check in each for value in values
    )


_LOGIC: dict[Node, Callable[..., bool]] = {SH["or"]: constraints.any_of, SH.xone: constraints.one_of}
_KINDS: dict[Node, Check] = {SH.IRI: constraints.is_iri, SH.IRIOrLiteral: constraints.is_iri_or_literal}
_OF_WORDS: dict[Node, Callable[..., bool]] = {
    SH["class"]: constraints.is_member,
    SH.datatype: constraints.has_datatype,
}
_OF_NUMBERS: dict[Node, Callable[..., bool]] = {
    SH.minLength: constraints.is_as_long_as,
    SH.minInclusive: constraints.is_at_least,
    SH.maxInclusive: constraints.is_at_most,
}
_OF_COUNTS: dict[Node, Callable[..., bool]] = {
    SH.minCount: constraints.are_at_least,
    SH.maxCount: constraints.are_at_most,
}
_OF_PAIRS: dict[Node, Callable[..., bool]] = {
    SH.equals: constraints.are_those_of,
    SH.disjoint: constraints.are_not_those_of,
    SH.lessThan: constraints.are_less_than,
}
