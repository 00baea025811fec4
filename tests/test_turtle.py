"""Turtle that people can read: prefixes, order, one triple a line, nothing hidden."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef

from kg import vocab
from kg.graph import build_graph
from kg.model import Knowledge
from kg.turtle import KG, PREFIXES, new_graph, prefixes, serialise, shorten

ROOT = Path(__file__).parent.parent


def lines_of(*values: Literal | URIRef) -> list[str]:
    graph = new_graph(vocab.DATA)
    for value in values:
        graph.add((KG.x, KG.y, value))
    return [line.strip() for line in serialise(graph).decode().splitlines() if "kg:y" in line]


def test_each_triple_has_its_own_line(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    text = serialise(graph).decode()
    assert sum(line.startswith("    ") for line in text.splitlines()) == len(graph)
    assert text.endswith(" ;\n.\n")


def test_one_more_fact_only_adds_lines(knowledge: Knowledge) -> None:
    fewer = Knowledge(knowledge.articles, knowledge.entities, knowledge.facts[1:], knowledge.merges)
    before = serialise(build_graph(fewer)).decode().splitlines()
    after = iter(serialise(build_graph(knowledge)).decode().splitlines())
    assert all(line in after for line in before)


def test_passages_stand_in_the_order_of_their_articles(knowledge: Knowledge) -> None:
    text = serialise(build_graph(knowledge)).decode()
    proofs = sorted(
        {(item.article, item.start, item.quote) for fact in knowledge.facts for item in fact.evidence}
    )
    places = [text.index(f'kg:quote "{quote}"') for _, _, quote in proofs]
    assert places == sorted(places)


def test_each_fact_is_followed_by_its_readings(knowledge: Knowledge) -> None:
    blocks = serialise(build_graph(knowledge)).decode().split("\n\n")
    for block, following in itertools.pairwise(blocks):
        if block.startswith("fact:"):
            assert f"kg:reading {following.splitlines()[0]} ;" in block


def test_equal_graphs_give_equal_bytes_under_every_hash_seed() -> None:
    program = (
        "import sys; from rdflib import Graph; from kg.turtle import serialise;"
        "sys.stdout.buffer.write(serialise(Graph().parse('tests/golden/graph.ttl')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert outputs == {(ROOT / "tests/golden/graph.ttl").read_bytes()}


def test_only_the_prefixes_in_use_are_declared() -> None:
    graph = new_graph(vocab.DATA)
    graph.bind("a", "http://example.org/")
    graph.add((KG.x, RDF.type, KG.Y))
    assert (
        serialise(graph) == b"@prefix kg: <https://w3id.org/kgazette/ontology#> .\n\nkg:x\n    a kg:Y ;\n.\n"
    )


def test_an_empty_graph_is_an_empty_file() -> None:
    assert serialise(new_graph(vocab.DATA)) == b""


def test_marks_that_turn_or_hide_text_are_written_as_escapes() -> None:
    assert lines_of(Literal("a\u202eb\u200bc\u2028d\U000e0041")) == [
        'kg:y "a\\u202Eb\\u200Bc\\u2028d\\U000E0041" ;'
    ]


def test_letters_of_any_script_stand_as_they_are() -> None:
    assert lines_of(Literal("Universität 中国科学院 🚀")) == ['kg:y "Universität 中国科学院 🚀" ;']


def test_languages_and_datatypes_are_kept() -> None:
    assert lines_of(Literal("oui", lang="fr"), Literal("x", datatype=KG.odd)) == [
        'kg:y "oui"@fr ;',
        'kg:y "x"^^kg:odd ;',
    ]


def test_characters_that_no_iri_holds_are_escaped() -> None:
    assert lines_of(URIRef("http://x/<a b>")) == ["kg:y <http://x/\\u003Ca\\u0020b\\u003E> ;"]


def test_a_foreign_graph_with_blank_nodes_is_still_turtle() -> None:
    graph = Graph()
    graph.add((BNode(), RDFS.label, Literal("x")))
    assert len(Graph().parse(data=serialise(graph), format="turtle")) == 1


def test_names_are_shortened_only_where_turtle_and_sparql_allow_it() -> None:
    bound = prefixes(new_graph(vocab.DATA))
    assert shorten(vocab.ONTOLOGY + "leads", bound) == "kg:leads"
    assert shorten(vocab.DATA + "project/6g-flagship", bound) == "project:6g-flagship"
    assert shorten(vocab.DATA + "project/a%20b", bound) == "project:a%20b"
    assert shorten(vocab.DATA + "project/a/b", bound) is None
    assert shorten(vocab.DATA + "project/a.b", bound) is None
    assert shorten(vocab.DATA + "project/", bound) is None
    assert shorten("http://elsewhere/x", bound) is None


def test_no_prefix_of_the_data_hides_one_of_the_vocabularies() -> None:
    assert {prefix for prefix, _ in new_graph(vocab.DATA).namespaces()} > set(PREFIXES)
