"""Facts that cannot both be so, and facts that only look like it."""

from __future__ import annotations

import pytest

from kg.contradictions import Contradictions
from kg.model import Entity, Evidence, Fact, PartialDate
from kg.vocab import Kind, Predicate

ENTITIES = (
    Entity("country/cl", Kind.COUNTRY, "Chile"),
    Entity("country/se", Kind.COUNTRY, "Sweden"),
    Entity("institution/firm", Kind.INSTITUTION, "Firm", subtype="Company"),
    Entity("institution/lab", Kind.INSTITUTION, "Lab", subtype="Laboratory"),
    Entity("institution/uni", Kind.INSTITUTION, "Uni", subtype="University"),
    Entity("place/town", Kind.PLACE, "Town"),
    Entity("project/p", Kind.PROJECT, "P"),
)
PROOF = (Evidence("a", 0, 1, "x", "rules/x", 0.9),)


def found(*facts: tuple[str, Predicate, str]) -> list[set[str]]:
    """The objects of the facts that contradict each other."""

    def value(text: str) -> str | PartialDate:
        return PartialDate.parse(text) if text[0].isdigit() else text

    made = [Fact(s, p, value(o), PROOF, 0.9) for s, p, o in facts]
    search = Contradictions({"country/cl", "country/se"})
    return [
        {str(one.object), str(other.object)}
        for entity in ENTITIES
        for one, other in search.among(entity, [fact for fact in made if fact.subject == entity.id])
    ]


@pytest.mark.parametrize("predicate", [Predicate.FOUNDED_ON, Predicate.COMPLETED_ON])
@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        ("1921", "1925", True),
        ("1921-05", "1921-06", True),
        ("1921-05-01", "1921-05-02", True),
        ("1921", "1921-05", False),
        ("1921-05", "1921-05-02", False),
    ],
)
def test_two_dates_contradict_unless_one_is_more_exact(predicate, first, second, contradict) -> None:
    subject = "institution/uni" if predicate is Predicate.FOUNDED_ON else "project/p"
    pairs = found((subject, predicate, first), (subject, predicate, second))
    assert pairs == ([{first, second}] if contradict else [])


def test_three_dates_make_three_pairs() -> None:
    years = [("institution/uni", Predicate.FOUNDED_ON, year) for year in ("1921", "1922", "1923")]
    assert len(found(*years)) == 3


def test_dates_of_two_subjects_do_not_contradict() -> None:
    assert not found(
        ("institution/uni", Predicate.FOUNDED_ON, "1921"), ("institution/lab", Predicate.FOUNDED_ON, "1925")
    )


def test_a_project_may_start_twice() -> None:
    assert not found(("project/p", Predicate.STARTED_ON, "2019"), ("project/p", Predicate.STARTED_ON, "2021"))


@pytest.mark.parametrize(
    ("start", "end", "contradict"),
    [
        ("2020", "2019", True),
        ("2020-05", "2020-04", True),
        ("2020-05", "2020", False),
        ("2019", "2020", False),
    ],
)
def test_nothing_ends_before_it_starts(start: str, end: str, contradict: bool) -> None:
    pairs = found(("project/p", Predicate.STARTED_ON, start), ("project/p", Predicate.COMPLETED_ON, end))
    assert pairs == ([{start, end}] if contradict else [])


def test_a_university_has_its_seat_in_one_country() -> None:
    both = [("institution/uni", Predicate.LOCATED_IN, country) for country in ("country/cl", "country/se")]
    assert found(*both) == [{"country/cl", "country/se"}]


def test_a_company_may_have_several_countries_and_a_university_a_town_in_one() -> None:
    assert not found(
        ("institution/firm", Predicate.LOCATED_IN, "country/cl"),
        ("institution/firm", Predicate.LOCATED_IN, "country/se"),
        ("institution/uni", Predicate.LOCATED_IN, "country/cl"),
        ("institution/uni", Predicate.LOCATED_IN, "place/town"),
    )


def test_nothing_is_part_of_its_own_part() -> None:
    lab, uni = "institution/lab", "institution/uni"
    assert found((lab, Predicate.PART_OF, uni), (uni, Predicate.PART_OF, lab)) == [{lab, uni}]
    assert not found((lab, Predicate.PART_OF, uni))


def test_the_order_of_the_facts_does_not_show() -> None:
    facts = [("institution/uni", Predicate.FOUNDED_ON, year) for year in ("1923", "1921", "1922")]
    assert found(*facts) == found(*reversed(facts))
