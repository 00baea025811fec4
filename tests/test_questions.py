"""The questions that come with kgazette: documented, answered alike by every engine, and safe to ask."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from answers import GRAPH, VALUES, answer, path, text
from rdflib import XSD, Graph
from rdflib import Literal as Term

from kg.errors import QueryError
from kg.graph import build_graph
from kg.model import PartialDate
from kg.query import ask, run_query
from kg.questions import bind, question, questions
from kg.results import as_table
from kg.store import load_store, store_of
from kg.vocab import Predicate

NAMES = list(questions())
ANALYSTS_ASK = 15


@pytest.fixture(scope="module")
def store():
    return load_store(GRAPH)


@pytest.fixture
def small(knowledge):
    """The hand-made graph, with one contradiction more."""
    founded = next(fact for fact in knowledge.facts if fact.predicate is Predicate.FOUNDED_ON)
    other = replace(founded, object=PartialDate(1925), belief=0.4)
    return store_of(build_graph(replace(knowledge, facts=(*knowledge.facts, other))))


def rows(store, name: str, /, **values: str) -> list[list[str]]:
    return as_table(ask(store, name, values))[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_answers_and_what_its_columns_mean(name: str, store) -> None:
    asked = question(name)
    assert "?" in asked.text or ":" in asked.text
    assert tuple(column for column, _ in asked.columns) == answer(store, name).columns
    for parameter in asked.parameters:
        assert re.search(rf"\?{parameter.name}\b", asked.sparql)
    comments = [line for line in asked.sparql.split("\n\n")[0].split("\n") if ": " in line and " -- " in line]
    assert len(comments) == len(asked.parameters) + len(asked.columns)


def test_there_are_enough_questions_and_none_without_rows_for_lack_of_a_value() -> None:
    assert len(NAMES) >= ANALYSTS_ASK
    assert VALUES.keys() <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_the_sample_is_the_expected_one(name: str, store) -> None:
    assert text(answer(store, name)) == path(name).read_text(encoding="utf-8"), "`make docs` writes it anew"


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_and_pyoxigraph_answer_alike(name: str, store, sample_as_rdflib: Graph) -> None:
    assert ask(sample_as_rdflib, name, VALUES.get(name, {})).rows == answer(store, name).rows


@pytest.fixture(scope="module")
def sample_as_rdflib(store) -> Graph:
    return store.to_graph()


# The hand-made graph, with rows that follow from its sentences.


def test_partners_share_a_project_or_collaborate(small) -> None:
    assert rows(small, "partners", institution="Institute of Optics") == []
    small = store_of(Graph().parse(data=PARTNERS, format="turtle"))
    assert rows(small, "partners", institution="A") == [["B", "P"], ["C", "directly"]]
    assert rows(small, "partners", institution="C") == [["A", "directly"]]
    assert rows(small, "network") == [["A", "B", "1"]]
    assert rows(small, "country-pairs") == [["X", "A", "Y", "B", "P"], ["Y", "B", "X", "A", "P"]]
    assert rows(small, "country-pairs", country="X") == [["X", "A", "Y", "B", "P"]]
    assert rows(small, "shared-projects", country="X", other="Y") == [["P"]]
    assert rows(small, "top-institutions") == [["X", "A", "1"], ["Y", "B", "2"]]


PARTNERS = """
@prefix kg: <https://w3id.org/kgazette/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <urn:x:> .
:a rdfs:label "A" ; kg:leads :p ; kg:collaboratesWith :c ; kg:locatedIn :x .
:b rdfs:label "B" ; kg:funds :p , :q ; kg:locatedIn :y .
:c rdfs:label "C" .
:p a kg:Project ; rdfs:label "P" . :q a kg:Project ; rdfs:label "Q" .
:x a kg:Country ; rdfs:label "X" . :y a kg:Country ; rdfs:label "Y" .
"""


def test_a_timeline_has_the_sentences(small) -> None:
    quote = "Lindholm University, founded in 1921, and the Atacama Fund signed for it on 3 May 2024."
    assert rows(small, "timeline", project="CT") == [["2024-05-03", "kg:signedOn", "0.9", quote]]


@pytest.mark.parametrize(("since", "found"), [("2024", 1), ("2024-05-03", 1), ("2024-05-04", 0), ("2025", 0)])
def test_agreements_since_a_date(small, since: str, found: int) -> None:
    assert (
        rows(small, "agreements-since", since=since) == [["2024-05-03", "Condor Telescope", "Chile"]] * found
    )


def test_low_belief_is_below_the_number(small) -> None:
    assert [row[:4] for row in rows(small, "low-belief", below="0.5")] == [
        ["0.4", "Lindholm University", "kg:foundedOn", "1925"]
    ]
    assert len(rows(small, "low-belief")) == 1  # 0.7 where nothing is said
    assert len(rows(small, "low-belief", below="0.76")) == 2


def test_what_one_article_taught(small) -> None:
    by_title = rows(small, "learned-from", article="Condor on its way")
    assert by_title == rows(small, "learned-from", article="pages/06.md")
    assert [row[:4] for row in by_title] == [
        ["Chile", "kg:cooperatesWith", "Sweden", "true"],
        ["Institute of Optics", "kg:leads", "Condor Telescope", "false"],
    ]


def test_active_projects_have_begun_and_not_ended() -> None:
    graph = Graph().parse(
        data="""
        @prefix kg: <https://w3id.org/kgazette/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <urn:x:> .
        :a rdfs:label "A" ; kg:startedOn "2018"^^xsd:gYear ; kg:completedOn "2020-03"^^xsd:gYearMonth .
        :b rdfs:label "B" ; kg:startedOn "2019-07-01"^^xsd:date .
        :c rdfs:label "C" ; a kg:Event ; kg:startedOn "2018"^^xsd:gYear .
        """,
        format="turtle",
    )
    active = {year: [row[0] for row in rows(graph, "active-projects", year=year)] for year in YEARS}
    assert active == {"2017": [], "2018": ["A", "C"], "2019": ["A", "B"], "2020": ["A", "B"], "2021": ["B"]}


YEARS = ("2017", "2018", "2019", "2020", "2021")


def test_everything_within_two_hops(small) -> None:
    triples = {tuple(row) for row in rows(small, "about", name="Lindholm University")}
    assert ("institution:institute-of-optics", "kg:leads", "project:condor-telescope") in triples
    assert not any(row[1] == "kg:cooperatesWith" for row in triples)  # that is four hops away


# Values are values.


@pytest.mark.parametrize("value", ['x" } INSERT', '") ?s ?p ?o } #', "\\", "'; DROP", "\x00", "?x", "x\ny"])
def test_no_value_changes_a_query(small, value: str) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        rows(small, "partners", institution=value)
    for source in (small, small.to_graph()):
        result = run_query(source, "SELECT ?s ?n { ?s rdfs:label ?n }", bindings={"n": Term(value)})
        assert result.rows == ()


def test_names_are_found_in_any_case_and_others_proposed(small) -> None:
    assert rows(small, "timeline", project="condor telescope") == rows(small, "timeline", project="CT")
    with pytest.raises(QueryError, match=r"'condor telescop'; did you mean 'Condor Telescope'"):
        rows(small, "timeline", project="condor telescop")
    with pytest.raises(QueryError, match=r"called 'xyzzy'$"):
        rows(small, "timeline", project="xyzzy")


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("nonsense", {}, "no question is called 'nonsense'; there are about, "),
        ("partners", {}, "partners needs institution: "),
        ("partners", {"year": "2019"}, "partners has no parameter 'year' (its parameters: institution)"),
        ("funding", {"year": "2019"}, "funding has no parameter 'year' (its parameters: none)"),
        ("active-projects", {"year": "19"}, "year: '19' is no year"),
        ("active-projects", {"year": "２０１９"}, "year: '２０１９' is no year"),
        ("agreements-since", {"since": "May 2019"}, "since: 'May 2019' is no date"),
        ("agreements-since", {"since": "2019-02-30"}, "since: '2019-02-30' is no date"),
        ("low-belief", {"below": "1e9"}, "below: '1e9' is no number"),
        ("low-belief", {"below": "NaN"}, "below: 'NaN' is no number"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(
    small, name: str, values: dict[str, str], problem: str
) -> None:
    with pytest.raises(QueryError) as caught:
        ask(small, name, values)
    assert str(caught.value).startswith(problem)
    assert "\n" not in str(caught.value)


def test_an_empty_optional_value_is_none_at_all() -> None:
    assert bind(question("country-pairs"), {"country": ""}) == {}
    assert bind(question("low-belief"), {}) == {"below": Term("0.7", datatype=XSD.decimal)}
