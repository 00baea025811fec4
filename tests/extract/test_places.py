"""Places: names of the gazetteer, and unknown names where the text says what they are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.places import find_places
from kg.gazetteer import lookup


def names(text: str) -> list[str]:
    return [match.name for match in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a meeting in Jakarta and Surabaya", ["Jakarta", "Surabaya"]),
        ("held in Sao Paulo and São Paulo", ["Sao Paulo", "São Paulo"]),
        ("from Xi’an to Ürümqi", ["Xi’an", "Ürümqi"]),
        ("in San Carlos de Bariloche", ["San Carlos de Bariloche"]),
        ("in Ho Chi Minh City", ["Ho Chi Minh City"]),
        ("a Seoul-based company", ["Seoul"]),
        ("in east China's Jinan", ["Jinan"]),
        ("Beijing's plan", ["Beijing"]),
        ("KAIST of Daejeon", ["Daejeon"]),
        ("made by Bilfinger in Leuven, Belgium", ["Leuven"]),
        ("in the Yangtze River Delta", ["Yangtze River Delta"]),
        ("from the Southern Ocean to Antarctica", ["Southern Ocean", "Antarctica"]),
        ("the Guangdong-Hong Kong-Macao Greater Bay Area", ["Guangdong-Hong Kong-Macao Greater Bay Area"]),
        ("in Hunan province", ["Hunan province"]),
        ("the South China Sea", ["South China Sea"]),
        ("in Inner Mongolia", ["Inner Mongolia"]),
    ],
)
def test_known_places_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a plant in Shizuoka Prefecture", ["Shizuoka Prefecture"]),
        ("in South Gobi Province", ["South Gobi Province"]),
        ("in Kenya's Nakuru county", ["Nakuru county"]),
        ("near Lake Qilin", ["Lake Qilin"]),
        ("the level of Imja lake", ["Imja lake"]),
        ("at Cadarache, France", ["Cadarache"]),
        ("the port of Kourou, in French Guiana", ["Kourou"]),
        ("a quiet village in Terziet", ["Terziet"]),
    ],
)
def test_unknown_names_are_taken_from_what_stands_beside_them(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GENEVA, March 5 (Agency) -- The council", ["Geneva"]),
        ("Geneva, 21 June 2023. The council", ["Geneva"]),
        ("TOKAI-MURA, Sept. 12 -- Three hundred guests", ["Tokai-Mura"]),
        ("LONGYEARBYEN, Svalbard, 28 February 2024 – Gene banks", ["Longyearbyen", "Svalbard"]),
        ("PRESS RELEASE - for immediate use", []),
        ("Interview: Ada Byron", []),
    ],
)
def test_datelines_name_places(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the University of Tokyo",
        "Shanghai Jiao Tong University",
        "Peking University",
        "the Beijing Action Plan",
        "Imperial College London",
        "Technical University of Munich",
        "the Paris Agreement",
        "Reading and Nice words of a Mobile Man",
        "the study appeared in Nature",
        "published in Spanish",
        "in February",
        "said Hamilton",
        "Every city wants one",
        "a stand in Hall 1",
        "said Houston",
        "in Light of Local Conditions",
        "the Department of Science and Technology of Hunan Province",
    ],
)
def test_what_is_part_of_another_name_or_no_place_is_left(text: str) -> None:
    assert names(text) == []


def test_a_town_that_is_a_word_is_believed_with_its_state_only() -> None:
    assert names("a mine in Lead, South Dakota") == ["Lead", "South Dakota"]
    assert names("They were in Lead for a year") == []


@pytest.mark.xfail(strict=True, reason="the towns on either side of a hyphen are left to the longer name")
def test_both_ends_of_a_railway_are_places() -> None:
    assert names("the Jakarta-Bandung railway") == ["Jakarta", "Bandung"]


# fmt: off
PIECES = [
    "in", "In", "of", "the", "South", "Paris", "Lake", "Tokyo's", "-based", ",", ".", "province",
    "Province", "University-Park", "China", "St.", "de", "GENEVA", "--", "City", "Xi’an", "and", "(",
    ")", ""
]
# fmt: on
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))


@given(TEXTS)
def test_any_text_gives_sorted_spans_within_it(text: str) -> None:
    end = 0
    for match in find_places(text):
        assert end <= match.start < match.end <= len(text)
        assert match.name
        end = match.end


@pytest.mark.parametrize(
    "junk", ["a ", "Ab ", "AB ", "A", "in In ", "University of ", "Lima, ", "X-", "St. "]
)
def test_long_junk_is_read_in_time(junk: str) -> None:
    lookup("the gazetteer is loaded")
    started = time.perf_counter()
    find_places(junk * (100_000 // len(junk)))
    assert time.perf_counter() - started < 2
