"""Every question on a graph that a person can answer it from; the same rows from each engine."""

from __future__ import annotations

import pytest

from kg.graph import build_graph
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, Origin, PartialDate
from kg.query import ask
from kg.questions import questions
from kg.results import as_table
from kg.store import store_of
from kg.vocab import Kind, Predicate

QUAY = "The Quay Institute of Norway leads Tidewatch with Delta College of Egypt, paid for by the Reef Fund."
START = (
    "Tidewatch and Shore Atlas were announced in 2018. Tidewatch was signed on 4 May 2019, "
    "began in June 2019 and ended in 2021."
)
LATER = (
    "Tidewatch ended in 2020, says the Quay Institute, a partner of the Reef Fund. Norway and Egypt agreed."
)
FIRST = Article(
    "first", "a.txt", "Tides counted", f"{QUAY} {START}", PartialDate(2019, 7), origins=(Origin(0, 3, 2, 5),)
)
SECOND = Article(
    "second", "b.txt", "Tides again", f"{QUAY} {LATER}", PartialDate(2021), origins=(Origin(0, 1),)
)


def proof(article: Article, quote: str, confidence: float = 0.6) -> Evidence:
    start = article.text.index(quote)
    return Evidence(article.id, start, start + len(quote), quote, "rules/verbs", confidence)


def fact(subject: str, predicate: Predicate, obj: str | PartialDate, *evidence: Evidence) -> Fact:
    belief = evidence[0].confidence if len(evidence) == 1 else 0.84
    return Fact(subject, predicate, obj, tuple(sorted(evidence)), belief)


@pytest.fixture(scope="module")
def graph():
    quay, delta, reef = (f"institution/{name}" for name in ("quay", "delta", "reef"))
    tide, atlas = "project/tidewatch", "project/atlas"
    norway, egypt = "country/no", "country/eg"
    both = (proof(FIRST, QUAY), proof(SECOND, QUAY))
    first, start, later = (proof(FIRST, QUAY), proof(FIRST, START), proof(SECOND, LATER, 0.4))
    facts = (
        fact(quay, Predicate.LEADS, tide, *both),
        fact(delta, Predicate.PARTICIPATES_IN, tide, first),
        fact(reef, Predicate.FUNDS, tide, first),
        fact(quay, Predicate.COLLABORATES_WITH, reef, later),
        fact(quay, Predicate.LOCATED_IN, norway, first),
        fact(delta, Predicate.LOCATED_IN, egypt, first),
        fact(norway, Predicate.COOPERATES_WITH, egypt, later),
        fact(tide, Predicate.INVOLVES_COUNTRY, egypt, first),
        fact(tide, Predicate.ANNOUNCED_ON, PartialDate(2018), start),
        fact(atlas, Predicate.ANNOUNCED_ON, PartialDate(2018), start),
        fact(tide, Predicate.SIGNED_ON, PartialDate(2019, 5, 4), start),
        fact(tide, Predicate.STARTED_ON, PartialDate(2019, 6), start),
        fact(tide, Predicate.COMPLETED_ON, PartialDate(2020), later),
        fact(tide, Predicate.COMPLETED_ON, PartialDate(2021), start),
    )
    entities = (
        Entity(quay, Kind.INSTITUTION, "Quay Institute", aliases=("Quay",), subtype="ResearchInstitute"),
        Entity(delta, Kind.INSTITUTION, "Delta College", subtype="University"),
        Entity(reef, Kind.INSTITUTION, "Reef Fund", subtype="FundingBody"),
        Entity(tide, Kind.PROJECT, "Tidewatch"),
        Entity(atlas, Kind.PROJECT, "Shore Atlas"),
        Entity(norway, Kind.COUNTRY, "Norway", links=("iso:NO",)),
        Entity(egypt, Kind.COUNTRY, "Egypt", links=("iso:EG",)),
    )
    merges = (Merge(quay, "Quay", "Quay Institute", "first word", 0.8),)
    return build_graph(Knowledge((FIRST, SECOND), entities, facts, merges))


