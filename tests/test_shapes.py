"""The check of a build never passes what the SHACL engine refuses, and passes what a build makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, Graph, Literal
from test_validate import DAMAGES, pairs

from kg.graph import GraphWriter, Node, build_graph
from kg.shapes import Conformance
from kg.shapes.compiled import Shapes
from kg.turtle import KG, TurtleWriter, prefixes
from kg.validate import validate
from kg.vocab import Predicate

if TYPE_CHECKING:
    from test_validate import Damage

    from kg.model import Knowledge


def passes(graph: Graph) -> bool:
    """What the quick check says of a graph, given to it node by node."""
    turtle = TurtleWriter(prefixes(graph))
    nodes: dict[str, set[tuple[str, str]]] = {}
    for subject, predicate, obj in graph:
        nodes.setdefault(turtle.term(subject), set()).add((turtle.verb(predicate), turtle.term(obj)))
    classes = {
        name: frozenset(obj for verb, obj in properties if verb == "a") for name, properties in nodes.items()
    }
    check = Conformance(classes)
    groups: list[list[Node]] = []
    for name in turtle.order({name: list(properties) for name, properties in nodes.items()}):
        if "kg:Reading" not in classes[name]:
            groups.append([])
        groups[-1].append(Node(name, turtle.sort(nodes[name])))
    for group in groups:
        check.add(group)
    return check.holds()


def passes_as_built(knowledge: Knowledge) -> bool:
    writer = GraphWriter(knowledge)
    check = Conformance(writer.declared())
    for group in writer.groups():
        check.add(group)
    return check.holds()


def test_what_a_build_makes_passes(knowledge: Knowledge) -> None:
    assert passes_as_built(knowledge)
    assert passes(build_graph(knowledge))
    assert passes(Graph())


@pytest.mark.parametrize("damage", [case[1] for case in DAMAGES], ids=[case[0] for case in DAMAGES])
def test_no_damage_passes(knowledge: Knowledge, damage: Damage) -> None:
    graph = build_graph(knowledge)
    damage(graph)
    assert not passes(graph)


@pytest.mark.parametrize("predicate", Predicate)
def test_no_fact_between_other_kinds_than_its_predicate_allows_passes(predicate: Predicate) -> None:
    everything = pairs(predicate)
    for fact in everything.facts:
        one = replace(everything, facts=(fact,))
        assert passes_as_built(one) == validate(build_graph(one)).conforms


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_in_a_graph_what_passes_conforms(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    graph = build_graph(knowledge)
    parts = [sorted(set(terms), key=repr) for terms in zip(*graph, strict=True)]
    parts[2] += [Literal(""), Literal(0), Literal(-1), Literal("2024"), KG.gone]
    for _ in range(data.draw(st.integers(1, 2))):
        if data.draw(st.booleans()):
            graph.remove(data.draw(st.sampled_from(sorted(graph, key=repr))))
        else:
            graph.add(tuple(data.draw(st.sampled_from(terms)) for terms in parts))
    if passes(graph):
        assert validate(graph).conforms


def test_a_node_that_comes_twice_or_was_declared_otherwise_does_not_pass(knowledge: Knowledge) -> None:
    writer = GraphWriter(knowledge)
    declared, groups = writer.declared(), list(writer.groups())
    twice, otherwise, missing = Conformance(declared), Conformance(declared), Conformance(declared)
    for group in [*groups, groups[0]]:
        twice.add(group)
    for first, *others in groups:
        wrong = replace_class(first) if first is groups[0][0] else first
        otherwise.add([wrong, *others])
    for group in groups[1:]:
        missing.add(group)
    assert not any(check.holds() for check in (twice, otherwise, missing))


def replace_class(node: Node) -> Node:
    return Node(
        node.name, [("a", "kg:Project") if verb == "a" else (verb, obj) for verb, obj in node.properties]
    )


def test_a_constraint_that_is_not_known_is_refused() -> None:
    """Or a shape could be added that a build does not hold to."""
    graph = Graph()
    graph.add((KG.x, RDF.type, SH.NodeShape))
    Shapes(graph)
    graph.add((KG.x, SH.maxLength, Literal(3)))
    with pytest.raises(ValueError, match="maxLength"):
        Shapes(graph)
