"""The ontology says what the code does: the same words, the same sides, and every term explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, Graph, URIRef
from rdflib.collection import Collection

from kg import vocab
from kg.graph import build_graph
from kg.names import read_table
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
# EURIO 2.4, http://data.europa.eu/s66#: those of its terms that fit ours.
EURIO = """
Country FundingAgency FundingScheme ForProfitOrganisation HigherOrSecondaryEducation Organisation Project
PublicBody ResearchOrganisation endDate hasISOCountryCode hasInvolvedParty hasSubOrganisation startDate
"""
FOREIGN = (DCTERMS, FOAF, rdflib.TIME, VANN, ORG, OWL, PROV, RDF, RDFS, rdflib.SDO, SH, SKOS, rdflib.XSD)


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
    version = ONTOLOGY.value(HEADER, OWL.versionInfo)
    assert ONTOLOGY.value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")
    creator = ONTOLOGY.value(HEADER, DCTERMS.creator)
    assert (creator, RDF.type, FOAF.Project) in ONTOLOGY


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_every_term_has_a_type_a_label_a_comment_and_an_example(term: URIRef) -> None:
    assert (term, RDF.type, None) in ONTOLOGY
    (label,) = ONTOLOGY.objects(term, RDFS.label)
    (comment,) = ONTOLOGY.objects(term, RDFS.comment)
    (example,) = ONTOLOGY.objects(term, SKOS.example)
    assert label
    assert example
    assert str(comment).endswith(".")


@pytest.mark.parametrize("kind", [OWL.ObjectProperty, OWL.DatatypeProperty])
def test_every_property_has_one_domain_and_one_range(kind: URIRef) -> None:
    for term in ONTOLOGY.subjects(RDF.type, kind):
        assert len(list(ONTOLOGY.objects(term, RDFS.domain))) == 1, term
        assert len(list(ONTOLOGY.objects(term, RDFS.range))) == 1, term


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_a_class_with_its_subclasses(kind: Kind) -> None:
    assert (KG[kind], RDF.type, OWL.Class) in ONTOLOGY
    assert {local(node) for node in ONTOLOGY.subjects(RDFS.subClassOf, KG[kind])} == SUBCLASSES[kind]


def test_every_subclass_is_assigned_to_some_name() -> None:
    """By the tables of head words, nouns and known names, from which the extractor takes classes."""
    tables = ("heads.tsv", "nouns.tsv", "known.tsv")
    assigned = {
        (row["kind"], row["subtype"]) for table in tables for row in read_table(table) if row["subtype"]
    }
    assert assigned == {(str(kind), name) for kind, names in SUBCLASSES.items() for name in names}


def test_no_two_kinds_overlap() -> None:
    disjoint = {frozenset(pair) for pair in ONTOLOGY.subject_objects(OWL.disjointWith)}
    origins = ("Fact", "RegistryFact", "InferredFact")
    assert disjoint == {
        frozenset({KG[a], KG[b]}) for group in (Kind, origins) for a in group for b in group if a < b
    }


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
    symmetric = set(ONTOLOGY.subjects(RDF.type, OWL.SymmetricProperty))
    assert symmetric - {KG.contradicts} == {KG[predicate] for predicate in SYMMETRIC}


def test_the_forms_of_participation_are_its_sub_properties() -> None:
    below = {local(node) for node in ONTOLOGY.subjects(RDFS.subPropertyOf, KG.participatesIn)}
    assert below == vocab.PARTICIPATION - {Predicate.PARTICIPATES_IN}


def test_every_property_between_kinds_is_a_predicate_of_the_vocabulary() -> None:
    entity_sides = {*map(str, Kind), "InstitutionOrProject", "InstitutionOrCountry", "PlaceOrCountry"}
    found = {
        local(node) for node, domain in ONTOLOGY.subject_objects(RDFS.domain) if local(domain) in entity_sides
    }
    # Keys and codes come from registries, not from articles.
    inverse = {local(node) for node in ONTOLOGY.subjects(OWL.inverseOf)}
    assert found - {"countryCode"} - inverse == set(Predicate)


@pytest.mark.parametrize("graph", [ONTOLOGY, SHAPES], ids=["kg.ttl", "shapes.ttl"])
def test_every_term_of_another_vocabulary_exists_there(graph: Graph) -> None:
    nodes = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    for namespace in FOREIGN:
        for node in nodes:
            if node.startswith(str(namespace)):
                assert URIRef(node) in namespace, node


def test_the_terms_of_eurio_are_its_own() -> None:
    eurio = "http://data.europa.eu/s66#"
    used = {str(term).removeprefix(eurio) for term in ONTOLOGY.objects() if str(term).startswith(eurio)}
    assert used == set(EURIO.split())


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
        "RegistryFact",
        "Evidence",
        "Reading",
        "Extractor",
        "Registry",
        "Merge",
        str(RDF.Statement),
    }
    assert classes in listed
    assert {*Predicate, "registryKey", "registeredCountry", "registeredType"} in listed


def test_a_built_graph_uses_only_terms_of_the_ontology(knowledge: Knowledge) -> None:
    used = {
        term for triple in build_graph(knowledge) for term in triple if str(term).startswith(vocab.ONTOLOGY)
    }
    assert used <= set(TERMS)


def test_every_object_property_has_an_inverse_or_is_symmetric() -> None:
    mirrored = set(ONTOLOGY.objects(predicate=OWL.inverseOf)) | set(ONTOLOGY.subjects(OWL.inverseOf))
    symmetric = set(ONTOLOGY.subjects(RDF.type, OWL.SymmetricProperty))
    properties = set(ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty))
    assert properties == mirrored | symmetric


@pytest.mark.parametrize(
    "prefix",
    [
        "https://schema.org/",
        "http://www.w3.org/ns/org#",
        "http://www.w3.org/ns/prov#",
        str(FOAF),
        str(DCTERMS),
        str(SKOS),
        str(rdflib.TIME),
        "http://data.europa.eu/s66#",
    ],
)
def test_the_ontology_is_aligned_with_each_vocabulary(prefix: str) -> None:
    assert any(str(node).startswith(prefix) for triple in ONTOLOGY for node in triple[1:])


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.ttl is not in the ontology"):
        ontology_path("gone.ttl")
