"""Quads: what each article says in a named graph of its own, called by the article's IRI.

What registries say is in the graph `registry` (below the base of the data). The default graph holds what no
single source says: the entities' names and types, facts as such with their belief, merges, extractors.
A triple that several articles state is in the graph of each; all graphs together are the Turtle file.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.rdf import sorted_triples
from kg.reading import base_of
from kg.turtle import KG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store

_RDF, _PROV = PREFIXES["rdf"], PREFIXES["prov"]
_TYPE = ox.NamedNode(_RDF + "type")
_PARTS = [ox.NamedNode(_RDF + part) for part in ("subject", "predicate", "object")]
_DERIVED = ox.NamedNode(_PROV + "wasDerivedFrom")
_ARTICLE = ox.NamedNode(KG.article)
_PASSAGE = ox.NamedNode(KG.passage)
_PROOFS = {ox.NamedNode(KG.evidence), ox.NamedNode(KG.reading)}
_REGISTRY_PREDICATES = {
    ox.NamedNode(KG.registryKey),
    ox.NamedNode(KG.countryCode),
    ox.NamedNode(KG.registeredCountry),
    ox.NamedNode(KG.registeredType),
    ox.NamedNode(PREFIXES["skos"] + "exactMatch"),
}


def nquads(store: Store) -> dict[str, bytes]:
    lines = sorted(
        f"{quad.triple} {quad.graph_name} ." if _named(quad) else f"{quad.triple} ." for quad in quads(store)
    )
    return {"graph.nq": "".join(line + "\n" for line in lines).encode()}


def trig(store: Store) -> dict[str, bytes]:
    ordered = sorted(quads(store), key=_by_graph)
    data = ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes={**PREFIXES, "id": base_of(store)})
    assert data is not None
    return {"graph.trig": data}


def _named(quad: ox.Quad) -> bool:
    return not isinstance(quad.graph_name, ox.DefaultGraph)


def _by_graph(quad: ox.Quad) -> tuple[str, str]:
    return (str(quad.graph_name) if _named(quad) else "", str(quad.triple))


def quads(store: Store) -> Iterator[ox.Quad]:
    """Every triple in the graphs of those who state it."""
    graphs = _Graphs(store)
    for quad in sorted_triples(store):
        for name in graphs.of(quad) or (ox.DefaultGraph(),):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


class _Graphs:
    def __init__(self, store: Store) -> None:
        triples = store.triples
        self._registry = ox.NamedNode(base_of(store) + "registry")
        self._articles = set(_instances(store, "Article"))
        self._registered = {*_instances(store, "RegistryFact"), *_instances(store, "Registry")}
        # The article of every passage, and of every reading of one.
        self._proofs: dict[object, object] = {
            quad.subject: quad.object for quad in triples.quads_for_pattern(None, _ARTICLE, None)
        }
        for quad in triples.quads_for_pattern(None, _PASSAGE, None):
            self._proofs[quad.subject] = self._proofs.get(quad.object)
        self._stated: dict[tuple[object, ...], list[ox.NamedNode]] = defaultdict(list)
        for fact in _instances(store, "Fact"):
            sources = [quad.object for quad in triples.quads_for_pattern(fact, _DERIVED, None)]
            parts = [next(triples.quads_for_pattern(fact, part, None), None) for part in _PARTS]
            key = tuple(part.object if part else None for part in parts)
            self._stated[key] += [source for source in sources if isinstance(source, ox.NamedNode)]

    def of(self, quad: ox.Quad) -> list[ox.NamedNode]:
        source: object = None
        if quad.subject in self._articles:
            source = quad.subject
        elif quad.subject in self._proofs:
            source = self._proofs[quad.subject]
        elif quad.predicate in _PROOFS:
            source = self._proofs.get(quad.object)
        elif quad.subject in self._registered or quad.predicate in _REGISTRY_PREDICATES:
            source = self._registry
        elif quad.predicate == _DERIVED:
            source = quad.object
        if isinstance(source, ox.NamedNode):
            return [source]
        return self._stated.get((quad.subject, quad.predicate, quad.object), [])


def _instances(store: Store, name: str) -> list[ox.NamedNode | ox.BlankNode]:
    found = store.triples.quads_for_pattern(None, _TYPE, ox.NamedNode(KG[name]))
    return [quad.subject for quad in found if not isinstance(quad.subject, ox.Triple)]
