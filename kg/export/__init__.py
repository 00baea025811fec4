"""The graph in other formats: one table, which feeds the command line and `kg.load(...).export`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.export.dataset import nquads, trig
from kg.export.inferred import inferred
from kg.export.jsonld import jsonld
from kg.export.neo4j import cypher, neo4j
from kg.export.network import gexf, graphml, to_networkx
from kg.export.rdf import ntriples, rdfxml, turtle
from kg.export.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Store

__all__ = ["FORMATS", "Format", "to_networkx"]


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    text: str
    """What it is, for people."""
    write: Callable[[Store], dict[str, bytes]]
    """File names and their content; equal graphs give equal bytes."""
    is_folder: bool = False
    """Several files, which belong into a folder."""


FORMATS = {
    form.name: form
    for form in (
        Format("ttl", "Turtle, as kg build writes it", turtle),
        Format("nt", "N-Triples", ntriples),
        Format("nq", "N-Quads, a named graph for each article", nquads),
        Format("trig", "TriG, a named graph for each article", trig),
        Format("jsonld", "JSON-LD with its context", jsonld),
        Format("rdfxml", "RDF/XML", rdfxml),
        Format("inferred", "Turtle of what follows from the facts, and of nothing else", inferred),
        Format("graphml", "GraphML, for yEd, igraph and Cytoscape", graphml),
        Format("gexf", "GEXF, for Gephi", gexf),
        Format("cypher", "Cypher statements, for Neo4j", cypher),
        Format("neo4j", "CSV tables for neo4j-admin database import", neo4j, is_folder=True),
        Format("csv", "CSV tables for spreadsheets", tables, is_folder=True),
    )
}
