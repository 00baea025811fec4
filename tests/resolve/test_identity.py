"""Ids that were published stay, and what was given up points on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS

from kg.curation import Curation, Ref
from kg.errors import InputError
from kg.graph import build_graph
from kg.resolve import resolve_mentions
from kg.resolve.identity import Identity, read_identities, write_identities
from kg.validate import validate

EARLY = (
    "The Rift Institute leads the Steam Project.",
    "Nazarbayev University met the Nakuru Centre in Kenya.",
)
LATE = (*EARLY, "The Rift Institute, formerly the Nakuru Institute of Geothermal Energy, moved.")


def ids(resolution):
    return {name: e.id for e in resolution.knowledge.entities for name in (e.name, *e.aliases)}


def test_a_longer_name_does_not_change_the_id(read):
    first = resolve_mentions(read(*EARLY))
    alone = resolve_mentions(read(*LATE))
    kept = resolve_mentions(read(*LATE), identities=first.identities())
    assert ids(alone)["Rift Institute"] != ids(first)["Rift Institute"]
    assert ids(kept)["Rift Institute"] == ids(first)["Rift Institute"]
    assert ids(kept)["Nakuru Institute of Geothermal Energy"] == ids(first)["Rift Institute"]


def test_an_id_that_is_given_up_points_to_the_one_that_stays(read):
    first = resolve_mentions(read(*EARLY))
    joined = Curation(same=((Ref("Nakuru Centre"), Ref("Rift Institute")),))
    second = resolve_mentions(read(*EARLY), identities=first.identities(), curation=joined)
    known = second.knowledge.in_memory()
    [(gone, stays)] = known.redirects
    assert {gone, stays} == {ids(first)["Nakuru Centre"], ids(first)["Rift Institute"]}
    graph = build_graph(known)
    assert validate(graph).conforms
    assert [str(o).endswith(stays) for _, o in graph.subject_objects(DCTERMS.isReplacedBy)] == [True]
    third = resolve_mentions(read(*EARLY), identities=second.identities(), curation=joined)
    assert third.knowledge.in_memory() == known
    assert third.identities() == second.identities()
    parted = resolve_mentions(read(*EARLY), identities=third.identities())
    assert ids(parted) == ids(first)
    assert len(parted.knowledge.redirects) == 0


def test_two_of_one_name_keep_their_ids_when_a_third_comes(read):
    texts = (
        "China's Ministry of Science and Technology leads the Dragon Programme.",
        "Vietnam's Ministry of Science and Technology leads the Lotus Programme.",
        "Kenya's Ministry of Science and Technology leads the Acacia Programme.",
    )
    first = resolve_mentions(read(*texts[:1]))
    second = resolve_mentions(read(*texts), identities=first.identities())
    [old] = [e for e in first.knowledge.entities if e.name.startswith("Ministry")]
    now = [e for e in second.knowledge.entities if e.name.startswith("Ministry")]
    assert len(now) == 3
    assert [e.articles for e in now if e.id == old.id] == [old.articles]


def test_an_entity_that_leaves_and_comes_back_has_its_id(read):
    first = resolve_mentions(read(*LATE))
    without = resolve_mentions(read("Nothing is named here."), identities=first.identities())
    again = resolve_mentions(read(*LATE), identities=without.identities())
    assert ids(again) == ids(first)


def test_without_a_memory_a_second_build_is_the_same(read):
    first = resolve_mentions(read(*LATE))
    second = resolve_mentions(read(*LATE), identities=first.identities())
    assert second.knowledge.in_memory() == first.knowledge.in_memory()
    assert second.identities() == first.identities()


TEXT = st.text(max_size=8)


@settings(deadline=None)
@given(st.lists(st.builds(Identity, TEXT, st.tuples(TEXT), st.tuples(TEXT), TEXT), max_size=4, unique=True))
def test_a_file_of_identities_is_read_as_it_was_written(identities):
    assert read_identities(write_identities(tuple(identities)), "x") == tuple(sorted(identities))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "a"}',
        "7",
        '{"id": "a", "names": 3, "articles": []}',
        r'{"id": "a\ud800", "names": ["b"], "articles": []}',
    ],
)
def test_a_damaged_file_is_named_with_its_line(line):
    good = '{"id": "a", "names": ["b"], "articles": []}\n'
    with pytest.raises(InputError, match="ids: line 2"):
        read_identities((good + line).encode(), "ids")
