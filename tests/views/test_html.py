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
from importlib import resources

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.graph import serialise
from kg.turtle import KG
from kg.views import render_network, render_pages
from kg.views.network import FORCE_GRAPH, LARGEST_FOR_VIS
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


def pages_of(graph):
    return {name: b"".join(pieces) for name, pieces in render_pages(graph).items()}


PAGES = ("index.html", "graph.html", "countries.html", "timeline.html")


@pytest.fixture(scope="module")
def hostile_pages(hostile_graph):
    return {name: Page(page) for name, page in pages_of(hostile_graph).items()}


@pytest.fixture(scope="module")
def plain_pages(plain_graph):
    return {name: Page(page) for name, page in pages_of(plain_graph).items()}


@pytest.fixture(params=PAGES)
def page_name(request):
    return request.param


@pytest.fixture
def hostile_page(hostile_pages, page_name):
    return hostile_pages[page_name]


@pytest.fixture
def plain_page(plain_pages, page_name):
    return plain_pages[page_name]


def test_there_are_four_pages_that_link_to_each_other(plain_pages):
    assert tuple(plain_pages) == PAGES
    for name, page in plain_pages.items():
        links = [attributes for tag, attributes in page.elements if tag == "a" and "class" not in attributes]
        assert [link["href"] for link in links] == list(PAGES)
        assert [link["href"] for link in links if "aria-current" in link] == [name]


def test_a_page_that_stands_alone_links_nowhere(small_graph):
    page = Page(render_network(small_graph))
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == ["#panel"]


@pytest.mark.parametrize("name", PAGES)
def test_it_says_what_it_is_before_anything_else(small_graph, name):
    html = pages_of(small_graph)[name].decode("utf-8")
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
            assert attributes[name] in PAGES or attributes[name].startswith(("data:,", "#")), (tag, name)
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
    assert hashes
    assert policy == (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not any(name.startswith("on") for _, attributes in plain_page.elements for name in attributes)


def test_no_text_becomes_markup(hostile_page, plain_page):
    assert hostile_page.elements == plain_page.elements
    assert [entry[:2] for entry in hostile_page.raw] == [entry[:2] for entry in plain_page.raw]


def test_every_text_arrives_as_it_was(hostile_page, hostile_texts):
    arrived = set(strings(hostile_page.data("graph-data")))
    for text in hostile_texts:
        assert {text, f"alias {text}"} <= arrived


def test_the_drawing_knows_nodes_by_number(hostile_pages):
    drawing = hostile_pages["graph.html"].data("drawing-data")
    assert all(type(node["id"]) is int for node in drawing["nodes"])
    assert all({type(edge["from"]), type(edge["to"]), type(edge["id"])} == {int} for edge in drawing["edges"])


def test_labels_are_short_and_never_empty(small_graph):
    small_graph.remove((None, SKOS.prefLabel, Literal("Atacama Fund")))
    small_graph.add((URIRef(DATA + "institution/atacama-fund"), SKOS.prefLabel, Literal(" \n ")))
    small_graph.add((URIRef(DATA + "place/long"), RDF.type, KG.Place))
    small_graph.add((URIRef(DATA + "place/long"), SKOS.prefLabel, Literal("very long name of a place " * 20)))
    labels = [node["label"] for node in Page(render_network(small_graph)).data("drawing-data")["nodes"]]
    assert "(no name)" in labels
    assert all(len(line) <= 20 for label in labels for line in label.split("\n"))
    assert all(len(label.split("\n")) <= 2 for label in labels)


def test_nothing_moves_when_it_opens(small_graph):
    drawing = Page(render_network(small_graph)).data("drawing-data")
    assert drawing["options"]["physics"]["enabled"] is False
    assert all(type(node[axis]) is int for node in drawing["nodes"] for axis in "xy")


def test_arrows_follow_the_facts(small_graph):
    drawing = Page(render_network(small_graph)).data("drawing-data")
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
    page = Page(render_network(Graph()))
    assert page.data("graph-data")["nodes"] == []
    assert page.data("drawing-data")["nodes"] == []


def test_the_order_of_the_triples_does_not_matter(small_graph):
    triples = sorted(small_graph)
    random.Random(3).shuffle(triples)
    shuffled = Graph()
    for triple in triples:
        shuffled.add(triple)
    assert render_network(shuffled) == render_network(small_graph)


def test_the_hash_seed_does_not_matter(small_graph, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(serialise(small_graph))
    code = (
        "import sys; from rdflib import Graph; from kg.views import render_network;"
        "sys.stdout.buffer.write(render_network(Graph().parse(sys.argv[1])))"
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
    assert pages == {render_network(small_graph)}


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


def test_a_graph_too_large_for_vis_network_is_drawn_by_force_graph(made_up_graph):
    small, large = (render_network(made_up_graph(size)) for size in (LARGEST_FOR_VIS, LARGEST_FOR_VIS + 1))
    assert b"vis.Network(" in small
    assert b"ForceGraph(" not in small
    assert b"new ForceGraph(stage)" in large
    assert b"vis.Network(" not in large
    drawing = Page(large).data("drawing-data")
    assert len(drawing["nodes"]) == LARGEST_FOR_VIS + 1
    assert all(len(node) == 4 for node in drawing["nodes"])


def test_a_thousand_entities_take_at_most_a_megabyte_and_a_half(made_up_graph):
    for name, page in pages_of(made_up_graph(1000)).items():
        assert len(page) <= 1_500_000, name


def test_what_is_written_of_the_library_is_what_its_version_says():
    vendor = resources.files("kg.views") / "vendor"
    names = sorted(path.name for path in vendor.iterdir())
    assert names == [FORCE_GRAPH, "force-graph-LICENSES.txt"]
    version = FORCE_GRAPH.removeprefix("force-graph-").removesuffix(".min.js")
    assert f"Version {version} force-graph" in (vendor / FORCE_GRAPH).read_text(encoding="utf-8")
    assert f"force-graph {version}" in (vendor / "force-graph-LICENSES.txt").read_text(encoding="utf-8")
