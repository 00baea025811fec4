"""Context vetoes: what may not be joined, however alike the names are."""

from collections import Counter

import pytest

from kg.resolve.cluster import cluster
from kg.resolve.local import LocalEntity
from kg.vocab import Kind


def groups(*things, **decisions):
    """Clusters of institutions given as (name, country), each in an article of its own."""
    locals_ = [
        LocalEntity(f"a{number}", Kind.INSTITUTION, Counter([name]), country=country and f"iso:{country}")
        for number, (name, country) in enumerate(things)
    ]
    return cluster(locals_, **decisions)[0]


def test_another_spelling_in_another_country_is_another_university():
    assert groups(("Vega University", "NO"), ("Vega Universty", "NO")) == [[0, 1]]
    assert groups(("Vega University", "NO"), ("Vega Universty", "SE")) == [[0], [1]]


def test_a_chain_does_not_join_two_countries():
    things = (("Vega University", "NO"), ("Vega Universty", ""), ("Vega University", "SE"))
    assert not any({0, 2} <= set(group) for group in groups(*things))


def test_a_name_of_two_countries_without_a_country_stays_alone():
    assert groups(("Vega University", "NO"), ("Vega University", "SE"), ("Vega University", "")) == [
        [0],
        [1],
        [2],
    ]


def test_a_company_is_one_in_every_country():
    assert groups(("Airbus", "FR"), ("Airbus", "DE"), ("Airbus", "")) == [[0, 1, 2]]


@pytest.mark.parametrize("first", [("NRF", ""), ("NRF", "ZA")])
def test_a_short_form_of_two_countries_is_two(first):
    others = [country for country in ("", "ZA", "SG") if country != first[1]]
    assert groups(first, *(("NRF", country) for country in others)) == [[0], [1], [2]]


def test_people_overrule_both_ways():
    assert groups(("Vega University", "NO"), ("Vega University", "SE"), same=[(0, 1)]) == [[0, 1]]
    assert groups(("Vega University", "NO"), ("Vega University", "NO"), different=[(0, 1)]) == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"around": ("iso:KE",)}, {"around": ("iso:KE",)}, [[0, 1]]),
        ({"around": ("iso:KE",)}, {"around": ("iso:PE",)}, [[0], [1]]),
        ({"parent": "polar academy"}, {"parent": "polar academy"}, [[0, 1]]),
        ({"parent": "polar academy"}, {"around": ("iso:KE",)}, [[0], [1]]),
    ],
)
def test_a_common_name_misspelt_is_the_same_only_with_the_same_owner(one, two, expected):
    locals_ = [
        LocalEntity("a0", Kind.INSTITUTION, Counter(["Ministry of Science"]), **one),
        LocalEntity("a1", Kind.INSTITUTION, Counter(["Ministry of Scienoe"]), **two),
    ]
    assert cluster(locals_)[0] == expected
