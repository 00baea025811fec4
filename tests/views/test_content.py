"""What the page shows, read from a graph."""

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.graph import build_graph
from kg.turtle import KG
from kg.views.content import Link, Passage, Union
from kg.views.from_graph import read_content
from kg.views.known import known_content
from kg.vocab import DATA


@pytest.fixture
def content(small_graph):
    return read_content(small_graph)


def node(content, key):
    return next(item for item in content.nodes if item.key == key)


def test_an_entity_has_its_names_type_and_articles(content):
    condor = node(content, "project/condor-telescope")
    assert (condor.name, condor.kind, condor.aliases) == ("Condor Telescope", "Project", ("CT",))
    assert [content.sources[index].title for index in condor.sources] == [
        "A telescope for the Andes",
        "Condor on its way",
    ]
    assert node(content, "institution/lindholm-university").subtypes == ("University",)


def test_a_merge_keeps_its_reason(content):
    (union,) = node(content, "project/condor-telescope").unions
    assert union == Union("Condor Telescope", "CT", "acronym in parentheses", 1.0)


def test_a_fact_has_every_passage_that_states_it(content):
    (leads,) = [item for item in content.statements if item.predicate == "leads"]
    assert content.nodes[leads.subject].name == "Institute of Optics"
    assert content.nodes[leads.target].name == "Condor Telescope"
    assert leads.belief == pytest.approx(0.99)
    assert leads.passages == (
        Passage(
            0,
            0,
            "The Institute of Optics at Lindholm University leads the Condor Telescope in Chile.",
            *(0, 4, 1),
            ("rules/verbs",),
        ),
        Passage(
            1,
            0,
            "The Institute of Optics heads the Condor Telescope (CT).",
            *(0, 1, 1),
            ("rules/verbs",),
        ),
    )


def test_a_date_stays_as_exact_as_the_graph_has_it(content):
    dates = {item.predicate: item.target for item in content.statements if isinstance(item.target, str)}
    assert dates == {"foundedOn": "1921", "signedOn": "2024-05-03"}


def test_only_pairs_of_entities_are_links(content):
    names = [{content.nodes[one].name, content.nodes[other].name} for one, other in content.links()]
    assert len(names) == 4
    assert {"Chile", "Sweden"} in names


def test_what_a_build_knows_is_shown_as_its_graph_is(knowledge, hostile_knowledge):
    for known in (knowledge, hostile_knowledge):
        assert known_content(known) == read_content(build_graph(known))


def test_a_graph_with_holes_is_shown_as_far_as_it_goes():
    graph = Graph()
    entity, fact, evidence = (URIRef(DATA + path) for path in ("project/x-1", "fact/1", "evidence/1"))
    graph.add((entity, RDF.type, KG.Project))
    graph.add((fact, RDF.type, KG.Fact))
    graph.add((fact, RDF.subject, entity))
    graph.add((fact, RDF.predicate, KG.startedOn))
    graph.add((fact, RDF.object, Literal("soon")))
    graph.add((fact, KG.belief, Literal("INF")))
    graph.add((fact, KG.evidence, evidence))
    graph.add((evidence, KG.line, Literal("seven")))
    graph.add((URIRef(DATA + "fact/2"), RDF.type, KG.Fact))
    content = read_content(graph)
    assert [item.name for item in content.nodes] == ["x-1"]
    (statement,) = content.statements
    assert (statement.target, statement.belief) == ("soon", 1.0)
    assert statement.passages == (Passage(-1, 0, "", 0, 0, 0, ()),)


def test_two_names_or_kinds_where_one_is_due_give_the_same_page_every_time():
    entity = URIRef(DATA + "project/x")
    triples = [
        (entity, RDF.type, KG.Project),
        (entity, RDF.type, KG.Institution),
        (entity, SKOS.prefLabel, Literal("b")),
        (entity, SKOS.prefLabel, Literal("a")),
    ]
    contents = []
    for order in (triples, triples[::-1]):
        graph = Graph()
        for triple in order:
            graph.add(triple)
        contents.append(read_content(graph))
    assert contents[0] == contents[1]
    assert (contents[0].nodes[0].name, contents[0].nodes[0].kind) == ("a", "Institution")


def test_entities_below_another_base_keep_their_whole_name():
    graph = Graph()
    graph.add((URIRef("https://example.org/kg/project/x"), RDF.type, KG.Project))
    (only,) = read_content(graph).nodes
    assert only.key == "https://example.org/kg/project/x"


def test_registry_keys_have_the_page_that_ends_in_them(content):
    assert node(content, "institution/lindholm-university").links == (
        Link("ror:012345678", "https://ror.org/012345678"),
    )
    assert node(content, "country/cl").links == (Link("iso:CL", ""),)


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_pages_on_the_web_are_linked(small_graph, iri):
    small_graph.add((URIRef(DATA + "country/cl"), SKOS.exactMatch, URIRef(iri)))
    assert node(read_content(small_graph), "country/cl").links == (Link("iso:CL", ""),)


def test_a_fact_is_about_its_own_date_or_that_of_its_project_or_of_the_report(content):
    when = {item.predicate: item.when for item in content.statements}
    assert when == {
        "foundedOn": ("1921-01-01", "1921-12-31"),
        "signedOn": ("2024-05-03", "2024-05-03"),
        "leads": ("2024-05-03", "2024-05-03"),
        "involvesCountry": ("2024-05-03", "2024-05-03"),
        "partOf": ("2024-05-17", "2024-05-17"),
        "cooperatesWith": ("2024-06-01", "2024-06-30"),
    }
