"""How much the pages show."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import build_graph
from kg.ledger import Ledger
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, Origin, PartialDate
from kg.views.content import NOTHING, LeftOut
from kg.views.from_graph import read_content
from kg.views.known import known_content
from kg.views.limits import Limits, choose
from kg.views.select import bounded
from kg.vocab import Kind, Predicate

FEW = st.integers(0, 12)
LIMITS = st.builds(Limits, entities=FEW, facts=FEW, passages=st.integers(0, 20), mentions=FEW, articles=FEW)


@pytest.fixture
def content(small_graph):
    return read_content(small_graph)


def test_what_fits_is_shown_as_it_is(content):
    assert bounded(content) is content
    assert content.left_out == NOTHING


def test_of_too_many_entities_those_that_most_is_said_of_stay(content):
    few = bounded(content, Limits(entities=2))
    assert {node.name for node in few.nodes} == {"Condor Telescope", "Chile"}
    assert {statement.predicate for statement in few.statements} == {"involvesCountry", "signedOn"}
    assert few.left_out == LeftOut(entities=len(content.nodes) - 2, facts=len(content.statements) - 2)


def test_facts_of_what_nobody_describes_take_nothing_from_the_others():
    entities = [("b", "b", 1), ("c", "c", 1), ("d", "d", 1)]
    facts = [("a", "a", 1), ("bb", "bb", 1), ("d", "d", 1)]
    assert choose(entities, facts, Limits(entities=1)).entities == ["d"]


def test_of_too_many_facts_those_between_the_most_told_entities_stay(content):
    few = bounded(content, Limits(facts=3))
    assert {node.name for node in few.nodes} == {"Condor Telescope", "Chile", "Institute of Optics"}
    assert {statement.predicate for statement in few.statements} == {"involvesCountry", "signedOn", "leads"}


def test_of_too_many_passages_each_fact_keeps_equally_many(content):
    most = max(len(statement.passages) for statement in content.statements)
    few = bounded(content, Limits(passages=len(content.statements)))
    assert most > 1
    assert {len(statement.passages) for statement in few.statements} == {1}
    assert few.left_out == LeftOut(passages=1)
    # They are still about the days on which all their articles appeared.
    assert [item.when for item in few.statements] == [item.when for item in content.statements]


def test_of_too_many_mentions_each_entity_keeps_equally_many(content):
    few = bounded(content, Limits(mentions=len(content.nodes)))
    assert max(len(node.sources) for node in content.nodes) > 1
    assert max(len(node.sources) for node in few.nodes) == 1
    assert few.left_out.mentions == 1


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 4)), max_size=20),
    LIMITS,
)
@settings(max_examples=100, deadline=None)
def test_the_limits_hold_and_the_next_entity_would_break_one(articles, facts, limits):
    facts = [fact for fact in facts if max(fact[:2]) < len(articles)]
    choice = choose(((number, str(number), count) for number, count in enumerate(articles)), facts, limits)
    told = Counter(end for one, other, _ in facts for end in {one, other})
    ranked = sorted(range(len(articles)), key=lambda number: (-told[number], -articles[number], number))
    count = len(choice.entities)
    assert list(choice.entities) == ranked[:count]

    def between(entities):
        return [fact for fact in facts if set(fact[:2]) <= set(entities)]

    assert count <= limits.entities
    assert len(between(ranked[:count])) <= limits.facts
    if count < len(ranked):
        assert count == limits.entities or len(between(ranked[: count + 1])) > limits.facts
    for each, sizes, most in (
        (choice.passages, [passages for *_, passages in between(choice.entities)], limits.passages),
        (choice.mentions, [articles[number] for number in choice.entities], limits.mentions),
    ):
        if each is None:
            assert sum(sizes) <= most
        else:
            assert sum(min(size, each) for size in sizes) <= most < sum(min(size, each + 1) for size in sizes)


@st.composite
def known(draw):
    articles = tuple(
        Article(
            f"a.{number}",
            f"{number}.txt",
            f"Title {number}",
            "x" * 40,
            published=draw(st.none() | st.builds(PartialDate, st.integers(2000, 2003))),
            origins=(Origin(0, 3),),
        )
        for number in range(draw(st.integers(1, 6)))
    )
    ids = tuple(article.id for article in articles)
    kinds = st.sampled_from([Kind.INSTITUTION, Kind.PROJECT])
    entities = tuple(
        Entity(
            f"{kind.lower()}/e.{number}",
            kind,
            f"Name {number}",
            articles=tuple(sorted(draw(st.sets(st.sampled_from(ids), min_size=1)))),
        )
        for number, kind in enumerate(draw(st.lists(kinds, min_size=1, max_size=6)))
    )
    entities = tuple(sorted(entities, key=lambda entity: entity.id))
    names = st.sampled_from([entity.id for entity in entities])
    dates = st.builds(PartialDate, st.integers(1990, 1992))
    proofs = st.builds(
        lambda article, start, reader: Evidence(article, start, start + 9, "x" * 9, reader, 0.5),
        *(st.sampled_from(ids), st.integers(0, 3), st.sampled_from("ab")),
    )
    stated = draw(
        st.dictionaries(
            st.tuples(names, st.just(Predicate.LEADS), names)
            | st.tuples(names, st.just(Predicate.STARTED_ON), dates),
            st.sets(proofs, min_size=1, max_size=4),
            max_size=10,
        )
    )
    facts = tuple(
        Fact(*fact, tuple(sorted(evidence)), 0.5)
        for fact, evidence in sorted(stated.items(), key=lambda item: tuple(map(str, item[0])))
    )
    merges = tuple(Merge(entity.id, entity.name, "x", "alike", 0.5) for entity in entities)
    return Knowledge(articles, entities, facts, merges)


@given(known(), LIMITS)
@settings(max_examples=60, deadline=None)
def test_what_is_known_is_shown_as_its_graph_is_within_any_limits(knowledge, limits):
    ledger = Ledger()
    ledger.add_articles(knowledge.articles)
    ledger.add_entities(knowledge.entities)
    ledger.add_facts(knowledge.facts)
    ledger.add_merges(knowledge.merges)
    shown = bounded(read_content(build_graph(knowledge)), limits)
    assert known_content(ledger, limits) == known_content(knowledge, limits) == shown
