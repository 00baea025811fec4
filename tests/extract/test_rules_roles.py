"""Roles that nouns and set phrases give, in the project named or in the one spoken of before."""

from __future__ import annotations

import pytest
from reading import facts

PROGRAMME, HALDEN, FUND = "Corvina Programme", "Halden University", "Baltic Science Fund"
PARTICIPATION = ("leads", "develops", "funds", "participatesIn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halden University is in charge of the Corvina Programme.", {(HALDEN, "leads", PROGRAMME)}),
        ("Halden University is the organizer of the Corvina Programme.", {(HALDEN, "leads", PROGRAMME)}),
        (
            "The Corvina Programme works under the direction of Halden University.",
            {(HALDEN, "leads", PROGRAMME)},
        ),
        (
            "The Corvina Programme gets 3 million euros from the Baltic Science Fund.",
            {(FUND, "funds", PROGRAMME)},
        ),
        ("The Baltic Science Fund pays for the Corvina Programme.", {(FUND, "funds", PROGRAMME)}),
        ("Halden University is a partner in the Corvina Programme.", {(HALDEN, "participatesIn", PROGRAMME)}),
        (
            "Halden University takes part in the Corvina Programme.",
            {(HALDEN, "participatesIn", PROGRAMME)},
        ),
        (
            "The partners in the Corvina Programme are Halden University and the Baltic Science Fund.",
            {(HALDEN, "participatesIn", PROGRAMME), (FUND, "participatesIn", PROGRAMME)},
        ),
        (
            "The Corvina Programme unites Halden University and the Baltic Science Fund.",
            {(HALDEN, "participatesIn", PROGRAMME), (FUND, "participatesIn", PROGRAMME)},
        ),
    ],
)
def test_roles_in_the_project_of_the_sentence(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert facts(text, *PARTICIPATION) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Halden University is not in charge of the Corvina Programme.",
        "Halden University might be a partner in the Corvina Programme.",
        "Halden University has no part in the Corvina Programme.",
        "Halden University was in charge of tides; the Corvina Programme studied wind.",
    ],
)
def test_denied_doubted_or_told_of_something_else(text: str) -> None:
    assert facts(text, *PARTICIPATION) == set()


BEFORE = "The Corvina Programme studies tides. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Baltic Science Fund will contribute 10 million dollars.", {(FUND, "funds", PROGRAMME)}),
        ("Half of the money comes from the Baltic Science Fund.", {(FUND, "funds", PROGRAMME)}),
        ("Halden University is also a partner.", {(HALDEN, "participatesIn", PROGRAMME)}),
        ("Halden University is in charge.", {(HALDEN, "leads", PROGRAMME)}),
        ("Halden University is not a partner.", set()),
        ("Halden University has 300 students.", set()),
    ],
)
def test_what_is_said_of_the_project_named_before(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert facts(BEFORE + sentence, *PARTICIPATION) == expected


def test_without_a_project_before_there_is_no_role() -> None:
    assert facts("The Baltic Science Fund will contribute 10 million dollars.") == set()


def test_a_project_named_in_the_sentence_counts_and_not_the_one_before() -> None:
    text = BEFORE + "The Baltic Science Fund pays for the Lumira Telescope."
    assert facts(text, "funds") == {(FUND, "funds", "Lumira Telescope")}
