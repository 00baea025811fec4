"""What goes into a ledger comes out of it, sorted, as often as one asks."""

import random

from kg.ledger import Ledger
from kg.model import Merge
from kg.pipeline import build, sample_paths


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