TIDE = ["Tidewatch", "kg:completedOn"]
ANSWERS: dict[str, tuple[dict[str, str], list[list[str]]]] = {
    "active-projects": (
        {"year": "2019"},
        [["Tidewatch", "2019-06", "2020"], ["Tidewatch", "2019-06", "2021"]],
    ),
    "agreements-since": ({"since": "2019-05"}, [["2019-05-04", "Tidewatch", "Egypt"]]),
    "contradictions": ({}, [[*TIDE, "2021", "0.6", "kg:completedOn", "2020", "0.4"]]),
    "country-pairs": (
        {"country": "egypt"},
        [["Egypt", "Delta College", "Norway", "Quay Institute", "Tidewatch"]],
    ),
    "evidence": (
        {"name": "Delta College"},
        [
            ["Delta College", "kg:locatedIn", "Egypt", QUAY, "a.txt", "2", "3", "5"],
            ["Delta College", "kg:participatesIn", "Tidewatch", QUAY, "a.txt", "2", "3", "5"],
        ],
    ),
    "facts-by-article": ({}, [["Tides counted", "2019-07", "11", "10"], ["Tides again", "2021", "4", "3"]]),
    "funding": ({}, [["Reef Fund", "Tidewatch", "0.6", QUAY]]),
    "learned-from": (
        {"article": "b.txt"},
        [
            ["Norway", "kg:cooperatesWith", "Egypt", "true", LATER],
            ["Quay Institute", "kg:collaboratesWith", "Reef Fund", "true", LATER],
            ["Quay Institute", "kg:leads", "Tidewatch", "false", QUAY],
            [*TIDE, "2020", "true", LATER],
        ],
    ),
    "low-belief": (
        {"below": "0.5"},
        [
            ["0.4", "Norway", "kg:cooperatesWith", "Egypt", LATER],
            ["0.4", "Quay Institute", "kg:collaboratesWith", "Reef Fund", LATER],
            ["0.4", *TIDE, "2020", LATER],
        ],
    ),
    "names": ({"name": "quay"}, [["Quay Institute", "Quay", "Quay Institute", "first word", "0.8"]]),
    "network": (
        {},
        [
            ["Delta College", "Quay Institute", "1"],
            ["Delta College", "Reef Fund", "1"],
            ["Quay Institute", "Reef Fund", "1"],
        ],
    ),
    "partners": (
        {"institution": "Reef Fund"},
        [["Delta College", "Tidewatch"], ["Quay Institute", "Tidewatch"], ["Quay Institute", "directly"]],
    ),
    "projects": ({"institution": "Quay"}, [["Tidewatch", "kg:leads", "0.84"]]),
    "shared-projects": ({"country": "Norway", "other": "Egypt"}, [["Tidewatch"]]),
    "timeline": (
        {"project": "tidewatch"},
        [
            ["2018", "kg:announcedOn", "0.6", START],
            ["2019-05-04", "kg:signedOn", "0.6", START],
            ["2019-06", "kg:startedOn", "0.6", START],
            ["2020", "kg:completedOn", "0.4", LATER],
            ["2021", "kg:completedOn", "0.6", START],
        ],
    ),
    "top-institutions": ({}, [["Egypt", "Delta College", "1"], ["Norway", "Quay Institute", "1"]]),
    "well-supported": ({"least": "2"}, [["2", "0.84", "Quay Institute", "kg:leads", "Tidewatch"]]),
    "without-country": ({}, [["Reef Fund", "kg:Institution", "2"], ["Shore Atlas", "kg:Project", "1"]]),
}


def test_every_question_with_rows_is_answered_here() -> None:
    assert ANSWERS.keys() == questions().keys() - {"about"}


@pytest.mark.parametrize("engine", ["rdflib", "pyoxigraph"])
@pytest.mark.parametrize("name", ANSWERS)
def test_the_rows_are_those_that_the_articles_tell(graph, name: str, engine: str) -> None:
    values, expected = ANSWERS[name]
    result = ask(graph if engine == "rdflib" else store_of(graph), name, values)
    rows = as_table(result)[1]
    assert rows == expected


@pytest.mark.parametrize("engine", ["rdflib", "pyoxigraph"])
def test_everything_within_two_hops_are_the_facts_of_an_entity_and_of_what_they_lead_to(
    graph, engine: str
) -> None:
    source = graph if engine == "rdflib" else store_of(graph)
    triples = {tuple(row) for row in as_table(ask(source, "about", {"name": "Delta College"}))[1]}
    assert ("institution:delta", "kg:participatesIn", "project:tidewatch") in triples
    assert ("institution:quay", "kg:leads", "project:tidewatch") in triples  # by the project
    assert ("country:no", "kg:cooperatesWith", "country:eg") in triples  # by the country
    assert ("institution:quay", "kg:locatedIn", "country:no") not in triples  # three hops away
    assert ("institution:reef", "rdfs:label", "Reef Fund") in triples


def test_one_date_does_not_join_two_projects(graph) -> None:
    triples = as_table(ask(graph, "about", {"name": "Shore Atlas"}))[1]
    assert triples == [
        ["project:atlas", "rdfs:label", "Shore Atlas"],
        ["project:atlas", "kg:announcedOn", "2018"],
    ]
