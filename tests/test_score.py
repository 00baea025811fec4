"""Scores: what counts as found. The expected figures of tests/gold/scoring were worked out independently."""

import pytest
from rdflib import Graph

from kg.gold import Gold, GoldEntity
from kg.matching import Matcher, country_key, name_key
from kg.score import Score, score_document, score_relaxed
from kg.vocab import Kind, Predicate


def entity(key, kind, *names, also=()):
    return GoldEntity(id=key, kind=kind, kinds=frozenset({kind, *also}), names=names, optional=False)


ENTITIES = [
    entity("e1", Kind.INSTITUTION, "Northern Institute of Tidal Energy", "NITE"),
    entity("e2", Kind.PROJECT, "Kelp Ladder", also=(Kind.INSTITUTION,)),
    entity("e3", Kind.COUNTRY, "Viet Nam"),
    entity("e4", Kind.PLACE, "New Kelp Harbour"),
]


@pytest.mark.parametrize(
    ("names", "kind", "found"),
    [
        (["NITE"], Kind.INSTITUTION, "e1"),
        (["nobody", "nite"], Kind.INSTITUTION, "e1"),
        (["The Northern Institute for Tidal Energy"], Kind.INSTITUTION, "e1"),
        (["Northern Institute of Tidal Power"], Kind.INSTITUTION, None),
        (["NITE"], Kind.PROJECT, None),
        (["Kelp Ladder"], Kind.INSTITUTION, "e2"),
        (["Ladder"], Kind.PROJECT, None),
        (["Vietnam"], Kind.COUNTRY, "e3"),
        (["New Kelp Harbour"], Kind.PLACE, "e4"),
        (["New Kelp Harbour City"], Kind.PLACE, None),
        ([], Kind.INSTITUTION, None),
    ],
)
def test_names_find_their_gold_entity(names, kind, found):
    assert Matcher(ENTITIES).match(names, kind) == found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Ministry of Sea & Sky", "ministry of sea and sky"),
        ("Université de Genève", "universite de geneve"),
        ("China’s Lab", "china lab"),
        ("  J-PARC ", "j parc"),
        ("中国", ""),
    ],
)
def test_name_keys(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize("name", ["USA", "us", "the United States of America", "America"])
def test_countries_go_by_many_names(name):
    assert country_key(name) == country_key("United States")


def test_ratios_of_nothing_are_zero():
    assert Score().as_dict() == {"p": 0.0, "r": 0.0, "f1": 0.0, "hit": 0, "false": 0, "missed": 0}


def test_ratios():
    assert Score(hit=1, false=1, missed=3).as_dict() == {
        "p": 0.5,
        "r": 0.25,
        "f1": 0.333,
        "hit": 1,
        "false": 1,
        "missed": 3,
    }


STARTED, SIGNED = Predicate.STARTED_ON, Predicate.SIGNED_ON
LEADS, JOINS = Predicate.LEADS, Predicate.PARTICIPATES_IN


@pytest.mark.parametrize(
    ("gold", "predicted", "optional", "score"),
    [
        ([("a", LEADS, "b")], [("a", JOINS, "b")], [], Score(1, 0, 0)),
        ([("a", LEADS, "b")], [("b", JOINS, "a")], [], Score(0, 1, 1)),
        ([("a", STARTED, "2025-11-11")], [("a", SIGNED, "2025")], [], Score(1, 0, 0)),
        ([("a", STARTED, "2025")], [("a", SIGNED, "2025-11")], [], Score(1, 0, 0)),
        ([("a", STARTED, "2025-10")], [("a", SIGNED, "2025-11")], [], Score(0, 1, 1)),
        ([("a", STARTED, "2025")], [("a", SIGNED, "2025-01"), ("a", SIGNED, "2025-02")], [], Score(1, 1, 0)),
        ([], [("a", SIGNED, "2025-01")], [("a", STARTED, "2025")], Score(0, 0, 0)),
        ([], [("a", JOINS, "b")], [("a", LEADS, "b")], Score(0, 0, 0)),
    ],
)
def test_relaxed_rules(gold, predicted, optional, score):
    assert score_relaxed(gold, predicted, optional) == score


def test_the_most_exact_gold_date_is_paired_first():
    gold = [("a", STARTED, "2025"), ("a", SIGNED, "2025-03")]
    assert score_relaxed(gold, [("a", STARTED, "2025-03"), ("a", SIGNED, "2025-04")], []) == Score(2, 0, 0)


def test_an_empty_graph_misses_everything():
    gold = Gold("X", {e.id: e for e in ENTITIES}, frozenset({("e1", LEADS, "e2")}), frozenset())
    score = score_document(gold, Graph())
    assert score.strict == Score(missed=1)
    assert score.types[Kind.INSTITUTION] == Score(missed=1)
    (fact,) = (mistake for mistake in score.mistakes if mistake.is_fact)
    assert (fact.side, fact.text) == ("missed", "Northern Institute of Tidal Energy | leads | Kelp Ladder")
