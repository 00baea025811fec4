"""When things were founded, announced, signed, started and completed."""

from __future__ import annotations

import pytest
from reading import facts

HALDEN, TELESCOPE, PROGRAMME = "Halden University", "Lumira Telescope", "Corvina Programme"
DATES = ("foundedOn", "announcedOn", "signedOn", "startedOn", "completedOn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lumira Telescope was launched on 3 May 2024.", {(TELESCOPE, "startedOn", "2024-05-03")}),
        ("The Lumira Telescope was completed in 2024.", {(TELESCOPE, "completedOn", "2024")}),
        ("The Lumira Telescope will be completed by 2030.", {(TELESCOPE, "completedOn", "2030")}),
        ("The Lumira Telescope was announced last year.", {(TELESCOPE, "announcedOn", "2024")}),
        ("In 2019, Halden University opened the Lumira Telescope.", {(TELESCOPE, "startedOn", "2019")}),
        (
            "The Lumira Telescope was approved in 2020, begun in 2021 and completed in 2024.",
            {
                (TELESCOPE, "announcedOn", "2020"),
                (TELESCOPE, "startedOn", "2021"),
                (TELESCOPE, "completedOn", "2024"),
            },
        ),
        (
            "The Corvina Programme runs from 2019 to 2024.",
            {(PROGRAMME, "startedOn", "2019"), (PROGRAMME, "completedOn", "2024")},
        ),
        (
            "The Corvina Action Plan (2025-2027) is long.",
            {
                ("Corvina Action Plan", "startedOn", "2025"),
                ("Corvina Action Plan", "completedOn", "2027"),
            },
        ),
        (
            "The Corvina Agreement was signed on 3 May 2024 and took effect in 2025.",
            {
                ("Corvina Agreement", "signedOn", "2024-05-03"),
                ("Corvina Agreement", "startedOn", "2025"),
            },
        ),
    ],
)
def test_dates_of_projects(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert facts(text, *DATES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Halden University was founded in 1921.",
        "Founded in 1921, Halden University has 300 students.",
        "Halden University, founded in 1921, runs the Lumira Telescope.",
        "Halden University (HU), which was set up in 1921, runs the Lumira Telescope.",
        "Halden University was established in 1921, and the Lumira Telescope is new.",
    ],
)
def test_the_founding_of_an_institution(text: str) -> None:
    assert facts(text, *DATES) == {(HALDEN, "foundedOn", "1921")}


@pytest.mark.parametrize(
    "text",
    [
        "Halden University was not established in 1921.",
        "The Lumira Telescope was not completed in 2024.",
        "The Lumira Telescope may be completed by 2030.",
        "In 2024, prices fell.",
        "Halden University taught 300 students in 2024.",
        "The Lumira Telescope is large.",
    ],
)
def test_no_date(text: str) -> None:
    assert facts(text, *DATES) == set()


def test_a_span_is_no_founding() -> None:
    assert facts("Halden University was founded from 1921 to 1925.", "foundedOn") == set()
