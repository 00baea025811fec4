"""pyoxigraph and rdflib hold the same graph, and write the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import XSD, BNode, Graph, Literal, URIRef

from kg.graph import build_graph
from kg.store import load_store, read_token, serialise_store, store_of
from kg.turtle import number, serialise

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.builds(lambda text, lang: Literal(text, lang=lang), TEXT, st.sampled_from(["en", "fr-ca"])),
    st.integers(-(10**6), 10**6).map(Literal),
    st.decimals(-100, 100, places=3).map(
        lambda value: Literal(f"{value}", datatype=XSD.decimal, normalize=False)
    ),
    st.sampled_from([Literal("2019", datatype=XSD.gYear), Literal("2019-02-30", datatype=XSD.date)]),
)


def test_the_same_bytes_whichever_store_wrote_them(knowledge) -> None:
    graph = build_graph(knowledge)
    assert serialise_store(store_of(graph)) == serialise(graph)


@settings(max_examples=150, deadline=None)
@given(st.lists(LITERALS, max_size=4))
def test_any_literal_is_written_alike(literals: list[Literal]) -> None:
    graph = Graph(bind_namespaces="none")
    for literal in literals:
        graph.add((URIRef("urn:a"), URIRef("urn:b"), literal))
    store = store_of(graph)
    assert serialise_store(store) == serialise(store.to_graph())
    if len(store) == len(graph):
        # Two spellings of one number are two literals for rdflib and one for pyoxigraph.
        assert serialise_store(store) == serialise(graph)


def test_a_file_read_and_written_is_the_same_file(knowledge, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(build_graph(knowledge)))
    store = load_store(path)
    assert serialise_store(store) == path.read_bytes()
    assert serialise(store.to_graph()) == path.read_bytes()
    assert set(store.to_graph()) == set(build_graph(knowledge))


@pytest.mark.parametrize(
    ("text", "datatype", "canonical"),
    [
        ("1", XSD.decimal, "1.0"),
        ("0.50", XSD.decimal, "0.5"),
        ("-0.0", XSD.decimal, "0.0"),
        ("+01.10", XSD.decimal, "1.1"),
        (".5", XSD.decimal, ".5"),
        ("007", XSD.integer, "7"),
        ("-0", XSD.integer, "0"),
        ("-12", XSD.integer, "-12"),
        ("1.5", XSD.integer, "1.5"),
        ("many", XSD.integer, "many"),
        ("1", XSD.string, "1"),
        ("1", None, "1"),
    ],
)
def test_a_number_is_written_one_way(text: str, datatype: URIRef | None, canonical: str) -> None:
    assert number(text, datatype) == canonical


@pytest.mark.parametrize(
    ("token", "term"),
    [
        ("<urn:a>", URIRef("urn:a")),
        ("_:b1", BNode("b1")),
        ('"x"', Literal("x")),
        ('"a\\"b\\\\c\\n\\t\\r"', Literal('a"b\\c\n\t\r')),
        ('"\\u00e9\\U0001F680"', Literal("é🚀")),
        ('"oui"@fr', Literal("oui", lang="fr")),
        ('"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>', Literal("2019", datatype=XSD.gYear)),
        ('"a^^<b> @c"', Literal("a^^<b> @c")),
    ],
)
def test_a_term_of_n_triples_is_read(token: str, term: object) -> None:
    assert read_token(token) == term


def test_prefixes_are_read_from_the_head_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(
        "@prefix a: <urn:a:> . PREFIX b: <urn:b:>\nprefix c: <urn:c:>\na:x b:y c:z .", encoding="utf-8"
    )
    assert dict(load_store(path).prefixes) == {"urn:a:": "a", "urn:c:": "c"}
