"""Why something was missed or is false: every mistake is counted once, under one reason."""

from collections import Counter

import pytest
from rdflib import Graph

from kg.gold import Gold, GoldEntity
from kg.mistakes import Why
from kg.score import score_document
from kg.vocab import Kind, Predicate

TEXT = (
    "The Tide Institute of Bergen leads the Kelp Ladder. The centre paid for it in 2023. Nadir Lab uses it."
)
PREFIXES = """
@prefix : <https://w3id.org/kgazette/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix d: <https://w3id.org/kgazette/id/> .
"""
TIDE = 'd:tide a :Institution ; rdfs:label "Tide Institute of Bergen" .'
LADDER = 'd:ladder a :Project ; rdfs:label "Kelp Ladder" .'
NADIR = 'd:nadir a :Institution ; rdfs:label "Nadir Lab" .'
ALL = TIDE + LADDER + NADIR


def entity(key, kind, name):
    return GoldEntity(id=key, kind=kind, kinds=frozenset({kind}), names=(name,), optional=False)


def mistakes(turtle, *facts):
    entities = (
        entity("e1", Kind.INSTITUTION, "Tide Institute of Bergen"),
        entity("e2", Kind.PROJECT, "Kelp Ladder"),
        entity("e3", Kind.INSTITUTION, "Nadir Lab"),
    )
    quotes = dict(facts)
    gold = Gold("X", {e.id: e for e in entities}, frozenset(quotes), frozenset(), quotes=quotes, text=TEXT)
    found = score_document(gold, Graph().parse(data=PREFIXES + turtle, format="turtle")).mistakes
    return {(m.side, m.text, m.why) for m in found}


LEADS = (("e1", Predicate.LEADS, "e2"), "The Tide Institute of Bergen leads the Kelp Ladder")
FUNDS = (("e1", Predicate.FUNDS, "e2"), "The centre paid for it")
STARTED = (("e2", Predicate.STARTED_ON, "2023"), "paid for it in 2023")


@pytest.mark.parametrize(
    ("turtle", "side", "name", "why"),
    [
        (LADDER + NADIR, "missed", "Tide Institute of Bergen", Why.NO_ENTITY),
        ('d:x a :Project ; rdfs:label "The tide institute of Bergen" .', "false", None, Why.OTHER_KIND),
        ('d:x a :Project ; rdfs:label "Nadir Lab" .', "missed", "Nadir Lab", Why.OTHER_KIND),
        ('d:x a :Institution ; rdfs:label "Bergen" .', "false", "Bergen", Why.OTHER_WORDS),
        ('d:x a :Institution ; rdfs:label "Bergen" .', "missed", None, Why.OTHER_WORDS),
        ('d:x a :Place ; rdfs:label "Ladder" .', "false", "Ladder", Why.NO_ENTITY),
    ],
)
def test_entities(turtle, side, name, why):
    assert any((s, w) == (side, why) and name in (None, text) for s, text, w in mistakes(turtle))


@pytest.mark.parametrize(
    ("turtle", "fact", "why"),
    [
        (TIDE, LEADS, Why.NO_SIDE),
        (ALL, LEADS, Why.ONE_PASSAGE),
        (ALL, FUNDS, Why.SEVERAL_PASSAGES),
        (ALL + "d:tide :develops d:ladder .", LEADS, Why.OTHER_PREDICATE),
        (ALL + 'd:ladder :startedOn "2024"^^xsd:gYear .', STARTED, Why.OTHER_DATE),
        (ALL + 'd:ladder :signedOn "2023"^^xsd:gYear .', STARTED, Why.OTHER_PREDICATE),
    ],
)
def test_missed_facts(turtle, fact, why):
    assert [w for side, text, w in mistakes(turtle, fact) if side == "missed" and "|" in text] == [why]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("d:tide :develops d:ladder .", Why.OTHER_PREDICATE),
        ("d:nadir :leads d:ladder .", Why.OTHER_SUBJECT),
        ("d:nadir :collaboratesWith d:tide .", Why.NOT_STATED),
        ('d:ladder :startedOn "2024"^^xsd:gYear .', Why.OTHER_DATE),
        ('d:x a :Project ; rdfs:label "Eelgrass" . d:tide :leads d:x .', Why.NO_SIDE),
    ],
)
def test_false_facts(said, why):
    found = mistakes(ALL + said, LEADS, STARTED)
    assert [w for side, text, w in found if side == "false" and "|" in text] == [why]


def test_a_part_the_other_way_round():
    fact = (("e1", Predicate.PART_OF, "e3"), "uses it")
    found = mistakes(ALL + "d:nadir :partOf d:tide .", fact)
    assert {w for _, text, w in found if "|" in text} == {Why.OTHER_WAY_ROUND}


def test_every_mistake_is_counted_once(measured):
    for document in measured.documents:
        entities = sum(score.missed for score in document.types.values())
        false = sum(score.false for score in document.types.values())
        counts = Counter((mistake.is_fact, mistake.side) for mistake in document.mistakes)
        assert counts[False, "missed"] == entities
        assert counts[False, "false"] == false
        assert counts[True, "missed"] == document.strict.missed
        assert counts[True, "false"] == document.strict.false
