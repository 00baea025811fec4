"""Graphs for the tests of the page: a small plain one, and one where every text tries to break out."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from kg.graph import build_graph
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, Origin, PartialDate
from kg.views import render_pages
from kg.vocab import Kind, Predicate

if TYPE_CHECKING:
    from rdflib import Graph

SENTENCE = "An institution of the usual kind leads a project of the usual length, as this sentence says."
JOINS = {
    (Kind.INSTITUTION, Kind.PROJECT): Predicate.PARTICIPATES_IN,
    (Kind.INSTITUTION, Kind.COUNTRY): Predicate.LOCATED_IN,
    (Kind.INSTITUTION, Kind.PLACE): Predicate.LOCATED_IN,
    (Kind.PROJECT, Kind.COUNTRY): Predicate.INVOLVES_COUNTRY,
    (Kind.INSTITUTION, Kind.INSTITUTION): Predicate.COLLABORATES_WITH,
}
HOSTILE = (
    "<script>window.__pwned=1</script>",
    "</script><script>window.__pwned=1</script>",
    "</title><script>window.__pwned=1</script>",
    "</style><img src=x onerror=window.__pwned=1>",
    "<img src=x onerror=window.__pwned=1>",
    "<svg onload=window.__pwned=1>",
    "<iframe srcdoc='<script>parent.__pwned=1</script>'></iframe>",
    "<a href='javascript:window.__pwned=1'>a link</a>",
    "href=1 <b onmouseover=window.__pwned=1>",
    "<!-- <script>",
    "--><script>window.__pwned=1</script>",
    "<!--<script></script><script>window.__pwned=1</script>",
    "<![CDATA[<script>window.__pwned=1</script>]]>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href='https://example.org/'>",
    "<link rel=stylesheet href='https://example.org/a.css'>",
    '" onfocus="window.__pwned=1" autofocus="',
    "' onfocus='window.__pwned=1' autofocus='",
    '"}];window.__pwned=1;//',
    "'];window.__pwned=1;//",
    "\\",
    '\\"}]);window.__pwned=1;//',
    "\\u003cscript\\u003ewindow.__pwned=1\\u003c/script\\u003e",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "javascript:window.__pwned=1",
    "data:text/html,<script>window.__pwned=1</script>",
    "${window.__pwned=1}",
    "`${window.__pwned=1}`",
    "{{7*7}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "{#",
    "__proto__",
    "constructor",
    "first\u2028window.__pwned=1\u2029second",
    "\u202eevil\u202c \u200f\u2066right to left",
    "(?:[unclosed *+",
    "Žluťoučký 🚀 中国科学院 مرحبا",
    "line one\nline two\r\n\tthree",
)


def knowledge_of(texts: tuple[str, ...]) -> Knowledge:
    """Every text as the name, alias, quote, title, byline, source and extractor of something."""
    articles = tuple(
        Article(
            id=f"article-{index:02d}",
            source=text,
            title=text,
            text=text,
            byline=text,
            publisher=text,
            origins=(Origin(0, 1),),
        )
        for index, text in enumerate(texts)
    )
    entities = [Entity("country/all", Kind.COUNTRY, texts[0], articles=tuple(item.id for item in articles))]
    facts, merges = [], []
    for article in articles:
        evidence = (Evidence(article.id, 0, len(article.text), article.text, article.text, 0.5),)
        entities += [
            Entity(
                f"{kind.lower()}/{article.text}",
                kind,
                article.text,
                aliases=(f"alias {article.text}",),
                articles=(article.id,),
            )
            for kind in (Kind.INSTITUTION, Kind.PROJECT)
        ]
        one, other = f"institution/{article.text}", f"project/{article.text}"
        facts.append(Fact(one, Predicate.LEADS, other, evidence, 0.5))
        facts.append(Fact(other, Predicate.INVOLVES_COUNTRY, "country/all", evidence, 0.5))
        facts.append(Fact(other, Predicate.STARTED_ON, PartialDate(2024, 2), evidence, 0.5))
        merges.append(Merge(one, article.text, f"alias {article.text}", article.text, 1.0))
    return Knowledge(articles, tuple(entities), tuple(facts), tuple(merges))


@pytest.fixture(scope="session")
def hostile_texts():
    return HOSTILE


@pytest.fixture(scope="session")
def hostile_knowledge():
    return knowledge_of(HOSTILE)


@pytest.fixture(scope="session")
def hostile_graph(hostile_knowledge):
    return build_graph(hostile_knowledge)


@pytest.fixture(scope="session")
def plain_graph():
    """The same shape, and nothing special in it."""
    return build_graph(knowledge_of(tuple(f"Name {index}" for index in range(len(HOSTILE)))))


@pytest.fixture
def small_graph(knowledge):
    return build_graph(knowledge)


def made_up(size: int) -> Graph:
    """A graph of `size` entities and twice as many links, with dates, the same every time."""
    draw = random.Random(size)
    articles = tuple(
        Article(f"a-{n}", f"pages/{n}.txt", f"Article {n}", SENTENCE, published=PartialDate(2015 + n % 10))
        for n in range(max(1, size // 10))
    )
    cycle = (Kind.INSTITUTION, Kind.PROJECT, Kind.INSTITUTION, Kind.PROJECT, Kind.PLACE)
    kinds = [Kind.COUNTRY if n < 30 else cycle[n % 5] for n in range(size)]
    keys = [f"{kind.lower()}/e{n}" for n, kind in enumerate(kinds)]
    entities = tuple(
        Entity(key, kind, f"{kind} number {n}", articles=(draw.choice(articles).id,))
        for n, (key, kind) in enumerate(zip(keys, kinds, strict=True))
    )
    facts = {}
    while len(facts) < 2 * size:
        one, other = draw.randrange(size), min(draw.randrange(size), draw.randrange(size))
        if predicate := JOINS.get((kinds[one], kinds[other])):
            facts[keys[one], predicate, keys[other]] = draw.choice((0.5, 0.7, 0.95))
    for n in range(0, size, 3):
        if kinds[n] is Kind.PROJECT:
            facts[keys[n], Predicate.STARTED_ON, PartialDate(draw.randrange(1995, 2025))] = 0.8
    evidence = Evidence(articles[0].id, 0, len(SENTENCE), SENTENCE, "rules", 0.8)
    found = tuple(
        Fact(*fact, (replace(evidence, article=draw.choice(articles).id),), belief)
        for fact, belief in facts.items()
    )
    return build_graph(Knowledge(articles, entities, found, ()))


@pytest.fixture(scope="session")
def made_up_graph():
    """Makes a graph of so many entities; each is made once."""
    return cache(made_up)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    from chromium import chromium

    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        if driver is None:
            pytest.skip("no Chromium with chromedriver on this machine")
        yield driver


@pytest.fixture
def show(browser, tmp_path):
    """Write the pages of a graph and open one, at a place in it."""

    def open_page(graph, place="", page="graph.html"):
        for name, data in render_pages(graph).items():
            (tmp_path / name).write_bytes(b"".join(data))
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get_log("performance")
        browser.get((tmp_path / page).as_uri() + place)
        return browser

    return open_page


@pytest.fixture
def phone(browser):
    size = {"width": 375, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture(params=["light", "dark"])
def scheme(browser, request):
    features = [{"name": "prefers-color-scheme", "value": request.param}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    yield request.param
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
