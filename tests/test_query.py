"""Questions to a graph: what comes back, in which form, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import socket
from typing import TYPE_CHECKING

import pytest
from rdflib import RDFS, Graph, Literal, URIRef

from kg import vocab
from kg.errors import QueryError
from kg.graph import build_graph, serialise
from kg.query import run_query
from kg.results import as_csv, as_json, as_table
from kg.store import store_of
from kg.turtle import KG, PREFIXES

if TYPE_CHECKING:
    from kg.model import Knowledge


@pytest.fixture
def graph(knowledge: Knowledge) -> Graph:
    return build_graph(knowledge)


def graph_of(*labels: Literal) -> Graph:
    graph = Graph(bind_namespaces="none")
    for index, label in enumerate(labels):
        graph.add((URIRef(f"{vocab.DATA}project/{index}"), RDFS.label, label))
    return graph


def test_a_beginner_needs_no_prefixes(graph: Graph) -> None:
    result = run_query(
        graph,
        "SELECT ?who ?what { ?x kg:leads ?y . ?x rdfs:label ?who . ?y skos:prefLabel ?what }",
    )
    assert as_table(result) == (("who", "what"), [["Institute of Optics", "Condor Telescope"]])


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_prefix_is_known_even_to_a_graph_without_any(prefix: str) -> None:
    assert run_query(Graph(bind_namespaces="none"), f"ASK {{ ?s {prefix}:x ?o }}").boolean is False


def test_the_sentence_behind_an_answer_can_be_asked_for(graph: Graph) -> None:
    result = run_query(
        graph,
        """SELECT ?quote ?line {
             ?fact rdf:predicate kg:signedOn ; kg:evidence ?evidence .
             ?evidence kg:quote ?quote ; kg:line ?line }""",
    )
    _, rows = as_table(result)
    assert rows == [
        ["Lindholm University, founded in 1921, and the Atacama Fund signed for it on 3 May 2024.", "9"]
    ]


def test_iris_are_shown_as_prefixed_names_that_a_query_takes(graph: Graph) -> None:
    _, rows = as_table(run_query(graph, "SELECT * { ?s kg:leads ?o }"))
    assert rows == [["institution:institute-of-optics", "project:condor-telescope"]]
    assert run_query(
        graph, "ASK { institution:institute-of-optics kg:leads project:condor-telescope }"
    ).boolean


def test_a_prefix_of_the_query_is_the_query_s_own(graph: Graph) -> None:
    assert run_query(
        graph, f"PREFIX kg: <urn:x> PREFIX me: <{vocab.ONTOLOGY}> ASK {{ ?s me:leads ?o }}"
    ).boolean


def test_rows_without_order_are_sorted_and_order_by_is_kept(graph: Graph) -> None:
    shuffled = Graph(bind_namespaces="none")
    for triple in sorted(graph, reverse=True):
        shuffled.add(triple)
    query = "SELECT ?name { ?x rdfs:label ?name }"
    assert run_query(shuffled, query).rows == run_query(graph, query).rows
    _, rows = as_table(run_query(graph, query + " ORDER BY DESC(?name) LIMIT 2"))
    assert rows == [["Sweden"], ["Lindholm University"]]


def test_the_columns_of_select_star_stand_in_the_order_of_the_text(graph: Graph) -> None:
    result = run_query(graph, "SELECT * { ?z kg:leads ?a . ?z rdfs:label $m BIND(1 AS ?b) }")
    assert result.columns == ("z", "a", "m", "b")


def test_a_select_without_rows_prints_only_the_header(graph: Graph) -> None:
    result = run_query(graph, "SELECT ?a ?b { ?a kg:funds ?b }")
    assert as_table(result) == (("a", "b"), [])
    assert as_csv(result) == "a,b\r\n"
    assert json.loads(as_json(result)) == {"head": {"vars": ["a", "b"]}, "results": {"bindings": []}}


def test_an_unbound_variable_is_empty(graph: Graph) -> None:
    result = run_query(
        graph, "SELECT ?n ?c { ?x a kg:Place ; rdfs:label ?n OPTIONAL { ?x kg:countryCode ?c } }"
    )
    assert as_table(result)[1] == [["Atacama", ""]]
    assert as_csv(result) == "n,c\r\nAtacama,\r\n"
    assert json.loads(as_json(result))["results"]["bindings"] == [
        {"n": {"type": "literal", "value": "Atacama"}}
    ]


def test_ask_gives_one_boolean(graph: Graph) -> None:
    result = run_query(graph, "ASK { ?s kg:leads ?o }")
    assert result.boolean is True
    assert as_table(result) == (("answer",), [["true"]])
    assert as_csv(result) == "answer\r\ntrue\r\n"
    assert json.loads(as_json(result)) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("form", ["CONSTRUCT { ?s kg:participatesIn ?o } WHERE", "DESCRIBE ?s WHERE"])
def test_construct_and_describe_give_a_graph_with_prefixes(graph: Graph, form: str) -> None:
    result = run_query(graph, form + " { ?s kg:leads ?o }")
    assert result.graph is not None
    assert result.columns == ("subject", "predicate", "object")
    assert len(result.rows) == len(result.graph) > 0
    assert b"\ninstitution:institute-of-optics\n" in serialise(result.graph)


def test_json_is_that_of_the_standard() -> None:
    graph = graph_of(Literal("a"), Literal("b", lang="en"), Literal(3))
    bindings = json.loads(as_json(run_query(graph, "SELECT * { ?s rdfs:label ?o }")))["results"]["bindings"]
    assert [binding["o"] for binding in bindings] == [
        {"type": "literal", "value": "a"},
        {"type": "literal", "value": "b", "xml:lang": "en"},
        {"type": "literal", "value": "3", "datatype": PREFIXES["xsd"] + "integer"},
    ]
    assert bindings[0]["s"] == {"type": "uri", "value": vocab.DATA + "project/0"}


@pytest.mark.parametrize(
    "text", ['a "quoted", name', "two\nlines", "<script>", "\u202eabc", "semi;colon", ""]
)
def test_csv_and_json_bring_any_text_back(text: str) -> None:
    result = run_query(graph_of(Literal(text)), "SELECT ?o { ?s rdfs:label ?o }")
    assert list(csv.reader(io.StringIO(as_csv(result), newline="")))[1:] == [[text]]
    assert json.loads(as_json(result))["results"]["bindings"][0]["o"]["value"] == text


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_runs_as_a_formula_of_a_spreadsheet(text: str) -> None:
    result = run_query(graph_of(Literal(text)), "SELECT ?o { ?s rdfs:label ?o }")
    ((cell,),) = list(csv.reader(io.StringIO(as_csv(result), newline="")))[1:]
    assert cell == "'" + text
    assert json.loads(as_json(result))["results"]["bindings"][0]["o"]["value"] == text


def test_a_negative_number_stays_a_number_in_csv() -> None:
    assert as_csv(run_query(graph_of(Literal(-5)), "SELECT ?o { ?s rdfs:label ?o }")) == "o\r\n-5\r\n"


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("", "^line 1, column 1: the query ends too early$"),
        ("SELECT * {\n  ?s ?p\n}", "^line 2, column 3: not understood from '[?]s' on$"),
        ("SELEKT * { ?s ?p ?o }", "^line 1, column 1: not understood from 'SELEKT' on$"),
        ("SELECT * { ?s foo:x ?o }", "^line 1, column 15: the prefix 'foo' is not declared$"),
        ("ASK {\n ?s kg:leads ?o .\n ?s foo:x ?o }", "^line 3, column 5: the prefix 'foo' is not declared$"),
        ("SELECT ?x { ?s ?p ?o FILTER(nosuch(?s)) }", "line 1"),
        ("SELECT * { ?s ?p '\\UFFFFFFFF' }", "^line 1, column 21: Invalid unicode code point: FFFFFFFF$"),
        ("SELECT * " + "{" * 5000, "."),
    ],
)
def test_a_bad_query_is_explained_in_one_line(graph: Graph, sparql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(graph, sparql)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (
            "SELECT ?x (COUNT(*) AS ?n)\n{ ?x a ?y }",
            "^line 2, column 12: The SELECT contains a variable that",
        ),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "^line 1, column 30: Duplicated variable name in SELECT$"),
        (
            "SELECT ?x { ?x a ?y FILTER(<urn:f>(?y)) }",
            "^the query cannot be run: The custom function <urn:f> is",
        ),
    ],
)
def test_what_pyoxigraph_finds_wrong_is_said_with_its_place(graph: Graph, sparql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run_query(store_of(graph), sparql)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> kg:leads <urn:b> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <http://example.org/x>",
    ],
)
def test_updates_are_refused(graph: Graph, update: str) -> None:
    size = len(graph)
    with pytest.raises(QueryError, match="updates are refused"):
        run_query(graph, "PREFIX kg: <urn:k>\n" + update)
    assert len(graph) == size


@pytest.mark.parametrize(
    ("sparql", "word"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        (
            "SELECT * { ?s ?p ?o OPTIONAL { { SERVICE SILENT ?s { ?a ?b ?c } } UNION { ?s a ?o } } }",
            "SERVICE",
        ),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT * { { SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } } } }", "SERVICE"),
        ("SELECT * { BIND(EXISTS { SERVICE <http://e/> { ?s ?p ?o } } AS ?x) }", "SERVICE"),
        ("ASK { ?s ?p ?o MINUS { SERVICE <http://example.org/> { ?s ?p ?o } } }", "SERVICE"),
        (
            "SELECT (COUNT(*) AS ?n) { ?s a ?t } HAVING (EXISTS { SERVICE <http://e/> { ?s ?p ?o } })",
            "SERVICE",
        ),
        ("SELECT * FROM <http://example.org/x.ttl> { ?s ?p ?o }", "FROM"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://example.org/> WHERE { ?s ?p ?o }", "FROM"),
        ("DESCRIBE <urn:a> FROM <http://example.org/>", "FROM"),
        ("SELECT * { GRAPH <http://example.org/> { ?s ?p ?o } }", "GRAPH"),
    ],
)
def test_nothing_outside_the_graph_is_reached(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, sparql: str, word: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the query reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(QueryError, match=f"^{word} "):
        run_query(graph, sparql)


def test_a_query_may_speak_of_services_and_graphs_in_text(graph: Graph) -> None:
    assert (
        run_query(graph, "ASK { ?s rdfs:label 'SERVICE <http://x/> FROM GRAPH' } # SERVICE").boolean is False
    )


def test_the_query_leaves_the_graph_as_it_was(graph: Graph) -> None:
    before = set(graph)
    run_query(graph, "SELECT * { ?s kg:leads ?o BIND(kg:x AS ?y) }")
    assert set(graph) == before
    assert KG.x not in set(graph.all_nodes())
