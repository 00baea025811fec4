"""What "the center", "the project" and "It" stand for."""

from __future__ import annotations

import pytest
from reading import facts, names

RIFT, COAST = "The Rift Seismology Center opened.", "The Coastal Data Center opened."
REFERENCES = "rules/references"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{RIFT} The center has ten rooms.", [("The center", "Rift Seismology Center")]),
        (f"{RIFT} The centre has ten rooms.", [("The centre", "Rift Seismology Center")]),
        (f"{RIFT} Now the new center has ten rooms.", [("the new center", "Rift Seismology Center")]),
        ("The Corvina Programme began. The project is old.", [("The project", "Corvina Programme")]),
        ("Tidalix GmbH grew. The company makes pumps.", [("The company", "Tidalix GmbH")]),
        (
            f"{RIFT} {COAST} The Rift Seismology Center grew. The center has ten rooms.",
            [("The center", "Rift Seismology Center")],
        ),
        (
            "The Tidal Institute in Norway opened. "
            + "They met. " * 8
            + "The Rift Institute in Kenya closed. "
            + "They met. " * 8
            + "The Norwegian institute grew.",
            [("The Norwegian institute", "Tidal Institute")],
        ),
        (f"{RIFT} It has ten rooms.", [("It", "Rift Seismology Center")]),
        (f"{RIFT}\n\nIt has ten rooms.", [("It", "Rift Seismology Center")]),
        (f"{RIFT} Its rooms are large.", [("Its", "Rift Seismology Center")]),
    ],
)
def test_one_candidate_is_taken(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text, REFERENCES) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{RIFT} {COAST} The center has ten rooms.",
        f"{RIFT} The university has ten rooms.",
        f"{RIFT} The project has ten rooms.",
        f"{RIFT} The tide rises.",
        "The center has ten rooms.",
        f"{RIFT} The center of the Baltic Sea is cold.",
        f"{RIFT} " + "They met. " * 200 + "The center has ten rooms.",
        "The tide rises. It falls.",
    ],
)
def test_several_candidates_another_kind_or_none_are_left_alone(text: str) -> None:
    assert names(text, REFERENCES) == []


def test_facts_of_a_description_are_facts_of_the_name() -> None:
    text = f"{RIFT} It was founded in 1987. The center leads the Corvina Programme."
    assert facts(text, "foundedOn", "leads") == {
        ("Rift Seismology Center", "foundedOn", "1987"),
        ("Rift Seismology Center", "leads", "Corvina Programme"),
    }


@pytest.mark.xfail(strict=True, reason="a description of several things has no mention of its own")
def test_the_two_countries_are_the_two_that_were_named() -> None:
    text = "China and Brazil met. The two countries will build the Condor Telescope."
    assert facts(text, "involvesCountry") == {
        ("Condor Telescope", "involvesCountry", "China"),
        ("Condor Telescope", "involvesCountry", "Brazil"),
    }


def test_of_three_countries_two_are_none() -> None:
    text = "China, Brazil and Chile met. The two countries will build the Condor Telescope."
    assert facts(text, "involvesCountry") == set()
