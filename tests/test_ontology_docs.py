"""The documentation of the ontology is the one that `make ontology` writes now."""

import re

import pytest
from ontology_docs import MARKERS, PAGE, README, diagram
from rdflib import OWL, RDF, RDFS, Graph

from kg.resources import ontology_path
from kg.vocab import Predicate

ONTOLOGY = Graph().parse(ontology_path("kg.ttl"))


def test_the_diagram_in_the_readme_is_made_from_the_ontology():
    (found,) = MARKERS.findall(README.read_text(encoding="utf-8"))
    assert found == diagram(), "`make ontology` draws it anew"


def test_the_diagram_has_every_predicate():
    assert all(re.search(rf"\b{predicate}\b", diagram()) for predicate in Predicate)


@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty])
def test_the_page_has_every_term_with_its_comment(kind):
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    terms = list(ONTOLOGY.subjects(RDF.type, kind))
    assert terms
    for term in terms:
        words = re.split(r"[<>&\"'`]", str(ONTOLOGY.value(term, RDFS.comment)))
        assert " ".join(words[0].split()) in page, f"`make ontology` writes {term}"
