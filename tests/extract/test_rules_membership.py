"""What is part of what, and who founded whom."""

from __future__ import annotations

import pytest
from reading import facts

TIDAL, HALDEN, FUND = "Institute of Tidal Physics", "Halden University", "Baltic Science Fund"
ACADEMY, TELESCOPE, PROGRAMME = "Norwegian Academy of Seas", "Lumira Telescope", "Corvina Programme"


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The Institute of Tidal Physics of Halden University met.", TIDAL, HALDEN),
        ("The Institute of Tidal Physics of the Norwegian Academy of Seas met.", TIDAL, ACADEMY),
        ("The Institute of Tidal Physics at Halden University met.", TIDAL, HALDEN),
        ("The Institute of Tidal Physics, Norwegian Academy of Seas, met.", TIDAL, ACADEMY),
        ("The Institute of Tidal Physics is part of Halden University.", TIDAL, HALDEN),
        ("The Institute of Tidal Physics, a unit of Halden University, met.", TIDAL, HALDEN),
        ("The Institute of Tidal Physics is affiliated to Halden University.", TIDAL, HALDEN),
        ("Halden University's Institute of Tidal Physics met.", TIDAL, HALDEN),
        ("Halden University’s new Institute of Tidal Physics met.", TIDAL, HALDEN),
        ("The Institute of Tidal Physics (ITP) of Halden University met.", TIDAL, HALDEN),
        ("The Lumira Telescope is part of the Corvina Programme.", TELESCOPE, PROGRAMME),
        (
            "The Lumira Telescope was built within the framework of the Corvina Programme.",
            TELESCOPE,
            PROGRAMME,
        ),
    ],
)
def test_parts_and_wholes(text: str, part: str, whole: str) -> None:
    assert facts(text, "partOf") == {(part, "partOf", whole)}


@pytest.mark.parametrize(
    "text",
    [
        "The Institute of Tidal Physics is not part of Halden University.",
        "The Institute of Tidal Physics is no longer part of Halden University.",
        "The Institute of Tidal Physics might become part of Halden University.",
        "The Institute of Tidal Physics and Halden University met.",
        "The Institute of Tidal Physics, Halden University and the Baltic Science Fund met.",
        "The Lumira Telescope is part of Halden University.",
    ],
)
def test_no_part(text: str) -> None:
    assert facts(text, "partOf") == set()


@pytest.mark.parametrize(
    ("text", "founders"),
    [
        ("The Institute of Tidal Physics was founded by Halden University in 1987.", {HALDEN}),
        ("The Institute of Tidal Physics was set up by Halden University.", {HALDEN}),
        ("Halden University founded the Institute of Tidal Physics.", {HALDEN}),
        (
            "The Institute of Tidal Physics was founded by Halden University and the Baltic Science Fund.",
            {HALDEN, FUND},
        ),
        ("The Institute of Tidal Physics was founded by Norway and Kenya.", {"Norway", "Kenya"}),
        ("Halden University never founded the Institute of Tidal Physics.", set()),
        ("The Institute of Tidal Physics was not founded by Halden University.", set()),
        ("The Institute of Tidal Physics was founded in 1987.", set()),
        ("The Institute of Tidal Physics is set by the sea near Halden University.", set()),
    ],
)
def test_founders(text: str, founders: set[str]) -> None:
    assert facts(text, "foundedBy") == {(TIDAL, "foundedBy", founder) for founder in founders}


def test_founders_of_one_thing_work_together() -> None:
    text = "The Institute of Tidal Physics was founded by Halden University and the Baltic Science Fund."
    assert facts(text, "collaboratesWith") == {(FUND, "collaboratesWith", HALDEN)}
