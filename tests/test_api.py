"""The library: what its documentation shows is so, and a loaded graph knows what a built one does."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

import kg
import kg.api
from kg.errors import GraphError, QueryError
from kg.graph import build_graph
from kg.store import store_of


@pytest.fixture(scope="module")
def loaded(sample_out):
    return kg.load(sample_out / "graph.ttl")


@pytest.fixture
def small(knowledge):
    return kg.api.KnowledgeGraph(store_of(build_graph(knowledge)))


def test_the_examples_print_what_they_show(sample_out, monkeypatch) -> None:
    monkeypatch.chdir(sample_out.parent)
    result = doctest.testmod(kg.api, optionflags=doctest.ELLIPSIS)
    assert result.attempted
    assert not result.failed


def test_a_loaded_graph_is_the_built_one(loaded, sample) -> None:
    # A graph keeps the surest of what one extractor read twice out of one passage.
    read = [(fact.subject, fact.predicate, fact.object, fact.belief) for fact in loaded.facts]
    assert read == [(f.subject, f.predicate, f.object, f.belief) for f in sample.knowledge.facts]
    assert loaded.entities == tuple(sample.knowledge.entities)
    assert len(loaded) == len(build_graph(sample.knowledge))
    assert loaded.articles
    assert all(article.digest for article in loaded.articles)


def test_build_gives_a_graph_without_writing(tmp_path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The University of Jordan is located in Amman, Jordan.\n", encoding="utf-8")
    graph = kg.build([page])
    assert graph.entity("University of Jordan").subtype == "University"
    assert list(tmp_path.iterdir()) == [page]


def test_an_entity_is_found_by_any_name_in_any_case(small) -> None:
    condor = small.entity("Condor Telescope")
    assert small.entity("ct") == small.entity("project/condor-telescope") == condor
    with pytest.raises(QueryError, match="nothing is called 'Nobody'"):
        small.entity("Nobody")


def test_facts_and_evidence_can_be_walked(small, knowledge) -> None:
    assert [small.describe(fact) for fact in small.facts_about("CT")] == [
        "Institute of Optics leads Condor Telescope",
        "Condor Telescope involvesCountry Chile",
        "Condor Telescope signedOn 2024-05-03",
    ]
    assert sorted(small.evidence) == sorted(proof for fact in knowledge.facts for proof in fact.evidence)


def test_queries_take_sparql_and_questions(small) -> None:
    assert small.query("ASK { ?s kg:leads ?o }").boolean
    assert len(small.query("timeline", project="CT").rows) == 1
    with pytest.raises(QueryError, match="no question is called"):
        small.query("what")


def test_networkx_and_rdflib_objects(small, knowledge) -> None:
    assert small.to_networkx().number_of_nodes() == len(knowledge.entities)
    assert set(small.to_rdflib()) == set(build_graph(knowledge))


def test_pandas_frames(small, knowledge) -> None:
    pytest.importorskip("pandas")
    frame = small.to_pandas()
    assert len(frame) == len(knowledge.facts)
    leads = frame[frame.predicate == "leads"].iloc[0]
    assert (leads.subject, leads.object, leads.articles) == ("Institute of Optics", "Condor Telescope", 2)
    assert list(small.to_pandas("timeline", project="CT").columns) == ["date", "event", "belief", "quote"]


def test_export_writes_files_and_folders(small, tmp_path) -> None:
    assert small.export("nt", tmp_path / "g.nt") == [tmp_path / "g.nt"]
    paths = small.export("csv", tmp_path / "new" / "tables")
    assert sorted(path.name for path in paths) == [
        "articles.csv",
        "entities.csv",
        "evidence.csv",
        "facts.csv",
    ]
    assert all(path.stat().st_size for path in paths)
    with pytest.raises(QueryError, match="no format is called 'xls'"):
        small.export("xls", tmp_path)


def test_an_incomplete_graph_is_named_as_such(tmp_path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<urn:f> a <https://w3id.org/kgazette/ontology#Fact> .", encoding="utf-8")
    with pytest.raises(GraphError, match="the graph is incomplete, see `kg check`"):
        kg.load(path).facts  # noqa: B018


def test_importing_the_package_loads_no_libraries() -> None:
    program = "import sys, kg; print(sorted({'rdflib', 'spacy', 'networkx', 'pandas'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        kg.nonsense  # noqa: B018
