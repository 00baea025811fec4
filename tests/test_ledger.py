"""What goes into a ledger comes out of it, sorted, as often as one asks."""

import random
import weakref
from dataclasses import replace

import pytest

from kg.ledger import Ledger
from kg.model import Article, Entity, Evidence, Fact, Merge, Origin, PartialDate
from kg.pipeline import build, sample_paths
from kg.vocab import Kind, Predicate

OSLO, BERGEN, NORWAY = (
    Entity(f"{kind.lower()}/{name.lower()}", kind, name)
    for kind, name in ((Kind.PLACE, "Oslo"), (Kind.PLACE, "Bergen"), (Kind.COUNTRY, "Norway"))
)


def test_gives_back_what_it_was_given_in_order():
    with sample_paths() as paths:
        known = build(paths, reader="rules").knowledge
    mixed = random.Random(0)
    ledger = Ledger()
    for add, items in (
        (ledger.add_articles, known.articles),
        (ledger.add_entities, known.entities),
        (ledger.add_facts, known.facts),
        (ledger.add_merges, known.merges),
        (ledger.add_redirects, [("place/b", "place/c"), ("place/a", "place/c")]),
    ):
        add(mixed.sample(list(items), len(items)))
    assert list(ledger.articles) == list(known.articles)
    assert list(ledger.entities) == list(known.entities)
    assert list(ledger.facts) == list(known.facts)
    assert list(ledger.facts) == list(known.facts), "a second time"
    assert list(ledger.merges) == list(known.merges)
    assert list(ledger.redirects) == [("place/a", "place/c"), ("place/b", "place/c")]
    assert len(ledger.facts) == len(known.facts)
    assert ledger.in_memory().facts == tuple(known.facts)


def test_keeps_the_surest_of_equal_merges():
    ledger = Ledger()
    merges = [Merge("place/a", "A", "B", "same", score) for score in (0.8, 0.9, 0.7)]
    ledger.add_merges(merges)
    assert list(ledger.merges) == [merges[1]]


def holding(*entities):
    ledger = Ledger()
    ledger.add_entities(entities)
    return ledger


def test_each_entity_is_replaced_once_whatever_the_ledger_is_asked_meanwhile():
    ledger = holding(OSLO, BERGEN, NORWAY)

    def changed(entity):
        return replace(entity, aliases=(*ledger.entity(entity.id).aliases, "also"))

    ledger.replace_entities(changed)
    ledger.replace_entities(changed)
    assert list(ledger.entities) == [
        replace(entity, aliases=("also", "also")) for entity in (NORWAY, BERGEN, OSLO)
    ]
    ledger.add_entities([OSLO])
    assert ledger.entity(OSLO.id) == OSLO


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_is_raised_while_entities_are_replaced_is_heard(error):
    def changed(entity):
        raise error

    with pytest.raises(error):
        holding(OSLO).replace_entities(changed)


def test_a_ledger_is_gone_with_its_last_user():
    def look_up_each(ledger):
        def changed(entity):
            return ledger.entity(entity.id)

        ledger.replace_entities(changed)

    ledger = holding(OSLO)
    look_up_each(ledger)
    seen = weakref.ref(ledger)
    del ledger
    assert seen() is None


def test_entities_go_with_all_that_is_said_of_them():
    proof = Evidence("a", 0, 1, "q", "x", 0.5)
    facts = [
        Fact(BERGEN.id, Predicate.LOCATED_IN, NORWAY.id, (proof,), 0.5),
        Fact(NORWAY.id, Predicate.COOPERATES_WITH, OSLO.id, (proof,), 0.5),
        Fact(NORWAY.id, Predicate.FOUNDED_ON, PartialDate(1814), (proof,), 0.5),
        Fact(OSLO.id, Predicate.LOCATED_IN, NORWAY.id, (proof,), 0.5),
    ]
    merges = [Merge(entity.id, "A", "B", "same", 0.9) for entity in (NORWAY, OSLO)]
    ledger = holding(OSLO, BERGEN, NORWAY)
    ledger.add_articles([Article("a", "a.txt", "", "q", origins=(Origin(0, 1),))])
    ledger.add_facts(facts)
    ledger.add_merges(merges)
    ledger.drop_entities(set())
    ledger.drop_entities({OSLO.id, "place/nowhere"})
    known = ledger.in_memory()
    assert known.entities == (NORWAY, BERGEN)
    assert known.facts == (facts[2], facts[0])
    assert known.merges == (merges[0],)
    assert len(known.articles) == 1
    ledger.drop_entities({NORWAY.id, BERGEN.id})
    assert not ledger.in_memory().entities + ledger.in_memory().facts
