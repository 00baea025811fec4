"""The ontology says what the code does: the same words, the same sides, and every term explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import pytest
import rdflib
from owlrl.Namespaces import ERRNS
from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection

from kg import vocab
from kg.graph import build_graph
from kg.resources import ontology_path
from kg.turtle import KG, PREFIXES
from kg.vocab import SIGNATURES, SYMMETRIC, Kind, Predicate

if TYPE_CHECKING:
    from kg.model import Knowledge

ONTOLOGY = Graph().parse(ontology_path("kg.ttl"))
SHAPES = Graph().parse(ontology_path("shapes.ttl"))
HEADER = URIRef(vocab.ONTOLOGY.removesuffix("#"))
TERMS = sorted(node for node in set(ONTOLOGY.subjects()) if str(node).startswith(vocab.ONTOLOGY))
SUBCLASSES = {
    Kind.INSTITUTION: {
        "University",
        "ResearchInstitute",
        "Laboratory",
        "Academy",
        "GovernmentBody",
        "Company",
        "InternationalOrganization",
        "FundingBody",
        "Hospital",
    },
    Kind.PROJECT: {"ResearchProject", "Programme", "Facility", "Mission", "Agreement", "Event", "Technology"},
    Kind.COUNTRY: set(),
    Kind.PLACE: set(),
}
FOREIGN = (DCTERMS, ORG, OWL, PROV, RDF, RDFS, rdflib.SDO, SH, SKOS, rdflib.XSD)


def local(node: object) -> str:
    return str(node).removeprefix(vocab.ONTOLOGY)


def kinds(node: URIRef | None) -> set[str]:
    """The kinds that a domain or range stands for."""
    members = ONTOLOGY.value(node, OWL.unionOf)
    return {local(member) for member in Collection(ONTOLOGY, members)} if members else {local(node)}


def test_the_header_says_what_it_is() -> None:
    assert (HEADER, RDF.type, OWL.Ontology) in ONTOLOGY
    for predicate in (DCTERMS.title, DCTERMS.description, OWL.versionInfo):
        assert len(list(ONTOLOGY.objects(HEADER, predicate))) == 1
    assert str(ONTOLOGY.value(HEADER, DCTERMS.license)) == "https://www.apache.org/licenses/LICENSE-2.0"


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_every_term_has_a_type_one_label_and_one_comment(term: URIRef) -> None:
    assert (term, RDF.type, None) in ONTOLOGY
    (label,) = ONTOLOGY.objects(term, RDFS.label)
    (comment,) = ONTOLOGY.objects(term, RDFS.comment)
    assert label
    assert str(comment).endswith(".")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_a_class_with_its_subclasses(kind: Kind) -> None:
    assert (KG[kind], RDF.type, OWL.Class) in ONTOLOGY
    assert {local(node) for node in ONTOLOGY.subjects(RDFS.subClassOf, KG[kind])} == SUBCLASSES[kind]


def test_no_two_kinds_overlap() -> None:
    disjoint = {frozenset(pair) for pair in ONTOLOGY.subject_objects(OWL.disjointWith)}
    assert disjoint == {frozenset({KG[a], KG[b]}) for a in Kind for b in Kind if a < b}


@pytest.mark.parametrize("predicate", Predicate)
def test_domain_and_range_are_those_of_the_signature(predicate: Predicate) -> None:
    (domain,) = ONTOLOGY.objects(KG[predicate], RDFS.domain)
    (values,) = ONTOLOGY.objects(KG[predicate], RDFS.range)
    assert kinds(domain) == {subject for subject, _ in SIGNATURES[predicate]}
    objects = {obj for _, obj in SIGNATURES[predicate]}
    assert kinds(values) == ({"PartialDate"} if predicate.is_date else objects)
    expected = OWL.DatatypeProperty if predicate.is_date else OWL.ObjectProperty
    assert (KG[predicate], RDF.type, expected) in ONTOLOGY


def test_the_symmetric_predicates_are_symmetric_properties() -> None:
    assert set(ONTOLOGY.subjects(RDF.type, OWL.SymmetricProperty)) == {
        KG[predicate] for predicate in SYMMETRIC
    }


def test_the_forms_of_participation_are_its_sub_properties() -> None:
    below = {local(node) for node in ONTOLOGY.subjects(RDFS.subPropertyOf, KG.participatesIn)}
    assert below == vocab.PARTICIPATION - {Predicate.PARTICIPATES_IN}


def test_every_property_between_kinds_is_a_predicate_of_the_vocabulary() -> None:
    entity_sides = {*map(str, Kind), "InstitutionOrProject", "InstitutionOrCountry", "PlaceOrCountry"}
    found = {
        local(node) for node, domain in ONTOLOGY.subject_objects(RDFS.domain) if local(domain) in entity_sides
    }
    # The country code comes from ISO 3166, not from an article.
    assert found - {"countryCode"} == set(Predicate)


@pytest.mark.parametrize("graph", [ONTOLOGY, SHAPES], ids=["kg.ttl", "shapes.ttl"])
def test_every_term_of_another_vocabulary_exists_there(graph: Graph) -> None:
    nodes = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    for namespace in FOREIGN:
        for node in nodes:
            if node.startswith(str(namespace)):
                assert URIRef(node) in namespace, node


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_prefixes_mean_the_same_everywhere(name: str) -> None:
    declared = Graph(bind_namespaces="none").parse(ontology_path(name)).namespaces()
    for prefix, namespace in declared:
        assert PREFIXES.get(prefix, str(namespace)) == str(namespace)


def test_the_shapes_speak_only_of_terms_of_the_ontology() -> None:
    used = {term for triple in SHAPES for term in triple if str(term).startswith(vocab.ONTOLOGY)}
    assert used <= set(TERMS)


def test_the_shapes_are_shacl_core() -> None:
    assert not {SH.sparql, SH.rule, SH.js, SH.SPARQLConstraint} & set(
        SHAPES.all_nodes() | set(SHAPES.predicates())
    )


def test_the_shapes_list_all_classes_and_predicates() -> None:
    listed = [
        {local(node) for node in Collection(SHAPES, head)} for head in SHAPES.objects(predicate=SH["in"])
    ]
    classes = set(Kind).union(*SUBCLASSES.values()) | {
        "Article",
        "Fact",
        "Evidence",
        "Merge",
        str(RDF.Statement),
    }
    assert classes in listed
    assert set(Predicate) in listed


def test_a_built_graph_uses_only_terms_of_the_ontology(knowledge: Knowledge) -> None:
    used = {
        term for triple in build_graph(knowledge) for term in triple if str(term).startswith(vocab.ONTOLOGY)
    }
    assert used <= set(TERMS)


def test_a_reasoner_finds_no_contradiction_and_no_second_kind(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    before = {kind: set(graph.subjects(RDF.type, KG[kind])) for kind in Kind}
    for triple in ONTOLOGY:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert not list(graph.objects(predicate=ERRNS.error))
    assert {kind: set(graph.subjects(RDF.type, KG[kind])) for kind in Kind} == before
    # It does find what the ontology promises.
    assert set(graph.subject_objects(KG.leads)) <= set(graph.subject_objects(KG.participatesIn))
    cooperation = set(graph.subject_objects(KG.cooperatesWith))
    assert cooperation == {(right, left) for left, right in cooperation} != set()


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.ttl is not in the ontology"):
        ontology_path("gone.ttl")
