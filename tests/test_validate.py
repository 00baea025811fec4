"""The check: built graphs pass, and each kind of damage is found and explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import vocab
from kg.graph import build_graph
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, PartialDate
from kg.turtle import KG
from kg.validate import Problem, validate
from kg.vocab import SIGNATURES, Kind, Predicate

OPTICS = URIRef(vocab.DATA + "institution/institute-of-optics")
CONDOR = URIRef(vocab.DATA + "project/condor-telescope")
CHILE = URIRef(vocab.DATA + "country/cl")
TELESCOPE = URIRef(vocab.DATA + "article/2024-05-17-a-telescope-for-the-andes")

Damage = Callable[[Graph], None]


def one(graph: Graph, kind: URIRef) -> URIRef:
    return min(graph.subjects(RDF.type, kind))


def without(kind: URIRef, predicate: URIRef) -> Damage:
    """Take a property away from one node of a kind."""

    def damage(graph: Graph) -> None:
        graph.remove((one(graph, kind), predicate, None))

    return damage


def with_value(kind: URIRef, predicate: URIRef, value: Literal | URIRef) -> Damage:
    """Give one node of a kind this value instead of its own."""

    def damage(graph: Graph) -> None:
        graph.set((one(graph, kind), predicate, value))

    return damage


def also(kind: URIRef, predicate: URIRef, value: Literal | URIRef) -> Damage:
    """Give one node of a kind this value beside its own."""

    def damage(graph: Graph) -> None:
        graph.add((one(graph, kind), predicate, value))

    return damage


def plus(*triple: URIRef | Literal) -> Damage:
    def damage(graph: Graph) -> None:
        graph.add(triple)

    return damage


def minus(*triple: URIRef | Literal | None) -> Damage:
    def damage(graph: Graph) -> None:
        graph.remove(triple)

    return damage


def decimal(text: str) -> Literal:
    return Literal(text, datatype=rdflib.XSD.decimal)


DAMAGES: list[tuple[str, Damage, str]] = [
    ("no kind", minus(CONDOR, RDF.type, KG.Project), "Give the entity exactly one of the types"),
    ("two kinds", plus(CONDOR, RDF.type, KG.Institution), "Give the entity exactly one of the types"),
    ("unknown class", plus(CONDOR, RDF.type, KG.Spaceship), "Use only the classes of the ontology"),
    ("subclass of another kind", plus(CONDOR, RDF.type, KG.University), "Add the type kg:Institution"),
    ("statement from nowhere", plus(URIRef("urn:x"), RDF.type, RDF.Statement), "Say whence the statement is"),
    ("fact from text and registry", also(KG.RegistryFact, RDF.type, KG.Fact), "Say whence the statement is"),
    ("registry states a fact", with_value(KG.RegistryFact, RDF.predicate, KG.leads), "all a registry states"),
    ("no registry", without(KG.RegistryFact, PROV.wasDerivedFrom), "Name with prov:wasDerivedFrom the one"),
    ("nameless registry", without(KG.Registry, rdflib.SDO.name), "Give the registry or extractor one"),
    ("no version", without(KG.Extractor, rdflib.SDO.softwareVersion), "Give the extractor a schema:softw"),
    ("no extractor node", without(KG.Reading, PROV.agent), "Name with prov:agent the one"),
    ("page 0", with_value(KG.Evidence, KG.page, Literal(0)), "Count kg:page from 1"),
    ("no hash", without(KG.Article, rdflib.SDO.sha256), "Give the article one schema:sha256"),
    ("no hash either", with_value(KG.Article, rdflib.SDO.sha256, Literal("x")), "one schema:sha256"),
    ("contradicts no fact", plus(CONDOR, KG.contradicts, CHILE), "Make the fact an IRI with both types"),
    ("no label", minus(CONDOR, RDFS.label, None), "Give the entity one rdfs:label"),
    ("two labels", plus(CONDOR, RDFS.label, Literal("x")), "Give the entity one rdfs:label"),
    ("empty label", with_value(KG.Country, RDFS.label, Literal("")), "Give the entity one rdfs:label"),
    ("no prefLabel", minus(CONDOR, SKOS.prefLabel, None), "Give the entity one skos:prefLabel"),
    (
        "other prefLabel",
        with_value(KG.Country, SKOS.prefLabel, Literal("x")),
        "Give the entity one skos:prefLabel",
    ),
    ("alias is the name", plus(CHILE, SKOS.altLabel, Literal("Chile")), "none of its skos:altLabel"),
    ("empty alias", plus(CHILE, SKOS.altLabel, Literal("")), "Make every skos:altLabel a text"),
    ("odd country code", plus(CHILE, KG.countryCode, Literal("cl")), "Give at most one kg:countryCode"),
    ("no belief", without(KG.Fact, KG.belief), "Give the fact one kg:belief"),
    ("belief above 1", with_value(KG.Fact, KG.belief, decimal("1.1")), "Give the fact one kg:belief"),
    ("belief below 0", with_value(KG.Fact, KG.belief, decimal("-0.1")), "Give the fact one kg:belief"),
    ("belief as text", with_value(KG.Fact, KG.belief, Literal("0.5")), "Give the fact one kg:belief"),
    ("no evidence", without(KG.Fact, KG.evidence), "Give the fact at least one kg:evidence"),
    (
        "dangling evidence",
        with_value(KG.Fact, KG.evidence, KG.gone),
        "Give the fact at least one kg:evidence",
    ),
    ("no source", without(KG.Fact, PROV.wasDerivedFrom), "Name with prov:wasDerivedFrom"),
    ("no subject", without(KG.Fact, RDF.subject), "Give the fact one rdf:subject"),
    ("no predicate", without(KG.Fact, RDF.predicate), "Give the fact one rdf:predicate"),
    ("no object", without(KG.Fact, RDF.object), "Give the fact one rdf:object"),
    ("unknown predicate", with_value(KG.Fact, RDF.predicate, KG.likes), "Use one of the fifteen predicates"),
    ("half a statement", minus(None, RDF.type, RDF.Statement), "Make the fact an IRI with both types"),
    ("triple without fact", plus(OPTICS, KG.funds, CONDOR), "Add a kg:Fact with the evidence"),
    ("fact without triple", minus(OPTICS, KG.leads, CONDOR), "Add the direct triple of this kg:Fact"),
    ("no quote", without(KG.Evidence, KG.quote), "Quote the passage"),
    ("empty quote", with_value(KG.Evidence, KG.quote, Literal("")), "Quote the passage"),
    ("no article", without(KG.Evidence, KG.article), "Name the one article"),
    ("two articles", also(KG.Evidence, KG.article, KG.gone), "Name the one article"),
    ("no reading", without(KG.Fact, KG.reading), "Give the fact at least one kg:reading"),
    ("no passage", without(KG.Reading, KG.passage), "Name with kg:passage the one"),
    ("a passage that is no evidence", also(KG.Fact, KG.evidence, KG.gone), "Make the passages of the fact's"),
    ("an article without evidence", also(KG.Fact, PROV.wasDerivedFrom, KG.gone), "Make the articles of the"),
    ("two bylines", also(KG.Article, DCTERMS.creator, Literal("B")), "Give at most one dcterms:creator"),
    ("two publishers", also(KG.Article, DCTERMS.publisher, Literal("B")), "Give at most one dcterms:publish"),
    (
        "an empty section",
        with_value(KG.Article, rdflib.SDO.articleSection, Literal("")),
        "Give at most one sc",
    ),
    ("no language", without(KG.Article, rdflib.SDO.inLanguage), "Give the article one schema:inLanguage"),
    ("a match that is text", also(KG.Institution, SKOS.exactMatch, Literal("x")), "Point skos:exactMatch at"),
    ("a nameless merge", plus(rdflib.BNode("m"), RDF.type, KG.Merge), "Name the merge by an IRI"),
    ("a nameless project", plus(rdflib.BNode("p"), RDF.type, KG.Project), "Name the entity by an IRI"),
    ("two sources", also(KG.Article, DCTERMS.source, Literal("b.txt")), "Name with one dcterms:source"),
    ("an empty second source", also(KG.Article, KG.alsoIn, Literal("")), "Make every kg:alsoIn"),
    ("character 0", with_value(KG.Evidence, KG.character, Literal(0)), "Count kg:character from 1"),
    ("no confidence", without(KG.Reading, KG.confidence), "Give the reading one kg:confidence"),
    (
        "confidence above 1",
        with_value(KG.Reading, KG.confidence, decimal("2.0")),
        "Give the reading one kg:conf",
    ),
    ("no start", without(KG.Evidence, KG.start), "Give the passage one kg:start"),
    ("start after end", with_value(KG.Evidence, KG.start, Literal(10**6)), "Give the passage one kg:start"),
    ("start below 0", with_value(KG.Evidence, KG.start, Literal(-1)), "Give the passage one kg:start"),
    ("no end", without(KG.Evidence, KG.end), "Give the passage one kg:end"),
    ("line 0", with_value(KG.Evidence, KG.line, Literal(0)), "Count kg:line from 1"),
    ("no title", without(KG.Article, DCTERMS.title), "Give the article one dcterms:title"),
    ("no file", without(KG.Article, DCTERMS.source), "Name with one dcterms:source"),
    (
        "date as text",
        with_value(KG.Article, DCTERMS.issued, Literal("2024")),
        "Give at most one dcterms:issued",
    ),
    ("untyped article", minus(TELESCOPE, RDF.type, None), "Describe the article"),
    ("no reason", without(KG.Merge, KG.reason), "Say with one kg:reason"),
    ("no entity", without(KG.Merge, KG.entity), "Name the one entity"),
    ("no score", without(KG.Merge, KG.score), "Give the merge one kg:score"),
]


def test_a_built_graph_conforms(knowledge: Knowledge) -> None:
    report = validate(build_graph(knowledge))
    assert report.conforms, report.problems
    assert report.problems == ()


def test_an_empty_graph_conforms() -> None:
    assert validate(Graph()).conforms


@pytest.mark.parametrize(
    ("damage", "message"), [case[1:] for case in DAMAGES], ids=[case[0] for case in DAMAGES]
)
def test_damage_is_found_and_explained(knowledge: Knowledge, damage: Damage, message: str) -> None:
    graph = build_graph(knowledge)
    before = set(graph)
    damage(graph)
    assert set(graph) != before
    report = validate(graph)
    assert not report.conforms
    assert any(message in problem.message for problem in report.problems), report.problems


def test_a_problem_names_the_node_the_property_and_the_value(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    graph.set((TELESCOPE, DCTERMS.issued, Literal("May 2024")))
    (problem,) = validate(graph).problems
    assert problem == Problem(
        focus="article:2024-05-17-a-telescope-for-the-andes",
        message="Give at most one dcterms:issued, typed xsd:gYear, xsd:gYearMonth or xsd:date.",
        path="dcterms:issued",
        value="May 2024",
    )


def test_the_check_changes_nothing_and_says_the_same_twice(knowledge: Knowledge) -> None:
    graph = build_graph(knowledge)
    graph.remove((None, KG.quote, None))
    before = set(graph)
    first = validate(graph)
    assert set(graph) == before
    assert validate(graph) == first
    assert list(first.problems) == sorted(first.problems)


def pairs(predicate: Predicate) -> Knowledge:
    """A fact with `predicate` for each pair of kinds; the subject's id tells the pair."""
    article = Article("a", "a.txt", "A", "They did.")
    whole = Evidence("a", 0, 9, article.text, "rules/x", 1.0)
    entities: list[Entity] = []
    facts: list[Fact] = []
    for subject, obj in product(Kind, [*Kind, None]):
        left, right = f"left/{subject}-{obj}", f"right/{subject}-{obj}"
        entities.append(Entity(left, subject, "Left"))
        if obj:
            entities.append(Entity(right, obj, "Right"))
        facts.append(Fact(left, predicate, right if obj else PartialDate(2020), (whole,), 1.0))
    return Knowledge((article,), tuple(entities), tuple(facts), ())


