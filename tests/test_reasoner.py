"""A reasoner over the ontology and a graph: no contradiction, no second kind, what the comments promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import pytest
import rdflib
from owlrl.Namespaces import ERRNS
from rdflib import DCTERMS, FOAF, ORG, PROV, RDF, Graph, URIRef

from kg import vocab
from kg.graph import build_graph
from kg.resources import ontology_path
from kg.turtle import KG
from kg.vocab import Kind

if TYPE_CHECKING:
    from kg.model import Knowledge

ONTOLOGY = Graph().parse(ontology_path("kg.ttl"))

# What the vocabularies that kg.ttl builds on say of the terms it uses, as far as OWL RL can contradict it.
FOREIGN_AXIOMS = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
foaf:Organization rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Document , foaf:Person .
foaf:Project owl:disjointWith foaf:Document , foaf:Person .
org:Organization rdfs:subClassOf foaf:Agent ; owl:equivalentClass foaf:Organization .
prov:Entity owl:disjointWith prov:Activity .
prov:Organization rdfs:subClassOf prov:Agent .
prov:SoftwareAgent rdfs:subClassOf prov:Agent .
prov:hadPrimarySource rdfs:subPropertyOf prov:wasDerivedFrom .
prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
prov:wasAttributedTo rdfs:domain prov:Entity ; rdfs:range prov:Agent .
prov:qualifiedAttribution rdfs:subPropertyOf prov:qualifiedInfluence ;
  rdfs:domain prov:Entity ; rdfs:range prov:Attribution .
prov:Attribution rdfs:subClassOf prov:AgentInfluence .
prov:AgentInfluence rdfs:subClassOf prov:Influence .
prov:agent rdfs:domain prov:AgentInfluence ; rdfs:range prov:Agent .
dcterms:isPartOf rdfs:subPropertyOf dcterms:relation .
schema:CollegeOrUniversity rdfs:subClassOf schema:Organization .
schema:Country rdfs:subClassOf schema:Place .
"""


@pytest.fixture(scope="module")
def closures():
    """Graphs before and after reasoning, so that each is reasoned over once."""
    return {}


def reasoned(knowledge: Knowledge, closures: dict[str, Graph]) -> Graph:
    if "after" not in closures:
        graph = build_graph(knowledge)
        for triple in ONTOLOGY:
            graph.add(triple)
        graph.parse(data=FOREIGN_AXIOMS, format="turtle")
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        closures["after"] = graph
    return closures["after"]


def test_a_reasoner_finds_no_contradiction_and_no_second_kind(
    knowledge: Knowledge, closures: dict[str, Graph]
) -> None:
    before, graph = build_graph(knowledge), reasoned(knowledge, closures)
    assert not list(graph.objects(predicate=ERRNS.error))
    for kind in Kind:
        assert set(graph.subjects(RDF.type, KG[kind])) == set(before.subjects(RDF.type, KG[kind]))


OPTICS, CONDOR = "institution/institute-of-optics", "project/condor-telescope"
UNIVERSITY = "institution/lindholm-university"
PROMISED = [
    (OPTICS, KG.participatesIn, CONDOR),
    (CONDOR, KG.hasParticipant, OPTICS),
    (CONDOR, KG.ledBy, OPTICS),
    (UNIVERSITY, KG.hasPart, OPTICS),
    (OPTICS, DCTERMS.isPartOf, UNIVERSITY),
    ("country/cl", KG.involvedIn, CONDOR),
    ("country/se", KG.cooperatesWith, "country/cl"),
    (UNIVERSITY, RDF.type, rdflib.SDO.CollegeOrUniversity),
    (UNIVERSITY, RDF.type, ORG.Organization),
    (UNIVERSITY, RDF.type, FOAF.Agent),
    (UNIVERSITY, RDF.type, PROV.Agent),
    ("place/atacama", RDF.type, rdflib.SDO.Place),
    ("country/cl", RDF.type, KG.Entity),
    ("article/2024-06-condor-on-its-way", RDF.type, FOAF.Document),
    ("evidence/3a371ccabde463d6", PROV.wasDerivedFrom, "article/2024-06-condor-on-its-way"),
    ("article/2024-06-condor-on-its-way", KG.hasPassage, "evidence/3a371ccabde463d6"),
    ("evidence/3a371ccabde463d6", KG.evidenceFor, "fact/1ed6fa511c3bd084"),
    ("fact/1ed6fa511c3bd084", RDF.type, KG.Statement),
    ("extractor/rules%2Fverbs", RDF.type, PROV.Agent),
    ("fact/1ed6fa511c3bd084", PROV.qualifiedAttribution, "reading/5904ef41626293a4"),
    ("reading/5904ef41626293a4", KG.readingOf, "fact/1ed6fa511c3bd084"),
    ("reading/5904ef41626293a4", RDF.type, PROV.Attribution),
]


@pytest.mark.parametrize(("subject", "predicate", "obj"), PROMISED)
def test_a_reasoner_derives_what_the_ontology_promises(
    knowledge: Knowledge, closures: dict[str, Graph], subject: str, predicate: URIRef, obj: str | URIRef
) -> None:
    end = obj if isinstance(obj, URIRef) else URIRef(vocab.DATA + obj)
    triple = (URIRef(vocab.DATA + subject), predicate, end)
    assert triple not in build_graph(knowledge)
    assert triple in reasoned(knowledge, closures)


def test_a_reasoner_does_find_a_contradiction_where_there_is_one(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge) + ONTOLOGY
    graph.add((URIRef(vocab.DATA + CONDOR), RDF.type, KG.Country))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert list(graph.objects(predicate=ERRNS.error))
