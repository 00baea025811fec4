"""What follows from the facts by the ontology, in a file of its own: never mixed with what articles state.

Two rules: who leads, develops or funds a project takes part in it, and a symmetric relation reads both ways.
Each result is a `kg:InferredFact`, derived from the `kg:Fact` that it follows from.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import PROV, RDF, URIRef

from kg.reading import base_of
from kg.store import to_rdflib
from kg.turtle import KG, new_graph, serialise
from kg.vocab import PARTICIPATION, SYMMETRIC, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from kg.store import Store

Triple = tuple["Node", "Node", "Node"]
_FACTS = f"""
SELECT ?fact ?s ?p ?o {{
  ?fact a <{KG.Fact}> ; <{RDF.subject}> ?s ; <{RDF.predicate}> ?p ; <{RDF.object}> ?o }}
"""
_SPECIFIC = {KG[predicate] for predicate in PARTICIPATION - {Predicate.PARTICIPATES_IN}}
_MIRRORED = {KG[predicate] for predicate in SYMMETRIC}


def inferred(store: Store) -> dict[str, bytes]:
    base = base_of(store)
    graph = new_graph(base)
    found = store.triples.query(_FACTS)
    assert isinstance(found, ox.QuerySolutions)
    stated = [tuple(to_rdflib(solution[name]) for name in ("fact", "s", "p", "o")) for solution in found]
    known = {triple[1:] for triple in stated}
    for fact, *parts in stated:
        for triple in _consequences(*parts):
            if triple in known:
                continue
            digest = hashlib.sha256("\n".join(str(part) for part in triple).encode()).hexdigest()[:16]
            node = URIRef(f"{base}inferred/{digest}")
            graph.add(triple)
            graph.add((node, RDF.type, KG.InferredFact))
            graph.add((node, RDF.type, RDF.Statement))
            for part, value in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
                graph.add((node, part, value))
            graph.add((node, PROV.wasDerivedFrom, fact))
    return {"inferred.ttl": serialise(graph)}


def _consequences(subject: Node, predicate: Node, obj: Node) -> Iterator[Triple]:
    if predicate in _SPECIFIC:
        yield subject, KG.participatesIn, obj
    if predicate in _MIRRORED:
        yield obj, predicate, subject
