"""GraphML, GEXF, Neo4j and CSV: what goes in comes out, whatever the names are."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import networkx as nx
import pytest

from kg.export import FORMATS, to_networkx
from kg.export.neo4j import BETWEEN
from kg.export.tables import guard
from kg.graph import build_graph
from kg.model import Origin, PartialDate, Place
from kg.reading import read_knowledge
from kg.store import store_of


def names(knowledge) -> dict[str, str]:
    return {entity.id: entity.name for entity in knowledge.entities}


def edges(knowledge) -> set[tuple[str, str, str]]:
    return {
        (fact.subject, fact.object, str(fact.predicate))
        for fact in knowledge.facts
        if not isinstance(fact.object, PartialDate)
    }


def cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_reading_a_graph_gives_the_knowledge_back(knowledge_with_name, store) -> None:
    found = read_knowledge(store)
    assert set(found.entities) == set(knowledge_with_name.entities)
    assert set(found.facts) == set(knowledge_with_name.facts)
    assert [entity.id for entity in found.entities] == sorted(entity.id for entity in found.entities)
    assert found.merges == knowledge_with_name.merges
    assert [article.title for article in found.articles] == [a.title for a in knowledge_with_name.articles]


def test_close_matches_places_in_files_and_given_up_ids_come_back(knowledge) -> None:
    first, *others = knowledge.entities
    first = replace(first, links=("close:geonames:3895114", "close:ror:05gq02987", *first.links))
    article = replace(knowledge.articles[0], also_in=("a.txt",), origins=(Origin(0, 4, 2, 7),))
    redirects = (("project/condor", "project/condor-telescope"),)
    known = replace(
        knowledge,
        articles=(article, *knowledge.articles[1:]),
        entities=(first, *others),
        redirects=redirects,
    )
    found = read_knowledge(store_of(build_graph(known)))
    assert set(found.entities) == {first, *others}
    assert found.redirects == redirects
    assert found.articles[0].also_in == ("a.txt",)
    assert found.articles[0].place_at(0) == Place(4, 2, 7)


def test_a_network_has_entities_as_nodes_facts_as_edges_and_dates_as_attributes(knowledge) -> None:
    network = to_networkx(knowledge)
    assert set(network.nodes) == set(names(knowledge))
    assert set(network.edges(keys=True)) == edges(knowledge)
    assert network.nodes["project/condor-telescope"]["signedOn"] == "2024-05-03"
    edge = network.edges["institution/institute-of-optics", "project/condor-telescope", "leads"]
    assert (edge["belief"], edge["articles"]) == (0.99, 2)


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_the_same_network_back(knowledge_with_name, store, form: str, read) -> None:
    (data,) = FORMATS[form].write(store).values()
    found = read(io.BytesIO(data))
    assert {node: attributes["name"] for node, attributes in found.nodes(data=True)} == names(
        knowledge_with_name
    )
    assert {(a, b, e["predicate"]) for a, b, e in found.edges(data=True)} == edges(knowledge_with_name)
    quotes = {proof.quote for fact in knowledge_with_name.facts for proof in fact.evidence}
    assert {edge["quote"] for _, _, edge in found.edges(data=True)} <= quotes


def test_no_date_of_today_is_in_gexf(store) -> None:
    (data,) = FORMATS["gexf"].write(store).values()
    assert b"lastmodifieddate" not in data


def test_spreadsheet_tables_give_every_cell_back(knowledge_with_name, store) -> None:
    tables = {name: cells(data) for name, data in FORMATS["csv"].write(store).items()}

    def back(cell: str) -> str:
        return cell.removeprefix("'")

    assert {row["id"]: back(row["name"]) for row in tables["entities.csv"]} == names(knowledge_with_name)
    assert len(tables["facts.csv"]) == len(knowledge_with_name.facts)
    quotes = sorted(proof.quote for fact in knowledge_with_name.facts for proof in fact.evidence)
    assert sorted(back(row["quote"]) for row in tables["evidence.csv"]) == quotes
    assert [back(row["title"]) for row in tables["articles.csv"]] == [
        a.title for a in knowledge_with_name.articles
    ]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx", "'x", "x", "", "1"])
def test_no_cell_is_a_formula_and_every_guard_can_be_undone(cell: str) -> None:
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert guard(cell).removeprefix("'") == cell


def test_neo4j_tables_have_the_layout_of_its_import(knowledge_with_name, store) -> None:
    files = FORMATS["neo4j"].write(store)
    entities, facts = cells(files["entities.csv"]), cells(files["facts.csv"])
    assert {row["id:ID"]: row["name"] for row in entities} == names(knowledge_with_name)
    found = {(row[":START_ID"], row[":END_ID"], row[":TYPE"]) for row in facts}
    assert {(a, b, t.replace("_", "").lower()) for a, b, t in found} == {
        (a, b, p.lower()) for a, b, p in edges(knowledge_with_name)
    }
    labels = {row["id:ID"]: row[":LABEL"].split(BETWEEN) for row in entities}
    assert labels["institution/lindholm-university"] == ["Entity", "Institution", "University"]
    assert "U+001F" in files["HOW-TO-IMPORT.txt"].decode()


def test_cypher_is_a_statement_a_line_with_every_name_in_a_string(knowledge_with_name, store) -> None:
    (data,) = FORMATS["cypher"].write(store).values()
    lines = data.decode().removesuffix("\n").split("\n")
    assert all(line.endswith(";") for line in lines)
    nodes = [line for line in lines if line.startswith("MERGE")]
    relations = [line for line in lines if line.startswith("MATCH")]
    assert len(nodes) == len(knowledge_with_name.entities)
    assert len(relations) == len(edges(knowledge_with_name))
    assert len(lines) == 1 + len(nodes) + len(relations)
    found = {}
    for line in nodes:
        strings = [json.loads(text) for text in re.findall(r'"(?:[^"\\]|\\.)*"', line)]
        found[strings[0]] = strings[1]
        # Outside its strings, nothing of a name is left.
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
        assert re.fullmatch(r'[\w :{}(),+=;`\[\]"]*', bare)
    assert found == names(knowledge_with_name)
