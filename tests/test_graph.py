"""Knowledge to RDF: what is in the graph, under which names, and that any text comes through as text."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

import kg
from kg import vocab
from kg.errors import GraphError
from kg.graph import build_graph, serialise, to_turtle
from kg.ledger import Ledger
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, Origin, PartialDate
from kg.turtle import KG
from kg.vocab import Kind, Predicate

GOLDEN = Path(__file__).parent / "golden" / "graph.ttl"
OPTICS = URIRef(vocab.DATA + "institution/institute-of-optics")
CONDOR = URIRef(vocab.DATA + "project/condor-telescope")

YEAR = PartialDate(1999)
NASTY = [
    "<script>alert('x')</script>",
    'only "quotes"',
    'say "yes" \\ and \\"no\\" """',
    "a > b < c ^ `d` {e} |f|",
    "two\nlines\r\nand\ta tab",
    "\u202eright to left\u202c \u200f\u2066x\u2069",
    "rocket \U0001f680 family \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\x00\x07\x1b[31m\x7f\x85\u2028",
    "lone \ud800 surrogate \udfff",
    "\ufffe\uffff\ufeff",
    "../../etc/passwd",
    "a/../b/./..",
    "100% %41 ?q=1#frag",
    " ",
    "e\u0301 and \u00e9",
    "ends in a backslash \\",
    "@prefix x: <y> . # .",
]
ANY_TEXT = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), min_size=1, max_size=40)
)
DATES = st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)) | st.integers(1, 9999).map(
    PartialDate
)


def parse(data: bytes) -> Graph:
    return Graph(bind_namespaces="none").parse(data=data, format="turtle")


def about(name: str, *, date: PartialDate = YEAR) -> Knowledge:
    """Knowledge in which `name` stands wherever text can stand."""
    article = Article(
        id=name,
        source=name,
        title=name,
        text=f"x{name}y",
        published=date,
        byline=name,
        section=name,
        publisher=name,
        origins=(Origin(0, 3),),
    )
    evidence = Evidence(name, 1, 1 + len(name), name, name, 0.5)
    institution, project = f"institution/{name}", f"project/{name}"
    return Knowledge(
        articles=(article,),
        entities=(
            Entity(
                institution,
                Kind.INSTITUTION,
                name,
                aliases=(name + "!",),
                links=(f"ror:{name}", name),
                articles=(name,),
            ),
            Entity(project, Kind.PROJECT, name, articles=(name,)),
        ),
        facts=(
            Fact(institution, Predicate.LEADS, project, (evidence,), 0.5),
            Fact(institution, Predicate.FOUNDED_ON, date, (evidence,), 0.5),
        ),
        merges=(Merge(institution, name, name + "!", name, 0.5),),
    )


def test_the_graph_of_the_small_example_is_the_golden_file(knowledge: Knowledge) -> None:
    assert serialise(build_graph(knowledge)).decode() == GOLDEN.read_text(encoding="utf-8")


def test_what_nobody_describes_is_written_all_the_same(knowledge: Knowledge) -> None:
    """What is mentioned may not be there; the check finds it, so it must be in the file."""
    fewer = replace(knowledge, articles=(), facts=(), redirects=(("project/old", "project/new"),))
    data = to_turtle(fewer)
    assert b"\narticle:2024-06-condor-on-its-way\n    schema:mentions country:cl ;\n" in data
    assert b"\nproject:old\n    dcterms:isReplacedBy project:new ;\n.\n" in data
    assert data == serialise(build_graph(fewer)) == serialise(parse(data))


@pytest.mark.parametrize("described", [slice(0), slice(1), slice(-1, None)])
def test_facts_of_what_nobody_describes_are_direct_triples_all_the_same(
    knowledge: Knowledge, described: slice
) -> None:
    fewer = replace(knowledge, entities=knowledge.entities[described])
    graph, everything = build_graph(fewer), build_graph(knowledge)
    for predicate in Predicate:
        assert set(graph.triples((None, KG[predicate], None))) == set(
            everything.triples((None, KG[predicate], None))
        )
    assert to_turtle(fewer) == serialise(graph)


