"""Shapes as functions. What they ask that `kg.shapes.constraints` does not have is refused."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, SH, Graph
from rdflib.collection import Collection

from kg import vocab
from kg.resources import ontology_path
from kg.shapes import constraints
from kg.shapes.beforehand import verdict
from kg.shapes.constraints import NO_PROPERTIES
from kg.store import parse_turtle
from kg.turtle import TurtleWriter, bound_prefixes
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib.term import Node

    from kg.shapes.constraints import Check
    from kg.shapes.others import Others
    from kg.turtle import Properties

    ListCheck = Callable[[Others, Sequence[str], Properties], bool]
    """Do all values of a property together conform, on a node of these properties?"""

_DIRECT = frozenset(f"kg:{predicate}" for predicate in Predicate)
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


class Plan(NamedTuple):
    """How to check nodes of the same classes and predicates."""

    classes: frozenset[str]
    conforms: bool
    """As far as can be told from these alone."""
    checks: Sequence[Check]
    """What is to be asked of each node."""
    direct: Sequence[str]
    """Its predicates of direct triples."""
    second_steps: Sequence[str]
    """Its predicates that paths of two steps end with."""


class Shapes:
    """All shapes of a graph, by what they are about. Raises ValueError for a constraint that is not known."""

    def __init__(self, graph: Graph) -> None:
        self.second_steps: set[str] = set()
        """Predicates that paths of two steps end with."""
        self._graph = graph
        self._words = TurtleWriter(bound_prefixes(vocab.DATA))
        self._by_class: dict[str, list[Check]] = {}
        self._by_predicate: dict[str, list[Check]] = {}
        self._by_object: dict[str, list[Check]] = {}
        # Few combinations for many nodes.
        self.plan: Callable[[tuple[str, ...], tuple[str, ...]], Plan] = lru_cache(maxsize=1_000)(
            self._make_plan
        )
        """For the classes of a node and its predicates."""
        for shape in sorted(graph.subjects(RDF.type, SH.NodeShape, unique=True), key=str):
            self._add(shape)

    def _make_plan(self, classes: Sequence[str], verbs: Sequence[str]) -> Plan:
        checks = [check for name in classes for check in self._by_class.get(name, ())]
        for verb in verbs:
            checks += self._by_predicate.get(verb, ())
            checks += [partial(_objects_conform, verb, check) for check in self._by_object.get(verb, ())]
        told = {check: verdict(check, classes, verbs) for check in checks}
        return Plan(
            frozenset(classes),
            conforms=False not in told.values(),
            checks=[check for check, found in told.items() if found is None],
            direct=[verb for verb in verbs if verb in _DIRECT],
            second_steps=[verb for verb in verbs if verb in self.second_steps],
        )

    def _add(self, shape: Node) -> None:
        checks = self._shape(shape)
        classes = frozenset(self._word(name) for name in self._graph.objects(shape, SH.targetClass))
        for name in classes:
            self._by_class.setdefault(name, []).extend(checks)
        for predicate in self._graph.objects(shape, SH.targetSubjectsOf):
            self._by_predicate.setdefault(self._word(predicate), []).extend(checks)
        # No shape with properties is asked of a word: members of its classes are asked when they come.
        is_of_words = (shape, SH.property, None) not in self._graph
        of_object = checks if is_of_words else [partial(constraints.is_member, classes)]
        for predicate in self._graph.objects(shape, SH.targetObjectsOf):
            self._by_object.setdefault(self._word(predicate), []).extend(of_object)

    def _shape(self, shape: Node) -> list[Check]:
        """What a node, or one value of a property, must conform to."""
        return [self._constraint(part, value) for part, value in self._constraints(shape)]

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
            return self._one(value)
        if part == SH["class"]:
            return partial(constraints.is_member, frozenset([self._word(value)]))
        if part == SH["or"] and (classes := self._only_classes(value)):
            return partial(constraints.is_member, classes)
        if part in _LOGIC:
            return partial(_LOGIC[part], [self._one(item) for item in self._list(value)])
        if part == SH["in"]:
            return partial(constraints.is_in, frozenset(self._word(item) for item in self._list(value)))
        if part == SH.nodeKind and value in _KINDS:
            return _KINDS[value]
        if part == SH.datatype:
            return partial(constraints.has_datatype, self._word(value))
        if part in _OF_NUMBERS:
            return partial(_OF_NUMBERS[part], int(str(value)))
        if part == SH.pattern:
            return partial(constraints.matches, re.compile(str(value)))
        raise ValueError(f"{part} {value}: a constraint that a build cannot check")

    def _one(self, shape: Node) -> Check:
        """A shape as one check."""
        checks = self._shape(shape)
        return checks[0] if len(checks) == 1 else partial(constraints.all_of, checks)

    def _only_classes(self, head: Node) -> frozenset[str]:
        """The classes of shapes of which each asks for one class and nothing else; else none.

        To be of one of several classes is one question: what is asked of other nodes is answered late.
        """
        asked = [self._constraints(item) for item in self._list(head)]
        if any([part for part, _ in one] != [SH["class"]] for one in asked):
            return frozenset()
        return frozenset(self._word(value) for ((_, value),) in asked)

    def _property(self, shape: Node) -> Check:
        """What the values of a property must conform to: together, and each for itself."""
        least, most = 0, inf
        together: list[ListCheck] = []
        each: list[Check] = []
        for part, value in self._constraints(shape):
            if part == SH.minCount:
                least = int(str(value))
            elif part == SH.maxCount:
                most = int(str(value))
            elif part in _OF_PAIRS:
                together.append(partial(_OF_PAIRS[part], self._word(value)))
            elif part == SH.qualifiedValueShape:
                parts = (SH.qualifiedMinCount, SH.qualifiedMaxCount)
                at_least, at_most = (int(str(self._graph.value(shape, bound))) for bound in parts)
                together.append(partial(constraints.so_many_conform, self._one(value), at_least, at_most))
            else:
                each.append(self._constraint(part, value))
        path = self._path(self._graph.value(shape, SH.path))
        return _values_conform(path, least, most, together, each)

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


def _values_conform(
    path: Sequence[str], least: int, most: float, together: Sequence[ListCheck], each: Sequence[Check]
) -> Check:
    """A check of the values of a property, or of what one step further leads to from them."""
    first, *further = path

    def conform(others: Others, name: str, properties: Properties) -> bool:
        if properties is NO_PROPERTIES:
            return False  # a value of another node, whose own properties are not at hand
        values = properties.get(first, ())
        for verb in further:
            ends = [others.values(value, verb) for value in values]
            if None in ends:
                return False
            values = list(dict.fromkeys(chain.from_iterable(filter(None, ends))))
        if not least <= len(values) <= most:
            return False
        for check in each:
            for value in values:
                if not check(others, value, NO_PROPERTIES):
                    return False
        return not together or all(check(others, values, properties) for check in together)

    return conform


def _objects_conform(verb: str, check: Check, others: Others, name: str, properties: Properties) -> bool:
    return all(check(others, obj, NO_PROPERTIES) for obj in properties[verb])


_LOGIC: dict[Node, Callable[..., bool]] = {SH["or"]: constraints.any_of, SH.xone: constraints.one_of}
_KINDS: dict[Node, Check] = {SH.IRI: constraints.is_iri, SH.IRIOrLiteral: constraints.is_iri_or_literal}
_OF_NUMBERS: dict[Node, Callable[..., bool]] = {
    SH.minLength: constraints.is_as_long_as,
    SH.minInclusive: constraints.is_at_least,
    SH.maxInclusive: constraints.is_at_most,
}
_OF_PAIRS: dict[Node, Callable[..., bool]] = {
    SH.equals: constraints.are_those_of,
    SH.disjoint: constraints.are_not_those_of,
    SH.lessThan: constraints.are_less_than,
}
