"""Which place of the gazetteer is meant, and the country that a register says it lies in."""

import pytest
from rdflib import RDF

from kg.gazetteer import country_of, lookup
from kg.graph import build_graph
from kg.model import Article, Entity, Extraction, Mention, Origin, RegistryFact
from kg.resolve import resolve
from kg.resolve.links import RegistryMatch, with_links
from kg.resolve.places import NOWHERE, locate, locate_places
from kg.turtle import KG
from kg.vocab import Kind


@pytest.mark.parametrize(
    ("name", "around", "country", "key"),
    [
        ("Nairobi", (), "iso:KE", "geonames:184745"),
        ("Geneva", (), "iso:CH", "geonames:2660646"),  # nine times the one in New York
        ("Dublin", ("iso:US",), "", ""),  # so large a name, and the article speaks of another's country
        ("Dublin", ("iso:US", "iso:IE"), "iso:IE", "geonames:2964574"),
        ("Paris", ("iso:US",), "iso:FR", "geonames:2988507"),  # ninety times the one in Texas
        ("Cambridge", (), "", ""),
        ("Cambridge", ("iso:US",), "iso:US", "geonames:4931972"),
        ("Cambridge", ("iso:GB", "iso:US"), "", ""),
        ("Victoria", (), "", ""),  # a state of Australia, whose size the gazetteer does not say
        ("Springfield", (), "iso:US", ""),  # one of several
        ("Hunan", (), "iso:CN", "iso3166-2:CN-HN"),
        ("Hunan province", (), "iso:CN", "iso3166-2:CN-HN"),
        ("Shenzhen city", (), "iso:CN", "geonames:1795565"),
        ("Punjab", ("iso:PK",), "iso:PK", "iso3166-2:PK-PB"),
        ("Tibet", (), "iso:CN", "regions:tibet"),
        ("Alabama", (), "iso:US", "iso3166-2:US-AL"),
        ("Adriatic Sea", (), "", ""),
        ("Nowhere-upon-Nothing", (), "", ""),
    ],
)
def test_the_context_says_which_place_is_meant_or_none_is(name, around, country, key):
    assert locate(name, around=around) == (country, key)


def test_what_the_article_says_of_its_country_overrules_size():
    assert locate("Cambridge", told="iso:CA").country == "iso:CA"
    assert locate("Paris", told="iso:US").country == "iso:US"
    assert locate("Cambridge", told="iso:JP") == NOWHERE


def places(read, *texts):
    return [entity for entity in resolve(read(*texts)).entities if entity.kind is Kind.PLACE]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A lab opened in Cambridge, Massachusetts. Guests of Cambridge came.", "US"),
        ("A lab opened in Cambridge, UK. It closed in Cambridge when Canada left.", "GB"),
        ("A lab opened in Cambridge (UK).", "GB"),
    ],
)
def test_the_country_or_state_right_after_a_place_decides(read, text, country):
    (cambridge,) = [entity for entity in places(read, text) if entity.name == "Cambridge"]
    assert cambridge.registered == (RegistryFact("geonames", "registeredCountry", country),)


def test_two_places_of_one_name_stay_two_and_a_third_joins_neither(read):
    found = places(
        read,
        "A lab opened in Cambridge, UK.",
        "A lab opened in Cambridge, Massachusetts.",
        "A lab opened in Cambridge on Monday.",
    )
    cambridges = [entity for entity in found if entity.name == "Cambridge"]
    assert sorted(len(entity.links) for entity in cambridges) == [0, 1, 1]
    assert len({entity.links for entity in cambridges}) == 3


def test_two_names_of_one_place_are_one_with_a_reason(read):
    texts = "Rice is grown in Hunan province.", "Tea is grown in Hunan."
    for order in (texts, texts[::-1]):
        knowledge = resolve(read(*order))
        (hunan,) = [entity for entity in knowledge.entities if entity.kind is Kind.PLACE]
        assert {hunan.name, *hunan.aliases} == {"Hunan", "Hunan province"}
        assert [m.reason for m in knowledge.merges if m.entity == hunan.id] == ["one place of the gazetteer"]


def test_both_names_in_one_article_are_one(read):
    knowledge = resolve(read("Rice is grown in Hunan province. The fields of Hunan are wet."))
    assert [e.name for e in knowledge.entities if e.kind is Kind.PLACE] == ["Hunan"]
    assert len(knowledge.merges) == 1


def test_where_a_place_lies_is_the_registers_word_and_no_fact_of_an_article(read):
    knowledge = resolve(read("CERN is based in Geneva."))
    located = [(fact.subject, fact.object) for fact in knowledge.facts if fact.predicate == "locatedIn"]
    assert located == [("institution/cern", "place/geneva")]
    graph = build_graph(knowledge)
    (statement,) = graph.subjects(RDF.predicate, KG.registeredCountry)
    assert set(graph.objects(statement, RDF.type)) == {RDF.Statement, KG.RegistryFact}
    assert [str(code) for code in graph.objects(predicate=KG.registeredCountry)] == ["CH"]


def test_every_place_with_a_key_has_a_country():
    assert {country_of(place.key) for name in ("Lima", "Bavaria", "Hunan") for place in lookup(name)} >= {
        "PE",
        "DE",
        "CN",
    }
    assert country_of("geonames:0") == ""


def test_a_place_told_once_is_meant_wherever_its_name_stands():
    text = "Cambridge, UK, is old. Canada likes Cambridge."
    mentions = tuple(
        Mention("a", start, start + len(word), word, kind, "test", ref=ref)
        for word, start, kind, ref in (
            ("Cambridge", 0, Kind.PLACE, ""),
            ("UK", 11, Kind.COUNTRY, "iso:GB"),
            ("Canada", 23, Kind.COUNTRY, "iso:CA"),
            ("Cambridge", 36, Kind.PLACE, ""),
        )
    )
    article = Article("a", "a.txt", "", text, origins=(Origin(0, 1),))
    found = locate_places(Extraction(article, mentions, ()), ("iso:CA", "iso:GB"))
    assert {located.country for located in found.values()} == {"iso:GB"}


@pytest.mark.parametrize("is_exact", [True, False])
def test_only_an_exact_match_says_where_an_institution_is(is_exact):
    class Register:
        def match(self, names, *, countries, subtype):
            return RegistryMatch("ror:1", "Vega Institute", is_exact, "", "NO", ("facility",))

    entity = with_links(Entity("institution/vega", Kind.INSTITUTION, "Vega"), Register(), frozenset())
    assert entity.links == (("ror:1",) if is_exact else ("close:ror:1",))
    assert [fact.value for fact in entity.registered] == (["NO", "facility"] if is_exact else [])