def test_an_entity_has_its_kind_its_subclass_and_its_names(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    assert set(graph.objects(OPTICS, RDF.type)) == {KG.Institution, KG.ResearchInstitute}
    assert (
        graph.value(CONDOR, RDFS.label) == graph.value(CONDOR, SKOS.prefLabel) == Literal("Condor Telescope")
    )
    assert list(graph.objects(CONDOR, SKOS.altLabel)) == [Literal("CT")]


def test_every_fact_is_a_direct_triple_and_a_statement_with_its_evidence(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    assert (OPTICS, KG.leads, CONDOR) in graph
    (fact,) = set(graph.subjects(RDF.object, CONDOR)) & set(graph.subjects(RDF.predicate, KG.leads))
    assert set(graph.objects(fact, RDF.type)) == {RDF.Statement, KG.Fact}
    assert graph.value(fact, RDF.subject) == OPTICS
    assert graph.value(fact, KG.belief) == Literal("0.99", datatype=rdflib.XSD.decimal)
    articles = {graph.value(evidence, KG.article) for evidence in graph.objects(fact, KG.evidence)}
    assert articles == set(graph.objects(fact, PROV.wasDerivedFrom))
    assert len(articles) == 2


def test_evidence_leads_back_to_the_line_of_the_source(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    for evidence in graph.subjects(RDF.type, KG.Evidence):
        iri = graph.value(evidence, KG.article)
        (article,) = (item for item in knowledge.articles if str(iri).endswith("/" + item.id))
        start, end = int(graph.value(evidence, KG.start)), int(graph.value(evidence, KG.end))
        assert article.text[start:end] == str(graph.value(evidence, KG.quote))
        place = article.place_at(start)
        found = [int(graph.value(evidence, part)) for part in (KG.line, KG.character)]
        assert found == [place.line, place.character]


def test_a_file_with_pages_gives_the_page_and_a_reprint_its_other_file(knowledge: Knowledge) -> None:
    first = replace(knowledge.articles[0], origins=(Origin(0, 4, 2, 7),), also_in=("pages/05.pdf",))
    graph = build_graph(replace(knowledge, articles=(first, *knowledge.articles[1:])))
    (article,) = graph.subjects(KG.alsoIn, Literal("pages/05.pdf"))
    assert graph.value(article, DCTERMS.source) == Literal("pages/05.txt")
    (passage,) = set(graph.subjects(KG.article, article)) & set(graph.subjects(KG.start, Literal(0)))
    parts = [graph.value(passage, part).toPython() for part in (KG.page, KG.line, KG.character)]
    assert parts == [2, 4, 7]


def test_a_passage_that_states_several_facts_is_one_node(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    passages = {(item.article, item.start, item.end) for fact in knowledge.facts for item in fact.evidence}
    assert len(set(graph.subjects(RDF.type, KG.Evidence))) == len(passages)
    readings = sum(len(fact.evidence) for fact in knowledge.facts)
    assert len(set(graph.subjects(RDF.type, KG.Reading))) == readings > len(passages)


def test_dates_are_typed_as_exact_as_they_are(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    assert (None, KG.foundedOn, Literal("1921", datatype=rdflib.XSD.gYear)) in graph
    assert (None, KG.signedOn, Literal("2024-05-03", datatype=rdflib.XSD.date)) in graph
    assert (None, DCTERMS.issued, Literal("2024-06", datatype=rdflib.XSD.gYearMonth)) in graph


def test_a_symmetric_fact_stands_in_one_direction(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    chile, sweden = URIRef(vocab.DATA + "country/cl"), URIRef(vocab.DATA + "country/se")
    assert list(graph.subject_objects(KG.cooperatesWith)) == [(chile, sweden)]


def test_what_a_registry_says_is_no_fact(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    chile, atacama = URIRef(vocab.DATA + "country/cl"), URIRef(vocab.DATA + "place/atacama")
    assert graph.value(chile, KG.countryCode) == Literal("CL")
    assert graph.value(atacama, SKOS.exactMatch) == URIRef("https://sws.geonames.org/3899537/")
    for fact in graph.subjects(RDF.type, KG.Fact):
        assert graph.value(fact, RDF.predicate) in {KG[predicate] for predicate in Predicate}
    registered = set(graph.subjects(RDF.subject, atacama)) & set(graph.subjects(RDF.type, KG.RegistryFact))
    said = {(graph.value(fact, RDF.predicate), graph.value(fact, RDF.object)) for fact in registered}
    assert said == {
        (KG.registryKey, Literal("geonames:3899537")),
        (KG.registeredCountry, Literal("CL")),
    }
    assert graph.value(atacama, KG.registeredCountry) == Literal("CL")
    for fact in registered:
        registry = graph.value(fact, PROV.wasDerivedFrom)
        assert graph.value(registry, rdflib.SDO.name) == Literal("GeoNames")


def test_a_reading_names_the_extractor_and_its_version(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    for reading in graph.subjects(RDF.type, KG.Reading):
        extractor = graph.value(reading, PROV.agent)
        assert graph.value(extractor, rdflib.SDO.name) == Literal("rules/verbs")
        assert graph.value(extractor, rdflib.SDO.softwareVersion) == Literal(kg.__version__)


def test_an_article_carries_the_hash_of_its_text(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    for article in knowledge.articles:
        (node,) = graph.subjects(DCTERMS.source, Literal(article.source))
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        assert graph.value(node, rdflib.SDO.sha256) == Literal(digest)


def test_facts_that_contradict_each_other_are_both_kept_and_marked(knowledge: Knowledge) -> None:
    founded = next(fact for fact in knowledge.facts if fact.predicate is Predicate.FOUNDED_ON)
    other = replace(founded, object=PartialDate(1925))
    graph = build_graph(replace(knowledge, facts=(*knowledge.facts, other)))
    pairs = set(graph.subject_objects(KG.contradicts))
    assert len(pairs) == 2
    assert pairs == {(right, left) for left, right in pairs}
    years = {str(graph.value(fact, RDF.object)) for fact, _ in pairs}
    assert years == {"1921", "1925"} == set(map(str, graph.objects(predicate=KG.foundedOn)))


def test_an_article_names_what_it_mentions(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    article = URIRef(vocab.DATA + "article/2024-06-condor-on-its-way")
    assert {OPTICS, CONDOR} < set(graph.objects(article, rdflib.SDO.mentions))


def test_an_article_without_a_title_is_called_by_its_id(knowledge: Knowledge) -> None:
    first = replace(knowledge.articles[0], title="")
    graph = build_graph(replace(knowledge, articles=(first, *knowledge.articles[1:])))
    assert Literal(first.id) in set(graph.objects(predicate=DCTERMS.title))


def test_one_extractor_that_reads_a_passage_twice_gives_one_evidence(knowledge: Knowledge) -> None:
    fact = knowledge.facts[0]
    twice = replace(fact, evidence=(fact.evidence[0], replace(fact.evidence[0], confidence=0.4)))
    graph = build_graph(replace(knowledge, facts=(twice,)))
    assert list(graph.objects(predicate=KG.confidence)) == [Literal("0.9", datatype=rdflib.XSD.decimal)]


@pytest.mark.parametrize(
    ("belief", "text"), [(0, "0.0"), (1, "1.0"), (0.5, "0.5"), (0.123456, "0.1235"), (1e-9, "0.0")]
)
def test_numbers_have_one_to_four_decimals(knowledge: Knowledge, belief: float, text: str) -> None:
    graph = build_graph(replace(knowledge, facts=(replace(knowledge.facts[0], belief=belief),)))
    assert [str(value) for value in graph.objects(predicate=KG.belief)] == [text]


def test_another_base_names_all_data_and_nothing_of_the_ontology(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge, base="urn:example:news#")
    data = serialise(graph).decode()
    assert vocab.DATA not in data
    assert f"@prefix kg: <{vocab.ONTOLOGY}> ." in data
    assert set(parse(data.encode())) == set(graph)


@pytest.mark.parametrize("base", ["", "news/", "http://x/a b/", "http://x/y", "http://x/<script>/"])
def test_a_base_that_is_no_iri_is_refused_in_one_line(knowledge: Knowledge, base: str) -> None:
    with pytest.raises(GraphError, match=r"^'.*': the base of a graph is an absolute IRI[^\n]*$"):
        build_graph(knowledge, base=base)


@pytest.mark.parametrize("text", NASTY)
def test_no_name_leaves_its_place_in_an_iri(text: str) -> None:
    for node in build_graph(about(text)).subjects():
        last = str(node).removeprefix(vocab.DATA).partition("/")[2]
        assert set(last) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~/%")


@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT, date=DATES)
def test_any_text_comes_through_turtle_unchanged(text: str, date: PartialDate) -> None:
    graph = build_graph(about(text, date=date))
    data = serialise(graph)
    assert set(parse(data)) == set(graph)
    assert serialise(parse(data)) == data
    assert to_turtle(about(text, date=date)) == data


@settings(max_examples=100, deadline=None)
@given(text=ANY_TEXT, date=DATES)
def test_whatever_the_text_every_fact_has_its_evidence_and_no_node_is_blank(
    text: str, date: PartialDate
) -> None:
    graph = build_graph(about(text, date=date))
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    assert len(set(graph.subjects(RDF.type, KG.Fact))) == 2
    for fact in graph.subjects(RDF.type, KG.Fact):
        triple = tuple(graph.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        assert triple in graph
        (evidence,) = graph.objects(fact, KG.evidence)
        start, end = int(graph.value(evidence, KG.start)), int(graph.value(evidence, KG.end))
        assert len(str(graph.value(evidence, KG.quote))) == end - start


@settings(max_examples=100, deadline=None)
@given(left=ANY_TEXT, right=ANY_TEXT)
def test_two_ids_never_share_an_iri(left: str, right: str) -> None:
    def subject(text: str) -> set[str]:
        entity = Entity(f"project/{text}", Kind.PROJECT, "same")
        return {str(node) for node in build_graph(Knowledge((), (entity,), (), ())).subjects()}

    assert (subject(left) == subject(right)) == (left == right)


def test_the_order_of_the_input_does_not_show(knowledge: Knowledge) -> None:
    expected = serialise(build_graph(knowledge))
    shuffle = random.Random(7).sample
    for _ in range(5):
        shuffled = Knowledge(
            articles=tuple(shuffle(knowledge.articles, len(knowledge.articles))),
            entities=tuple(shuffle(knowledge.entities, len(knowledge.entities))),
            facts=tuple(
                replace(fact, evidence=tuple(shuffle(fact.evidence, len(fact.evidence))))
                for fact in shuffle(knowledge.facts, len(knowledge.facts))
            ),
            merges=knowledge.merges,
        )
        assert serialise(build_graph(shuffled)) == to_turtle(shuffled) == expected


IDS = ("country/cl", "country/se", "institution/a", "institution/a-b", "institution/a.b", "institution/A") + (
    "institution/\u00e9",
    "place/x y",
    "project/p",
    "project/p~q",
)
ARTICLES = ("a", "a-b", "a.b", "\u00fc")


@st.composite
def anything_known(draw: st.DrawFn) -> Knowledge:
    """Ids that sort otherwise than their names, facts of what nobody describes, passages of many facts."""
    some_ids, some_articles = st.sampled_from(IDS), st.sampled_from(ARTICLES)
    articles = [
        Article(name, f"{name}.txt", "", "text", origins=(Origin(0, 1), Origin(7, 2, 1)))
        for name in draw(st.sets(some_articles))
    ]
    entities = [
        Entity(
            name,
            draw(st.sampled_from(Kind)),
            name,
            subtype=draw(st.sampled_from(["", "University"])),
            links=tuple(sorted(draw(st.sets(st.sampled_from(["iso:CL", "ror:1", "close:ror:2"]))))),
            articles=tuple(sorted(draw(st.sets(some_articles)))),
        )
        for name in draw(st.sets(some_ids))
    ]
    proofs = st.builds(
        lambda article, start, extractor, confidence: Evidence(
            article, start, start + 1, "q", extractor, confidence
        ),
        some_articles,
        st.sampled_from([0, 9, 10]),
        st.sampled_from(["rules/x", "reader"]),
        st.sampled_from([0.5, 0.75]),
    )
    said = st.tuples(some_ids, st.sampled_from(Predicate), some_ids | DATES)
    facts = [
        Fact(*triple, tuple(sorted(draw(st.sets(proofs, min_size=1, max_size=3)))), 0.5)
        for triple in draw(st.sets(said, max_size=8))
    ]
    merges = draw(st.sets(st.builds(Merge, some_ids, st.just("a"), st.just("b"), st.just("c"), st.just(0.5))))
    gone = draw(st.dictionaries(some_ids, some_ids, max_size=2))
    return Knowledge(*map(tuple, (articles, entities, facts, merges, gone.items())))


@settings(max_examples=80, deadline=None)
@given(known=anything_known())
def test_whatever_is_known_in_memory_or_on_disk_its_turtle_is_that_of_its_graph(known: Knowledge) -> None:
    ledger = Ledger()
    ledger.add_articles(known.articles)
    ledger.add_entities(known.entities)
    ledger.add_facts(known.facts)
    ledger.add_merges(known.merges)
    ledger.add_redirects(known.redirects)
    data = to_turtle(known)
    assert data == to_turtle(ledger) == serialise(parse(data))
