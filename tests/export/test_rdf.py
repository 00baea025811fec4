"""The syntaxes of RDF: each is read back, by two libraries where there are two, as the same graph."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph, URIRef

from kg.export import FORMATS
from kg.graph import build_graph, serialise
from kg.store import Store, load_store, store_of
from kg.turtle import KG
from kg.vocab import DATA

TRIPLES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


def written(store: Store, form: str) -> bytes:
    (data,) = FORMATS[form].write(store).values()
    return data


@pytest.mark.parametrize("form", TRIPLES)
def test_rdflib_reads_the_same_graph_back(store: Store, form: str) -> None:
    found = store_of(Graph().parse(data=written(store, form), format=TRIPLES[form]))
    assert found.lines() == store.lines()


@pytest.mark.parametrize("form", OXIGRAPH)
def test_pyoxigraph_reads_the_same_graph_back(store: Store, form: str) -> None:
    found = ox.Store()
    for triple in ox.parse(input=written(store, form), format=OXIGRAPH[form]):
        found.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    assert Store(found, ()).lines() == store.lines()


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_all_named_graphs_together_are_the_graph(store: Store, form: str) -> None:
    data = written(store, form).decode()
    dataset = Dataset(default_union=True)
    dataset.parse(data=data, format={"nq": "nquads", "trig": "trig"}[form])
    together = Graph()
    for subject, predicate, obj in dataset.triples((None, None, None)):
        together.add((subject, predicate, obj))
    assert store_of(together).lines() == store.lines()


@pytest.mark.parametrize("form", FORMATS)
def test_equal_graphs_give_equal_bytes(knowledge, form: str, tmp_path) -> None:
    graph = build_graph(knowledge)
    shuffled = Graph(bind_namespaces="none")
    for triple in sorted(graph, reverse=True):
        shuffled.add(triple)
    for prefix, namespace in graph.namespaces():
        shuffled.bind(prefix, namespace)
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(graph))
    expected = FORMATS[form].write(store_of(graph))
    assert FORMATS[form].write(store_of(shuffled)) == expected
    assert FORMATS[form].write(load_store(path)) == expected


def test_turtle_is_the_same_from_either_store(store: Store) -> None:
    assert written(store, "ttl") == serialise(store.to_graph())


def test_the_turtle_of_the_sample_is_the_file_itself(sample_store: Store, sample_out) -> None:
    assert written(sample_store, "ttl") == (sample_out / "graph.ttl").read_bytes()


def test_each_article_has_a_named_graph_with_what_it_states(knowledge) -> None:
    dataset = Dataset().parse(data=written(store_of(build_graph(knowledge)), "nq").decode(), format="nquads")
    telescope = dataset.graph(URIRef(DATA + "article/2024-05-17-a-telescope-for-the-andes"))
    update = dataset.graph(URIRef(DATA + "article/2024-06-condor-on-its-way"))
    registry = dataset.graph(URIRef(DATA + "registry"))
    leads = (
        URIRef(DATA + "institution/institute-of-optics"),
        KG.leads,
        URIRef(DATA + "project/condor-telescope"),
    )
    assert leads in telescope
    assert leads in update
    founded = (URIRef(DATA + "institution/lindholm-university"), KG.foundedOn, None)
    assert founded in telescope
    assert founded not in update
    assert {str(code) for code in registry.objects(predicate=KG.countryCode)} == {"CL", "SE"}
    for named in (telescope, update):
        assert not list(named.objects(predicate=KG.registryKey))
        assert list(named.objects(predicate=KG.quote))
        assert list(named.objects(predicate=KG.confidence))
    assert not list(dataset.default_graph.objects(predicate=KG.confidence))


def test_json_ld_is_pleasant_json(knowledge) -> None:
    document = json.loads(written(store_of(build_graph(knowledge)), "jsonld"))
    things = {thing["id"]: thing for thing in document["@graph"]}
    optics = things["institution/institute-of-optics"]
    assert optics["type"] == ["Institution", "ResearchInstitute"]
    assert optics["name"] == "Institute of Optics"
    assert optics["leads"] == ["project/condor-telescope"]
    assert things["project/condor-telescope"]["altLabel"] == ["CT"]
    assert things["evidence/e4a1b41d36bc6745"]["start"] == 85
    assert things["fact/3bb154b6bcc9d022"]["belief"] == "0.75"
    assert things["fact/3bb154b6bcc9d022"]["predicate"] == "foundedOn"


def test_what_is_inferred_is_told_apart_and_no_article_states_it(knowledge) -> None:
    store = store_of(build_graph(knowledge))
    graph = Graph().parse(data=written(store, "inferred"), format="turtle")
    direct = {(s, p, o) for s, p, o in graph if p in (KG.participatesIn, KG.cooperatesWith)}
    optics, condor = (
        URIRef(DATA + "institution/institute-of-optics"),
        URIRef(DATA + "project/condor-telescope"),
    )
    chile, sweden = URIRef(DATA + "country/cl"), URIRef(DATA + "country/se")
    assert direct == {(optics, KG.participatesIn, condor), (sweden, KG.cooperatesWith, chile)}
    assert len(set(graph.subjects(predicate=None, object=KG.InferredFact))) == 2
    assert not direct & set(store.to_graph())
    assert not list(graph.subjects(predicate=None, object=KG.Fact))
