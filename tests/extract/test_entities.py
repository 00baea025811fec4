"""Which name-like phrases name an institution or a project."""

from __future__ import annotations

import pytest

from kg.extract.entities import find_names, known_names
from kg.vocab import Kind


def found(text: str) -> list[tuple[str, str]]:
    return [(match.text, str(match.kind)[0]) for match in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Institute of Tides met", [("Institute of Tides", "I")]),
        ("CERN met", [("CERN", "I")]),
        ("the Corvina Programme began", [("Corvina Programme", "P")]),
        ("the Lumira Telescope stands", [("Lumira Telescope", "P")]),
        ("the laser maker Baltoptika grew", [("Baltoptika", "I")]),
        ("SandWatch, a warning system, works", [("SandWatch", "P")]),
        ("a robot called Hmeljko swims", [("Hmeljko", "P")]),
        ("they built ETRSS-2 there", [("ETRSS-2", "P")]),
        ("the Chilean government pays", [("Chilean government", "I")]),
        ("The Bergen city government pays", [("Bergen city government", "I")]),
        ("Tidalix GmbH grew", [("Tidalix GmbH", "I")]),
        ("the Royal Bergen Astronomical Observatory said", [("Royal Bergen Astronomical Observatory", "I")]),
        ("the Tenth Council of Seas met", [("Tenth Council of Seas", "P")]),
    ],
)
def test_names_and_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "National Institute",
        "the Research Centre",
        "the University said",
        "Dr. Anna Berg said",
        "Olaf Lund, a physicist at sea, sails",
        "COVID-19 and Omega-3 spread",
        "May 3 and December 12",
        "Halden University Opens Campus",
        "the DNA of the GDP",
    ],
)
def test_fragments_people_and_codes_of_other_things_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.xfail(strict=True, reason="a headline in capitals is taken for one name")
def test_a_headline_in_capitals_is_no_name() -> None:
    assert found("HALDEN UNIVERSITY LEADS THE CORVINA PROGRAMME") == []


def test_what_one_passage_tells_holds_in_the_whole_text() -> None:
    text = "Hmeljko swims. It is a robot called Hmeljko. Hmeljko dives."
    assert found(text) == [("Hmeljko", "P")] * 3


def test_the_surest_source_wins() -> None:
    text = "The Institute of Tides, a satellite of the trade, met."
    assert found(text) == [("Institute of Tides", "I")]


def test_a_known_place_is_no_name_unless_its_own_words_say_so() -> None:
    text = "A robot called Bergen works at Halden University."
    places = {"Bergen", "Halden University"}
    assert [match.text for match in find_names(text, geographic=places)] == ["Halden University"]


def test_known_names_are_institutions_or_projects() -> None:
    assert {told.kind for told in known_names().values()} <= {Kind.INSTITUTION, Kind.PROJECT}
