"""Parts of a graph."""

import pytest

from kg.errors import GraphError
from kg.model import PartialDate
from kg.views.from_graph import read_content
from kg.views.select import Part, select
from kg.vocab import Kind


@pytest.fixture
def content(small_graph):
    return read_content(small_graph)


def names(content):
    return {node.name for node in content.nodes}


def test_no_condition_leaves_everything(content):
    assert select(content, Part()) == content


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        (0, {"Condor Telescope"}),
        (1, {"Condor Telescope", "Institute of Optics", "Chile"}),
        (2, {"Condor Telescope", "Institute of Optics", "Chile", "Lindholm University", "Sweden"}),
    ],
)
@pytest.mark.parametrize("focus", ["Condor Telescope", "the condor telescope", "CT"])
def test_the_focus_brings_what_is_so_many_facts_away(content, focus, hops, expected):
    assert names(select(content, Part(focus=focus, hops=hops))) == expected


def test_facts_keep_their_ends_their_sentences_and_their_articles(content):
    part = select(content, Part(focus="Sweden"))
    (statement,) = part.statements
    assert {part.nodes[statement.subject].name, part.nodes[statement.target].name} == {"Chile", "Sweden"}
    (passage,) = statement.passages
    assert passage.quote == "Chile and Sweden cooperate in astronomy."
    assert part.sources[passage.source].title == "Condor on its way"


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2024-05-04", {"Chile", "Sweden", "Institute of Optics", "Lindholm University"}),
        ("2024-06", {"Chile", "Sweden"}),
        ("2025", set()),
    ],
)
def test_since_keeps_what_ends_on_that_day_or_later(content, since, expected):
    part = select(content, Part(since=PartialDate.parse(since)))
    assert names(part) == expected


def test_kinds_keep_the_focus_too(content):
    part = select(content, Part(focus="Institute of Optics", kinds=frozenset({Kind.PROJECT})))
    assert names(part) == {"Institute of Optics", "Condor Telescope"}
    assert [statement.predicate for statement in part.statements] == ["leads", "signedOn"]


def test_an_unknown_name_is_an_error_that_offers_close_ones(content):
    with pytest.raises(GraphError, match=r"'Condor Telescop'.*close to it: Condor Telescope"):
        select(content, Part(focus="Condor Telescop"))
    with pytest.raises(GraphError, match=r"'zzz'$"):
        select(content, Part(focus="zzz"))
