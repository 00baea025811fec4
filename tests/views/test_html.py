"""The file: whole in itself, the same for the same graph, and no way out for text."""

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.graph import serialise
from kg.turtle import KG
from kg.views import render_html
from kg.views.words import RELATION_WORDS, relation_words, spaced
from kg.vocab import DATA, Predicate


class Page(HTMLParser):
    """The elements of a page, and what stands in its scripts and styles."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in {"script", "style"} else None

    def handle_endtag(self, tag):
        self._open = None

    def handle_data(self, data):
        if self._open:
            self.raw.append((*self._open, data))

    def data(self, element_id):
        (text,) = [text for _, attributes, text in self.raw if attributes.get("id") == element_id]
        return json.loads(text)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@pytest.fixture(scope="module")
def hostile_page(hostile_graph):
    return Page(render_html(hostile_graph))


@pytest.fixture(scope="module")
def plain_page(plain_graph):
    return Page(render_html(plain_graph))


def test_it_says_what_it_is_before_anything_else(small_graph):
    html = render_html(small_graph).decode("utf-8")
    assert html.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html
    assert "<title>" in html


def test_nothing_is_loaded_from_elsewhere(plain_page):
    for tag, attributes in plain_page.elements:
        for name in {
            "src",
            "srcset",
            "href",
            "action",
            "poster",
            "data",
            "style",
            "background",
        } & attributes.keys():
            assert attributes[name].startswith(("data:,", "#")), (tag, name)
    for tag, attributes, text in plain_page.raw:
        if tag == "style":
            assert not re.search(r"@import|url\(|https?:", text)
        elif "type" not in attributes:
            assert "sourceMappingURL" not in text
            assert not re.search(r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\(", text)


def test_the_browser_runs_these_scripts_and_no_other(plain_page):
    (policy,) = [
        attributes["content"]
        for _, attributes in plain_page.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    scripts = [
        text for tag, attributes, text in plain_page.raw if tag == "script" and "type" not in attributes
    ]
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts
    ]
    assert len(scripts) == 2
    assert policy == (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data:"
    )
    assert not any(name.startswith("on") for _, attributes in plain_page.elements for name in attributes)


def test_no_text_becomes_markup(hostile_page, plain_page):
    assert hostile_page.elements == plain_page.elements
    assert [entry[:2] for entry in hostile_page.raw] == [entry[:2] for entry in plain_page.raw]


def test_every_text_arrives_as_it_was(hostile_page, hostile_texts):
    arrived = set(strings(hostile_page.data("graph-data")))
    for text in hostile_texts:
        assert {text, f"alias {text}"} <= arrived


def test_the_drawing_knows_nodes_by_number(hostile_page):
    drawing = hostile_page.data("drawing-data")
    assert all(type(node["id"]) is int for node in drawing["nodes"])
    assert all({type(edge["from"]), type(edge["to"]), type(edge["id"])} == {int} for edge in drawing["edges"])


def test_labels_are_short_and_never_empty(small_graph):
    small_graph.remove((None, SKOS.prefLabel, Literal("Atacama Fund")))
    small_graph.add((URIRef(DATA + "institution/atacama-fund"), SKOS.prefLabel, Literal(" \n ")))
    small_graph.add((URIRef(DATA + "place/long"), RDF.type, KG.Place))
    small_graph.add((URIRef(DATA + "place/long"), SKOS.prefLabel, Literal("very long name of a place " * 20)))
    labels = [node["label"] for node in Page(render_html(small_graph)).data("drawing-data")["nodes"]]
    assert "(no name)" in labels
    assert all(len(line) <= 20 for label in labels for line in label.split("\n"))
    assert all(len(label.split("\n")) <= 2 for label in labels)


def test_nothing_moves_when_it_opens(small_graph):
    drawing = Page(render_html(small_graph)).data("drawing-data")
    assert drawing["options"]["physics"]["enabled"] is False
    assert all(type(node[axis]) is int for node in drawing["nodes"] for axis in "xy")


def test_arrows_follow_the_facts(small_graph):
    drawing = Page(render_html(small_graph)).data("drawing-data")
    labels = {node["id"]: node["label"] for node in drawing["nodes"]}
    arrows = {}
    for edge in drawing["edges"]:
        one, other = labels[edge["from"]], labels[edge["to"]]
        for end, head in (("to", (one, other)), ("from", (other, one))):
            if end in edge["arrows"]:
                arrows[head] = True
    assert ("Institute of Optics", "Condor Telescope") in arrows
    assert ("Condor Telescope", "Institute of Optics") not in arrows
    assert ("Chile", "Sweden") not in arrows
    assert ("Sweden", "Chile") not in arrows


def test_an_empty_graph_is_a_page_too():
    page = Page(render_html(Graph()))
    assert page.data("graph-data")["nodes"] == []
    assert page.data("drawing-data")["nodes"] == []


def test_the_order_of_the_triples_does_not_matter(small_graph):
    triples = sorted(small_graph)
    random.Random(3).shuffle(triples)
    shuffled = Graph()
    for triple in triples:
        shuffled.add(triple)
    assert render_html(shuffled) == render_html(small_graph)


def test_the_hash_seed_does_not_matter(small_graph, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(small_graph))
    code = (
        "import sys; from rdflib import Graph; from kg.views import render_html;"
        "sys.stdout.buffer.write(render_html(Graph().parse(sys.argv[1])))"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert pages == {render_html(small_graph)}


@pytest.mark.parametrize("predicate", Predicate)
def test_every_relation_has_words_for_both_ends(predicate):
    subject_words, object_words = RELATION_WORDS[predicate]
    assert subject_words
    assert object_words
    if predicate.is_symmetric:
        assert subject_words == object_words


def test_other_predicates_and_classes_are_spelled_out():
    assert relation_words("hasMember") == ("has member", "has member (of)")
    assert spaced("ResearchCouncil") == "Research council"
