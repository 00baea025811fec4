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
    from collections.abc import Iterable, Sequence

    from test_validate import Damage

    from kg.model import Knowledge


def passes(graph: Graph) -> bool:
    """What the quick check says of a graph, given to it node by node."""
    turtle = TurtleWriter(prefixes(graph))
    said: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, obj in graph:
        of_subject = said.setdefault(turtle.term(subject), {})
        of_subject.setdefault(turtle.verb(predicate), []).append(turtle.term(obj))
    articles = {name: of["kg:article"] for name, of in said.items() if "kg:article" in of}
    groups: list[list[Node]] = []
    for name in turtle.order(said):
        if "kg:Reading" not in said[name].get("a", ()):
            groups.append([])
        groups[-1].append(Node(name, turtle.in_order(said[name]), {"kg:article": articles}))
    return conform(groups)


def passes_as_built(knowledge: Knowledge) -> bool:
    return conform(GraphWriter(knowledge).groups())


def conform(groups: Iterable[Sequence[Node]]) -> bool:
    check = Conformance()
    for group in groups:
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


def test_what_comes_twice_or_not_at_all_or_otherwise_than_others_say_does_not_pass(
    knowledge: Knowledge,
) -> None:
    groups = list(GraphWriter(knowledge).groups())
    assert conform(groups)
    assert conform(groups[::-1])
    for number, (first, *others) in enumerate(groups):
        rest = [*groups[:number], *groups[number + 1 :]]
        assert not conform([*groups, (first, *others)])
        assert not conform([*groups, (first._replace(properties={"kg:quote": ['"x"']}),)])
        if others:
            assert not conform([*rest, (first, *others, others[0])])
        if is_spoken_of(first, rest):
            assert not conform(rest)
            assert not conform([*rest, (first._replace(properties={"rdfs:label": ['"x"']}), *others)])


def is_spoken_of(node: Node, groups: Iterable[Sequence[Node]]) -> bool:
    """In a way that the shapes ask about."""
    return any(
        node.name in objects
        for group in groups
        for other in group
        for verb, objects in other.properties.items()
        if verb not in ("rdf:subject", "rdf:object")
    )


def test_what_a_group_says_beyond_itself_must_be_so(knowledge: Knowledge) -> None:
    groups = list(GraphWriter(knowledge).groups())
    articles = [first.name for first, *_ in groups if "kg:Article" in first.properties["a"]]
    facts = [(number, group) for number, group in enumerate(groups) if "kg:evidence" in group[0].properties]
    for number, (fact, *readings) in facts:
        for other in set(articles) - set(fact.properties["prov:wasDerivedFrom"]):
            wrong = {"kg:article": {passage: [other] for passage in fact.properties["kg:evidence"]}}
            properties = {**fact.properties, "prov:wasDerivedFrom": [other]}
            for said in (properties, fact.properties):
                for beyond in ({}, wrong):
                    group = (Node(fact.name, said, beyond), *readings)
                    assert not conform([*groups[:number], group, *groups[number + 1 :]])


def test_a_constraint_that_is_not_known_is_refused() -> None:
    """Or a shape could be added that a build does not hold to."""
    graph = Graph()
    graph.add((KG.x, RDF.type, SH.NodeShape))
    Shapes(graph)
    graph.add((KG.x, SH.maxLength, Literal(3)))
    with pytest.raises(ValueError, match="maxLength"):
        Shapes(graph)
