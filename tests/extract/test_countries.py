"""Countries: names and adjectives, and the words that only contain them."""

from __future__ import annotations

import time

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.countries import country_names, find_countries, is_country_word

NOT_IN_ISO_TODAY = {"SU", "YU", "XK"}


def names(text: str) -> list[str]:
    return [match.name for match in find_countries(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between Brazil and the United Arab Emirates", ["Brazil", "United Arab Emirates"]),
        ("CHINA AND SOUTH KOREA SIGN", ["China", "South Korea"]),
        ("the U.S. and the UK", ["United States", "United Kingdom"]),
        ("the US.", ["United States"]),
        ("Laos and Viet Nam", ["Laos", "Vietnam"]),
        ("Lao PDR", ["Laos"]),
        ("Türkiye, Côte d’Ivoire", ["Turkey", "Côte d'Ivoire"]),
        ("North Korea and Korea", ["North Korea", "South Korea"]),
        ("Papua New Guinea, Guinea-Bissau and Guinea", ["Papua New Guinea", "Guinea-Bissau", "Guinea"]),
        ("Niger and Nigeria", ["Niger", "Nigeria"]),
        ("DR Congo", ["Democratic Republic of the Congo"]),
        ("Hong Kong, Macao and Taiwan", ["Hong Kong", "Macao", "Taiwan"]),
        ("the China-Laos Railway", ["China", "Laos"]),
        ("Kenya's ministry", ["Kenya"]),
        ("University of South China", ["China"]),
        ("Jordan's King", ["Jordan"]),
        ("the Jordan Atomic Energy Commission said", ["Jordan"]),
        ("Tbilisi, Georgia", ["Georgia"]),
    ],
)
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a Brazilian minister", ["Brazil"]),
        ("the Sino-Danish Center", ["China", "Denmark"]),
        ("Dutch and Swiss firms", ["Netherlands", "Switzerland"]),
        ("Poles stay, Germans leave", ["Poland", "Germany"]),
        ("Indo-German talks", ["India", "Germany"]),
        ("in Chinese waters", ["China"]),
    ],
)
def test_adjectives_and_peoples_name_their_country(text: str, expected: list[str]) -> None:
    assert names(text) == expected
    assert all(match.adjective for match in find_countries(text))


@pytest.mark.parametrize(
    "text",
    [
        "the South China Sea",
        "New Mexico and the Gulf of Mexico",
        "Inner Mongolia",
        "Northern Ireland",
        "the Indian Ocean",
        "the Indo-Pacific",
        "Latin American and South American states",
        "african, turkey and china",
        "US$38 million",
        "Atlanta, Georgia",
        "Jordan Smith said",
        "Michael Jordan",
        "published in Chinese.",
        "in Spanish and Portuguese.",
        "French-speaking students",
        "British Columbia",
    ],
)
def test_what_only_looks_like_a_country_is_left(text: str) -> None:
    assert names(text) == []


def test_every_country_of_the_standard_is_known() -> None:
    codes = {country.alpha_2 for country in pycountry.countries}
    assert codes - set(country_names()) == {"AQ"}
    assert set(country_names()) - codes == NOT_IN_ISO_TODAY


@pytest.mark.parametrize(
    "code", sorted(country.alpha_2 for country in pycountry.countries if country.alpha_2 != "AQ")
)
def test_the_names_of_the_standard_are_found(code: str) -> None:
    country = pycountry.countries.get(alpha_2=code)
    for field in ("name", "official_name", "common_name"):
        if hasattr(country, field):
            text = f"We met in {getattr(country, field)} again."
            assert [match.alpha2 for match in find_countries(text)] == [code]


def test_a_country_word_is_one_whatever_it_means_here() -> None:
    assert is_country_word("Spanish")
    assert is_country_word("Peru")
    assert not is_country_word("Lima")


@given(st.one_of(st.text(max_size=60), st.text("CchinaUS.KGeorgiaJd -’", max_size=60)))
def test_any_text_gives_sorted_spans_within_it(text: str) -> None:
    end = 0
    for match in find_countries(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end


@pytest.mark.parametrize("junk", ["a ", "Ab ", "China-", "US ", "South ", "A"])
def test_long_junk_is_read_in_time(junk: str) -> None:
    started = time.perf_counter()
    find_countries(junk * (100_000 // len(junk)))
    assert time.perf_counter() - started < 2
