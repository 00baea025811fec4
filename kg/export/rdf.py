"""RDF in the syntaxes of the W3C, all sorted: equal graphs give equal bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store import serialise_store
from kg.turtle import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store


def turtle(store: Store) -> dict[str, bytes]:
    return {"graph.ttl": serialise_store(store)}


def ntriples(store: Store) -> dict[str, bytes]:
    return {"graph.nt": "".join(line + "\n" for line in store.lines()).encode()}


def rdfxml(store: Store) -> dict[str, bytes]:
    triples = (quad.triple for quad in sorted_triples(store))
    data = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
    assert data is not None
    # A parser of XML reads a bare carriage return as a line feed.
    return {"graph.rdf": data.replace(b"\r", b"&#13;")}


def sorted_triples(store: Store) -> Iterator[ox.Quad]:
    yield from ox.parse(input="\n".join(store.lines()), format=ox.RdfFormat.N_TRIPLES)