@pytest.mark.parametrize("predicate", Predicate)
def test_the_shapes_allow_just_what_the_signatures_allow(predicate: Predicate) -> None:
    report = validate(build_graph(pairs(predicate)))
    refused = {problem.focus.removeprefix(vocab.DATA + "left/") for problem in report.problems}
    everything = set(product(Kind, [*Kind, None]))
    assert refused == {f"{subject}-{obj}" for subject, obj in everything - SIGNATURES[predicate]}


@pytest.mark.parametrize("value", ["1921-13", "2024-02-30", "last year", ""])
def test_a_date_that_does_not_exist_does_not_conform(knowledge: Knowledge, value: str) -> None:
    graph = build_graph(knowledge)
    (university, old) = next(graph.subject_objects(KG.foundedOn))
    (fact,) = graph.subjects(RDF.object, old)
    new = Literal(value, datatype=rdflib.XSD.date)
    graph.set((university, KG.foundedOn, new))
    graph.set((fact, RDF.object, new))
    assert [problem.path for problem in validate(graph).problems] == ["kg:foundedOn"]


@settings(max_examples=12, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=30),
    belief=st.floats(0, 1),
)
def test_whatever_the_text_a_built_graph_conforms(text: str, belief: float) -> None:
    article = Article("a", text, text, text)
    whole = Evidence("a", 0, len(text), text, "rules/x", belief)
    entity = Entity("institution/a", Kind.INSTITUTION, text, aliases=(text + "x",), articles=("a",))
    built = build_graph(
        Knowledge(
            (article,),
            (entity, replace(entity, id="institution/b")),
            (Fact(entity.id, Predicate.PART_OF, "institution/b", (whole,), belief),),
            (Merge(entity.id, text, text + "x", "the same", belief),),
        )
    )
    assert validate(built).problems == ()
