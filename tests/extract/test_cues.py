"""What stands beside a name, and what its look tells."""

from __future__ import annotations

import pytest

from kg.extract.cues import kind_by_cue, kind_by_look, looks_like_person
from kg.vocab import Kind

INSTITUTION, PROJECT = Kind.INSTITUTION, Kind.PROJECT


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("the laser company ", " grew", INSTITUTION),
        ("the satellite ", " flew", PROJECT),
        ("a robot called ", " swims", PROJECT),
        ("", ", a company in Bergen", INSTITUTION),
        ("", " is a satellite of Kenya", PROJECT),
        ("", " (TX), the satellite that", PROJECT),
        ("the ", " satellite", PROJECT),
        ("the ", " institute", None),
        ("the satellite, ", " said", None),
        ("the ", " grew", None),
        ("", "", None),
    ],
)
def test_what_the_words_beside_a_name_call_it(before: str, after: str, expected: Kind | None) -> None:
    assert kind_by_cue(before, after) == expected


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        ("ETRSS-2", "", " flew", (PROJECT, True)),
        ("SandWatch", "the ", " works", (PROJECT, False)),
        ("SandWatch", "", " said", (INSTITUTION, False)),
        ("XQZA", "built by ", ".", (INSTITUTION, False)),
        ("XQZA", "the ", " works", None),
        ("Birmolex", "Peru's ", " said", (INSTITUTION, False)),
        ("Birmolex", "", " said", None),
        ("COVID-19", "", " spread", None),
        ("May 12", "", "", None),
        ("Anna Berg", "", " said", None),
    ],
)
def test_what_the_look_of_a_name_tells(
    name: str, before: str, after: str, expected: tuple[Kind, bool] | None
) -> None:
    assert kind_by_look(name, before, after) == expected


@pytest.mark.parametrize(
    ("name", "after", "expected"),
    [
        ("Anna Berg", ", who leads it", True),
        ("Anna BERG", " said", True),
        ("Anna Maria Berg", ", a professor", True),
        ("Anna", " said", False),
        ("Halden University Press Office", " said", False),
        ("Anna Berg", " stands", False),
    ],
)
def test_people(name: str, after: str, expected: bool) -> None:
    assert looks_like_person(name, after) is expected
