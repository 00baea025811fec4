"""Facts that two things share, and times and cities that cannot both be."""

import pytest

from kg.model import PartialDate
from kg.resolve import resolve
from kg.resolve.cluster import cluster
from kg.resolve.local import LocalEntity
from kg.vocab import Kind, Predicate


def thing(name, *, said=(), kind=Kind.PROJECT, **dates):
    entity = LocalEntity("a", kind)
    entity.names[name] += 1
    entity.said.update(said)
    for predicate, date in dates.items():
        entity.dates[Predicate(predicate)].add(PartialDate.parse(date))
    return entity


def reasons(*things):
    _, links = cluster(things)
    return [link.reason for found in links.values() for link in found]


LED = [("participatesIn by", "nukus university")]
EXPLORER, MISSION = "Aral Dust Explorer", "Aral Dust Explorer Mission"


def test_a_name_with_a_word_more_is_the_same_where_two_facts_are():
    one = thing(EXPLORER, said=LED, startedOn="2021-03-04")
    two = thing(MISSION, said=LED, startedOn="2021-03-04")
    (reason,) = reasons(one, two)
    assert (
        reason == '"mission" is left out, and both: participatesIn by nukus university; startedOn 2021-03-04'
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (thing(EXPLORER, said=LED), thing(MISSION, said=LED)),
        (thing(EXPLORER, startedOn="2021"), thing(MISSION, startedOn="2021")),
        (
            thing(EXPLORER, said=[("locatedIn", "geonames:1"), ("locatedIn", "iso:UZ")]),
            thing(MISSION, said=[("locatedIn", "geonames:1"), ("locatedIn", "iso:UZ")]),
        ),
        (
            thing(EXPLORER, said=LED, startedOn="2021", completedOn="2023"),
            thing(MISSION, said=LED, startedOn="2021", completedOn="2024"),
        ),
    ],
    ids=["one fact", "one date", "places alone", "two ends"],
)
def test_less_than_that_leaves_them_two(one, two):
    assert reasons(one, two) == []


def test_a_university_and_its_hospital_share_much_and_are_two():
    facts = [("participatesIn", "scanner"), ("participatesIn", "clinic")]
    university = thing("Almaty University", said=facts, kind=Kind.INSTITUTION)
    hospital = thing("Almaty University Hospital", said=facts, kind=Kind.INSTITUTION)
    assert reasons(university, hospital) == []


def test_a_part_of_a_programme_shares_much_with_it_and_is_another():
    facts = [*LED, ("partOf", "aral")]
    whole = thing("Aral Basin Water Research Programme", said=facts)
    youth = thing("Aral Basin Water Youth Research Programme", said=facts)
    assert reasons(whole, youth) == []


def test_facts_of_all_articles_count():
    first = thing(EXPLORER, said=LED)
    second = thing(EXPLORER, startedOn="2021-03-04")
    third = thing(MISSION, said=LED, startedOn="2021-03-04")
    assert len(reasons(first, second, third)) == 2


def test_a_date_within_the_other_is_no_contradiction():
    said = [*LED, ("partOf", "aral")]
    one, two = (thing(EXPLORER, said=said, startedOn="2020"), thing(MISSION, said=said, startedOn="2020-05"))
    assert len(reasons(one, two)) == 1


FORUM = "Aral Science Forum"


def test_meetings_of_two_years_are_two_editions():
    groups, _ = cluster(
        [
            thing(FORUM, startedOn="2018"),
            thing(FORUM, startedOn="2022"),
            thing(FORUM, startedOn="2022-05"),
            thing(FORUM),
        ]
    )
    assert sorted(map(len, groups)) == [1, 1, 2]
    assert [1, 2] in groups


def test_of_one_edition_known_a_meeting_without_a_year_is_that_one():
    assert len(reasons(thing(FORUM, startedOn="2018"), thing(FORUM))) == 1


def test_a_mission_may_have_many_dates():
    assert len(reasons(thing("Aral Mission", startedOn="2018"), thing("Aral Mission", startedOn="2022"))) == 1


def test_editions_have_ids_with_their_years(read):
    knowledge = resolve(
        read("The Aral Science Forum was held in June 2018.", "The Aral Science Forum opened in 2022.")
    )
    forums = [entity.id for entity in knowledge.entities if entity.kind is Kind.PROJECT]
    assert forums == ["project/aral-science-forum-2018", "project/aral-science-forum-2022"]


def test_institutes_of_one_common_name_in_two_cities_of_a_country_are_two(read):
    knowledge = resolve(
        read(
            "The Institute of Physics is based in Rome, Italy.",
            "The Institute of Physics in Milan, Italy, met.",
            "The Institute of Physics, based in Milan, Italy, fired a laser.",
        )
    )
    found = [entity for entity in knowledge.entities if entity.kind is Kind.INSTITUTION]
    assert sorted(len(entity.articles) for entity in found) == [1, 2]


def test_a_ministry_is_that_of_its_country_wherever_it_meets(read):
    knowledge = resolve(
        read(
            "Italy's Ministry of Health is based in Rome, Italy.",
            "Italy's Ministry of Health, based in Milan, Italy, met.",
        )
    )
    assert len([entity for entity in knowledge.entities if entity.kind is Kind.INSTITUTION]) == 1
