"""Does a graph keep its promises? SHACL shapes, and one rule that SHACL Core cannot say.

SHACL: https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from rdflib import RDF, SH, Graph, Literal, URIRef

from kg.resources import ontology_path
from kg.turtle import KG, PREFIXES, prefixes, shorten
from kg.vocab import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing to mend. IRIs are prefixed names where they have one."""

    focus: str
    """The node that breaks a rule."""
    message: str
    """What to do, in a sentence."""
    path: str = ""
    """The property that is wrong; empty when it is the node itself."""
    value: str = ""
    """The value that is wrong; empty when one is missing, or when they are too many."""


@dataclass(frozen=True, slots=True)
class Report:
    conforms: bool
    problems: tuple[Problem, ...]
    """Sorted; empty if and only if the graph conforms."""


CONFORMS = Report(conforms=True, problems=())


def validate(graph: Graph) -> Report:
    """Check a graph against `ontology/shapes.ttl`, and that facts and direct triples are the same."""
    bound = {**{namespace: prefix for prefix, namespace in PREFIXES.items()}, **prefixes(graph)}
    problems = tuple(sorted({*_shape_problems(graph, bound), *_untraced(graph, bound)}))
    return Report(conforms=not problems, problems=problems)


@cache
def _shapes() -> Graph:
    return Graph().parse(ontology_path("shapes.ttl"), format="turtle")


def _shape_problems(graph: Graph, bound: Mapping[str, str]) -> Iterator[Problem]:
    # Not at the top: it takes a tenth of a second, and a graph that a build wrote conforms without it.
    import pyshacl

    _, report, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", advanced=False)
    # Results of nested shapes hang below these as sh:detail; their messages say nothing more.
    for result in report.objects(predicate=SH.result):
        yield Problem(
            focus=_name(report.value(result, SH.focusNode), bound),
            message=_name(report.value(result, SH.resultMessage), bound),
            path=_name(report.value(result, SH.resultPath), bound),
            value=_name(report.value(result, SH.value), bound),
        )


def _untraced(graph: Graph, bound: Mapping[str, str]) -> Iterator[Problem]:
    """Direct triples without a statement, and statements without their direct triple."""
    # A statement that lacks a part, which the shapes report, gives no triple here.
    stated = {
        triple
        for fact in graph.subjects(RDF.type, KG.Fact)
        for triple in product(
            *(graph.objects(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        )
    }
    direct = {
        (subject, KG[predicate], obj)
        for predicate in Predicate
        for subject, obj in graph.subject_objects(KG[predicate])
    }
    unstated = "Add a kg:Fact with the evidence for this triple, or drop the triple."
    undirect = "Add the direct triple of this kg:Fact, or drop the fact."
    for triples, message in ((direct - stated, unstated), (stated - direct, undirect)):
        for triple in triples:
            focus, path, value = (_name(node, bound) for node in triple)
            yield Problem(focus, message, path, value)


def _name(node: Node | None, bound: Mapping[str, str]) -> str:
    if isinstance(node, URIRef):
        return shorten(node, bound) or str(node)
    if isinstance(node, Literal):
        return str(node)
    return "" if node is None else node.n3()
